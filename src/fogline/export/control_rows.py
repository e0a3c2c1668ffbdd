"""Holders, changes and areas as flat rows, CSV, JSON Lines and GeoJSON."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import IO, TYPE_CHECKING, Any

import msgspec

from ..model import Change, Holder
from .jsonl import line
from .safe import csv_cell, json_safe

if TYPE_CHECKING:
    from ..control import Shapes

Row = Mapping[str, Any]
Placed = Holder | Change


def flat(value: msgspec.Struct) -> dict[str, Any]:
    """Return a struct as one flat row: maps and lists are joined into text."""
    return {name: _text(getattr(value, name)) for name in value.__struct_fields__}


def _text(value: Any) -> Any:
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {part}" for name, part in value.items())
    if isinstance(value, tuple):
        return "; ".join(str(part) for part in value)
    return value


def write_csv(values: Sequence[msgspec.Struct], to: IO[str]) -> int:
    """Write structs of one kind as CSV and return how many."""
    rows = csv.writer(to)
    if values:
        rows.writerow(values[0].__struct_fields__)
    for value in values:
        rows.writerow([_cell(part) for part in flat(value).values()])
    return len(values)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return str(value) if isinstance(value, bool | int | float) else csv_cell(str(value))


def write_jsonl(values: Sequence[msgspec.Struct], to: IO[str]) -> int:
    """Write structs as JSON Lines and return how many."""
    for value in values:
        to.write(line(value))
    return len(values)


def features(values: Iterable[Placed]) -> list[dict[str, Any]]:
    """Return placed values as GeoJSON points, with all that is known of each."""
    return [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [value.lon, value.lat]},
            "properties": {
                name: part for name, part in msgspec.to_builtins(value).items() if name not in ("lat", "lon")
            },
        }
        for value in values
    ]


def shape_features(shapes: Shapes, layer: str) -> list[dict[str, Any]]:
    """Return the land of holders (``areas``) or the lines between them (``lines``) as GeoJSON features."""
    import shapely

    return [
        {"type": "Feature", "geometry": json.loads(shapely.to_geojson(shape)), "properties": dict(told)}
        for told, shape in shape_rows(shapes, layer)
    ]


def shape_rows(shapes: Shapes, layer: str) -> list[tuple[Row, Any]]:
    """Return what is told of each shape of a layer, and the shape."""
    from ..control.cells import area_km2

    if layer == "areas":
        return [({"holder": name, "km2": round(area_km2(shape), 1)}, shape) for name, shape in shapes.land]
    return [({"between": f"{a} – {b}", "one": a, "other": b}, shape) for a, b, shape in shapes.lines]


def write_geojson(features: Sequence[Mapping[str, Any]], to: IO[str]) -> int:
    """Write features as one collection (RFC 7946), a feature a line, and return how many."""
    to.write('{"type": "FeatureCollection", "features": [\n')
    to.write(",\n".join(json_safe(json.dumps(feature, ensure_ascii=False)) for feature in features))
    to.write("\n]}\n")
    return len(features)
