"""An event: the claims that link to one occurrence, their versions, origins, checks and grade.

Everything here is a view: worked out from claims, dropped and worked out again at will.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from .claim import EventType, Status

DisputedField = Literal["status", "event", "agents", "targets", "quantity", "place", "when"]
Reliability = Literal["A", "B", "C", "D", "E", "F"]
Credibility = Literal["1", "2", "3", "4", "5", "6"]


class Piece(Struct, frozen=True, kw_only=True):
    """A stretch of a sentence that Fogline wrote, with the claims that it rests on."""

    text: str
    claims: tuple[str, ...] = ()


class Copy(Struct, frozen=True, kw_only=True):
    """A passage of one document that was taken from another, whole or nearly so.

    ``document`` is the copy, ``source`` the earlier text (by time, or by the relay it names); offsets are
    Python slices of the two texts; ``similarity`` is the share of words that the two passages have in
    common, in order (0 to 1). ``source_outlet`` is the outlet of the earlier text, where it is told.
    """

    document: str
    start: int
    end: int
    source: str
    source_start: int
    source_end: int
    words: int
    similarity: float
    reason: str = ""
    source_outlet: str | None = None


class Origin(Struct, frozen=True, kw_only=True):
    """The first telling that claims go back to; claims with one origin are one voice.

    ``claim`` is the first telling, ``voice`` who tells it (None: the outlet), ``chain`` the relays and
    outlets that carried it, first to last; ``independent`` is False where it leans on another origin.
    """

    id: str
    claim: str
    voice: str | None
    side: str | None
    claims: tuple[str, ...]
    documents: tuple[str, ...]
    outlets: tuple[str, ...]
    chain: tuple[str, ...] = ()
    independent: bool = True
    reason: str = ""


class DisputedValue(Struct, frozen=True, kw_only=True):
    """One of the answers that voices give where they part."""

    text: str
    voices: tuple[str, ...]
    claims: tuple[str, ...]


class Dispute(Struct, frozen=True, kw_only=True):
    """Where the versions of an event differ: the field, and who says what."""

    field: DisputedField
    values: tuple[DisputedValue, ...]
    text: str  # e.g. "killed 4 (mayor, residents) / 0 (ministry)"


class Figure(Struct, frozen=True, kw_only=True):
    """A quantity of an event as one voice gave it on one day; several in a row are a series."""

    kind: str
    low: float | None
    high: float | None
    unit: str | None
    told: date | None
    voice: str | None
    claim: str
    corrected: bool = False  # the same voice gave another figure later


class Version(Struct, frozen=True, kw_only=True):
    """The claims of one event that agree with each other."""

    id: str
    text: str
    status: Status
    claims: tuple[str, ...]
    voices: tuple[str, ...]
    origins: tuple[str, ...]


class Grade(Struct, frozen=True, kw_only=True):
    """The Admiralty code: the source's reliability and the information's credibility, kept apart."""

    source: Reliability
    information: Credibility
    reasons: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """The two signs together, as in B2."""
        return f"{self.source}{self.information}"


class Check(Struct, frozen=True, kw_only=True):
    """Something that a good desk would stop at: the rule, the sentence, and the claims it is about."""

    id: str
    rule: str
    sentence: str
    claims: tuple[str, ...]
    weight: Literal["note", "doubt", "error"] = "doubt"


class Event(Struct, frozen=True, kw_only=True):
    """One occurrence as all voices tell it.

    ``id`` stays while claims come and go; ``types`` are all event types among the claims, the commonest
    first; ``earliest`` and ``latest`` bound the days that most claims agree on; ``lat`` and ``lon`` (WGS
    84) with ``radius_km`` say where. ``unresolved`` is True where versions stand against each other and
    nothing independent decides.
    """

    id: str
    type: EventType
    types: tuple[EventType, ...]
    title: str
    summary: tuple[Piece, ...]
    earliest: date | None
    latest: date | None
    place: str | None
    geonameid: int | None
    country: str | None
    lat: float | None
    lon: float | None
    radius_km: float | None
    sides: tuple[str, ...]
    claims: tuple[str, ...]
    documents: tuple[str, ...]
    outlets: tuple[str, ...]
    origins: tuple[Origin, ...]
    independent: int
    counted: str  # how many documents, outlets, origins and independent ones, with the reason, in words
    versions: tuple[Version, ...]
    disputes: tuple[Dispute, ...]
    figures: tuple[Figure, ...] = ()
    checks: tuple[Check, ...] = ()
    grade: Grade | None = None
    unresolved: bool = False
