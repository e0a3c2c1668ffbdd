"""Distances and directions on the Earth between two places."""

from __future__ import annotations

import math

from ..model import Place

EARTH_KM = 6371.0088  # mean radius, IUGG


def kilometres(one: Place, other: Place) -> float:
    """Return the great-circle distance between two places that have coordinates."""
    assert one.lat is not None and one.lon is not None and other.lat is not None and other.lon is not None
    return between(one.lat, one.lon, other.lat, other.lon)


def between(lat: float, lon: float, lat2: float, lon2: float) -> float:
    """Return the great-circle distance between two points, in km (haversine)."""
    a = math.sin(math.radians(lat2 - lat) / 2) ** 2
    b = math.cos(math.radians(lat)) * math.cos(math.radians(lat2))
    c = math.sin(math.radians(lon2 - lon) / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(min(1.0, a + b * c)))


def bearing(lat: float, lon: float, lat2: float, lon2: float) -> float:
    """Return the direction from the first point to the second, in degrees from north, clockwise."""
    turn = math.radians(lon2 - lon)
    one, two = math.radians(lat), math.radians(lat2)
    east = math.sin(turn) * math.cos(two)
    north = math.cos(one) * math.sin(two) - math.sin(one) * math.cos(two) * math.cos(turn)
    return math.degrees(math.atan2(east, north)) % 360


def apart(one: float, other: float) -> float:
    """Return the angle between two directions, 0 to 180 degrees."""
    return abs((one - other + 180) % 360 - 180)
