"""The map of a report: events at their places with how surely they are placed, and what changed hands."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from ..model import Event
from .content import Picture, plain
from .drawing import about, drawing, label
from .frame import WIDTH, Frame
from .gather import Found
from .ground import CREDIT, ground
from .paint import paint
from .words import counted, listed, side_named

_NAMED = 24  # places of events with their name on the map, at most
_TOWNS = 22  # settlements that are named besides
_LETTER = 5.6  # the width of a letter, in pixels
_VAGUE_KM = 60.0  # a place known no better than this says nothing about where the map should be
_SPOT_KM = 12.0  # a place known better than this needs no circle
_RULERS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)  # lengths of the bar, in km
_RULER = 130.0  # the longest bar, in pixels
_FULL = 40.0  # the radius of a circle, in pixels, from which on it is drawn without a dot


Box = tuple[float, float, float, float]  # left, top, right, bottom, in pixels


class Spot(Struct, frozen=True, kw_only=True):
    """A place of events: how many are there, how many of them are disputed, how surely it is known."""

    lat: float
    lon: float
    radius_km: float
    name: str
    events: int
    disputed: int


def map_of(found: Found) -> Picture | None:
    """Draw where the events of a report were; None where no place of them is known."""
    spots = _spots(found.events)
    sure = [spot for spot in spots if spot.radius_km <= _VAGUE_KM] or spots
    if found.box is not None:
        frame = Frame.of_box(found.box)
    elif sure:
        frame = Frame.around([(spot.lat, spot.lon) for spot in sure for _ in range(spot.events)])
    else:
        return None
    base = ground(frame)
    taken: list[Box] = []
    hands, key = _hands(found, frame, taken)
    ruler = _ruler(frame, taken)
    circles, dots, names = _drawn(spots, frame, taken)
    shows = f"Map of {counted(len(found.events), 'event')} by place"
    parts = [
        f'<rect class="sea" width="{WIDTH:g}" height="{frame.height:.0f}"/>',
        *(base or _net(frame)),
        *circles,
        *hands,
        *dots,
        *_towns(frame, taken),
        *names,
        *ruler,
        *key,
        f'<rect class="edge" width="{WIDTH:g}" height="{frame.height:.0f}"/>',
    ]
    outside = sum(spot.events for spot in spots if frame.at(spot.lat, spot.lon) is None)
    nowhere = sum(event.lat is None or event.lon is None for event in found.events)
    told = [
        "Events by place; a ring is how far off they may be, red with a second ring is disputed, "
        "numbers count events."
    ]
    if hands:
        told.append("Diamonds are settlements that changed hands, in the colour of the new holder.")
    if outside:
        away = Counter({s.name: s.events for s in spots if frame.at(s.lat, s.lon) is None})
        told.append(f"Outside of the map: {listed([name for name, _ in away.most_common()], 5)}.")
    if nowhere:
        told.append(f"{counted(nowhere, 'event has', 'events have')} no known place.")
    told += [CREDIT] if base else []
    told.append("Settlements: GeoNames (CC BY 4.0).")
    return Picture("map", drawing(WIDTH, round(frame.height), shows, parts), shows, plain(" ".join(told)))


def _spots(events: Iterable[Event]) -> list[Spot]:
    """Return the places of events, those with most events first."""
    at: dict[tuple[float, float], list[Event]] = {}
    for event in events:
        if event.lat is not None and event.lon is not None:
            at.setdefault((round(event.lat, 2), round(event.lon, 2)), []).append(event)
    found = [
        Spot(
            lat=lat,
            lon=lon,
            radius_km=max(event.radius_km or 0.0 for event in here),
            name=Counter(event.place or "" for event in here).most_common(1)[0][0],
            events=len(here),
            disputed=sum(bool(event.disputes) for event in here),
        )
        for (lat, lon), here in at.items()
    ]
    return sorted(found, key=lambda spot: (-spot.events, spot.name, spot.lat, spot.lon))


def _drawn(spots: Sequence[Spot], frame: Frame, taken: list[Box]) -> tuple[list[str], list[str], list[str]]:
    """Return circles of doubt, dots, and names; what they cover is added to ``taken``."""
    circles: list[str] = []
    dots: list[str] = []
    seen = [(spot, at) for spot in spots if (at := frame.at(spot.lat, spot.lon)) is not None]
    for spot, (x, y) in seen:
        look = "disputed" if spot.disputed else "told"
        what = f"{spot.name}: {counted(spot.events, 'event')}"
        what += f", {spot.disputed} disputed" if spot.disputed else ""
        dot = 3.5 + 2.0 * math.sqrt(spot.events)
        doubt = frame.pixels(spot.radius_km)
        if spot.radius_km > _SPOT_KM and doubt > dot:
            what += f"; somewhere within {spot.radius_km:,.0f} km"
            circles.append(f'<circle class="doubt {look}" cx="{x:.1f}" cy="{y:.1f}" r="{doubt:.1f}"/>')
        vague = " vague" if doubt > _FULL else ""
        where = f'cx="{x:.1f}" cy="{y:.1f}" r="{dot:.1f}"'
        dots.append(f'<circle class="dot {look}{vague}" {where}>{about(what)}</circle>')
        if spot.disputed:
            dots.append(f'<circle class="ring" cx="{x:.1f}" cy="{y:.1f}" r="{dot + 2.5:.1f}"/>')
        if spot.events > 1:
            dots.append(label(x, y + 3.6, str(spot.events), look=f"count{vague}", anchor="middle"))
        taken.append((x - dot, y - dot, x + dot, y + dot))
    names: list[str] = []
    for spot, (x, y) in seen:
        if len(names) < _NAMED and spot.name:
            off = 3.5 + 2.0 * math.sqrt(spot.events) + 4
            names += _name(spot.name, x, y, off, frame, taken, look="place")
    return circles, dots, names


def _name(
    name: str,
    x: float,
    y: float,
    off: float,
    frame: Frame,
    taken: list[Box],
    *,
    look: str,
) -> list[str]:
    """Return a name beside a point, right, left, above or below it, or nothing where all is taken."""
    short = name if len(name) <= 32 else f"{name[:31]}…"
    wide = len(short) * _LETTER + 4
    for anchor, tx, ty in (
        ("start", x + off, y + 4),
        ("end", x - off, y + 4),
        ("middle", x, y - off - 2),
        ("middle", x, y + off + 10),
    ):
        left = {"start": tx, "end": tx - wide, "middle": tx - wide / 2}[anchor]
        box = left, ty - 10, left + wide, ty + 3
        inside = box[0] >= 2 and box[1] >= 2 and box[2] <= WIDTH - 2 and box[3] <= frame.height - 2
        if inside and not any(_overlap(box, other) for other in taken):
            taken.append(box)
            return [label(tx, ty, short, look=look, anchor=anchor)]
    return []


def _overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _towns(frame: Frame, taken: list[Box]) -> Iterator[str]:
    """Give the largest settlements that there is room for, to find one's way by."""
    from ..resolve.gazetteer import open_gazetteer

    found = []
    for turn in (-360.0, 0.0, 360.0):
        west, east = max(-180.0, frame.west + turn), min(180.0, frame.east + turn)
        if west < east:
            found += open_gazetteer().settlements(west, frame.south, east, frame.north)
    found.sort(key=lambda entry: (-entry.population, entry.geonameid or 0))
    named = 0
    for entry in found[: 12 * _TOWNS]:
        at = frame.at(entry.lat, entry.lon)
        if at is None or any(_overlap((at[0] - 3, at[1] - 3, at[0] + 3, at[1] + 3), box) for box in taken):
            continue
        if drawn := _name(entry.name, *at, 6.0, frame, taken, look="town"):
            yield f'<circle class="town" cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="1.8"/>'
            yield from drawn
            named += 1
        if named >= _TOWNS:
            return


def _hands(found: Found, frame: Frame, taken: list[Box]) -> tuple[list[str], list[str]]:
    """Return a diamond for each settlement that changed hands, and the key of their colours."""
    look = paint(found)
    parts = []
    for change in found.changes:
        at = frame.at(change.lat, change.lon)
        if at is None or change.after is None:
            continue
        x, y = at
        taken.append((x - 4, y - 4, x + 4, y + 4))
        what = about(f"{change.name}: {_named(change.after)}")
        shape = f'd="M{x:.1f} {y - 4:.1f}l4 4l-4 4l-4-4Z"'
        parts.append(f'<path class="hand" fill="{look[change.after]}" {shape}>{what}</path>')
    shown = sorted({change.after for change in found.changes if change.after}) if parts else []
    key = []
    for nth, holder in enumerate(shown):
        y = 18 + 18 * nth
        key.append(f'<path class="hand" fill="{look[holder]}" d="M16 {y - 10}l6 6l-6 6l-6-6Z"/>')
        key.append(label(28, y, f"now {_named(holder)}", look="place"))
        taken.append((6, y - 14, 200, y + 5))
    return parts, key


def _named(holder: str) -> str:
    return holder if holder == "contested" else side_named(holder)


def _net(frame: Frame) -> Iterator[str]:
    """Give a net of degrees, where there is no ground to draw."""
    step = next(s for s in (0.25, 0.5, 1, 2, 5, 10, 30) if (frame.north - frame.south) / s <= 8 or s == 30)
    lon = math.ceil(frame.west / step) * step
    while lon < frame.east:
        x = (lon - frame.west) / (frame.east - frame.west) * WIDTH
        yield f'<line class="net" x1="{x:.1f}" x2="{x:.1f}" y1="0" y2="{frame.height:.1f}"/>'
        yield label(x + 3, frame.height - 5, f"{(lon + 180) % 360 - 180:g}°", look="faint")
        lon += step
    lat = math.ceil(frame.south / step) * step
    while lat < frame.north:
        y = (frame.north - lat) * frame.scale
        yield f'<line class="net" x1="0" x2="{WIDTH:g}" y1="{y:.1f}" y2="{y:.1f}"/>'
        yield label(3, y - 3, f"{lat:g}°", look="faint")
        lat += step


def _ruler(frame: Frame, taken: list[Box]) -> list[str]:
    """Return a bar of a round number of kilometres."""
    km = max((n for n in _RULERS if frame.pixels(n) < _RULER), default=_RULERS[0])
    x, y = WIDTH - 14 - frame.pixels(km), frame.height - 14
    taken.append((x - 4, y - 22, WIDTH, frame.height))
    return [
        f'<path class="ruler" d="M{x:.1f} {y - 5:.1f}v5H{WIDTH - 14:g}v-5"/>',
        label(WIDTH - 14, y - 9, f"{km:,} km", look="place", anchor="end"),
    ]
