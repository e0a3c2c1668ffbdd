"""Write how precise a place is in the field's codes: ACLED's ``geo_precision``, UCDP's ``where_prec``."""

from __future__ import annotations

from typing import Any

from ..model import Place, PlaceMention, PlacePrecision, Relative
from .place_relations import moved

_PART_KM = 25.0  # radius up to which a place is a part of a region (ACLED), or near a known point (UCDP)
_REGION_KM = 300.0  # radius up to which an area is no larger than a region
_CORNERS = 32  # of the polygon that stands for a circle
_AT_SEA = frozenset({"SEA", "STRT"})


def acled_geo_precision(place: Place | PlaceMention) -> int | None:
    """Return ACLED's ``geo_precision``: 1 the town, 2 a part of a region, 3 a region; None beyond that.

    Source: ACLED codebook, "geo precision".
    """
    radius = _radius(place)
    if place.lat is None or _precision(place) in {"country", "unknown"} or radius > _REGION_KM:
        return None
    if _precision(place) in {"point", "settlement"}:
        return 1
    return 2 if _precision(place) in {"near", "district", "area"} and radius <= _PART_KM else 3


def ucdp_where_prec(place: Place | PlaceMention) -> int | None:
    """Return UCDP GED's ``where_prec``, None for a place that nobody could put on the map.

    1 the place itself, 2 within about 25 km of it, 3 a second-level region, 4 a first-level region, 5 an
    area or line that is no region, 6 a country, 7 the sea. Source: UCDP GED codebook, ``where_prec``.
    """
    if place.lat is None or _precision(place) == "unknown":
        return None
    if _precision(place) in {"point", "settlement"}:
        return 1
    if _precision(place) == "near":
        return 2 if _radius(place) <= _PART_KM else 5
    fixed = {"district": 3, "region": 4, "country": 6}.get(_precision(place))
    if fixed is not None:
        return fixed
    return 7 if isinstance(place, PlaceMention) and place.feature in _AT_SEA else 5


def _precision(place: Place | PlaceMention) -> PlacePrecision:
    """Return how precise a place is; a part of a region is an area."""
    relative = place.relative
    return "area" if relative is not None and relative.shape == "part" else place.precision


def _radius(place: Place | PlaceMention) -> float:
    """Return the radius in km of what the text tells by a place, else the place's own."""
    return place.relative.radius_km if place.relative is not None else place.radius_km or 0.0


def geometry(place: Place | PlaceMention) -> dict[str, Any] | None:
    """Return the GeoJSON geometry of where a place lies: of what the text tells by it, else its point.

    A line for what lies between two places, else a polygon: the side of a place or the part of a region,
    or the circle that holds it.
    """
    if place.lat is None or place.lon is None:
        return None
    relative: Relative | None = place.relative
    if relative is None:
        return {"type": "Point", "coordinates": [place.lon, place.lat]}
    points = [[lon, lat] for lat, lon in relative.points]
    if relative.shape == "line":
        return {"type": "LineString", "coordinates": points}
    if points:
        return {"type": "Polygon", "coordinates": [points]}
    return {"type": "Polygon", "coordinates": [_ring(relative)]}


def _ring(circle: Relative) -> list[list[float]]:
    """Return the outline of a circle as GeoJSON has it: closed, counterclockwise."""
    turns = [90 - 360 * k / _CORNERS for k in range(_CORNERS)]
    rim = [moved(circle.lat, circle.lon, circle.radius_km, -turn) for turn in turns]
    ring = [[round(lon, 4), round(lat, 4)] for lat, lon in rim][::-1]
    return [*ring, ring[0]]
