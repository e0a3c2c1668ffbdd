"""All claims of a ledger in arrays: what filters, maps, histograms and searches are answered from.

An index is made from the claims as they may leave the ledger: under an embargo it never holds what is held
back, and where points are coarsened it holds them coarsened, so that no filter can tell more than an answer.
"""

from __future__ import annotations

import copy
import math
import zlib
from collections.abc import Collection, Iterable
from datetime import date
from typing import Generic, NamedTuple, TypeVar

import msgspec
import numpy as np
from numpy.typing import NDArray

from ..model import Claim
from ..model.event import Event
from ..report.words import side_named
from ..report.words import words as named
from ..store import Stored
from ..store.filters import EVENTS, STATUSES
from .items import claim_item
from .words import Words

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]
Key = TypeVar("Key")

NO_DAY = 0  # date.toordinal() starts at 1
NONE = -1
_EVENT = {name: code for code, name in enumerate(EVENTS)}
_STATUS = {name: code for code, name in enumerate(STATUSES)}
_NO_EVENT = b"null}"  # the end of a claim's JSON, where its event stands
_LIMIT_LAT = 85.051129  # where the square of Web Mercator ends


class PlaceKey(NamedTuple):
    """What a filter by place asks of a claim's place."""

    text: str
    name: str | None
    geonameid: int | None
    country: str | None


class Speaker(NamedTuple):
    """Who vouches for a claim: a voice by name, or an outlet in its own words where ``name`` is None."""

    name: str | None
    outlet: str | None


class Codes(Generic[Key]):
    """Values numbered in the order in which they are first seen."""

    def __init__(self) -> None:
        self._numbers: dict[Key, int] = {}

    def of(self, value: Key) -> int:
        """Return the number of a value."""
        return self._numbers.setdefault(value, len(self._numbers))

    def values(self) -> tuple[Key, ...]:
        """Return the values, by number."""
        return tuple(self._numbers)


class Index:
    """The claims of one state of a ledger, in the order of the command line: publication, document, place.

    Arrays named after a field have one entry a claim; ``place_…`` one for each place of a claim and
    ``party_…`` one for each agent or target that has a side, with the claim's row in ``place_claim`` and
    ``party_claim``. Days are proleptic ordinals, 0 where there is none; codes are positions in the tuple of
    the same name. ``place_x`` and ``place_y`` are Web Mercator in the unit square, NaN where not located.

    Args:
        claims: the claims that may be shown.
        events: the events, each with its claims.
    """

    def __init__(self, claims: Iterable[Stored], events: Iterable[Event] = ()) -> None:
        documents, speakers, outlets = Codes[str](), Codes[Speaker](), Codes[str]()
        sides, kinds, places = Codes[str](), Codes[str](), Codes[PlaceKey]()
        rows: list[tuple[int | float, ...]] = []
        located: list[tuple[int | float, ...]] = []
        parties: list[tuple[int, int]] = []
        ids: list[str] = []
        items: list[bytes] = []
        texts: list[str] = []
        about: list[str] = []
        for row, stored in enumerate(claims):
            claim, speaker = stored.claim, stored.claim.speaker
            ids.append(claim.id)
            items.append(_packed(stored))
            texts.append(" ".join(claim.evidence.text.lower().split("\n")))
            about.append(_about(stored))
            name = (speaker.name or speaker.text) if speaker else None
            rows.append(
                (
                    _EVENT[claim.event],
                    _STATUS[claim.status],
                    _ordinal(claim.when.earliest),
                    _ordinal(claim.when.latest),
                    _ordinal(stored.published),
                    documents.of(claim.document),
                    speakers.of(Speaker(name, None if speaker else stored.outlet)),
                    sides.of(speaker.side) if speaker and speaker.side else NONE,
                    kinds.of(speaker.kind) if speaker and speaker.kind else NONE,
                    sides.of(lead) if (lead := _lead(claim)) else NONE,
                    outlets.of(stored.outlet) if stored.outlet else NONE,
                    math.nan if claim.confidence is None else claim.confidence,
                )
            )
            for place in claim.places:
                key = PlaceKey(place.text, place.name, place.geonameid, place.country)
                point = (
                    (math.nan, math.nan) if place.lat is None or place.lon is None else (place.lat, place.lon)
                )
                located.append((row, places.of(key), *point, place.radius_km or 0.0))
            for party in (*claim.agents, *claim.targets):
                if party.side:
                    parties.append((row, sides.of(party.side)))
        self.ids = ids
        self._items = items
        self.row_of = {id: row for row, id in enumerate(ids)}
        self.texts = texts
        self.documents, self.speakers = documents.values(), speakers.values()
        self.outlets = outlets.values()
        self.sides, self.kinds, self.places = sides.values(), kinds.values(), places.values()

        table = np.array(rows, np.float64).reshape(len(rows), 12)
        columns = np.ascontiguousarray(table.T[:11], np.int32)
        (self.event, self.status, self.earliest, self.latest, self.published) = columns[:5]
        (self.document, self.speaker, self.voice_side, self.voice_kind, self.lead_side) = columns[5:10]
        self.outlet: Ints = columns[10]
        self.confidence: Floats = table[:, 11].copy()

        spots = np.array(located, np.float64).reshape(len(located), 5)
        self.place_claim: Ints = spots[:, 0].astype(np.int32)
        self.place_key: Ints = spots[:, 1].astype(np.int32)
        self.place_lat, self.place_lon, self.place_radius = np.ascontiguousarray(spots.T[2:])
        self.place_x, self.place_y = mercator(self.place_lon, self.place_lat)

        sided = np.array(parties, np.int32).reshape(len(parties), 2)
        self.party_claim, self.party_side = np.ascontiguousarray(sided.T)

        self.words = Words(texts)
        self.about = Words(about)
        self._take_events(events)

    def __len__(self) -> int:
        return len(self.ids)

    def _take_events(self, events: Iterable[Event]) -> None:
        self.events = tuple(events)
        self.event_ids = [event.id for event in self.events]
        self.event_row = {id: row for row, id in enumerate(self.event_ids)}
        self.event_size: Ints = np.array([len(event.claims) for event in self.events], np.int32)
        self.event_of = np.full(len(self), NONE, np.int32)
        for row, event in enumerate(self.events):
            mine = [self.row_of[id] for id in event.claims if id in self.row_of]
            self.event_of[mine] = row
        points = [
            (e.lat, e.lon) if e.lat is not None and e.lon is not None else (math.nan,) * 2
            for e in self.events
        ]
        spots = np.array(points, np.float64).reshape(len(points), 2)
        self.event_lat, self.event_lon = np.ascontiguousarray(spots.T)
        self.event_x, self.event_y = mercator(self.event_lon, self.event_lat)

    def regrouped(self, gone: Collection[str] | None, came: Iterable[Event]) -> Index:
        """Return an index of the same claims with other events.

        Args:
            gone: the ids of the events that are left out; all where None.
            came: the events that are put in.
        """
        kept = [] if gone is None else [event for event in self.events if event.id not in gone]
        made = copy.copy(self)
        made._take_events([*kept, *came])
        return made

    def item(self, row: int) -> msgspec.Raw:
        """Return the claim in a row as it is listed, in JSON."""
        return msgspec.Raw(zlib.decompress(self._items[row]) + msgspec.json.encode(self.event_id(row)) + b"}")

    def event_id(self, row: int) -> str | None:
        """Return the id of the event that the claim in a row belongs to, None where there is none."""
        found = int(self.event_of[row])
        return self.events[found].id if found >= 0 else None

    def days(self) -> tuple[date | None, date | None]:
        """Return the first and last day that claims tell of."""
        known = np.concatenate((self.earliest[self.earliest > NO_DAY], self.latest[self.latest > NO_DAY]))
        if not len(known):
            return None, None
        return date.fromordinal(int(known.min())), date.fromordinal(int(known.max()))


def _packed(stored: Stored) -> bytes:
    """Return a claim as it is listed, in JSON and compressed, up to its event, which may change."""
    made = msgspec.json.encode(claim_item(stored, None))
    assert made.endswith(_NO_EVENT)
    return zlib.compress(made.removesuffix(_NO_EVENT), 1)


def mercator(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """Return degrees (WGS 84) as Web Mercator in the unit square, x to the east and y to the south."""
    clipped = np.radians(np.clip(lat, -_LIMIT_LAT, _LIMIT_LAT))
    x = lon / 360 + 0.5
    y = 0.5 - np.log(np.tan(np.pi / 4 + clipped / 2)) / (2 * np.pi)
    return x, y


def unmercator(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Return the inverse of :func:`mercator`: longitude and latitude in degrees."""
    return (x - 0.5) * 360, np.degrees(2 * np.arctan(np.exp((0.5 - y) * 2 * np.pi)) - np.pi / 2)


def _ordinal(day: date | None) -> int:
    return day.toordinal() if day else NO_DAY


def _lead(claim: Claim) -> str | None:
    """Return the side of the first agent that has one, else of the first target."""
    return next((party.side for party in (*claim.agents, *claim.targets) if party.side), None)


def _about(stored: Stored) -> str:
    """Return the words that a claim is found by beside its evidence."""
    claim, speaker = stored.claim, stored.claim.speaker
    words = [claim.event, named("types")[claim.event], claim.status, stored.title or ""]
    words += [stored.outlet or "", *claim.relays]
    if speaker:
        words += [speaker.name or "", speaker.text, *_side(speaker.side)]
    words += [name for place in claim.places for name in (place.text, place.name or "")]
    words += [name for party in (*claim.agents, *claim.targets) for name in (party.text, *_side(party.side))]
    return " ".join(words)


def _side(side: str | None) -> tuple[str, ...]:
    """Return a side's code and its name."""
    return (side, side_named(side)) if side else ()
