"""Distances on the earth."""

from __future__ import annotations

import math


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Return the great-circle distance of two points (WGS 84 degrees) in km, by the haversine formula."""
    p = math.pi / 180
    h = (
        math.sin((other_lat - lat) * p / 2) ** 2
        + math.cos(lat * p) * math.cos(other_lat * p) * math.sin((other_lon - lon) * p / 2) ** 2
    )
    return 12742 * math.asin(min(1.0, math.sqrt(h)))
