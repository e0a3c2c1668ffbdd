"""Claims as a GeoPackage for QGIS: a point for each located place of a claim, coloured by event type."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ..store import Stored
from . import geopackage
from .colours import event_colours
from .geojson import features


def write(claims: Iterable[Stored], path: Path) -> int:
    """Write claims with a place as one layer, with a style, and return how many claims there were."""
    import shapely

    count, rows = 0, []
    for stored in claims:
        count += 1
        for feature in features(stored):
            if feature["geometry"] is not None:
                told = {name: _value(value) for name, value in feature["properties"].items()}
                rows.append((told, shapely.Point(told["lon"], told["lat"])))
    named = event_colours({row["event"] for row, _ in rows})
    layer = geopackage.Layer(name="claims", kind="POINT", rows=rows, coloured_by="event", colours=named)
    geopackage.write(path, [layer])
    return count


def _value(value: Any) -> Any:
    return (
        "; ".join("" if part is None else str(part) for part in value) if isinstance(value, tuple) else value
    )
