"""Bring all rows of a ledger into another, of whatever database, and show that they are the same."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import islice

import msgspec
from msgspec import Struct

from ..errors import LedgerError
from .base import IMPORTING, LINKING, REVIEWING, WRITING, Row, Store
from .migrations import ALL_TABLES
from .tables import META, Table

_AT_ONCE = 1000  # rows written at a time
_WIDTH = 1 << 128

Progress = Callable[[str, int], None]


class CopiedTable(Struct, frozen=True, kw_only=True):
    """One table as it is in both ledgers: how many rows, their checksum, and whether they were there already.

    The checksum is the sum of the rows' SHA-256 (their first half, modulo 2 to the 128th), so that it does
    not depend on the order in which a database gives them.
    """

    name: str
    rows: int
    checksum: str
    there: bool = False


def copy_tables(source: Store, target: Store, progress: Progress | None = None) -> Iterator[CopiedTable]:
    """Copy table by table, each in one transaction, and give each once both ledgers agree on it.

    A table that is the same in both is passed over, so that a copy that was interrupted goes on.

    Args:
        source: the ledger to copy; nobody changes it meanwhile.
        target: an empty ledger, or one that an earlier copy of the same left behind.
        progress: called with a table's name and how many of its rows are written.

    Raises:
        LedgerError: the target holds something else, or a table came out differently.
    """
    with ExitStack() as held:
        for store in (source, target):
            for work in (WRITING, LINKING, IMPORTING, REVIEWING):
                held.enter_context(store.alone(work))
        there = {table: checksum(target, table) for table in ALL_TABLES}
        wanted = {table: checksum(source, table) for table in ALL_TABLES}
        for table, (rows, told) in there.items():
            if rows and (rows, told) != wanted[table]:
                raise LedgerError(
                    f"The ledger {target.where} is not empty: its {table.name} are others than those of "
                    f"{source.where}. Name a ledger that is not there yet."
                )
        for table in ALL_TABLES:
            rows, told = wanted[table]
            if there[table] != wanted[table]:
                _copy(source, target, table, progress or (lambda name, done: None))
                if checksum(target, table) != wanted[table]:
                    raise LedgerError(
                        f"The {table.name} of {source.where} came out differently in {target.where}. What "
                        "was copied before is sound; run `fogline verify` on the first ledger."
                    )
            known = rows > 0 and there[table] == wanted[table]
            yield CopiedTable(name=table.name, rows=rows, checksum=told, there=known)


def checksum(store: Store, table: Table) -> tuple[int, str]:
    """Return how many rows a table has, and their checksum; the version of the tables does not count."""
    count, total = 0, 0
    for row in _rows(store, table):
        count += 1
        told = hashlib.sha256(msgspec.msgpack.encode(row)).digest()[:16]
        total = (total + int.from_bytes(told, "big")) % _WIDTH
    return count, f"{total:032x}"


def _copy(source: Store, target: Store, table: Table, progress: Progress) -> None:
    rows, done = _rows(source, table), 0
    with target.transaction():
        while some := list(islice(rows, _AT_ONCE)):
            target.insert(table, some)
            done += len(some)
            progress(table.name, done)


def _rows(store: Store, table: Table) -> Iterator[Row]:
    names = ", ".join(f'"{name}"' for name in table.names)
    but = " WHERE name <> 'version'" if table is META else ""
    return store.rows(f'SELECT {names} FROM "{table.name}"{but}')
