"""Which claims of an index meet a query's filters: as the command line has them, worked out in memory."""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from ..store import Filters
from ..store.filters import EVENTS, NARRATOR, STATUSES
from ..store.names import names_meant
from .index import NO_DAY, Index, Ints
from .words import Mask, holding, tokens

EARTH_KM = 12742.0  # its mean diameter
_MARKS = str.maketrans("-,.()/\n", " " * 7)


class Box(Struct, frozen=True):
    """Degrees (WGS 84); one that crosses the antimeridian has its west greater than its east."""

    west: float
    south: float
    east: float
    north: float


class Asked(Struct, frozen=True, kw_only=True):
    """A whole query: the filters of the command line, and those that only a map and a page have.

    ``words`` are beginnings of words in evidence, title, voice, parties, place, type or status; ``grade`` is
    that of the claim's event, whole or one of its two signs; ``outlet`` is the name of who published it;
    ``reported`` counts days by publication.
    """

    filters: Filters = Filters()
    box: Box | None = None
    grade: str | None = None
    outlet: str | None = None
    words: str | None = None
    reported: bool = False


def select(index: Index, asked: Asked) -> Mask:
    """Return which claims meet every filter; embargo and extractor were taken into account before."""
    f = asked.filters
    met = np.ones(len(index), bool)
    if f.place or f.point or f.geonameids or f.country:
        met &= _of_places(index, _places(index, f))
    if asked.box:
        met &= _of_places(index, inside(index, asked.box))
    if f.since or f.until:
        met &= _on_days(index, f, reported=asked.reported)
    if f.event:
        met &= _coded(index.event, [EVENTS.index(name) for name in f.event])
    if f.status:
        met &= _coded(index.status, [STATUSES.index(name) for name in f.status])
    if f.side:
        met &= _of_sides(index, f.side)
    if f.voice:
        met &= _by_voice(index, f)
    if f.voice_side:
        met &= _coded(index.voice_side, _sides(index, f.voice_side))
    if f.document:
        met &= index.document == _position(index.documents, f.document)
    if f.min_confidence is not None:
        met &= index.confidence >= f.min_confidence  # false where there is none
    if asked.outlet:
        outlets = [code for code, name in enumerate(index.outlets) if name.lower() == asked.outlet.lower()]
        met &= _coded(index.outlet, outlets)
    if asked.grade:
        met &= _graded(index, asked.grade)
    if asked.words:
        met &= worded(index, asked.words)
    if f.text:
        met &= holding(index.words, index.texts, f.text)
    return met


def with_events(index: Index, claims: Mask) -> Mask:
    """Return which events have one of the claims."""
    met = np.zeros(len(index.events), bool)
    found = index.event_of[claims]
    met[found[found >= 0]] = True
    return met


def worded(index: Index, words: str) -> Mask:
    """Return which claims have, for each word, one that begins so, in evidence or in what is told of it."""
    met = np.ones(len(index), bool)
    for token in tokens(words):
        met &= index.words.beginning(token) | index.about.beginning(token)
    return met


def inside(index: Index, box: Box) -> Mask:
    """Return which places of claims lie in a box."""
    lon, lat = index.place_lon, index.place_lat
    met: Mask = (lat >= box.south) & (lat <= box.north)
    east, west = lon >= box.west, lon <= box.east
    met &= (east & west) if box.west <= box.east else (east | west)
    return met


def _on_days(index: Index, filters: Filters, *, reported: bool) -> Mask:
    """Return which claims share a day with an interval."""
    first = index.published if reported else index.earliest
    last = index.published if reported else index.latest
    met: Mask = (first > NO_DAY) | (last > NO_DAY)
    if filters.since:
        met &= (last == NO_DAY) | (last >= filters.since.toordinal())
    if filters.until:
        met &= (first == NO_DAY) | (first <= filters.until.toordinal())
    return met


def _of_places(index: Index, places: Mask) -> Mask:
    met = np.zeros(len(index), bool)
    met[index.place_claim[places]] = True
    return met


def _places(index: Index, filters: Filters) -> Mask:
    if filters.point is not None:
        lat, lon = np.radians(filters.point)
        theirs = np.radians(index.place_lat)
        height = np.sin((theirs - lat) / 2) ** 2
        width = np.cos(lat) * np.cos(theirs) * np.sin((np.radians(index.place_lon) - lon) / 2) ** 2
        km = EARTH_KM * np.arcsin(np.sqrt(np.minimum(1, height + width)))
        near: Mask = km <= (filters.radius_km or 0.0)
        return near
    known = set(filters.geonameids)
    words = ""
    if filters.place:
        words, exact = _sought(filters.place), filters.place.lower()
        known |= {
            place.geonameid
            for place in index.places
            if place.geonameid is not None and exact in (place.text.lower(), (place.name or "").lower())
        }
    wanted = [
        code
        for code, place in enumerate(index.places)
        if (words and (words in _worded(place.text) or (place.name and words in _worded(place.name))))
        or (place.geonameid is not None and place.geonameid in known)
        or (filters.country is not None and place.country == filters.country)
    ]
    return _coded(index.place_key, wanted)


def _worded(name: str) -> str:
    """Return a name's words in lower case, with a space before and behind each."""
    return f" {name.lower().translate(_MARKS)} "


def _sought(name: str) -> str:
    """Return the same of a name that is looked for, with single spaces."""
    return f" {' '.join(_worded(name).split())} "


def _coded(codes: Ints, wanted: list[int]) -> Mask:
    """Return which codes are wanted ones; -1, for none, is not."""
    flags = np.zeros(max(int(codes.max(initial=0)), *wanted, 0) + 2, bool)
    flags[wanted] = True
    met: Mask = flags[codes]
    return met


def _of_sides(index: Index, side: str) -> Mask:
    met = np.zeros(len(index), bool)
    met[index.party_claim[_coded(index.party_side, _sides(index, side))]] = True
    return met


def _sides(index: Index, side: str) -> list[int]:
    return [code for code, name in enumerate(index.sides) if name.lower() == side.lower()]


def _by_voice(index: Index, filters: Filters) -> Mask:
    if (filters.voice or "").casefold() == NARRATOR:
        wanted = [code for code, speaker in enumerate(index.speakers) if speaker.name is None]
    else:
        known = {speaker.name for speaker in index.speakers if speaker.name is not None}
        names = set(names_meant((filters.voice or "", *(filters.voices or ())), known))
        wanted = [code for code, speaker in enumerate(index.speakers) if speaker.name in names]
    return _coded(index.speaker, wanted)


def _position(values: tuple[str, ...], value: str) -> int:
    return values.index(value) if value in values else -1


def _graded(index: Index, grade: str) -> Mask:
    wanted = [
        row
        for row, event in enumerate(index.events)
        if event.grade is not None and grade.upper() in (event.grade.code, *event.grade.code)
    ]
    return _coded(index.event_of, wanted)
