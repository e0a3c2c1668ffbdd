"""Mark claims with what later editions of their documents did to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

import msgspec

from ..model import Amendment
from ..store import Store, Stored
from ..store.editions import sharing
from ..store.records import claims_in
from .amendments import amendments_of
from .articles import articles_of

_TOGETHER = 1000  # claims whose editions are looked up at a time


def marked(store: Store, claims: Iterable[Stored], *, embargo_hours: float | None = None) -> Iterator[Stored]:
    """Give claims with their amendments, as they come; those of documents with one edition are as they were.

    An edition that the embargo holds back has no say.
    """
    sharing_addresses = sharing(store)
    rest = iter(claims)
    while some := list(islice(rest, _TOGETHER)):
        documents = sharing_addresses.intersection(stored.claim.document for stored in some)
        amended = amended_in(store, documents, embargo_hours=embargo_hours) if documents else {}
        for stored in some:
            change = amended.get(stored.claim.id)
            yield msgspec.structs.replace(stored, amended=change) if change is not None else stored


def amended_in(
    store: Store, documents: Iterable[str], *, embargo_hours: float | None = None
) -> dict[str, Amendment]:
    """Return what later editions did to the claims of these documents, by the claims' ids."""
    articles = articles_of(store, list(documents), embargo_hours=embargo_hours)
    claims = claims_in(store, [edition.document for article in articles for edition in article.editions])
    found: dict[str, Amendment] = {}
    for article in articles:
        found |= amendments_of(article, claims)
    return found
