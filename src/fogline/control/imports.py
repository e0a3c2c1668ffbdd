"""Geolocated sightings and polygons of a day, read from files that others made.

CSV and JSON Lines hold a sighting a row: a day, a side, a point, and words. GeoJSON may hold both:
points are sightings, polygons are what a party held on a day.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from msgspec import Struct

from ..errors import SourceError
from .parties import party_named

_NAMES: dict[str, tuple[str, ...]] = {
    "day": ("date", "day", "on", "on_day", "event_date", "verified_date", "timestamp", "datetime"),
    "holder": ("side", "holder", "party", "controller", "control", "allegiance", "country"),
    "lat": ("lat", "latitude", "y"),
    "lon": ("lon", "lng", "long", "longitude", "x"),
    "text": ("text", "description", "note", "notes", "title", "name"),
    "source": ("source", "voice", "outlet", "dataset"),
}
_ISO = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ].*)?")
_MOST = 2_000  # characters kept of the words of a sighting


class ImportOptions(Struct, frozen=True, kw_only=True):
    """What a file does not tell: whose it is, and the day and party of polygons without."""

    source: str | None = None
    day: date | None = None
    holder: str | None = None


class SightingRow(Struct, frozen=True, kw_only=True):
    """A geolocated sighting of a party's forces, as a file tells it."""

    id: str
    source: str
    holder: str
    day: date
    lat: float
    lon: float
    text: str | None = None


class BaselineRow(Struct, frozen=True, kw_only=True):
    """A polygon (GeoJSON) that a party held on a day, as a file tells it."""

    id: str
    source: str
    holder: str
    day: date
    geometry: str


class Unread(Struct, frozen=True, kw_only=True):
    """A row that could not be used, and why."""

    row: int
    why: str


Row = SightingRow | BaselineRow | Unread


def read_rows(raw: bytes, name: str, options: ImportOptions) -> Iterator[Row]:
    """Give the sightings and polygons of a file, and what could not be used of it.

    Args:
        raw: the file's bytes.
        name: its name; the ending tells the format, and the stem is the source where nothing else is.
        options: what the file does not tell.

    Raises:
        SourceError: the file is of no known format, or broken as a whole.
    """
    ending = name.rpartition(".")[2].lower()
    if ending not in _READERS:
        raise SourceError(
            f"{name} is neither CSV, JSON Lines nor GeoJSON by its name. Name it .csv, .jsonl or .geojson."
        )
    try:
        text = raw.decode("utf-8-sig")
        for number, record, geometry in _READERS[ending](text):
            yield _row(number, record, geometry, name.rpartition(".")[0] or name, options)
    except (ValueError, csv.Error, RecursionError) as error:  # also a number of thousands of digits
        raise SourceError(f"{name} cannot be read ({error}). Save it as UTF-8 and mend that line.") from error


Told = tuple[int, Mapping[str, Any], Mapping[str, Any] | None]


def _csv(text: str) -> Iterator[Told]:
    start = text[:4096]
    separator = max(",;\t", key=start.partition("\n")[0].count)
    for number, row in enumerate(csv.DictReader(io.StringIO(text), delimiter=separator), 2):
        yield number, {k: v for k, v in row.items() if k is not None}, None


def _jsonl(text: str) -> Iterator[Told]:
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            record = json.loads(line)
            yield number, record if isinstance(record, dict) else {}, None


def _geojson(text: str) -> Iterator[Told]:
    whole = json.loads(text)
    found = whole.get("features", [whole]) if isinstance(whole, dict) else []
    for number, feature in enumerate(found if isinstance(found, list) else [], 1):
        record = feature.get("properties") if isinstance(feature, dict) else None
        geometry = feature.get("geometry") if isinstance(feature, dict) else None
        yield (
            number,
            record if isinstance(record, dict) else {},
            geometry if isinstance(geometry, dict) else {},
        )


_READERS = {
    "csv": _csv, "tsv": _csv, "jsonl": _jsonl, "ndjson": _jsonl, "geojson": _geojson, "json": _geojson,
}  # fmt: skip


def _row(
    number: int,
    record: Mapping[str, Any],
    geometry: Mapping[str, Any] | None,
    stem: str,
    options: ImportOptions,
) -> Row:
    known = {str(k).strip().casefold(): v for k, v in record.items() if v not in (None, "")}

    def told(what: str) -> Any:
        return next((known[name] for name in _NAMES[what] if name in known), None)

    day = _day(told("day")) or options.day
    holder = told("holder") or options.holder
    if day is None or not holder:
        lacks = "day" if day is None else "side"
        return Unread(row=number, why=f"it tells no {lacks} (a column such as {_NAMES[_of(lacks)][0]!r})")
    source = str(options.source or told("source") or stem)[:200]
    party = party_named(str(holder)[:200])
    common = (source, party, day.isoformat())
    geometry = _land(geometry) if geometry is not None else None
    kind = geometry.get("type") if geometry is not None else None
    if kind in ("Polygon", "MultiPolygon"):
        shape = json.dumps(geometry, sort_keys=True)
        why = _broken(shape)
        if why:
            return Unread(row=number, why=why)
        id = _id("b", *common, shape)
        return BaselineRow(id=id, source=source, holder=party, day=day, geometry=shape)
    if kind == "Point" and geometry is not None:
        written = geometry.get("coordinates")
        place = [*(written if isinstance(written, list) else ()), None, None]
        lat, lon = place[1], place[0]
    else:
        lat, lon = told("lat"), told("lon")
    point = _point(lat, lon)
    if point is None:
        return Unread(row=number, why=f"{lat!r}, {lon!r} is no point on Earth (latitude, longitude)")
    text = told("text")
    words = " ".join(str(text).split())[:_MOST] if text else None
    id = _id("s", *common, f"{point[0]:.6f}", f"{point[1]:.6f}", words or "")
    return SightingRow(id=id, source=source, holder=party, day=day, lat=point[0], lon=point[1], text=words)


def _land(geometry: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the polygons of a collection as one geometry, as programs write them that mend outlines."""
    parts = geometry.get("geometries") if geometry.get("type") == "GeometryCollection" else None
    if not isinstance(parts, list):
        return geometry
    land = [
        part for part in parts if isinstance(part, dict) and part.get("type") in ("Polygon", "MultiPolygon")
    ]
    rings = [
        ring
        for part in land
        for ring in (
            [part.get("coordinates")] if part["type"] == "Polygon" else part.get("coordinates") or []
        )
    ]
    return {"type": "MultiPolygon", "coordinates": rings} if rings else geometry


def _of(lacks: str) -> str:
    return {"day": "day", "side": "holder"}[lacks]


def _day(value: Any) -> date | None:
    found = _ISO.fullmatch(str(value).strip()) if value is not None else None
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def _point(lat: Any, lon: Any) -> tuple[float, float] | None:
    try:
        point = float(lat), float(lon)
    except (TypeError, ValueError, OverflowError):
        return None
    return point if abs(point[0]) <= 90 and abs(point[1]) <= 180 else None


def _broken(shape: str) -> str | None:
    import shapely

    try:
        made = shapely.from_geojson(shape)
    except shapely.errors.GEOSException as error:
        return f"its polygon cannot be read ({error})"
    west, south, east, north = made.bounds if not made.is_empty else (999.0,) * 4
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        return "its polygon is empty or lies outside the Earth's degrees"
    return None


def _id(kind: str, *parts: str) -> str:
    return kind + hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:20]
