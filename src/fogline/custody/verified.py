"""What verifying came to."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Part = Literal["raw", "provenance", "text", "claim", "span", "reading", "bag"]


class Difference(Struct, frozen=True, kw_only=True):
    """Something that is not as it was kept: what, which part of it, and what to do, in one paragraph."""

    object: str
    part: Part
    message: str


class Verified(Struct, kw_only=True):
    """What was looked at, and every difference.

    ``raw`` counts contents of the archive whose bytes were hashed, ``texts`` documents whose text was,
    ``claims`` claims whose own hash was worked out again, ``spans`` slices of texts that were compared,
    ``read_again`` documents whose raw bytes gave the same text again. ``another_reader`` counts those that
    another version of Fogline read, ``without_raw`` those that were given as text, ``without_text`` those of
    which only digests are there; they were not read again. ``coarsened`` tells that claims carry rounded
    points, so that their hashes are those of the unrounded ones.
    """

    raw: int = 0
    raw_bytes: int = 0
    texts: int = 0
    claims: int = 0
    spans: int = 0
    read_again: int = 0
    another_reader: int = 0
    without_raw: int = 0
    without_text: int = 0
    coarsened: bool = False
    differences: list[Difference] = []

    def differs(self, object: str, part: Part, message: str) -> None:
        """Note a difference."""
        self.differences.append(Difference(object=object, part=part, message=message))
