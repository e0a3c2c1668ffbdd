"""Compare a claim with its own hash and with the text that it was read from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import msgspec

from .verified import Verified


def check(id: str, body: str, document: str, text: str | None, found: Verified) -> None:
    """Work out a claim's hash again, and slice each of its spans out of the text.

    Args:
        id: the claim's id.
        body: the claim as it was written, JSON.
        document: the id of its document.
        text: the document's text; None where it is not there.
        found: where to count and to note differences.
    """
    found.claims += 1
    try:
        claim = msgspec.json.decode(body, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        found.differs(id, "claim", f"The claim {id} cannot be read ({error}). {_AGAIN.format(document)}")
        return
    if not found.coarsened and not (claim.get("id") == id == identified(claim)):
        found.differs(
            id,
            "claim",
            f"The claim {id} is not what its id is the hash of: it was changed after it was written. "
            + _AGAIN.format(document),
        )
    if text is None:
        return
    for name, start, end, words in spans(claim):
        found.spans += 1
        if not (0 <= start <= end <= len(text) and text[start:end] == words):
            found.differs(
                id,
                "span",
                f"The words of {name} of the claim {id} are not those at characters {start} to {end} of the "
                f"document {document}. {_AGAIN.format(document)}",
            )


_AGAIN = (
    "Put the ledger back from a copy, or add the source of {} to a new ledger and compare the two with "
    "`fogline claims --format jsonl`."
)


def identified(claim: dict[str, Any]) -> str:
    """Return the id that a claim's content stands for, from the fields as they were written.

    It is that of :meth:`fogline.model.Claim.identified`, of fields that a later Fogline may not know.
    """
    content = {**claim, "id": "", "reasons": {}, "confidence": None}
    return f"c{hashlib.sha256(msgspec.json.encode(content)).hexdigest()[:20]}"


def spans(value: Any, name: str = "") -> Iterator[tuple[str, int, int, str]]:
    """Give every slice of the text that a claim names, with the field that names it."""
    if isinstance(value, dict):
        start, end, words = value.get("start"), value.get("end"), value.get("text")
        if isinstance(start, int) and isinstance(end, int) and isinstance(words, str):
            yield name, start, end, words
        for field, part in value.items():
            yield from spans(part, f"{name}.{field}" if name else field)
    elif isinstance(value, list):
        for nth, part in enumerate(value, start=1):
            yield from spans(part, f"{name} {nth}")
