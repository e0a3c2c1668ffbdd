"""CSV for spreadsheets (RFC 4180): a claim a row; cells that would run as a formula are made plain text."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import IO

from ..store import Stored
from .cells import number
from .flat import FLAT, flat
from .safe import csv_cell


def write(claims: Iterable[Stored], to: IO[str]) -> int:
    """Write claims as CSV with a header and return how many."""
    rows = csv.writer(to)
    rows.writerow(FLAT)
    count = 0
    for stored in claims:
        rows.writerow([cell(value) for value in flat(stored).values()])
        count += 1
    return count


def cell(value: object) -> str:
    """Return a value as a cell; several are parted by semicolons."""
    if value is None:
        return ""
    if isinstance(value, float):
        return number(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, tuple):
        return csv_cell("; ".join("" if part is None else str(part) for part in value))
    return csv_cell(str(value))
