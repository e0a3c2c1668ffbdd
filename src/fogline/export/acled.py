"""Events as rows with the columns and codes of ACLED, so that tools made for its files read them.

It is ACLED's form, not its method: actors are sides, fatalities the lowest figure that is told, and an event
is what claims link to. Columns and codes: ACLED Codebook, 2023 (time and geographic precision 1 to 3).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date
from typing import IO, Any

from .coded import CIVILIANS, Told, acled_regions, codes, countries, days, is_state, joined, title
from .event_rows import summary
from .safe import csv_cell

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type",
    "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction",
    "civilian_targeting", "iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude",
    "longitude", "geo_precision", "source", "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip


def write(events: Iterable[Told], to: IO[str]) -> int:
    """Write the events that happened, on a known day and of a type that ACLED codes, and return how many."""
    rows = csv.DictWriter(to, COLUMNS, restval="")
    rows.writeheader()
    count = 0
    for told in events:
        row = coded(told)
        if row is not None:
            rows.writerow({name: csv_cell(str(value)) for name, value in row.items() if value is not None})
            count += 1
    return count


def coded(told: Told) -> dict[str, Any] | None:
    """Return an event as a row, None where the data set would not have it."""
    event, when = told.event, days(told.event)
    code = codes()["acled"].get(event.type)
    if code is None or when is None or not told.happened:
        return None
    agents, targets = told.sides("agents"), told.sides("targets")
    civilians = CIVILIANS in targets
    kind, sub = code["code"]
    if civilians and "civilians" in code:
        kind, sub = code["civilians"]
    elif "state" in code and agents and agents[0] == event.country:
        kind, sub = code["state"]
    one = agents[0] if agents else None
    two = targets[0] if targets else None
    first, second = _inter(one, event.country), _inter(two, event.country)
    deaths = told.deaths()
    name, number = countries().get(event.country or "", (None, None))
    return {
        "event_id_cnty": f"{event.country or ''}{event.id}",
        "event_date": when[0].isoformat(),
        "year": when[0].year,
        "time_precision": _time_precision(*when),
        "disorder_type": codes()["acled_disorder"][kind],
        "event_type": kind,
        "sub_event_type": sub,
        "actor1": _actor(one),
        "assoc_actor_1": joined(map(_actor, agents[1:])),
        "inter1": first,
        "actor2": _actor(two),
        "assoc_actor_2": joined(map(_actor, targets[1:])),
        "inter2": second,
        "interaction": "-".join(filter(None, (first, second))),
        "civilian_targeting": "Civilian targeting" if civilians else "",
        "iso": number,
        "region": acled_regions().get(event.country or ""),
        "country": name,
        "admin1": told.region(),
        "admin2": told.district(),
        "location": event.place,
        "latitude": event.lat,
        "longitude": event.lon,
        "geo_precision": _geo_precision(told),
        "source": joined(event.outlets),
        "notes": summary(event),
        "fatalities": deaths[0] if deaths else 0,
        "tags": joined(
            (f"grade={event.grade.code}" if event.grade else None, "disputed" if event.disputes else None)
        ),
    }


def _actor(side: str | None) -> str:
    if side is None:
        return ""
    return f"Military Forces of {title(side)}" if is_state(side) else title(side)


def _inter(side: str | None, country: str | None) -> str:
    if side is None:
        return ""
    if side == CIVILIANS:
        return "Civilians"
    if is_state(side):
        return "State forces" if side == country else "External/Other forces"
    return "Rebel group"


def _time_precision(first: date, last: date) -> int:
    length = (last - first).days
    return 1 if length <= 1 else 2 if length <= 7 else 3


def _geo_precision(told: Told) -> int | None:
    place = told.place()
    if place is None:
        return None
    return {"point": 1, "settlement": 1, "near": 2, "district": 2}.get(place.precision, 3)
