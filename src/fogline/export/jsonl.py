"""JSON Lines: one claim a line in the codebook's fields, and everything that was worked out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO, Any

import msgspec

from ..store import Stored
from .safe import json_safe

_encoder = msgspec.json.Encoder()


def line(value: Any) -> str:
    """Return a value as one line of JSON."""
    return json_safe(_encoder.encode(value).decode()) + "\n"


def write(claims: Iterable[Stored], to: IO[str]) -> int:
    """Write claims as JSON Lines and return how many.

    A claim that a later edition of its document withdrew or changed has a field ``amended`` more.
    """
    count = 0
    for stored in claims:
        amended = {} if stored.amended is None else {"amended": stored.amended}
        to.write(line(msgspec.structs.asdict(stored.claim) | amended))
        count += 1
    return count
