"""Who held what, when: observations of control, and the holders worked out from them."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

View = Literal["assessed", "disputed"]  # besides these, the name of a party: what that party claims
ObservationKind = Literal["claim", "sighting", "baseline"]


class Observation(Struct, frozen=True, kw_only=True):
    """What a claim, a sighting or a baseline says about who held a place over an interval of days.

    ``holder`` is the party (ISO 3166 alpha-3 or a group's name); ``weight`` the log of how much likelier
    the observation is where ``holder`` holds the place than where another does, negative where it says
    that ``holder`` does not hold it. ``radius_km`` is how far around the point it speaks for, unless it is
    said of a whole ``region`` (the GeoNames id of a first-level region), of a ``bank`` (the side and the
    river), or of the one within the other: then of all settlements there. ``change`` tells that it is about
    a place passing from hand to hand, so that what was known before counts less; ``explicit`` that a voice
    says who holds the place, rather than something that only hints at it.
    """

    id: str
    kind: ObservationKind
    holder: str
    weight: float
    lat: float
    lon: float
    radius_km: float
    earliest: date
    latest: date
    contested: bool = False
    change: bool = False
    explicit: bool = False
    geonameid: int | None = None
    region: int | None = None
    bank: tuple[str, str] | None = None
    voice: str | None = None
    side: str | None = None
    claim: str | None = None
    reason: str = ""


class Holder(Struct, frozen=True, kw_only=True):
    """Who held one settlement on one day.

    ``probabilities`` maps each party, and ``contested``, to its probability; ``holder`` is the likeliest,
    None where nothing was observed near enough (*no information*). ``claimed`` maps each party that spoke
    to whom it says held the place; ``disputed`` tells that they part.
    """

    geonameid: int
    name: str
    lat: float
    lon: float
    on: date
    holder: str | None
    confidence: float
    probabilities: dict[str, float] = {}
    claimed: dict[str, str] = {}
    disputed: bool = False
    reasons: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()


class Period(Struct, frozen=True, kw_only=True):
    """Days in a row on which one settlement had one holder; ``holder`` None is *no information*.

    ``confidence`` is the mean over the days, ``disputed`` tells that parties parted on some of them, and
    ``claimed`` maps each party that spoke to whom it said held the place, as of the last of the days.
    """

    geonameid: int
    name: str
    since: date
    until: date
    holder: str | None
    confidence: float
    disputed: bool = False
    claimed: dict[str, str] = {}
    reasons: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()


class Change(Struct, frozen=True, kw_only=True):
    """A settlement that changed hands between two days: who claimed it first, who confirmed it when."""

    geonameid: int
    name: str
    lat: float
    lon: float
    before: str | None
    after: str | None
    on: date | None
    first_claimed_by: str | None = None
    first_claimed_on: date | None = None
    confirmed_by: str | None = None
    confirmed_on: date | None = None


class Area(Struct, frozen=True, kw_only=True):
    """How much land a party held on a day, in km² by geodesic area, with an interval."""

    on: date
    holder: str
    km2: float
    low: float
    high: float


class Gain(Struct, frozen=True, kw_only=True):
    """How much land a party gained and lost between two days, in km², with an interval of the balance."""

    since: date
    until: date
    holder: str
    gained: float
    lost: float
    net: float
    low: float
    high: float
