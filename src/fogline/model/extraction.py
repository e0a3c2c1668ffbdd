"""What reading one document gave."""

from __future__ import annotations

from msgspec import Struct

from .claim import Claim
from .party import Attribution
from .span import Span
from .where import PlaceMention


class LeftOut(Struct, frozen=True, kw_only=True):
    """A mention that could not be handled: which, by which step, and why."""

    step: str
    span: Span | None
    why: str


class Extraction(Struct, frozen=True, kw_only=True):
    """The claims of a document, the layers they were built from, and what was left out."""

    document: str
    claims: tuple[Claim, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
