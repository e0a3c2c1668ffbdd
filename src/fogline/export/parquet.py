"""Claims as Parquet, plain or with their points as GeoParquet, written batch by batch."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..store import Stored
from .flat import FLAT, flat

if TYPE_CHECKING:
    import pyarrow

_BATCH = 5000


def write(claims: Iterable[Stored], path: Path) -> int:
    """Write one flat row a claim and return how many; the columns are those of CSV."""
    return _written(claims, path, geometry=False)


def write_geo(claims: Iterable[Stored], path: Path) -> int:
    """Write the same with the first located place as a point in the column ``geometry``.

    GeoParquet 1.1.0, WKB, longitude first; the geometry of a claim without a place is null.
    """
    return _written(claims, path, geometry=True)


def _written(claims: Iterable[Stored], path: Path, *, geometry: bool) -> int:
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = arrow_schema(geometry=geometry)
    rows, count = iter(claims), 0
    with pq.ParquetWriter(path, schema) as writer:
        while batch := [flat(stored) for stored in islice(rows, _BATCH)]:
            columns = {name: [row[name] for row in batch] for name in FLAT}
            if geometry:
                columns["geometry"] = [_point(row) for row in batch]
            writer.write_table(pa.table(columns, schema=schema))
            count += len(batch)
    return count


def arrow_schema(*, geometry: bool = False) -> pyarrow.Schema:
    """Return the columns of a flat claim as Arrow has them."""
    import pyarrow as pa

    types: dict[str, Any] = {
        "text": pa.string(),
        "texts": pa.list_(pa.string()),
        "real": pa.float64(),
        "integer": pa.int64(),
        "date": pa.date32(),
    }
    fields: Sequence[Any] = [(name, types[field.kind]) for name, field in FLAT.items()]
    if not geometry:
        return pa.schema(fields)
    column = {"encoding": "WKB", "geometry_types": ["Point"]}
    told = {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}}
    return pa.schema([*fields, ("geometry", pa.binary())], metadata={"geo": json.dumps(told)})


def _point(row: dict[str, Any]) -> bytes | None:
    """Return a row's point as little-endian WKB."""
    if row["lat"] is None or row["lon"] is None:
        return None
    return struct.pack("<BIdd", 1, 1, row["lon"], row["lat"])
