"""GeoParquet 1.1.0: an Arrow table with its shapes as WKB, and metadata that names the column."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any


def write(path: Path, rows: Sequence[tuple[Mapping[str, Any], Any]]) -> int:
    """Write rows, each a mapping and a shape in degrees (longitude first), and return how many.

    The coordinates are those of OGC:CRS84, which GeoParquet takes where no other is told.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq
    import shapely

    shapes = [shape for _, shape in rows]
    names = list(dict.fromkeys(name for row, _ in rows for name in row))
    columns = {name: pa.array([row.get(name) for row, _ in rows]) for name in names}
    columns["geometry"] = pa.array([shapely.to_wkb(shape) for shape in shapes], type=pa.binary())
    geometry: dict[str, Any] = {
        "encoding": "WKB",
        "geometry_types": sorted({shape.geom_type for shape in shapes}),
    }
    if shapes:
        geometry["bbox"] = shapely.total_bounds(shapes).tolist()
    geo = {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": geometry}}
    table = pa.table(columns).replace_schema_metadata({"geo": json.dumps(geo)})
    part = path.with_name(f"{path.name}.part")
    try:
        pq.write_table(table, part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return len(rows)
