"""Places with their doubt."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

PlaceRole = Literal["at", "from", "to", "near"]
PlaceKind = Literal["literal", "associative", "government", "demonym"]
PlacePrecision = Literal["point", "settlement", "near", "district", "region", "country", "area", "unknown"]


class Candidate(Struct, frozen=True, kw_only=True):
    """One place that a name may mean; ``score`` is a probability among the candidates."""

    name: str
    lat: float
    lon: float
    geonameid: int | None = None
    country: str | None = None  # ISO 3166 alpha-3
    region: str | None = None
    feature: str | None = None  # GeoNames feature code, e.g. PPL, ADM1, PCLI
    score: float = 0.0


class Relative(Struct, frozen=True, kw_only=True):
    """Where a place lies that is told by another one ("50 km south of Kharkiv", "between A and B").

    ``lat``, ``lon`` are the middle of where it may be (WGS 84 degrees), ``radius_km`` the radius that holds
    it. ``shape`` is ``circle``, ``line`` (between two places) or ``sector`` (on one side of a place) or
    ``part`` (the side of a region that is meant); the
    ``points`` of a line or of an outline are (latitude, longitude). ``words`` are those that tell it.
    """

    lat: float
    lon: float
    radius_km: float
    shape: Literal["circle", "line", "sector", "part"] = "circle"
    points: tuple[tuple[float, float], ...] = ()
    words: str = ""


class PlaceMention(Struct, frozen=True, kw_only=True):
    """A place name in a document and what it was resolved to.

    ``lat``, ``lon`` are WGS 84 degrees, None where nothing was sure enough (``reason`` says why);
    ``radius_km`` is the radius within which the place lies; ``score`` a confidence from 0 to 1.
    ``kind`` parts literal places from associative ones ("Paris agreement"), governments ("Moscow
    said") and demonyms ("Syrian"). ``relative`` is where the place that is meant lies, where the text
    tells it by the named one, whose coordinates stay.
    """

    text: str
    start: int
    end: int
    kind: PlaceKind = "literal"
    name: str | None = None
    geonameid: int | None = None
    country: str | None = None
    feature: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: PlacePrecision = "unknown"
    radius_km: float | None = None
    score: float = 0.0
    alternatives: tuple[Candidate, ...] = ()
    reason: str = ""
    relative: Relative | None = None


class Place(Struct, frozen=True, kw_only=True):
    """A place of a claim: a mention and the part it plays (``at``, ``from``, ``to``, ``near``).

    Of one side of a region or country ("northern Iraq") the coordinates are that side's.
    """

    text: str
    role: PlaceRole
    lat: float | None = None
    lon: float | None = None
    start: int | None = None
    end: int | None = None
    name: str | None = None
    geonameid: int | None = None
    country: str | None = None
    precision: PlacePrecision = "unknown"
    radius_km: float | None = None
    score: float = 0.0
    alternatives: tuple[Candidate, ...] = ()
    reason: str = ""
    relative: Relative | None = None
