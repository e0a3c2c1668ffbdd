"""What a watch knows between two rounds, and after a crash: one SQLite file beside the ledger."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ..errors import LedgerError

VERSION = 1
_TABLES = """
CREATE TABLE sources (
    place TEXT PRIMARY KEY,        -- address or path
    mark TEXT,                     -- ETag and Last-Modified as JSON, or what else tells a change
    checked REAL, due REAL NOT NULL DEFAULT 0,
    failures INTEGER NOT NULL DEFAULT 0, problem TEXT,
    visits INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE items (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL, kind TEXT NOT NULL,
    place TEXT NOT NULL UNIQUE,    -- what it is fetched from
    mark TEXT,                     -- what the source said of its last change
    status TEXT NOT NULL,          -- found, held, done, again (done, to be asked again), passed, failed
    due REAL NOT NULL DEFAULT 0, tries INTEGER NOT NULL DEFAULT 0, problem TEXT,
    visits INTEGER NOT NULL DEFAULT 0, validators TEXT,
    published TEXT, title TEXT, age REAL,
    body TEXT,                     -- the item as JSON, its bytes in the archive
    raw TEXT,                      -- their SHA-256
    found REAL NOT NULL
);
CREATE INDEX items_by_status ON items (status, due);
CREATE INDEX items_by_raw ON items (raw);
CREATE TABLE names (               -- all that an item is known by: address, a source's own id
    name TEXT PRIMARY KEY, item INTEGER NOT NULL REFERENCES items (id)
) WITHOUT ROWID;
CREATE TABLE news (                -- bytes that were added, and are yet to be looked through for alerts
    raw TEXT PRIMARY KEY, until REAL NOT NULL
) WITHOUT ROWID;
CREATE TABLE alerts (
    id TEXT NOT NULL, output TEXT NOT NULL,
    rule TEXT NOT NULL, body TEXT NOT NULL, made REAL NOT NULL,
    status TEXT NOT NULL,          -- waiting, sent, given up
    due REAL NOT NULL DEFAULT 0, tries INTEGER NOT NULL DEFAULT 0, problem TEXT,
    PRIMARY KEY (id, output)
) WITHOUT ROWID;
CREATE INDEX alerts_by_status ON alerts (status, due);
CREATE TABLE hosts (
    host TEXT PRIMARY KEY, until REAL NOT NULL DEFAULT 0, robots BLOB, status INTEGER, asked REAL
) WITHOUT ROWID;
CREATE TABLE spent (
    at REAL NOT NULL, requests INTEGER NOT NULL, documents INTEGER NOT NULL, bytes INTEGER NOT NULL
);
"""


class State:
    """The state of one watch; it is held by one process at a time.

    Every change is one transaction that is on the disk before the call returns (write-ahead log, synced),
    so that a process may die at any moment.

    Args:
        file: where it lies; it is made where it is missing, and lies in memory where None.

    Raises:
        LedgerError: another watch holds it, a newer Fogline made it, or it cannot be opened.
    """

    def __init__(self, file: Path | None) -> None:
        self.file = file or Path(":memory:")
        try:
            if file is not None:
                file.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(self.file, isolation_level=None, timeout=0.2)
            self._db.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = FULL")
            with self.change():
                version = self._db.execute("PRAGMA user_version").fetchone()[0]
                if version == 0:
                    for statement in _TABLES.split(";\n"):
                        self._db.execute(statement)
                    self._db.execute(f"PRAGMA user_version = {VERSION}")
        except (sqlite3.Error, OSError) as error:
            raise LedgerError(_why(self.file, error)) from error
        if version > VERSION:
            raise LedgerError(
                f"{file} was written by a newer Fogline. Upgrade: pip install --upgrade fogline."
            )

    @contextmanager
    def copy(self) -> Iterator[State]:
        """Give a copy in memory, which is gone at the end."""
        copy = State(None)
        try:
            self._db.backup(copy._db)
            yield copy
        finally:
            copy.close()

    @contextmanager
    def change(self) -> Iterator[None]:
        """Keep all that is changed inside, or, on any error, nothing of it."""
        if self._db.in_transaction:
            yield
            return
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def run(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Run one statement and return how many rows it changed."""
        return self._db.execute(sql, values).rowcount

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        return self._db.execute(sql, values).fetchall()

    def one(self, sql: str, values: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """Return the first row of a query, None where there is none."""
        row: tuple[Any, ...] | None = self._db.execute(sql, values).fetchone()
        return row

    def count(self, table: str, status: str) -> int:
        """Count the rows of a table that have a status."""
        return int(self.rows(f"SELECT count(*) FROM {table} WHERE status = ?", [status])[0][0])

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()


def _why(file: Path, error: Exception) -> str:
    if "locked" in str(error):
        return (
            f"Another `fogline watch` is at work on {file}. Stop it first, or wait until its round is over."
        )
    return f"The watch's state {file} cannot be opened ({error}). Check the file and its folder."
