"""How much a ledger holds."""

from __future__ import annotations

from .base import Store

COUNTED = ("documents", "claims", "events", "reviews")


def counts(store: Store) -> dict[str, int]:
    """Return how many rows the tables have that a user knows by name, of those that are there."""
    there = {row[0] for row in store.rows(store.dialect.tables)}
    found = {}
    for table in COUNTED:
        if table in there:
            ((found[table],),) = store.rows(f"SELECT count(*) FROM {table}")
    return found
