"""Open the store that a ledger's name means."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from .address import on_server

if TYPE_CHECKING:
    from .base import Store


def open_store(ledger: str, *, read_only: bool = False, memory_mb: int = 256) -> Store:
    """Open a ledger's database: a file of DuckDB, or ``postgresql://…`` of a team.

    Raises:
        LedgerBusyError: another process holds the file.
        LedgerError: it is not there (to be read), cannot be reached, or is no database.
    """
    if on_server(ledger):
        from .postgres import PostgresStore

        return PostgresStore(ledger, read_only=read_only)
    from .duckdb import DuckDBStore

    return DuckDBStore(Path(ledger).expanduser(), read_only=read_only, memory_mb=memory_mb)
