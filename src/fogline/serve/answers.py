"""What the server answers with: the shapes of its JSON, which its OpenAPI is made from."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from msgspec import Struct

from ..model import (
    Area,
    Certainty,
    Change,
    EventType,
    Holder,
    Mode,
    Party,
    Period,
    Place,
    Quantity,
    Status,
    Voice,
    When,
)
from ..model.event import Check, Event
from ..store import DocumentSummary
from .items import Amended, ClaimItem, EventItem, Evidence


class Counts(Struct, frozen=True, kw_only=True):
    """How much a ledger holds."""

    documents: int
    claims: int
    events: int
    voices: int


class Days(Struct, frozen=True, kw_only=True):
    """The first and the last day that claims tell of."""

    first: date | None
    last: date | None


class SideCount(Struct, frozen=True, kw_only=True):
    """A side and how many claims it acts or is acted upon in."""

    side: str
    claims: int


class Meta(Struct, frozen=True, kw_only=True):
    """What a page needs to know first; ``csrf`` goes into the header X-CSRF-Token of every write."""

    version: str
    ledger: Counts
    days: Days
    event_types: tuple[str, ...]
    statuses: tuple[str, ...]
    sides: list[SideCount]
    embargo_hours: float
    coarsen: bool
    roles: tuple[str, ...]
    reviewer: str | None
    csrf: str | None
    token_needed: bool
    tiles: str | None
    attribution: str


class Claims(Struct, frozen=True, kw_only=True):
    """A page of claims; ``next`` is the cursor of the page behind it."""

    items: list[ClaimItem]
    next: str | None
    total: int | None


class Events(Struct, frozen=True, kw_only=True):
    """A page of events."""

    items: list[EventItem]
    next: str | None
    total: int | None


class Documents(Struct, frozen=True, kw_only=True):
    """A page of documents."""

    items: list[DocumentSummary]
    next: str | None
    total: int | None


class DocumentWhole(Struct, frozen=True, kw_only=True):
    """A document with its text and the ids of its claims."""

    id: str
    title: str | None
    published: date | None
    updated: date | None
    outlet: str | None
    author: str | None
    url: str | None
    language: str | None
    text: str
    raw: str | None
    claims: list[str]


class Changed(Struct, frozen=True, kw_only=True):
    """A sentence that an edition has otherwise: with no ``old`` one it is new, with no ``new`` one gone."""

    old: str | None
    new: str | None


class EditionItem(Struct, frozen=True, kw_only=True):
    """An edition of an article and the sentences in which it differs from the one before."""

    document: str
    title: str | None
    published: date | None
    updated: date | None
    retrieved: datetime
    changes: list[Changed]


class Editions(Struct, frozen=True, kw_only=True):
    """The editions of a document's article, the first first; none where the ledger has only this one."""

    address: str | None
    items: list[EditionItem]


class Mark(Struct, frozen=True, kw_only=True):
    """Words of a document that a claim rests on, in characters, what they are to it, and why."""

    start: int
    end: int
    kind: str
    why: str


class Source(Struct, frozen=True, kw_only=True):
    """Whence raw bytes came, and when."""

    whence: str
    fetched: datetime
    size: int | None
    media_type: str | None


class Provenance(Struct, frozen=True, kw_only=True):
    """What a claim can be traced by: the SHA-256 of the raw bytes, whence they came, who read them."""

    raw: str | None
    sources: list[Source]
    extractor: str


class DocumentShown(Struct, frozen=True, kw_only=True):
    """The document of a claim."""

    id: str
    title: str | None
    published: date | None
    outlet: str | None
    author: str | None
    url: str | None
    text: str


class Review(Struct, frozen=True, kw_only=True):
    """A person's judgement; ``undone`` tells that a later one took it back."""

    id: str
    kind: str
    subject: str
    other: str | None
    field: str | None
    value: str | None
    reviewer: str
    reason: str
    at: datetime
    undone: bool = False


class ClaimWhole(Struct, frozen=True, kw_only=True):
    """A claim with the text that it stands in: all fields of a claim, its document in place of the id."""

    id: str
    event: EventType
    status: Status
    hedge: str | None
    agents: tuple[Party, ...]
    targets: tuple[Party, ...]
    places: tuple[Place, ...]
    when: When
    quantities: tuple[Quantity, ...]
    speaker: Voice | None
    relays: tuple[str, ...]
    mode: Mode
    certainty: Certainty | None
    confidence: float | None
    reasons: dict[str, str]
    flags: tuple[str, ...]
    evidence: Evidence
    extractor: str
    document: DocumentShown
    marks: list[Mark]
    provenance: Provenance
    event_id: str | None
    amended: Amended | None
    checks: list[Check]
    reviews: list[Review]


class Link(Struct, frozen=True, kw_only=True):
    """Two claims that are taken for one occurrence: how surely, and the sentence that explains it."""

    one: str
    other: str
    weight: float
    why: str


class EventWhole(Event, frozen=True, kw_only=True):
    """An event with its claims as they are listed, the links between them, and what people judged."""

    claim_items: list[ClaimItem]
    links: list[Link]
    reviews: list[Review]


class VoiceItem(Struct, frozen=True, kw_only=True):
    """Who speaks; ``name`` None is ``outlet`` in its own words.

    ``confirmed`` and ``contradicted`` count claims that later, independent ones bore out or went against.
    """

    name: str | None
    outlet: str | None
    side: str | None
    kind: str | None
    claims: int
    documents: int
    events: int
    confirmed: int | None
    contradicted: int | None
    reliability: str | None
    types: dict[str, int]


class Voices(Struct, frozen=True, kw_only=True):
    """A page of voices."""

    items: list[VoiceItem]
    next: str | None
    total: int | None


class PlaceItem(Struct, frozen=True, kw_only=True):
    """A place of the gazetteer that a name may mean."""

    name: str
    lat: float
    lon: float
    country: str | None
    region: str | None
    feature: str | None
    geonameid: int | None
    score: float


class Places(Struct, frozen=True, kw_only=True):
    """The places that a name may mean, the likeliest first."""

    items: list[PlaceItem]
    next: str | None = None
    total: int | None = None


class Found(Struct, frozen=True, kw_only=True):
    """What a search found, and how many claims and events it would have found without a limit."""

    claims: list[ClaimItem]
    events: list[EventItem]
    documents: list[DocumentSummary]
    voices: list[VoiceItem]
    total_claims: int
    total_events: int


class DayCount(Struct, frozen=True, kw_only=True):
    """How many claims a day has, by group."""

    day: date
    counts: dict[str, int]


class Timeline(Struct, frozen=True, kw_only=True):
    """Claims by day. ``broad`` tell of more days than a week, ``undated`` of none; neither is on a day."""

    days: list[DayCount]
    broad: int
    undated: int


class CheckItem(Struct, frozen=True, kw_only=True):
    """A check and the event that it is about."""

    id: str
    rule: str
    sentence: str
    claims: tuple[str, ...]
    weight: str
    event: str | None


class Checks(Struct, frozen=True, kw_only=True):
    """A page of checks."""

    items: list[CheckItem]
    next: str | None
    total: int | None


class Reviews(Struct, frozen=True, kw_only=True):
    """A page of reviews, the last first."""

    items: list[Review]
    next: str | None
    total: int | None


class HolderShown(Holder, frozen=True, kw_only=True):
    """Who held a settlement on a day, with the reasons."""


class Periods(Struct, frozen=True, kw_only=True):
    """The periods of a settlement."""

    items: list[Period]
    next: str | None
    total: int | None


class Changes(Struct, frozen=True, kw_only=True):
    """What changed hands."""

    items: list[Change]
    next: str | None
    total: int | None


class Areas(Struct, frozen=True, kw_only=True):
    """Land by day and party."""

    items: list[Area]
    next: str | None
    total: int | None


class JobStarted(Struct, frozen=True, kw_only=True):
    """The job that was begun; its events are at ``/api/v1/jobs/{job}/events``."""

    job: str


class SessionTold(Struct, frozen=True, kw_only=True):
    """A session: whose, with which roles, and its token against forged requests."""

    reviewer: str
    roles: tuple[str, ...]
    csrf: str


class Geometry(Struct, frozen=True, kw_only=True):
    """A GeoJSON geometry."""

    type: str
    coordinates: list[Any]


class Feature(Struct, frozen=True, kw_only=True):
    """A GeoJSON feature."""

    type: str
    geometry: Geometry | None
    properties: dict[str, Any]


class FeatureCollection(Struct, frozen=True, kw_only=True):
    """GeoJSON (RFC 7946)."""

    type: str
    features: list[Feature]
