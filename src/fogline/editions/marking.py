"""Mark claims with what later editions of their documents did to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

import msgspec

from ..model import Amendment, Claim
from ..store import Filters, Store, Stored, stored_claims
from .amendments import amendments_of
from .articles import Article, articles_of

_TOGETHER = 1000  # claims whose editions are looked up at a time


def marked(store: Store, claims: Iterable[Stored], *, embargo_hours: float | None = None) -> Iterator[Stored]:
    """Give claims with their amendments, as they come; those of documents with one edition are as they were.

    An edition that the embargo holds back has no say.
    """
    rest = iter(claims)
    while some := list(islice(rest, _TOGETHER)):
        documents = dict.fromkeys(stored.claim.document for stored in some)
        amended = amended_in(store, documents, embargo_hours=embargo_hours)
        for stored in some:
            change = amended.get(stored.claim.id)
            yield msgspec.structs.replace(stored, amended=change) if change is not None else stored


def amended_in(
    store: Store, documents: Iterable[str], *, embargo_hours: float | None = None
) -> dict[str, Amendment]:
    """Return what later editions did to the claims of these documents, by the claims' ids."""
    found: dict[str, Amendment] = {}
    for article in articles_of(store, list(documents), embargo_hours=embargo_hours):
        found |= amendments_of(article, claims_in(store, article))
    return found


def claims_in(store: Store, article: Article) -> dict[str, list[Claim]]:
    """Return the claims of an article's editions that count, by document."""
    found: dict[str, list[Claim]] = {}
    for edition in article.editions:
        asked = Filters(document=edition.document)  # met as well by editions to which the source gave this id
        its = [stored.claim for stored in stored_claims(store, asked)]
        found[edition.document] = [claim for claim in its if claim.document == edition.document]
    return found
