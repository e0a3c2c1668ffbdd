"""Which extractors have read which documents."""

from __future__ import annotations

from ..errors import QueryError
from .base import Store


def extractors(store: Store) -> list[str]:
    """Return the identities of the extractors that have read documents, the last to do so first."""
    query = "SELECT extractor FROM runs GROUP BY extractor ORDER BY max(finished) DESC, extractor"
    return [name for (name,) in store.rows(query)]


def two_extractors(store: Store, one: str | None, other: str | None) -> tuple[str, str]:
    """Return the identities of two extractors, each told by a part of it that no other shares.

    Raises:
        QueryError: there are no two, or a part fits none or several.
    """
    known = extractors(store)
    if len(known) < 2:
        raise QueryError(
            "Only one extractor has read reports into this ledger, so there is nothing to compare. "
            "Read them again with another: `fogline add SOURCE… --extractor rules`."
        )
    chosen = [_named(known, part) for part in (one, other) if part is not None]
    rest = [name for name in known if name not in chosen]
    first, second = [*chosen, *rest][:2]
    return first, second


def read_by_both(store: Store, one: str, other: str) -> set[str]:
    """Return the ids of the documents that both extractors have read."""
    query = (
        "SELECT a.document FROM runs a JOIN runs b ON b.document = a.document "
        "WHERE a.extractor = ? AND b.extractor = ?"
    )
    return {document for (document,) in store.rows(query, [one, other])}


def _named(known: list[str], part: str) -> str:
    fits = [name for name in known if part in name]
    if len(fits) == 1:
        return fits[0]
    told = "; ".join(fits or known)
    raise QueryError(
        f"{part!r} names {'several extractors' if fits else 'no extractor of this ledger'} ({told}). "
        "Give a part that only one of them has."
    )
