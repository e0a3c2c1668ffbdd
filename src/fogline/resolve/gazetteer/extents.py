"""How far a part of a region or country reaches, told by the settlements that the gazetteer has there."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from .distance import kilometres
from .index import Entry, Gazetteer

_LEAST = 8  # settlements that tell an extent
_EDGE = 0.02  # share of the settlements at either end that are islands, exclaves and errors
_OUTER = 1 / 3  # of an extent is its side; what is left between two sides is its centre
_HOLDS = 0.9  # share of the settlements that the radius holds


@dataclass(frozen=True, slots=True)
class Extent:
    """The middle of an area (WGS 84 degrees), the radius in km that holds it, its outline where known."""

    lat: float
    lon: float
    radius_km: float
    outline: tuple[tuple[float, float], ...] = ()
    settlements: int = 0


@lru_cache(maxsize=4096)
def part_of(gazetteer: Gazetteer, entry: Entry, bearing: float | None) -> Extent:
    """Return one side of a region or country, or its centre.

    The side is the outer third of its extent that way, as far as people live there.

    Args:
        gazetteer: where its settlements are looked up.
        entry: the region, district, area or country.
        bearing: the side in degrees from north, None for the centre.
    """
    points = _settled(gazetteer, entry)
    if len(points) < _LEAST:
        return _beside(entry, bearing)
    ways = [_along(point, entry, bearing) for point in points]
    if bearing is None:
        near = sorted(zip(ways, points, strict=True))[: max(3, round(len(points) * _OUTER))]
        return _around([point for _, point in near])
    ranked = sorted(ways)
    low, high = ranked[round(len(ranked) * _EDGE)], ranked[-1 - round(len(ranked) * _EDGE)]
    line = high - (high - low) * _OUTER
    side = [point for way, point in zip(ways, points, strict=True) if line <= way]
    return _around(side) if len(side) > 2 else _beside(entry, bearing)


def _settled(gazetteer: Gazetteer, entry: Entry) -> list[tuple[float, float]]:
    """Return where the settlements of a region or country lie; of what is neither, none are known."""
    if entry.feature == "ADM1":
        return gazetteer.settled(region=entry.row)
    if entry.feature == "PCLI":
        return gazetteer.settled(country=entry.country)
    return []


def _along(point: tuple[float, float], middle: Entry, bearing: float | None) -> float:
    """Return how far a point lies from the middle in a direction in degrees of latitude, or any way round."""
    north = point[0] - middle.lat
    east = (point[1] - middle.lon) * math.cos(math.radians(middle.lat))
    if bearing is None:
        return math.hypot(north, east)
    turn = math.radians(bearing)
    return north * math.cos(turn) + east * math.sin(turn)


def _beside(entry: Entry, bearing: float | None) -> Extent:
    """Return the half of a circle's middle that lies on one side of it."""
    half = entry.radius_km / 2
    if bearing is None:
        return Extent(entry.lat, entry.lon, half)
    turn = math.radians(bearing)
    north, east = half * math.cos(turn) / 111.2, half * math.sin(turn) / 111.2
    return Extent(entry.lat + north, entry.lon + east / max(0.05, math.cos(math.radians(entry.lat))), half)


def _around(points: Sequence[tuple[float, float]]) -> Extent:
    lat = sum(p[0] for p in points) / len(points)
    lon = sum(p[1] for p in points) / len(points)
    away = sorted(kilometres(lat, lon, *p) for p in points)
    radius = max(1.0, away[math.ceil(_HOLDS * len(away)) - 1])
    held = [p for p in points if kilometres(lat, lon, *p) <= radius]
    return Extent(lat, lon, radius, hull(held), len(points))


def hull(points: Sequence[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """Return the convex outline of points, closed, counterclockwise on a map; none of fewer than three.

    Source: A. M. Andrew, "Another efficient algorithm for convex hulls in two dimensions", 1979.
    """
    ordered = sorted({(round(lon, 4), round(lat, 4)) for lat, lon in points})

    def chain(line: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
        kept: list[tuple[float, float]] = []
        for p in line:
            while len(kept) > 1 and _left(kept[-2], kept[-1], p) <= 0:
                kept.pop()
            kept.append(p)
        return kept

    ring = chain(ordered)[:-1] + chain(ordered[::-1])
    return tuple((lat, lon) for lon, lat in ring) if len(ring) > 3 else ()


def _left(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
