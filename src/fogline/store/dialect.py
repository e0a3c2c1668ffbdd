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
    """The spelling of one database: its column types, where its tables lie, how letters lose their case."""

    name: str
    types: Mapping[Type, str]
    tables: str  # the query for the names of a ledger's tables
    before: tuple[str, ...] = ()  # what makes the place where the tables will lie
    collation: str = ""  # for columns of text: by code points, as Python sorts
    letters: str = ""  # for what is compared without case, in any alphabet

    def create(self, table: Table) -> tuple[str, ...]:
        """Return the statements that make a table and its indexes."""
        columns = [
            f'"{c.name}" {self.types[c.type]}{self.collation if c.type == "text" else ""}'
            f"{' NOT NULL' if c.needed else ''}"
            for c in table.columns
        ]
        if table.key:
            columns.append(f"PRIMARY KEY ({', '.join(table.key)})")
        made = f'CREATE TABLE "{table.name}" ({", ".join(columns)})'
        indexes = (
            f'CREATE INDEX "{table.name}_{name}" ON "{table.name}" ("{name}")' for name in table.indexes
        )
        return (made, *indexes)

    def insert(self, table: Table) -> str:
        """Return what adds rows, given as a list for each column; keys that are there are passed over."""
        names = ", ".join(f'"{name}"' for name in table.names)
        lists = ", ".join(f"unnest(?::{self.types[column.type]}[])" for column in table.columns)
        passed_over = " ON CONFLICT DO NOTHING" if table.key else ""
        return f'INSERT INTO "{table.name}" ({names}) SELECT {lists}{passed_over}'

    def lower(self, text: str) -> str:
        """Return an expression for text in lower case, in any alphabet."""
        return f"lower({text}{self.letters})"

    def contains(self, text: str) -> str:
        """Return the condition that text is like a pattern to come, whatever its case."""
        return f"{text}{self.letters} ILIKE ? ESCAPE '\\'"


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
    tables="SELECT table_name FROM information_schema.tables",
)

SCHEMA = "fogline"  # of a PostgreSQL database; what else is in it is left alone
MAP_SCHEMA = "fogline_map"  # what QGIS draws

POSTGRES = Dialect(
    "postgresql",
    MappingProxyType(
        {
            "text": "TEXT",
            "integer": "BIGINT",
            "real": "DOUBLE PRECISION",
            "date": "DATE",
            "time": "TIMESTAMP",
        }
    ),
    tables=(
        "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') "
        f"AND relnamespace = to_regnamespace('{SCHEMA}')"
    ),
    before=(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}",),
    collation=' COLLATE "C"',
    letters=' COLLATE "und-x-icu"',
)
