"""A claim and an event as they stand in a list."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from ..model import Amendment, Certainty, EventType, Mode, Party, Place, Status, When
from ..model.event import Event
from ..store import Stored


class Named(Struct, frozen=True, kw_only=True):
    """A party in a list."""

    text: str
    side: str | None


class Spot(Struct, frozen=True, kw_only=True):
    """A place in a list."""

    text: str
    name: str | None
    role: str
    lat: float | None
    lon: float | None
    radius_km: float | None
    precision: str


class Interval(Struct, frozen=True, kw_only=True):
    """The days of a claim in a list."""

    earliest: date | None
    latest: date | None
    text: str | None
    precision: str


class Figured(Struct, frozen=True, kw_only=True):
    """A quantity in a list."""

    kind: str
    low: float | None
    high: float | None
    unit: str | None
    text: str


class Evidence(Struct, frozen=True, kw_only=True):
    """The words of a claim and where they stand in its document, in characters."""

    start: int
    end: int
    text: str


class Amended(Struct, frozen=True, kw_only=True):
    """What a later edition of its document did to a claim: the edition, its day, and a sentence.

    ``claim`` is what that edition tells instead, None where the claim was withdrawn.
    """

    kind: Literal["withdrawn", "changed"]
    edition: str
    day: date
    claim: str | None
    sentence: str


class ClaimItem(Struct, frozen=True, kw_only=True):
    """A claim as it is listed; ``voice`` None is the outlet in its own words."""

    id: str
    document: str
    title: str | None
    published: date | None
    outlet: str | None
    event: EventType
    status: Status
    hedge: str | None
    voice: str | None
    voice_side: str | None
    relays: tuple[str, ...]
    mode: Mode
    agents: list[Named]
    targets: list[Named]
    places: list[Spot]
    when: Interval
    quantities: list[Figured]
    certainty: Certainty | None
    confidence: float | None
    flags: tuple[str, ...]
    evidence: Evidence
    amended: Amended | None
    event_id: str | None


class EventItem(Struct, frozen=True, kw_only=True):
    """An event as it is listed: counts where :class:`Event` has the things themselves."""

    id: str
    type: EventType
    types: tuple[EventType, ...]
    title: str
    earliest: date | None
    latest: date | None
    place: str | None
    lat: float | None
    lon: float | None
    radius_km: float | None
    country: str | None
    sides: tuple[str, ...]
    claims: int
    documents: int
    outlets: int
    origins: int
    independent: int
    disputed: int
    grade: str | None
    unresolved: bool


def claim_item(stored: Stored, event_id: str | None) -> ClaimItem:
    """Return a claim as it is listed."""
    claim, speaker = stored.claim, stored.claim.speaker
    return ClaimItem(
        id=claim.id,
        document=claim.document,
        title=stored.title,
        published=stored.published,
        outlet=stored.outlet,
        event=claim.event,
        status=claim.status,
        hedge=claim.hedge,
        voice=(speaker.name or speaker.text) if speaker else None,
        voice_side=speaker.side if speaker else None,
        relays=claim.relays,
        mode=claim.mode,
        agents=[_named(party) for party in claim.agents],
        targets=[_named(party) for party in claim.targets],
        places=[_spot(place) for place in claim.places],
        when=_interval(claim.when),
        quantities=[
            Figured(kind=q.kind, low=q.low, high=q.high, unit=q.unit, text=q.text) for q in claim.quantities
        ],
        certainty=claim.certainty,
        confidence=claim.confidence,
        flags=claim.flags,
        evidence=Evidence(start=claim.evidence.start, end=claim.evidence.end, text=claim.evidence.text),
        event_id=event_id,
        amended=amended_item(stored.amended),
    )


def amended_item(amendment: Amendment | None) -> Amended | None:
    """Return what a later edition did to a claim, None where nothing."""
    if amendment is None:
        return None
    return Amended(
        kind=amendment.kind,
        edition=amendment.edition,
        day=amendment.day,
        claim=amendment.claim,
        sentence=amendment.sentence,
    )


def event_item(event: Event) -> EventItem:
    """Return an event as it is listed."""
    return EventItem(
        id=event.id,
        type=event.type,
        types=event.types,
        title=event.title,
        earliest=event.earliest,
        latest=event.latest,
        place=event.place,
        lat=event.lat,
        lon=event.lon,
        radius_km=event.radius_km,
        country=event.country,
        sides=event.sides,
        claims=len(event.claims),
        documents=len(event.documents),
        outlets=len(event.outlets),
        origins=len(event.origins),
        independent=event.independent,
        disputed=len(event.disputes),
        grade=event.grade.code if event.grade else None,
        unresolved=event.unresolved,
    )


def _named(party: Party) -> Named:
    return Named(text=party.text, side=party.side)


def _spot(place: Place) -> Spot:
    return Spot(
        text=place.text,
        name=place.name,
        role=place.role,
        lat=place.lat,
        lon=place.lon,
        radius_km=place.radius_km,
        precision=place.precision,
    )


def _interval(when: When) -> Interval:
    return Interval(earliest=when.earliest, latest=when.latest, text=when.text, precision=when.precision)
