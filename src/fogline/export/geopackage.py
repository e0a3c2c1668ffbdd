"""GeoPackage (OGC 12-128r19) with the standard library's SQLite, with styles that QGIS opens by itself."""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import yaml
from msgspec import Struct

_NOTES = Path(__file__).with_name("layer_notes.yml")
_APPLICATION = 0x47504B47  # "GPKG"
_VERSION = 10300
_WGS84 = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],'
    'UNIT["degree",0.0174532925199433],AUTHORITY["EPSG","4326"]]'
)
_TABLES = """
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY,
  organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL,
  description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL,
  identifier TEXT UNIQUE, description TEXT DEFAULT '', last_change DATETIME NOT NULL, min_x DOUBLE,
  min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL UNIQUE REFERENCES gpkg_contents(table_name),
  column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL,
  m TINYINT NOT NULL, PRIMARY KEY (table_name, column_name));
CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT, f_table_catalog TEXT, f_table_schema TEXT,
  f_table_name TEXT, f_geometry_column TEXT, styleName TEXT, styleQML TEXT, styleSLD TEXT,
  useAsDefault BOOLEAN, description TEXT, owner TEXT, ui TEXT, update_time DATETIME);
"""
_TYPES = {bool: "BOOLEAN", int: "INTEGER", float: "REAL", date: "DATE"}


class Layer(Struct, frozen=True, kw_only=True):
    """One layer: its rows, each a mapping and a shape in degrees, and the colours of one of its columns."""

    name: str
    kind: str  # POINT, MULTIPOLYGON, MULTILINESTRING
    rows: Sequence[tuple[Mapping[str, Any], Any]]
    coloured_by: str
    colours: Mapping[str, str]


def write(path: Path, layers: Sequence[Layer]) -> int:
    """Write layers as one GeoPackage and return how many rows they have; the file is whole or not there."""
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    try:
        with closing(sqlite3.connect(part)) as base, base:
            base.execute(f"PRAGMA application_id = {_APPLICATION}")
            base.execute(f"PRAGMA user_version = {_VERSION}")
            base.executescript(_TABLES)
            base.executemany(
                "INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, NULL)",
                [
                    ("WGS 84", 4326, "EPSG", 4326, _WGS84),
                    ("Undefined Cartesian", -1, "NONE", -1, "undefined"),
                    ("Undefined geographic", 0, "NONE", 0, "undefined"),
                ],
            )
            for layer in layers:
                _write_layer(base, layer, at)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return sum(len(layer.rows) for layer in layers)


def _write_layer(base: sqlite3.Connection, layer: Layer, at: str) -> None:
    import shapely

    shapes = [_multi(shape, layer.kind) for _, shape in layer.rows]
    bounds = shapely.total_bounds(shapes).tolist() if shapes else [None] * 4
    base.execute(
        "INSERT INTO gpkg_contents VALUES (?, 'features', ?, '', ?, ?, ?, ?, ?, 4326)",
        (layer.name, layer.name, at, *bounds),
    )
    base.execute(
        "INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, 4326, 0, 0)", (layer.name, layer.kind)
    )
    columns = _columns([row for row, _ in layer.rows])
    told = "".join(f', "{name}" {kind}' for name, kind in columns.items())
    base.execute(f'CREATE TABLE "{layer.name}" (fid INTEGER PRIMARY KEY, geom {layer.kind}{told})')
    marks = ", ".join("?" * (len(columns) + 1))
    names = "".join(f', "{name}"' for name in columns)
    base.executemany(
        f'INSERT INTO "{layer.name}" (geom{names}) VALUES ({marks})',
        [
            (_binary(shape), *(_value(row.get(name)) for name in columns))
            for (row, _), shape in zip(layer.rows, shapes, strict=True)
        ],
    )
    style = qml(layer.name, layer.kind, layer.coloured_by, layer.colours)
    base.execute(
        "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, "
        "styleName, styleQML, styleSLD, useAsDefault, description, owner, update_time) "
        "VALUES ('', '', ?, 'geom', ?, ?, '', 1, '', '', ?)",
        (layer.name, layer.name, style, at),
    )


def _columns(rows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in rows:
        for name, value in row.items():
            if value is not None or name not in found:
                found[name] = _TYPES.get(type(value), "TEXT") if value is not None else "TEXT"
    return found


def _value(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _multi(shape: Any, kind: str) -> Any:
    import shapely

    if kind == "MULTIPOLYGON" and shape.geom_type == "Polygon":
        return shapely.MultiPolygon([shape])
    if kind == "MULTILINESTRING" and shape.geom_type == "LineString":
        return shapely.MultiLineString([shape])
    return shape


def _binary(shape: Any) -> bytes:
    """Return a shape as GeoPackageBinary: a header of 8 bytes without envelope, and WKB."""
    import shapely

    wkb: bytes = shapely.to_wkb(shape, byte_order=1)
    return b"GP" + struct.pack("<BBi", 0, 1, 4326) + wkb


def qml(layer: str, kind: str, coloured_by: str, colours: Mapping[str, str]) -> str:
    """Return a QGIS style with a symbol for each value of one column, and the notes of its layer.

    Args:
        layer: one of the names in ``layer_notes.yml``.
        kind: of its shapes, as in :class:`Layer`.
        coloured_by: the column.
        colours: the colour of each of its values.
    """
    values = [*colours.items(), ("", "#cccccc")]
    categories = "".join(
        f'<category render="true" symbol="{i}" value={quoteattr(value)} '
        f"label={quoteattr(value or 'no information')}/>"
        for i, (value, _) in enumerate(values)
    )
    symbols = "".join(_symbol(i, colour, kind) for i, (_, colour) in enumerate(values))
    return (
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>"
        '<qgis version="3.28" styleCategories="Symbology|Notes">'
        f'<renderer-v2 type="categorizedSymbol" attr={quoteattr(coloured_by)} forceraster="0">'
        f"<categories>{categories}</categories><symbols>{symbols}</symbols></renderer-v2>"
        f"<userNotes value={quoteattr(_notes()[layer])}/></qgis>"
    )


@cache
def _notes() -> dict[str, str]:
    """Return what has to be known of each layer."""
    loaded: dict[str, str] = yaml.load(_NOTES.read_bytes(), Loader=yaml.CSafeLoader)
    return loaded


def _symbol(number: int, colour: str, kind: str) -> str:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    solid, light = f"{red},{green},{blue},255", f"{red},{green},{blue},110"
    kinds = {
        "POINT": ("marker", "SimpleMarker", {"name": "circle", "color": solid, "size": "2"}),
        "MULTIPOLYGON": ("fill", "SimpleFill", {"color": light, "outline_style": "no"}),
        "MULTILINESTRING": ("line", "SimpleLine", {"line_color": "0,0,0,255", "line_width": "0.8"}),
    }
    type_, class_, told = kinds[kind]
    options = "".join(f'<Option type="QString" name="{k}" value="{v}"/>' for k, v in told.items())
    return (
        f'<symbol type="{type_}" name="{number}" alpha="1"><layer class="{class_}" enabled="1" pass="0" '
        f'locked="0"><Option type="Map">{options}</Option></layer></symbol>'
    )
