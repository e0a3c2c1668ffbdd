"""The window of a map: which part of the Earth is shown, and where a point of it is drawn."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median
from typing import Any, Self

from msgspec import Struct

DEGREE_KM = 111.195
WIDTH = 760.0
_TALLEST, _LOWEST = 620.0, 340.0
_LEAST_DEGREES = 0.6
_SHARE = 0.85  # of the points that a window without a region has to hold
_AIR = 0.14  # around them, of the window

Point = tuple[float, float]  # latitude, longitude


class Frame(Struct, frozen=True, kw_only=True):
    """A window in degrees, drawn with lengths alike in all directions at its middle parallel.

    ``west`` may lie below -180 or ``east`` above 180, where the window spans the date line.
    """

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def of_box(cls, box: tuple[float, float, float, float]) -> Self:
        """Return the window of a box: west, south, east, north."""
        west, south, east, north = box
        return cls._shaped(west, south, west + ((east - west) % 360 or 360.0), north)

    @classmethod
    def around(cls, points: Sequence[Point]) -> Self:
        """Return the window around the points, but for some of them that lie farthest off."""
        middle_lat = median(lat for lat, _ in points)
        first = points[0][1]
        middle_lon = first + median(_turned(lon - first) for _, lon in points)
        scale = max(0.05, math.cos(math.radians(middle_lat)))
        spread = sorted(
            ((lat - middle_lat, _turned(lon - middle_lon)) for lat, lon in points),
            key=lambda one: math.hypot(one[0], one[1] * scale),
        )
        kept = spread[: max(1, math.ceil(_SHARE * len(spread)))]
        return cls._shaped(
            middle_lon + min(lon for _, lon in kept),
            middle_lat + min(lat for lat, _ in kept),
            middle_lon + max(lon for _, lon in kept),
            middle_lat + max(lat for lat, _ in kept),
            air=_AIR,
        )

    @classmethod
    def _shaped(cls, west: float, south: float, east: float, north: float, *, air: float = 0.0) -> Self:
        """Return a window that holds a box, no narrower than can be read and of a shape that fits a page."""
        middle = (south + north) / 2
        scale = max(0.05, math.cos(math.radians(middle)))
        wide = max((east - west) * (1 + 2 * air) * scale, _LEAST_DEGREES)
        high = max((north - south) * (1 + 2 * air), _LEAST_DEGREES)
        wide = min(max(wide, high * WIDTH / _TALLEST), 360.0)
        high = min(max(high, wide * _LOWEST / WIDTH), 178.0)
        x = (west + east) / 2
        half = min(wide / scale, 360.0) / 2
        y = min(max(middle, -89.0 + high / 2), 89.0 - high / 2)
        return cls(west=x - half, south=y - high / 2, east=x + half, north=y + high / 2)

    @property
    def scale(self) -> float:
        """How many pixels a degree of latitude is drawn with."""
        return self.height / (self.north - self.south)

    @property
    def height(self) -> float:
        """How tall the drawing is, in pixels."""
        scale = math.cos(math.radians((self.south + self.north) / 2))
        return min(_TALLEST, WIDTH * (self.north - self.south) / ((self.east - self.west) * scale))

    def points(self, lon: Any, lat: Any) -> Any:
        """Return arrays of longitudes and latitudes as rows of x and y."""
        import numpy as np

        x = (lon - self.west) / (self.east - self.west) * WIDTH
        return np.column_stack([x, (self.north - lat) * self.scale])

    def at(self, lat: float, lon: float) -> tuple[float, float] | None:
        """Return where a point is drawn, None where it is not in the window."""
        x = ((lon - self.west) % 360) / (self.east - self.west) * WIDTH
        y = (self.north - lat) * self.scale
        return (x, y) if 0 <= x <= WIDTH and 0 <= y <= self.height else None

    def pixels(self, km: float) -> float:
        """Return how long a distance is drawn."""
        return km / DEGREE_KM * self.scale


def _turned(degrees: float) -> float:
    """Return a difference of longitudes as the shorter way round."""
    return (degrees + 180) % 360 - 180
