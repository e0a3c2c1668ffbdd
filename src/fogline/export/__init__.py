"""Ways out of a ledger: one file a format, one line each here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import IO

from ..store import Stored
from . import csv, geojson, jsonl

Exporter = Callable[[Iterable[Stored], IO[str]], int]

EXPORTERS: dict[str, Exporter] = {
    "csv": csv.write,
    "geojson": geojson.write,
    "jsonl": jsonl.write,
}

__all__ = ["EXPORTERS", "Exporter"]
