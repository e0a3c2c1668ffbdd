"""The holders of a day as layers of a map: settlements, land and lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..model import Holder
from . import geopackage, geoparquet
from .colours import colours
from .control_rows import flat, shape_rows

if TYPE_CHECKING:
    from ..control import Shapes

Rows = list[tuple[Mapping[str, Any], Any]]


def write_geopackage(path: Path, holders: Sequence[Holder], shapes: Shapes) -> int:
    """Write settlements, land and lines as a GeoPackage with a style for each, and return how many rows."""
    named = colours([h.holder for h in holders if h.holder] + [name for name, _ in shapes.land])
    layers = (
        ("areas", "MULTIPOLYGON", shape_rows(shapes, "areas"), "holder"),
        ("lines", "MULTILINESTRING", shape_rows(shapes, "lines"), "between"),
        ("settlements", "POINT", _points(holders), "holder"),
    )
    return geopackage.write(
        path,
        [
            geopackage.Layer(name=name, kind=kind, rows=rows, coloured_by=column, colours=named)
            for name, kind, rows, column in layers
        ],
    )


def write_geoparquet(path: Path, holders: Sequence[Holder], shapes: Shapes | None, layer: str) -> int:
    """Write one layer as GeoParquet and return how many rows."""
    return geoparquet.write(path, _points(holders) if shapes is None else shape_rows(shapes, layer))


def write_style(path: Path, holders: Sequence[Holder], shapes: Shapes | None, layer: str) -> Path:
    """Write the style of one layer beside its file, under the name that QGIS looks for, and return it."""
    land = [name for name, _ in shapes.land] if shapes is not None else []
    named = colours([h.holder for h in holders if h.holder] + land)
    kind, column = {
        "areas": ("MULTIPOLYGON", "holder"),
        "lines": ("MULTILINESTRING", "between"),
        "settlements": ("POINT", "holder"),
    }[layer]
    style = path.with_suffix(".qml")
    style.write_text(geopackage.qml(layer, kind, column, named), encoding="utf-8")
    return style


def _points(holders: Sequence[Holder]) -> Rows:
    import shapely

    rows: Rows = []
    for holder in holders:
        told = {name: value for name, value in flat(holder).items() if name not in ("lat", "lon")}
        rows.append((told, shapely.Point(holder.lon, holder.lat)))
    return rows
