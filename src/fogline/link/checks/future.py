"""A day after publication, told as past."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model import Check
from ..wording import days
from .desk import Desk, finding, quoted, whence

_DATE = re.compile(r"\d")  # days without a figure ("on Thursday") are worked out, not told
_VAGUE = {"vague", "carried"}


def future(desk: Desk) -> Iterator[Check]:
    """Find what is told as done on a day after the report was published."""
    for stored in desk.claims:
        claim, when = stored.claim, stored.claim.when
        if claim.status != "happened" or stored.published is None or when.earliest is None or not when.text:
            continue
        if when.earliest > stored.published and _DATE.search(when.text) and not _VAGUE & set(when.flags):
            sentence = (
                f"{quoted(claim.evidence.text)} is told as done, but {quoted(when.text)} is "
                f"{days(when.earliest, when.latest)}, after the report came out ({whence(stored)})."
            )
            yield finding("future", sentence, [stored])
