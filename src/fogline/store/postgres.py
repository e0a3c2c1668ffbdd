"""The store of a team: a PostgreSQL database that many read and write at once."""

from __future__ import annotations

import getpass
import os
import socket
import threading
import time
import zlib
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from ..errors import LedgerBusyError, LedgerError
from .address import driver, parameters, shown
from .base import Row
from .dialect import POSTGRES, SCHEMA
from .server_errors import explain, is_lost
from .tables import Table
from .works import Works

if TYPE_CHECKING:
    from psycopg import Connection, RawCursor

_CHUNK = 512  # rows fetched at a time: few enough that whole texts stay small
_AT_ONCE = 5000  # rows sent in one statement
_IDLE = 4  # connections kept for the next reader
_OURS = 0x666F67  # "fog": the first half of our advisory locks' names
_PATIENCE = 600.0  # seconds that work of others is waited for
_LEAST = 130000
_MEMORY = "64MB"  # for one step of a query, so that the ids of many claims are compared in memory
_WRITTEN = (
    "SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) FROM pg_stat_user_tables "
    f"WHERE schemaname = '{SCHEMA}'"
)


class PostgresStore:
    """A ledger in the schema ``fogline`` of a PostgreSQL database; PostGIS is used where it is there.

    Reading takes a connection of its own for each query that runs, writing shares one. Work that must not
    be done twice at once (see :meth:`alone`) holds an advisory lock on the writing connection, so that a
    lock and what is written under it end together. A connection that was lost is opened again for what
    comes next, never in the middle of something.

    Args:
        address: ``postgresql://USER@HOST:PORT/DATABASE``; what it leaves open is taken from libpq's own
            places (``PGPASSWORD``, ``~/.pgpass``, a service file).
        read_only: the database refuses writes.

    Raises:
        LedgerError: the database cannot be reached, is too old, or holds no ledger (to be read).
    """

    dialect = POSTGRES

    def __init__(self, address: str, *, read_only: bool = False) -> None:
        self._parameters = parameters(address)
        self.where = shown(self._parameters)
        self.read_only = read_only
        self._writing = threading.RLock()  # one transaction at a time
        self._owner: int | None = None  # the thread whose transaction is open
        self._works = Works()
        self._locks = 0  # advisory locks held
        self._free: list[Connection[Row]] = []
        self._pool = threading.Lock()
        self._closed = False
        self._writer = self._open()
        try:
            self._check()
        except BaseException:
            self._writer.close()
            raise

    def run(self, sql: str, values: Sequence[Any] = ()) -> None:
        """Run one statement."""
        with self._writing, self._errors():
            self._ready()
            self._writer.execute(_numbered(sql), list(values))

    def rows(self, sql: str, values: Sequence[Any] = ()) -> Iterator[Row]:
        """Run a query and give its rows as they come; inside a transaction, as that has them so far."""
        if self._owner == threading.get_ident():
            with self._errors():
                found = self._writer.execute(_numbered(sql), list(values)).fetchall()
            yield from found
            return
        with self._errors():
            connection, few, rest = self._asked(sql, values)
        try:
            if rest is None:  # nothing is left to come, so others may have the connection already
                self._give_back(connection)
            yield from few
            if rest is not None:
                with self._errors():
                    yield from rest
        finally:
            if rest is not None:
                rest.close()
                self._give_back(connection)

    def insert(self, table: Table, rows: Sequence[Row]) -> None:
        """Add rows to a table; rows whose key is there already are passed over."""
        statement = self.dialect.insert(table)
        for start in range(0, len(rows), _AT_ONCE):
            lists = zip(*rows[start : start + _AT_ONCE], strict=True)
            columns = zip(table.columns, lists, strict=True)
            self.run(statement, [_column(column.type, values) for column, values in columns])

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep all that is written inside, or, on any error, nothing of it."""
        with self._writing:
            self.run("BEGIN")
            self._owner = threading.get_ident()
            try:
                yield
                self.run("COMMIT")
            except BaseException:
                with suppress(driver().Error):
                    self._writer.execute("ROLLBACK")
                raise
            finally:
                self._owner = None

    @contextmanager
    def alone(self, work: str) -> Iterator[None]:
        """Do one kind of work alone: others who want to do the same wait, here or on another machine.

        Raises:
            LedgerBusyError: others took longer than ten minutes.
        """
        with self._works.alone(work) as nested:
            if nested:
                yield
                return
            key = zlib.crc32(work.encode()) - (1 << 31)
            self._lock(key, work)
            try:
                yield
            finally:
                self._unlock(key)

    def stamp(self) -> int:
        """Return how many rows were ever written, by the server's statistics, which are a second behind."""
        return int(next(self.rows(_WRITTEN))[0])

    def close(self) -> None:
        """Let go of the database."""
        self._closed = True
        with self._pool:
            free, self._free = self._free, []
        for connection in (*free, self._writer):
            connection.close()

    def _open(self) -> Connection[Row]:
        """Connect, with what every connection of ours is set to."""
        psycopg = driver()
        given: dict[str, Any] = {"application_name": _who(), "connect_timeout": 10, **self._parameters}
        with self._errors(opening=True):
            connection: Connection[Row] = psycopg.connect(
                **given, autocommit=True, cursor_factory=psycopg.RawCursor
            )
            settings = {
                "search_path": SCHEMA,
                "timezone": "UTC",
                "work_mem": _MEMORY,
                "default_transaction_read_only": "on" if self.read_only else "off",
            }
            sets = ", ".join(f"set_config('{name}', '{value}', false)" for name, value in settings.items())
            connection.execute(f"SELECT {sets}")
        return connection

    def _check(self) -> None:
        """Say what stands in the way of using the database."""
        query = (
            "SELECT current_setting('server_version_num')::int, current_setting('server_version'), "
            "getdatabaseencoding(), to_regcollation('\"und-x-icu\"') IS NOT NULL, current_user, "
            f"to_regnamespace('{SCHEMA}') IS NOT NULL, EXISTS (SELECT FROM pg_namespace WHERE nspname = "
            f"'{SCHEMA}' AND NOT has_schema_privilege(oid, 'USAGE'))"
        )
        number, version, encoding, letters, user, there, barred = next(self.rows(query))
        if number < _LEAST:
            raise LedgerError(
                f"The server of {self.where} is PostgreSQL {version}. Fogline needs 13 or newer."
            )
        if encoding != "UTF8" or not letters:
            raise LedgerError(
                f"The database {self.where} cannot hold reports in every alphabet (its encoding is "
                f"{encoding}, ICU collations are {'there' if letters else 'missing'}). Make one with: "
                "createdb --encoding UTF8 --template template0 NAME, on a server with ICU."
            )
        if barred:
            raise LedgerError(
                f"The role {user} may not use the ledger {self.where}. Ask whoever owns it for one of the "
                "roles that `fogline roles` prints."
            )
        if self.read_only and not there:
            raise LedgerError(
                f"There is no ledger in {self.where}. Make one with `fogline add SOURCE…`, "
                "or name another with --ledger or FOGLINE_LEDGER."
            )

    def _ready(self) -> None:
        """See to it that the writing connection is there before anything is begun on it."""
        if self._owner is not None or self._locks:
            return  # something has been begun: where the connection is lost, that has failed
        psycopg = driver()
        try:
            self._writer.execute("SELECT 1")
        except (psycopg.OperationalError, psycopg.InterfaceError):
            if self._closed:
                raise
            self._writer.close()
            self._writer = self._open()

    def _asked(
        self, sql: str, values: Sequence[Any]
    ) -> tuple[Connection[Row], list[Row], Generator[Row, None, None] | None]:
        """Run a query and return its connection, the first rows, and the rest where there is one.

        Where a connection that had been kept turns out to be lost, the query is asked of a new one.
        """
        psycopg = driver()
        while True:
            connection, kept = self._borrow()
            cursor: RawCursor[Row] = connection.cursor()  # type: ignore[assignment]
            size = _CHUNK if psycopg.capabilities.has_stream_chunked() else 1
            rest: Any = cursor.stream(_numbered(sql), list(values), size=size)
            try:
                few = list(islice(rest, _CHUNK + 1))
            except BaseException as error:
                rest.close()
                self._give_back(connection)
                if kept and is_lost(error) and not self._closed:
                    continue
                raise
            return connection, few, rest if len(few) > _CHUNK else None

    def _borrow(self) -> tuple[Connection[Row], bool]:
        """Return a connection to read by, and whether it had been used before."""
        with self._pool:
            if self._free:
                return self._free.pop(), True
        return self._open(), False

    def _give_back(self, connection: Connection[Row]) -> None:
        idle = driver().pq.TransactionStatus.IDLE
        with self._pool:
            whole = not connection.closed and connection.info.transaction_status == idle
            if whole and not self._closed and len(self._free) < _IDLE:
                self._free.append(connection)
                return
        connection.close()

    def _lock(self, key: int, work: str) -> None:
        """Take an advisory lock, without keeping this process's other writers waiting meanwhile."""
        until = time.monotonic() + _PATIENCE
        pause = 0.01
        while True:
            with self._writing, self._errors():
                self._ready()
                asked = self._writer.execute("SELECT pg_try_advisory_lock($1, $2)", [_OURS, key])
                if asked.fetchall()[0][0]:
                    self._locks += 1
                    return
            if time.monotonic() > until:
                raise LedgerBusyError(
                    f"The ledger {self.where} is busy: {self._holder(key)} has been at the same work "
                    f"({work}) for too long. Wait until that is done, or stop it, and try again."
                )
            time.sleep(pause)
            pause = min(pause * 1.5, 0.5)

    def _unlock(self, key: int) -> None:
        with self._writing:
            self._locks -= 1
            with suppress(driver().Error):  # a lost connection has let go of it by itself
                self._writer.execute("SELECT pg_advisory_unlock($1, $2)", [_OURS, key])

    def _holder(self, key: int) -> str:
        query = (
            "SELECT a.application_name, a.pid FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid "
            "WHERE l.locktype = 'advisory' AND l.granted AND l.classid = ?::bigint::oid AND "
            "l.objid = ?::bigint::oid AND l.database = (SELECT oid FROM pg_database "
            "WHERE datname = current_database())"
        )
        found = next(self.rows(query, [_OURS, key % (1 << 32)]), None)
        return f"{found[0] or 'a program'} (server process {found[1]})" if found else "another process"

    @contextmanager
    def _errors(self, *, opening: bool = False) -> Iterator[None]:
        try:
            yield
        except driver().Error as error:
            raise explain(self.where, error, opening=opening) from error


@lru_cache(maxsize=512)
def _numbered(sql: str) -> str:
    """Return a query with its placeholders as PostgreSQL numbers them; text in quotes stays as it is."""
    pieces = sql.split("'")
    number = 0
    for at in range(0, len(pieces), 2):
        parts = pieces[at].split("?")
        told = parts[0]
        for part in parts[1:]:
            number += 1
            told += f"${number}{part}"
        pieces[at] = told
    return "'".join(pieces)


def _column(kind: str, values: Sequence[Any]) -> list[Any]:
    """Return the values of one column as the server takes them: no NUL in text, all numbers of one type."""
    if kind == "text":
        return [v.replace("\0", "\N{REPLACEMENT CHARACTER}") if v and "\0" in v else v for v in values]
    if kind == "real":
        return [None if v is None else float(v) for v in values]
    return list(values)


def _who() -> str:
    """Return what a database's owner sees of a connection: program, person and machine."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError):
        user = str(os.getuid()) if hasattr(os, "getuid") else "somebody"
    return f"fogline {user}@{socket.gethostname()} {os.getpid()}"[:63]
