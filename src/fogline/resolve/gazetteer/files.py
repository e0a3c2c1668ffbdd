"""Read a team's own places from CSV or GeoJSON."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...errors import SourceError
from .distance import kilometres
from .features import SETTLED, features
from .index import Gazetteer
from .own import OwnPlace, country_of

_NEAR_KM = 100.0  # within which the next settlement tells country and region
_PEOPLE = 2000  # of a settlement whose people nobody has counted: enough to be taken for a place in a text
_COLUMNS = {
    "name": ("name",),
    "lat": ("lat", "latitude", "y"),
    "lon": ("lon", "lng", "long", "longitude", "x"),
    "names": ("names", "alternatenames", "aliases", "other names"),
    "feature": ("feature", "type", "kind"),
    "country": ("country", "iso3", "iso2"),
    "region": ("region", "admin1", "adm1", "oblast", "province"),
    "population": ("population",),
    "radius_km": ("radius_km", "radius"),
    "geonameid": ("geonameid",),
}


@dataclass(frozen=True, slots=True)
class Unread:
    """A row or feature that is no place, and why."""

    number: int
    why: str


def read_places(path: Path, gazetteer: Gazetteer) -> Iterator[OwnPlace | Unread]:
    """Yield the places of a file, and what in it is none, in order.

    Columns (properties of a GeoJSON feature): ``name``, ``lat``, ``lon``; and where they are told ``names``
    (parted by |), ``feature`` (a GeoNames code or a word such as "village", "strongpoint", "camp"),
    ``country``, ``region``, ``population``, ``radius_km``, ``geonameid``. Country and region that are not
    told are those of the next settlement within 100 km. A GeoJSON line or polygon is the middle of its
    bounds.

    Args:
        path: a ``.csv``, ``.geojson`` or ``.json`` file in UTF-8.
        gazetteer: where the next settlement is looked for.

    Raises:
        SourceError: the file cannot be read, or has no column for names or coordinates.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{path} cannot be read ({error}). Give a CSV or GeoJSON file in UTF-8.") from error
    rows = _features(path, text) if path.suffix.lower() in {".geojson", ".json"} else _table(path, text)
    for number, row in enumerate(rows, 1):
        try:
            yield _place(row, gazetteer)
        except ValueError as error:
            yield Unread(number, str(error))


def _table(path: Path, text: str) -> Iterator[dict[str, str]]:
    first = text.split("\n", 1)[0]
    reader = csv.DictReader(text.splitlines(), delimiter=max(",;\t", key=first.count))
    known = {column: (column or "").strip().lower() for column in reader.fieldnames or ()}
    for wanted in ("name", "lat", "lon"):
        if not set(_COLUMNS[wanted]) & set(known.values()):
            raise SourceError(
                f"{path} has no column {wanted!r} (it has {', '.join(known.values()) or 'none'}). The first "
                "line names the columns: name, lat, lon, and others where they are known."
            )
    for row in reader:
        yield {name: row[column] or "" for column, name in known.items()}


def _features(path: Path, text: str) -> Iterator[dict[str, Any]]:
    try:
        data = json.loads(text)
        found = data["features"] if data["type"] == "FeatureCollection" else [data]
        if not isinstance(found, list) or not all(isinstance(feature, dict) for feature in found):
            raise TypeError("its features are no list of objects")
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise SourceError(f"{path} is no GeoJSON ({error}). Give a FeatureCollection of points.") from error
    for feature in found:
        told, shape = feature.get("properties"), feature.get("geometry")
        row = {str(k).lower(): v for k, v in told.items()} if isinstance(told, dict) else {}
        points = list(_points(shape.get("coordinates"))) if isinstance(shape, dict) else []
        if points:
            lons, lats = [p[0] for p in points], [p[1] for p in points]
            row["lon"], row["lat"] = (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2
            if len(points) > 1:
                half = kilometres(min(lats), min(lons), max(lats), max(lons)) / 2
                row.setdefault("radius_km", round(max(half, 0.1), 1))
        yield row


def _points(coordinates: Any) -> Iterator[tuple[float, float]]:
    """Give the points in nested lists of coordinates; what lies off the Earth is none."""
    waiting = [coordinates]
    while waiting:
        one = waiting.pop()
        if not isinstance(one, list):
            continue
        if len(one) > 1 and all(isinstance(part, int | float) for part in one[:2]):
            if abs(one[0]) <= 180 and abs(one[1]) <= 90:
                yield float(one[0]), float(one[1])
        else:
            waiting.extend(reversed(one))


def _place(row: Mapping[str, Any], gazetteer: Gazetteer) -> OwnPlace:
    told = {name: _value(row, columns) for name, columns in _COLUMNS.items()}
    if not told["name"]:
        raise ValueError("it has no name")
    lat, lon = _number(told, "lat"), _number(told, "lon")
    if lat is None or lon is None:
        raise ValueError(f"{told['name']} has no coordinates")
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise ValueError(f"{told['name']} has the coordinates {lat}, {lon}, which are not on the earth")
    feature = _feature(told["feature"])
    country = country_of(told["country"]) if told["country"] else ""
    if country is None:
        raise ValueError(f"{told['name']} has the country {told['country']!r}, which is none by ISO 3166")
    region = told["region"]
    if not country or not region:
        near, distance = gazetteer.nearest(lat, lon)
        if distance <= _NEAR_KM and country in {"", near.country}:
            country = near.country
            region = region or (gazetteer.entry(near.region).name if near.region >= 0 else "")
    population = int(_number(told, "population") or (_PEOPLE if feature in SETTLED else 0))
    radius = _number(told, "radius_km") or features().radius_of(feature, population)
    return OwnPlace(
        name=told["name"], lat=lat, lon=lon, feature=feature, country=country, region=region,
        population=population, radius_km=radius,
        names=tuple(n.strip() for n in told["names"].split("|") if n.strip()),
        geonameid=int(_number(told, "geonameid") or 0),
    )  # fmt: skip


def _value(row: Mapping[str, Any], columns: tuple[str, ...]) -> str:
    for column in columns:
        value = row.get(column)
        if isinstance(value, list):
            value = "|".join(map(str, value))
        if value is not None and str(value).strip():
            return str(value).strip()
    return ""


def _number(told: Mapping[str, str], name: str) -> float | None:
    if not told[name]:
        return None
    try:
        return float(told[name].replace(",", ".") if told[name].count(",") == 1 else told[name])
    except ValueError:
        raise ValueError(f"{told['name']} has the {name} {told[name]!r}, which is no number") from None


def _feature(told: str) -> str:
    known = features()
    if not told:
        return "PPL"
    feature = known.codes.get(told.upper()) or known.words.get(told.lower())
    if feature is None:
        words = ", ".join(sorted(known.words))
        raise ValueError(f"{told!r} is no kind of place; give a GeoNames code or one of {words}")
    return feature
