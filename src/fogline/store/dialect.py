"""What differs between databases, in one place by name."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from .tables import Table, Type

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Dialect:
    """The spelling of one database: its column types and its case-insensitive match."""

    name: str
    types: Mapping[Type, str]
    ilike: str = "ILIKE"

    def create(self, table: Table) -> tuple[str, ...]:
        """Return the statements that make a table and its indexes."""
        columns = [f'"{c.name}" {self.types[c.type]}{" NOT NULL" if c.needed else ""}' for c in table.columns]
        if table.key:
            columns.append(f"PRIMARY KEY ({', '.join(table.key)})")
        made = f'CREATE TABLE "{table.name}" ({", ".join(columns)})'
        indexes = (
            f'CREATE INDEX "{table.name}_{name}" ON "{table.name}" ("{name}")' for name in table.indexes
        )
        return (made, *indexes)


DUCKDB = Dialect(
    "duckdb",
    MappingProxyType(
        {
            "text": "VARCHAR",
            "integer": "BIGINT",
            "real": "DOUBLE",
            "date": "DATE",
            "time": "TIMESTAMP",
        }
    ),
)
