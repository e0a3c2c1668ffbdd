"""Places told by their distance and bearing from another: "50 km south of Kharkiv", "near Izium"."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from ..extract.parse import Parse
from ..extract.places import PlaceName

_UNITS = {"km": 1.0, "kilomet": 1.0, "mile": 1.609, "mi": 1.609, "met": 0.001, "m": 0.001}
_BEARINGS = {
    "north": 0, "northeast": 45, "east": 90, "southeast": 135, "south": 180, "southwest": 225, "west": 270,
    "northwest": 315,
}  # fmt: skip
_BEARING = r"(north|south|east|west)[-\s]?(east|west)?(?:ern|erly|wards?)?"
_DISTANCE = re.compile(
    r"(\d[\d,.]{0,6})[\s-]*(km|kilomet\w*|miles?|mi|met\w*|m)\b\s*(?:\([^()]{0,30}\)\s*)?"
    rf"(?:to\s+the\s+|due\s+)?(?:{_BEARING}\s+)?(?:of|from|outside|away\s+from|off|inside|into|beyond)\s+(?:the\s+)?"
    r"(?:(?:city|town|village|capital|settlement|port|border)\s+of\s+)?$",
    re.IGNORECASE,
)
_SIDE = re.compile(
    rf"(?:just\s+|immediately\s+)?(?:to\s+the\s+)?\b{_BEARING}\s+of\s+(?:the\s+)?(?:(?:city|town|village|capital)\s+of\s+)?$",
    re.IGNORECASE,
)
_NEAR = re.compile(
    r"\b(?:near|close\s+to|around|outside|surrounding|in\s+the\s+(?:vicinity|area|direction)\s+of|towards?|not\s+far\s+from|"
    r"on\s+the\s+(?:outskirts|edge|edges|approaches)\s+(?:of|to)|(?:outskirts|approaches)\s+(?:of|to)|next\s+to|off)\s+(?:the\s+)?"
    r"(?:(?:city|town|village|capital|settlement)\s+of\s+)?$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"^(?:'s|’s)?\s+(?:direction|axis|front|sector|outskirts|suburbs|area|countryside|hinterland)\b",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\b(?:between|from)\s+(?:the\s+)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Relation:
    """How a place lies to the one that is named: km away, degrees from north, None where not told."""

    distance_km: float | None
    bearing: float | None
    reason: str

    def move(self, lat: float, lon: float, radius: float) -> tuple[float, float, float]:
        """Return point and radius in km of the place.

        The point stays at the anchor, as data sets on conflict put it; the radius holds the place that
        is meant: the distance told and a fifth of it, or 15 km where only "near" is said.
        """
        return lat, lon, radius + (15.0 if self.distance_km is None else 1.2 * self.distance_km)

    def point(self, lat: float, lon: float) -> tuple[float, float]:
        """Return the point that distance and bearing lead to, the anchor where they are not told."""
        if self.distance_km is None or self.bearing is None:
            return lat, lon
        turn = math.radians(self.bearing)
        north = self.distance_km * math.cos(turn) / 111.2
        east = self.distance_km * math.sin(turn) / (111.2 * max(0.05, math.cos(math.radians(lat))))
        return lat + north, lon + east


def relation_of(parse: Parse, name: PlaceName) -> Relation | None:
    """Return how the place that is meant lies to the named one, None where it is the named one."""
    text = parse.document.text
    before = text[max(0, name.start - 80) : name.start]
    match = _DISTANCE.search(before)
    if match is not None:
        distance = _kilometres(match.group(1), match.group(2))
        if distance is not None and distance <= 1500:
            bearing = _bearing(match.group(3), match.group(4))
            return Relation(
                distance, bearing, f"The text says {match.group().strip()!r}: about {distance:.0f} km away."
            )
    match = _SIDE.search(before)
    if match is not None:
        return Relation(
            None, _bearing(match.group(1), match.group(2)), f"The text says {match.group().strip()!r}."
        )
    match = _NEAR.search(before)
    if match is not None:
        return Relation(None, None, f"The text says {match.group().strip()!r}.")
    match = _AFTER.match(text[name.end : name.end + 30])
    if match is not None:
        return Relation(None, None, f"The text says {match.group().strip()!r}.")
    if _BETWEEN.search(before) and re.match(r"\s+(?:and|to)\s+[A-Z]", text[name.end : name.end + 12]):
        return Relation(None, None, "The text says 'between'.")
    return None


def _kilometres(figure: str, unit: str) -> float | None:
    try:
        value = float(figure.rstrip(".,").replace(",", ""))
    except ValueError:
        return None
    unit = unit.lower()
    for start, factor in _UNITS.items():
        if unit.startswith(start):
            return value * factor
    return value


def _bearing(first: str | None, second: str | None) -> float | None:
    if first is None:
        return None
    return float(_BEARINGS[first.lower() + (second or "").lower()])
