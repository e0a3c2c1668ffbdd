"""The embedded store: one DuckDB file on a laptop."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import duckdb

from ..errors import LedgerBusyError, LedgerError
from .base import Row
from .dialect import DUCKDB
from .tables import Table
from .works import Works

_CHUNK = 512  # rows fetched at a time: few enough that whole texts stay small
_HOLDER = re.compile(r"\(PID (\d+)\)")


class DuckDBStore:
    """A ledger in a DuckDB file, or in memory where no path is given.

    Args:
        path: the database file; its folder is made where it is missing.
        read_only: several processes may read at once; a writer needs the file for itself.
        memory_mb: what DuckDB may keep in memory, in MiB, so that a ledger larger than memory works.

    Raises:
        LedgerBusyError: another process holds the file.
        LedgerError: the file is not there (to be read), or is not a database.
    """

    dialect = DUCKDB

    def __init__(self, path: Path | None = None, *, read_only: bool = False, memory_mb: int = 256) -> None:
        self.where = str(path) if path else "in memory"
        self.read_only = read_only
        self._writing = threading.RLock()  # one transaction at a time; readers have cursors of their own
        self._owner: int | None = None  # the thread whose transaction is open
        self._works = Works()
        if path is not None:
            _check(path, read_only)
        config: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": f"{memory_mb}MiB",
            "threads": "2",
        }
        try:
            self._connection = duckdb.connect(
                str(path) if path else ":memory:", read_only=read_only, config=config
            )
            self._connection.execute(
                "SET enable_progress_bar = false"
            )  # it would be printed among our output
        except (duckdb.Error, OSError, UnicodeError) as error:
            raise _explain(self.where, error) from error

    def run(self, sql: str, values: Sequence[Any] = ()) -> None:
        """Run one statement."""
        with self._writing, self._errors():
            self._connection.execute(sql, list(values))

    def rows(self, sql: str, values: Sequence[Any] = ()) -> Iterator[Row]:
        """Run a query and give its rows as they come; inside a transaction, as that has them so far."""
        if self._owner == threading.get_ident():
            with self._errors():
                found = self._connection.execute(sql, list(values)).fetchall()
            yield from found
            return
        with self._errors(), self._connection.cursor() as cursor:
            cursor.execute(sql, list(values))
            while chunk := cursor.fetchmany(_CHUNK):
                yield from chunk

    def insert(self, table: Table, rows: Sequence[Row]) -> None:
        """Add rows to a table; rows whose key is there already are passed over."""
        if not rows:
            return
        self.run(self.dialect.insert(table), [list(values) for values in zip(*rows, strict=True)])

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep all that is written inside, or, on any error, nothing of it."""
        with self._writing:
            self.run("BEGIN TRANSACTION")
            self._owner = threading.get_ident()
            try:
                yield
                self.run("COMMIT")
            except BaseException:
                with suppress(duckdb.Error):
                    self._connection.execute("ROLLBACK")
                raise
            finally:
                self._owner = None

    @contextmanager
    def alone(self, work: str) -> Iterator[None]:
        """Do one kind of work alone: others who want to do the same wait; no other process has the file."""
        with self._works.alone(work):
            yield

    def stamp(self) -> int:
        """Return 0: who has the file open for writing is the only one."""
        return 0

    def close(self) -> None:
        """Let go of the database."""
        self._connection.close()

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except duckdb.Error as error:
            raise _explain(self.where, error) from error


def _check(path: Path, read_only: bool) -> None:
    """Say what stands in the way of opening a file, and make its folder where it may be made."""
    if path.is_dir():
        raise LedgerError(f"{path} is a folder. Name a file in it, as in --ledger {path / 'ledger.duckdb'}.")
    if read_only and not path.exists():
        raise LedgerError(
            f"There is no ledger at {path}. Make one with `fogline add SOURCE…`, "
            "or name another with --ledger PATH or FOGLINE_LEDGER."
        )
    if read_only:
        return
    folder = path.parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LedgerError(
            f"The folder {folder} for the ledger cannot be made ({error.strerror}). "
            "Name another place with --ledger PATH."
        ) from error


def _explain(where: str, error: Exception) -> LedgerError:
    """Say in Fogline's words what DuckDB could not do."""
    told = str(error)
    if "lock on file" in told:
        holder = _HOLDER.search(told)
        who = f"process {holder[1]}" if holder else "another process"
        return LedgerBusyError(
            f"The ledger {where} is held by {who}. Wait until it is done, or stop it, and try again."
        )
    if "different configuration" in told:
        return LedgerBusyError(
            f"The ledger {where} is open in this process already, in another mode. Close that one first."
        )
    if "not a valid DuckDB database" in told:
        return LedgerError(
            f"{where} is not a ledger: it is some other kind of file. Name another with --ledger PATH."
        )
    if isinstance(error, duckdb.Error) and ("storage version" in told or "newer version of DuckDB" in told):
        return LedgerError(
            f"The ledger {where} was written by another version of DuckDB: {told.splitlines()[0]}. "
            "Upgrade with: pip install --upgrade duckdb."
        )
    if isinstance(error, duckdb.OutOfMemoryException):
        return LedgerError(
            f"The ledger {where} needs more memory for this than it may have. Allow it more, as in "
            "FOGLINE_MEMORY_MB=1024, or ask for fewer claims."
        )
    first = told.splitlines()[0] if told else type(error).__name__
    return LedgerError(
        f"The ledger {where} could not do what was asked: {first}. "
        "Check that the disk has space and that the file may be read and written."
    )
