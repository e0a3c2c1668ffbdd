"""A distance that cannot be: between two named places, to a border, or leading out of the country named."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from ...model import Check, Place
from ...store.records import Stored
from ..distances import apart, bearing, between
from ..wording import number
from .desk import Desk, finding, quoted, whence

_FIGURE = r"(?P<figure>\d[\d,.]{0,6})[\s-]?(?P<unit>km|kilomet(?:er|re)s?|miles?)\b\s?(?:\([^()]{0,30}\)\s?)?"
_TURN = r"(?P<ns>north|south)?[-\s]?(?P<ew>east|west)?(?:ern|wards?)?"
_FROM = re.compile(
    rf"{_FIGURE}(?:to the |due )?{_TURN}\s?(?:of|from|outside)\s(?:the\s)?(?:(?:city|town|village) of\s)?$",
    re.I,
)
_BORDER = re.compile(
    rf"{_FIGURE}(?:away )?from (?:the )?(?P<country>[A-Z][\w-]{{2,20}}(?: [A-Z]\w+)?)"
    r"(?:’s|'s)? (?:state )?(?:border|frontier)"
)
_SIDE = re.compile(r"\b(?P<ns>north|south)?[-\s]?(?P<ew>east|west)?(?:ern)? of\s$", re.I)
_LINK = re.compile(
    r"\s?(?:,|\(|–|-|is|was|lies|lying|some|about|around|roughly|nearly|almost|just|only|a|the|town|city|village|\s){1,8}$",
    re.I,
)
_DEGREES = {
    "n": 0.0, "ne": 45.0, "e": 90.0, "se": 135.0, "s": 180.0, "sw": 225.0, "w": 270.0, "nw": 315.0,
}  # fmt: skip
_ROUGH = 0.35  # by road, and rounded: a distance told may be so much off
_SPARE_KM = 15.0
_TURNED = 75.0  # degrees by which a direction told may be off
_REACH = 60  # characters between a place and the border that its distance is told to
_EXACT = ("point", "settlement", "near")


def distance(desk: Desk) -> Iterator[Check]:
    """Find distances that do not agree with where places lie."""
    for stored in desk.claims:
        text, base = desk.sentence(stored)
        placed = sorted(
            (p for p in stored.claim.places if p.start is not None and p.lat is not None),
            key=lambda p: p.start or 0,
        )
        yield from _between_places(stored, text, base, placed)
        yield from _to_border(desk, stored, text, base, placed)


def _between_places(stored: Stored, text: str, base: int, placed: list[Place]) -> Iterator[Check]:
    """Compare "Bucha, 25 km north-west of Kyiv" with where the two lie."""
    for number_, anchor in enumerate(placed):
        at = (anchor.start or 0) - base
        found = _FROM.search(text, max(0, at - 90), at) if 0 <= at <= len(text) else None
        if found is None or number_ == 0:
            continue
        place = placed[number_ - 1]
        gap = text[(place.end or 0) - base : found.start()]
        if (place.end or 0) - base > found.start() or not _LINK.fullmatch(gap):
            continue
        yield from _compared(stored, place, anchor, found)


def _compared(stored: Stored, place: Place, anchor: Place, found: re.Match[str]) -> Iterator[Check]:
    told = _km(found)
    if told is None or place.precision not in _EXACT or anchor.precision not in _EXACT:
        return
    assert place.lat is not None and place.lon is not None
    assert anchor.lat is not None and anchor.lon is not None
    real = between(anchor.lat, anchor.lon, place.lat, place.lon)
    spare = _SPARE_KM + _own_radius(place) + _own_radius(anchor)
    name, of = place.name or place.text, anchor.name or anchor.text
    words = quoted(f"{place.text} … {found.group().strip()} {anchor.text}")
    if abs(real - told) > spare + _ROUGH * max(real, told):
        yield finding(
            "distance",
            f"{words} ({whence(stored)}): {name} lies {number(round(real))} km from {of}, not "
            f"{number(round(told))} km; the figure or the place is wrong.",
            [stored],
        )
        return
    degrees = _degrees(found)
    turned = (
        apart(bearing(anchor.lat, anchor.lon, place.lat, place.lon), degrees) if degrees is not None else 0
    )
    if turned > _TURNED and real > spare:
        yield finding(
            "distance",
            f"{words} ({whence(stored)}): {name} lies on another side of {of} than is told.",
            [stored],
        )


def _to_border(desk: Desk, stored: Stored, text: str, base: int, placed: list[Place]) -> Iterator[Check]:
    """Compare "north of Kharkiv, 50 km from the Russian border" with the nearest settlement across it."""
    found = _BORDER.search(text)
    told = _km(found) if found else None
    if found is None or told is None:
        return
    country = _country(found["country"])
    before = [p for p in placed if 0 <= (p.start or 0) - base < found.start()]
    place = before[-1] if before else None
    if country is None or place is None or place.precision not in _EXACT:
        return
    assert place.lat is not None and place.lon is not None
    near = _nearest_in(desk, place.lat, place.lon, country, told + 60)
    if near is None or found.start() - ((place.end or 0) - base) > _REACH:
        return
    name, away, direction = near
    at = (place.start or 0) - base
    side = _SIDE.search(text, max(0, at - 30), at)
    degrees = _degrees(side) if side else None
    if degrees is not None and apart(direction, degrees) > _TURNED:
        return  # it speaks of the other side of the place
    if told > away + 5:
        told_of = f"what lies {side.group().strip()} " if side and degrees is not None else ""
        yield finding(
            "distance",
            f"{quoted(found.group())} ({whence(stored)}): {told_of}{place.text} cannot be so far from that "
            f"border; {name} on its other side is {number(round(away))} km from {place.text}.",
            [stored],
        )


def _nearest_in(
    desk: Desk, lat: float, lon: float, country: str, reach: float
) -> tuple[str, float, float] | None:
    """Return the nearest settlement of a country: its name, distance and direction."""
    north = reach / 111.2
    east = north / max(0.1, math.cos(math.radians(lat)))
    entries = [
        e
        for e in desk.gazetteer.settlements(lon - east, lat - north, lon + east, lat + north)
        if e.country == country
    ]
    if not entries:
        return None
    away, entry = min(((between(lat, lon, e.lat, e.lon), e) for e in entries), key=lambda pair: pair[0])
    return entry.name, away, bearing(lat, lon, entry.lat, entry.lon)


def _country(word: str) -> str | None:
    """Return the ISO 3166 alpha-2 code of a country's name or adjective."""
    from ...resolve.gazetteer import countries

    for country in countries().values():
        if word in (country.name, *country.people, *country.names):
            return country.iso2
    return None


def _own_radius(place: Place) -> float:
    """Return how large a place is; what was added for "near" is no size of its own."""
    return min(place.radius_km or 3.0, 15.0)


def _km(found: re.Match[str]) -> float | None:
    try:
        value = float(found["figure"].rstrip(".,").replace(",", ""))
    except ValueError:
        return None
    return value * (1.609344 if found["unit"].lower().startswith("mile") else 1.0)


def _degrees(found: re.Match[str]) -> float | None:
    key = (found["ns"] or "")[:1].lower() + (found["ew"] or "")[:1].lower()
    return _DEGREES.get(key)
