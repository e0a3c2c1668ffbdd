"""Parts of a region or country: "northern Iraq", "the south of Idlib province", "central Mali"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..model import Relative
from .gazetteer import Entry, Gazetteer, plain_key
from .gazetteer.extents import part_of

WHOLE = frozenset({"PCLI", "ADM1", "ADM2", "RGN", "ISL", "PEN"})  # features that have sides of their own
_BEARINGS = {
    "north": 0.0, "northeast": 45.0, "east": 90.0, "southeast": 135.0, "south": 180.0, "southwest": 225.0,
    "west": 270.0, "northwest": 315.0,
}  # fmt: skip
_SIDE = r"(north|south|east|west|cent(?:re|er|ral))(?:[-\s]?(east|west))?"
_BESIDE = re.compile(rf"\b{_SIDE}(?:ern)?(?:\s+(?:and\s+\w+\s+)?)$", re.IGNORECASE)
_OF = re.compile(
    rf"(?:\b(?:in|into|across|throughout|over|from|through)\s+the\s+{_SIDE}"
    rf"|\b{_SIDE}(?:ern)?\s+(?:parts?|half|third|areas?|districts?|regions?|provinces?|edge|side|corner|end))"
    r"\s+of\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_ADJECTIVE = {"north": "northern", "south": "southern", "east": "eastern", "west": "western"}


@dataclass(frozen=True, slots=True)
class Part:
    """A side of a place (``bearing`` in degrees from north, None: its centre) and the words that tell it."""

    bearing: float | None
    adjective: str
    words: str


def part_told(text: str, start: int) -> Part | None:
    """Return the part that the words before an offset tell of what is named there, None for the whole."""
    before = text[max(0, start - 60) : start]
    match = _BESIDE.search(before) or _OF.search(before)
    if match is None:
        return None
    told = [group.lower() for group in match.groups() if group]
    first, second = told[0], told[1] if len(told) > 1 else ""
    if first.startswith("cent"):
        return Part(None, "central", match.group().strip())
    adjective = f"{first}{_ADJECTIVE[second]}" if second else _ADJECTIVE[first]
    return Part(_BEARINGS[first + second], adjective, match.group().strip())


def relative_part(gazetteer: Gazetteer, part: Part, entry: Entry) -> tuple[Relative, str] | None:
    """Return where a part of a place lies, and the sentence that says how it was worked out.

    None where the place is that part by its own name already ("Eastern Ghouta").
    """
    if plain_key(entry.name).startswith(part.adjective.removesuffix("ern")):
        return None
    said = f"The text says {part.words!r}:"
    known = _known(gazetteer, part, entry)
    if known is not None:
        return _relative(part, known.lat, known.lon, known.radius_km), f"{said} {known.name}."
    extent = part_of(gazetteer, entry, part.bearing)
    how = (
        f"drawn around the {extent.settlements} settlements there"
        if extent.settlements
        else "taken from its radius, as its settlements are not known"
    )
    relative = _relative(part, extent.lat, extent.lon, extent.radius_km, extent.outline)
    return relative, f"{said} its {part.adjective} part, {how}."


def _known(gazetteer: Gazetteer, part: Part, entry: Entry) -> Entry | None:
    """Return the area that the part is by a name of its own ("southern Lebanon"), None for no such area."""
    found = gazetteer.plain(plain_key(f"{part.adjective} {entry.name}"), 5)
    return next((e for e in found if e.country == entry.country and e.feature in WHOLE), None)


def _relative(
    part: Part, lat: float, lon: float, radius: float, outline: tuple[tuple[float, float], ...] = ()
) -> Relative:
    return Relative(
        lat=round(lat, 5), lon=round(lon, 5), radius_km=round(radius, 1), shape="part", points=outline,
        words=part.words,
    )  # fmt: skip
