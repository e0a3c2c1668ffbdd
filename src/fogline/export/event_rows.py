"""Events as rows: a table for people, CSV, JSON Lines and GeoJSON."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from datetime import date
from typing import IO, Any

from ..model import Event
from .cells import number
from .jsonl import line
from .safe import csv_cell

EVENT_COLUMNS = ("event", "day", "place", "title", "told by", "disputed", "grade")
EVENT_FLAT = {
    "id": "text", "type": "text", "types": "texts", "title": "text", "summary": "text",
    "earliest": "date", "latest": "date", "place": "text", "geonameid": "integer", "country": "text",
    "lat": "real", "lon": "real", "radius_km": "real", "sides": "texts", "claims": "integer",
    "claim_ids": "texts", "documents": "integer", "outlets": "texts", "origins": "integer",
    "independent": "integer", "counted": "text", "versions": "integer", "disputes": "texts",
    "unresolved": "truth", "grade": "text", "tags": "texts",
}  # fmt: skip


def event_cells(event: Event) -> dict[str, str]:
    """Return an event's texts for people, by column."""
    reports = len(event.documents)
    return {
        "event": event.type,
        "day": days(event.earliest, event.latest),
        "place": event.place or "",
        "title": event.title,
        "told by": f"{reports} {'report' if reports == 1 else 'reports'}, {event.independent} independent",
        "disputed": "; ".join(dispute.text for dispute in event.disputes),
        "grade": event.grade.code if event.grade else "",
    }


def event_flat(event: Event) -> dict[str, Any]:
    """Return an event as one flat row: what is many is counted, but for what a reader would search.

    ``claim_ids`` lead to the rows of the claims; ``tags`` names the grade as the taxonomies of MISP do.
    """
    from ..link.taxonomies import grade_tags

    return {
        "id": event.id,
        "type": event.type,
        "types": event.types,
        "title": event.title,
        "summary": summary(event),
        "earliest": event.earliest,
        "latest": event.latest,
        "place": event.place,
        "geonameid": event.geonameid,
        "country": event.country,
        "lat": event.lat,
        "lon": event.lon,
        "radius_km": event.radius_km,
        "sides": event.sides,
        "claims": len(event.claims),
        "claim_ids": event.claims,
        "documents": len(event.documents),
        "outlets": event.outlets,
        "origins": len(event.origins),
        "independent": event.independent,
        "counted": event.counted,
        "versions": len(event.versions),
        "disputes": tuple(dispute.text for dispute in event.disputes),
        "unresolved": event.unresolved,
        "grade": event.grade.code if event.grade else None,
        "tags": grade_tags(event.grade) if event.grade else (),
    }


def days(first: date | None, last: date | None) -> str:
    """Return an event's days: one, or both ends."""
    if first is None or last is None:
        return f"{first or ''}..{last or ''}" if first or last else ""
    return str(first) if first == last else f"{first}..{last}"


def summary(event: Event) -> str:
    """Return an event's summary as one text."""
    return "".join(piece.text for piece in event.summary)


def write_csv(events: Iterable[Event], to: IO[str]) -> int:
    """Write events as CSV with a header and return how many."""
    rows = csv.writer(to)
    rows.writerow(EVENT_FLAT)
    count = 0
    for event in events:
        rows.writerow([_cell(value) for value in event_flat(event).values()])
        count += 1
    return count


def write_jsonl(events: Iterable[Event], to: IO[str]) -> int:
    """Write events as JSON Lines, each whole, and return how many."""
    count = 0
    for event in events:
        to.write(line(event))
        count += 1
    return count


def write_geojson(events: Iterable[Event], to: IO[str]) -> int:
    """Write events as one feature collection, a feature a line, and return how many."""
    count, between = 0, ""
    to.write('{"type": "FeatureCollection", "features": [\n')
    for event in events:
        point = event.lat is not None and event.lon is not None
        geometry = {"type": "Point", "coordinates": [event.lon, event.lat]} if point else None
        feature = {"type": "Feature", "geometry": geometry, "properties": event_flat(event)}
        to.write(between + line(feature).rstrip("\n"))
        between = ",\n"
        count += 1
    to.write("\n]}\n")
    return count


EVENT_EXPORTERS: dict[str, Callable[[Iterable[Event], IO[str]], int]] = {
    "csv": write_csv,
    "geojson": write_geojson,
    "jsonl": write_jsonl,
}


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return number(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, tuple):
        return csv_cell("; ".join(map(str, value)))
    return csv_cell(str(value))
