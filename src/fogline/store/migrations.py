"""Numbered steps from an empty database to the present tables; a ledger remembers how far it came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import LedgerError, LedgerVersionError
from .control_tables import CONTROL_TABLES
from .editions import EDITIONS, place_old
from .geometry import add_geometries
from .link_tables import LINK_TABLES
from .tables import TABLES, Table

if TYPE_CHECKING:
    from collections.abc import Callable

    from .base import Store


def _making(*tables: Table) -> Callable[[Store], None]:
    """Return the step that makes tables."""

    def step(store: Store) -> None:
        for table in tables:
            for statement in store.dialect.create(table):
                store.run(statement)

    return step


def _editions(store: Store) -> None:
    """Make the table of editions, and write down in it where the documents that are there stood."""
    _making(EDITIONS)(store)
    place_old(store)


def _geometries(store: Store) -> None:
    """Let a database that knows geometry draw the places; others pass over this."""
    add_geometries(store)


MIGRATIONS: tuple[Callable[[Store], None], ...] = (
    _making(*TABLES),
    _making(*LINK_TABLES),
    _making(*CONTROL_TABLES),
    _editions,
    _geometries,
)

VERSION = len(MIGRATIONS)

ALL_TABLES: tuple[Table, ...] = (*TABLES, *LINK_TABLES, *CONTROL_TABLES, EDITIONS)
"""Every table that the steps make."""


def version(store: Store) -> int:
    """Return how many migrations a ledger has been through, 0 for an empty database.

    Raises:
        LedgerError: the database holds tables, but none that say it is a ledger.
    """
    tables = {row[0] for row in store.rows(store.dialect.tables)}
    if "meta" not in tables:
        if tables:
            held = ", ".join(sorted(tables)[:5])
            raise LedgerError(
                f"{store.where} is a database, but not a ledger of Fogline (it holds {held}). "
                "Name another file with --ledger PATH."
            )
        return 0
    found = next(store.rows("SELECT value FROM meta WHERE name = 'version'"), None)
    if found is None or not str(found[0]).isdigit():
        raise LedgerError(f"{store.where} does not say which version of Fogline made it. Name another file.")
    return int(found[0])


def migrate(store: Store) -> None:
    """Bring a ledger's tables up to this version of Fogline.

    Raises:
        LedgerVersionError: a newer Fogline made the ledger, or an older one did and it is read-only.
    """
    done = version(store)
    if done > VERSION:
        raise LedgerVersionError(
            f"The ledger {store.where} was made by a newer Fogline (its tables are version {done}, this "
            f"Fogline knows {VERSION}). Upgrade with: pip install --upgrade fogline."
        )
    if done == VERSION:
        return
    if store.read_only:
        raise LedgerVersionError(
            f"The ledger {store.where} was made by an older Fogline, or never finished. "
            "Run `fogline add` on it once to bring it up to date."
        )
    with store.alone("migrate"):
        _run(store)


def _run(store: Store) -> None:
    """Go through the steps that are left, now that nobody else does."""
    done = version(store)
    if done >= VERSION:
        return
    with store.transaction():
        if not done:
            for statement in store.dialect.before:
                store.run(statement)
        for step in MIGRATIONS[done:]:
            step(store)
        store.run("DELETE FROM meta WHERE name = 'version'")
        store.run("INSERT INTO meta VALUES ('version', ?)", [str(VERSION)])
