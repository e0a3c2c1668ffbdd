"""What may leave a ledger: nothing too young, no point finer than a town.

Fogline works on published reports after the fact. Every output can hold back what is younger than so many
hours (an embargo) and publish points at town level (coarsening).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TypeVar

import msgspec

from .model import Candidate, Claim, Document, Place, PlaceMention, Relative
from .store.filters import embargo_day

TOWN_DEGREES = 0.1  # a step of about 11 km north to south
TOWN_RADIUS_KM = 8.0  # half the diagonal of such a cell at the equator, rounded up
_TOWN_FEATURES = ("PPL", "ADM", "PCL", "TERR", "CONT", "RGN")  # GeoNames codes of towns and what is larger

PlaceLike = TypeVar("PlaceLike", Place, PlaceMention)


def released(claim: Claim, *, published: date | None, hours: float, at: datetime | None = None) -> bool:
    """Tell whether an embargo lets a claim out.

    A document without a date, and what ends on no known day, are taken at their youngest: now, and the
    first day that the interval names.

    Args:
        claim: the claim.
        published: the day its document was published, None where that is not known.
        hours: how old document and event have to be.
        at: the time to count from; now where None.
    """
    if not hours:
        return True
    until = embargo_day(hours, at=at)
    day = claim.when.latest or claim.when.earliest
    return published is not None and published <= until and (day is None or day <= until)


def released_document(document: Document, *, hours: float, at: datetime | None = None) -> bool:
    """Tell whether an embargo lets a document out: it has to be dated, and published long enough ago."""
    if not hours:
        return True
    return document.published is not None and document.published <= embargo_day(hours, at=at)


def coarsened(claim: Claim) -> Claim:
    """Return a claim whose places are no finer than a town."""
    return msgspec.structs.replace(claim, places=tuple(coarsened_place(place) for place in claim.places))


def coarsened_place(place: PlaceLike) -> PlaceLike:
    """Return a place no finer than a town: points are rounded to a tenth of a degree and lose their name.

    A settlement, region or country stays as it is: its coordinates are those of its centre.
    """
    alternatives = tuple(coarsened_candidate(candidate) for candidate in place.alternatives)
    place = msgspec.structs.replace(place, relative=_coarsened_relative(place.relative))
    if place.precision != "point" or place.lat is None or place.lon is None:
        return msgspec.structs.replace(place, alternatives=alternatives)
    return msgspec.structs.replace(
        place,
        lat=_town(place.lat),
        lon=_town(place.lon),
        geonameid=None,
        radius_km=max(place.radius_km or 0.0, TOWN_RADIUS_KM),
        precision="near",
        alternatives=alternatives,
        reason=". ".join(filter(None, (place.reason.rstrip("."), "Rounded to town level for publication."))),
    )


def coarsened_candidate(candidate: Candidate) -> Candidate:
    """Return a candidate no finer than a town."""
    if candidate.feature is None or candidate.feature.startswith(_TOWN_FEATURES):
        return candidate
    return msgspec.structs.replace(
        candidate, lat=_town(candidate.lat), lon=_town(candidate.lon), geonameid=None
    )


def _coarsened_relative(relative: Relative | None) -> Relative | None:
    if relative is None:
        return None
    return msgspec.structs.replace(
        relative,
        lat=_town(relative.lat),
        lon=_town(relative.lon),
        radius_km=max(relative.radius_km, TOWN_RADIUS_KM),
        points=tuple((_town(lat), _town(lon)) for lat, lon in relative.points),
    )


def _town(degrees: float) -> float:
    return round(round(degrees / TOWN_DEGREES) * TOWN_DEGREES, 1)
