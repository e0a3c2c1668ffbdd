"""Places told by their distance and bearing from another: "50 km south of Kharkiv", "near Izium"."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from ..extract.parse import Parse
from ..extract.places import PlaceName
from ..model import Relative
from .gazetteer import kilometres

_UNITS = {"km": 1.0, "kilomet": 1.0, "mile": 1.609, "mi": 1.609, "met": 0.001, "m": 0.001}
_BEARINGS = {
    "north": 0, "northeast": 45, "east": 90, "southeast": 135, "south": 180, "southwest": 225, "west": 270,
    "northwest": 315,
}  # fmt: skip
_TOWN = r"(?:(?:city|town|village|capital|settlement|port|border)\s+of\s+)?"
_BEARING = r"(north|south|east|west)[-\s]?(east|west)?(?:ern|erly|wards?)?"
_DISTANCE = re.compile(
    r"(\d[\d,.]{0,6})[\s-]*(km|kilomet\w*|miles?|mi|met\w*|m)\b\s*(?:\([^()]{0,30}\)\s*)?"
    rf"(?:to\s+the\s+|due\s+)?(?:{_BEARING}\s+)?(?:of|from|outside|away\s+from|off|inside|into|beyond)\s+"
    rf"(?:the\s+)?{_TOWN}$",
    re.IGNORECASE,
)
_SIDE = re.compile(
    rf"(?:just\s+|immediately\s+)?(?:to\s+the\s+)?\b{_BEARING}\s+of\s+(?:the\s+)?{_TOWN}$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"\bbetween\s+(?:the\s+)?(?:(?:cities|towns|villages|settlements)\s+of\s+)?$", re.IGNORECASE
)
_AND = re.compile(r"\s+and\s+(?:the\s+)?", re.IGNORECASE)
_KM_A_DEGREE = 111.2
_WIDTH = 45.0  # degrees to either side of a bearing that its sector takes in


@dataclass(frozen=True, slots=True)
class Relation:
    """How a place lies to the one that is named.

    ``kind`` is ``distance``, ``side``, ``near``, ``outskirts``, ``direction``, ``surrounding`` or
    ``between``; ``distance_km`` and ``bearing`` (degrees from north) are None where they are not told.
    """

    distance_km: float | None
    bearing: float | None
    reason: str
    kind: str = "near"
    words: str = ""

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
        return moved(lat, lon, self.distance_km, self.bearing)

    def relative(self, lat: float, lon: float, radius: float) -> Relative:
        """Return where the place that is meant lies.

        Args:
            lat: latitude of the named place.
            lon: its longitude.
            radius: its own radius in km.
        """
        reach, error = _words()["reach"], _words()["error"]
        if self.distance_km is not None:
            share = error["distance" if self.bearing is None else "bearing"]
            at = self.point(lat, lon)
            return _circle(at, radius + share * self.distance_km, self.words)
        if self.bearing is None:
            return _circle((lat, lon), radius + float(reach.get(self.kind, reach["near"])), self.words)
        far = radius + float(reach["side"])
        rim = [
            moved(lat, lon, far, self.bearing + turn)
            for turn in (-_WIDTH, -_WIDTH / 2, 0, _WIDTH / 2, _WIDTH)
        ]
        middle = moved(lat, lon, far / 2, self.bearing)
        outline = tuple((round(a, 4), round(b, 4)) for a, b in ((lat, lon), *rim, (lat, lon)))
        hold = max(kilometres(*middle, a, b) for a, b in outline)
        return Relative(
            lat=round(middle[0], 5), lon=round(middle[1], 5), radius_km=round(hold, 1), shape="sector",
            points=outline, words=self.words,
        )  # fmt: skip


def moved(lat: float, lon: float, distance: float, bearing: float) -> tuple[float, float]:
    """Return the point so many km from another in a direction (degrees from north), on a plane."""
    turn = math.radians(bearing)
    north = distance * math.cos(turn) / _KM_A_DEGREE
    east = distance * math.sin(turn) / (_KM_A_DEGREE * max(0.05, math.cos(math.radians(lat))))
    return lat + north, lon + east


def between(a: tuple[float, float], b: tuple[float, float], words: str) -> Relative:
    """Return where a place between two others lies: on the line that joins them, or beside it."""
    length = kilometres(*a, *b)
    middle = round((a[0] + b[0]) / 2, 5), round((a[1] + b[1]) / 2, 5)
    return Relative(
        lat=middle[0], lon=middle[1], radius_km=round(0.5 * length + 2, 1), shape="line", points=(a, b),
        words=words,
    )  # fmt: skip


def says_between(text: str, start: int, end: int, other: int) -> bool:
    """Tell whether a text has "between" before one name and only "and" up to another."""
    return _BETWEEN.search(text[max(0, start - 40) : start]) is not None and (
        _AND.fullmatch(text[end:other]) is not None
    )


def relation_of(parse: Parse, name: PlaceName) -> Relation | None:
    """Return how the place that is meant lies to the named one, None where it is the named one."""
    text = parse.document.text
    before = text[max(0, name.start - 80) : name.start]
    match = _DISTANCE.search(before)
    if match is not None:
        distance = _kilometres(match.group(1), match.group(2))
        if distance is not None and distance <= 1500:
            bearing = _bearing(match.group(3), match.group(4))
            words = match.group().strip()
            return Relation(
                distance,
                bearing,
                f"The text says {words!r}: about {distance:.0f} km away.",
                "distance",
                words,
            )
    match = _SIDE.search(before)
    if match is not None:
        words = match.group().strip()
        return Relation(
            None, _bearing(match.group(1), match.group(2)), f"The text says {words!r}.", "side", words
        )
    bare = name.start + len(name.name) if name.text.startswith(name.name) else name.end
    after = text[bare : name.end + 50]  # "direction" may be a part of the mention
    if _BETWEEN.search(before):
        return Relation(None, None, "The text says 'between'.", "between", "between")
    for kind, pattern, where in (
        *((kind, pattern, before) for kind, pattern in _patterns()[0]),
        *((kind, pattern, after) for kind, pattern in _patterns()[1]),
    ):
        found = pattern.search(where)
        if found is not None:
            words = found.group().strip()
            return Relation(None, None, f"The text says {words!r}.", kind, words)
    return None


@cache
def _words() -> dict[str, Any]:
    with (files(__package__) / "place_relations.yml").open("rb") as file:
        return yaml.load(file, Loader=yaml.CSafeLoader)  # type: ignore[no-any-return]  # YAML gives Any


@cache
def _patterns() -> tuple[list[tuple[str, re.Pattern[str]]], list[tuple[str, re.Pattern[str]]]]:
    """Return the kinds with the patterns of words before a name, and after it."""

    def joined(words: list[str]) -> str:
        return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=len, reverse=True))

    before = [
        (kind, re.compile(rf"\b(?:{joined(words)})\s+(?:the\s+)?{_TOWN}$", re.IGNORECASE))
        for kind, words in _words()["before"].items()
    ]
    after = [
        (kind, re.compile(rf"^(?:'s|’s)?\s+(?:{joined(words)})\b", re.IGNORECASE))
        for kind, words in _words()["after"].items()
    ]
    return before, after


def _circle(at: tuple[float, float], radius: float, words: str) -> Relative:
    return Relative(lat=round(at[0], 5), lon=round(at[1], 5), radius_km=round(radius, 1), words=words)


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
