"""Who held towns of other oblasts, from the table ``territorial_control…`` of ``corpora/wikipedia``.

The table is nearly the answer to who held what, so it is never read into a ledger; it is a second truth
beside the official periods of two oblasts, for estimating. Rows that tell no day, or of fighting, are left
out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from fogline.resolve.gazetteer import open_gazetteer
from shared import SHARED

Span = tuple[date, date]
# West, south, east and north of each oblast, and the part of the country that it is counted with.
OBLASTS: dict[str, tuple[str, tuple[float, float, float, float]]] = {
    "Chernihiv": ("north", (30.4, 50.3, 33.6, 52.5)),
    "Kyiv": ("north", (29.2, 49.1, 32.2, 51.6)),
    "Sumy": ("north", (32.8, 50.1, 35.7, 52.4)),
    "Zhytomyr": ("north", (27.1, 49.5, 29.8, 51.7)),
    "Kherson": ("south", (31.4, 45.7, 35.4, 47.7)),
    "Mykolaiv": ("south", (30.1, 46.3, 33.2, 48.3)),
    "Zaporizhzhia": ("south", (34.1, 46.2, 37.3, 48.2)),
    "Dnipropetrovsk": ("south", (32.9, 47.4, 37.0, 49.2)),
    "Donetsk": ("donetsk", (36.5, 46.8, 39.1, 49.3)),
}
INVADER, STATE = (
    ("\U0001f1f7\U0001f1fa", "Donetsk People", "Luhansk People"),
    ("\U0001f1fa\U0001f1e6", "Ukraine"),
)
_INVASION = date(2022, 2, 26)
_EVENT = re.compile(r"(?=Partially captured|(?<![Ee])[Cc]aptured by|Recaptured)")
_DAYS = (
    (r"(\d{1,2}) ([A-Z][a-z]{2})[a-z]* (\d{4})", "%d %b %Y"),
    (r"(\d{4})-(\d{1,2})-(\d{1,2})", "%Y %m %d"),
)


@dataclass(frozen=True)
class Town:
    """A town, the part of the country it is in, when it was occupied, and from when on that is known."""

    geonameid: int
    part: str
    occupied: tuple[Span, ...]
    since: date


def towns() -> list[Town]:
    """Return the towns of the table that the gazetteer has and whose periods are told by the day."""
    found = {town.geonameid: town for row in _rows() if (town := _town(*row)) is not None}
    return list(found.values())


def _rows() -> Iterator[tuple[str, str, str, str, str]]:
    (path,) = (SHARED / "corpora" / "wikipedia").glob("territorial_control*.md")
    oblast = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            oblast = line[3:].split()[0]
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if oblast in OBLASTS and len(cells) >= 6 and cells[0] not in ("Name", "---"):
            yield oblast, cells[0], cells[3], cells[4], cells[5]


def _town(oblast: str, name: str, held: str, as_of: str, told: str) -> Town | None:
    part, (west, south, east, north) = OBLASTS[oblast]
    places = [
        place
        for place in open_gazetteer().entries(name)
        if west <= place.lon <= east and south <= place.lat <= north and place.feature.startswith("PPL")
    ]
    if not places or "Contested" in held + told or "Partially" in told:
        return None
    spans: list[Span] = []
    taken: date | None = None
    for event in _EVENT.split(told)[1:]:
        day = _day(event)
        if day is None or " between " in event or " around " in event:
            return None
        if any(word in event for word in INVADER):
            taken = taken or day
        elif taken is None:
            return None
        else:
            spans.append((taken, day))
            taken = None
    if taken is not None:
        spans.append((taken, date.max))
    since = _INVASION
    if any(word in held for word in INVADER) != (taken is not None):
        day = _day(as_of)
        if spans or day is None:
            return None
        spans, since = [(day, date.max)], day
    best = max(places, key=lambda place: place.population)
    return Town(best.geonameid, part, tuple(spans), since)


def _day(text: str) -> date | None:
    for pattern, form in _DAYS:
        met = re.search(pattern, text)
        if met is not None:
            return datetime.strptime(" ".join(met.groups()), form).date()
    return None
