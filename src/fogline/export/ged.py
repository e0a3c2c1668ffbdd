"""Events with deaths as rows with the columns and codes of UCDP GED, with best, low and high estimates.

It is the form of the data set, not its method: no conflict or dyad is coded, and deaths are the figures that
claims tell. Columns and precision codes: UCDP GED Codebook, version 23.1; grid cells: PRIO-GRID.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable
from datetime import date
from typing import IO, Any

from .coded import CIVILIANS, Told, countries, days, is_state, joined, title
from .safe import csv_cell

COLUMNS = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_name", "dyad_name",
    "side_a", "side_b", "number_of_sources", "source_article", "source_office", "source_date",
    "source_headline", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2", "latitude",
    "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region", "event_clarity", "date_prec",
    "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high",
    "low",
)  # fmt: skip
_WHERE = {"point": 1, "settlement": 1, "near": 2, "district": 3, "region": 4, "area": 5, "country": 6}


def write(events: Iterable[Told], to: IO[str]) -> int:
    """Write the events that happened, on a known day and with a figure of deaths, and return how many."""
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
    event, when, deaths = told.event, days(told.event), told.deaths()
    if when is None or deaths is None or deaths[2] < 1 or not told.happened:
        return None
    low, best, high = deaths
    agents, targets = told.sides("agents"), told.sides("targets")
    one = agents[0] if agents else None
    two = targets[0] if targets else None
    place, located = told.place(), event.lat is not None and event.lon is not None
    name, number = countries().get(event.country or "", (None, None))
    dead = {"deaths_civilians": best} if CIVILIANS in targets else {"deaths_unknown": best}
    named = [title(side) for side in (one, two) if side]
    return {
        "id": event.id,
        "year": when[0].year,
        "code_status": "Disputed" if event.disputes else "Clear",
        "type_of_violence": _violence(one, two),
        "dyad_name": " - ".join(named) if len(named) == 2 else None,
        "side_a": title(one) if one else None,
        "side_b": title(two) if two else None,
        "number_of_sources": event.independent,
        "source_article": joined(event.documents),
        "source_office": joined(event.outlets),
        "source_date": joined(str(stored.published) for stored in told.claims if stored.published),
        "source_headline": joined(stored.title for stored in told.claims),
        "where_prec": _WHERE.get(place.precision, 5) if place else None,
        "where_coordinates": event.place,
        "where_description": place.text if place else None,
        "adm_1": told.region(),
        "latitude": event.lat,
        "longitude": event.lon,
        "geom_wkt": f"POINT ({event.lon} {event.lat})" if located else None,
        "priogrid_gid": _cell(event.lat, event.lon),
        "country": name,
        "country_id": number,
        "event_clarity": 2 if event.disputes or len(event.claims) > len(event.documents) else 1,
        "date_prec": _date_precision(*when),
        "date_start": when[0].isoformat(),
        "date_end": when[1].isoformat(),
        **dead,
        "best": best,
        "high": high,
        "low": low,
    }


def _violence(one: str | None, two: str | None) -> int | None:
    """Return 1 where a state takes part in fighting, 2 where none does, 3 where civilians are the target."""
    if two == CIVILIANS:
        return 3
    if one is None or two is None:
        return None
    return 1 if is_state(one) or is_state(two) else 2


def _date_precision(first: date, last: date) -> int:
    length = (last - first).days + 1
    return next(code for code, most in ((1, 1), (2, 6), (3, 7), (4, 31), (5, math.inf)) if length <= most)


def _cell(lat: float | None, lon: float | None) -> int | None:
    """Return the PRIO-GRID cell of half a degree that a point lies in."""
    if lat is None or lon is None:
        return None
    return min(359, math.floor((lat + 90) * 2)) * 720 + min(719, math.floor((lon + 180) * 2)) + 1
