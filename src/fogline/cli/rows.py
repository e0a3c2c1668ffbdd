"""Rows that are no claims (documents, voices) as table, JSON Lines or CSV."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from typing import IO, TypeVar

import msgspec

from ..export.jsonl import line
from ..export.safe import csv_cell
from .console import Column, table

T = TypeVar("T", bound=msgspec.Struct)


def print_rows(
    values: Sequence[T],
    form: str,
    to: IO[str],
    *,
    columns: Sequence[Column],
    row: Callable[[T], Mapping[str, str]],
) -> None:
    """Print structs: as they are in JSON Lines, by the table's texts in a table or CSV."""
    if form == "jsonl":
        for value in values:
            to.write(line(value))
    elif form == "csv":
        writer = csv.writer(to)
        names = [column.name for column in columns]
        writer.writerow(names)
        for value in values:
            texts = row(value)
            writer.writerow([csv_cell(texts[name]) for name in names])
    else:
        table(columns, [row(value) for value in values], to)
