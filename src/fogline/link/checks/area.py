"""An area that cannot be: larger than where it lies, or out of proportion to the settlements in it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import combinations

from ...model import Check, Claim, Place
from ...store.records import Stored
from ..distances import kilometres
from ..wording import number
from .desk import Desk, finding, quoted, whence

_LARGER = 1.7  # a region's area over that of the circle that its radius gives
_DENSEST = 1.0  # settlements in one square kilometre
_LONGEST = 10.0  # times the side of a square of that area: how far apart its settlements may be
_SEVERAL = 10  # settlements from which on their density means something


def area(desk: Desk) -> Iterator[Check]:
    """Find areas larger than the country or region named, and settlements that do not fit into an area."""
    for stored in desk.claims:
        for quantity in stored.claim.quantities:
            if quantity.kind == "area" and quantity.unit == "km2" and quantity.low:
                yield from _whole(stored, quantity.text, quantity.low)
                yield from _held(stored, quantity.text, quantity.low, quantity.high)


def _whole(stored: Stored, text: str, km2: float) -> Iterator[Check]:
    for place in stored.claim.places:
        limit = _area_of(place)
        if place.role == "at" and limit is not None and km2 > limit:
            yield finding(
                "area",
                f"{quoted(text)} ({whence(stored)}): that is more than all of {place.name or place.text}.",
                [stored],
                "error",
            )
            return


def _area_of(place: Place) -> float | None:
    """Return the most that a place can measure in km², None where that is not known."""
    from ...resolve.gazetteer import countries

    if place.precision == "country":
        known = (c.area_km2 for c in countries().values() if c.geonameid == place.geonameid)
        return next((measured * 1.05 for measured in known), None)
    if place.precision == "region" and place.radius_km:
        return _LARGER * math.pi * place.radius_km**2
    return None


def _held(stored: Stored, text: str, low: float, high: float | None) -> Iterator[Check]:
    claim = stored.claim
    most = high if high is not None else low
    counted = next((q for q in claim.quantities if q.kind == "settlements" and q.low), None)
    if counted is not None and counted.low and counted.low >= _SEVERAL and counted.low > _DENSEST * most:
        yield finding(
            "area",
            f"{quoted(text)} ({whence(stored)}): {quoted(counted.text)} can hardly lie in it, at more than "
            "one a square kilometre.",
            [stored],
        )
    far = _farthest(claim)
    if far is not None and far[0] > _LONGEST * math.sqrt(most):
        away, one, other = far
        yield finding(
            "area",
            f"{quoted(text)} ({whence(stored)}): {one.name or one.text} and {other.name or other.text}, told "
            f"as lying in it, are {number(round(away))} km apart.",
            [stored],
        )


def _farthest(claim: Claim) -> tuple[float, Place, Place] | None:
    placed = [
        p
        for p in claim.places
        if p.role == "at" and p.lat is not None and p.precision in ("point", "settlement")
    ]
    pairs = ((kilometres(a, b), a, b) for a, b in combinations(placed[:20], 2))
    return max(pairs, key=lambda pair: pair[0], default=None)
