"""The part of a ledger that tells how articles changed under their addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from .editions.marking import marked
from .errors import LedgerError
from .release import coarsened, released_document
from .store import Filters, Store, Stored, document_named, id_taken, stored_claims

if TYPE_CHECKING:
    from .editions import Article
    from .shown_document import ShownDocument


class Editing:
    """How articles changed: the methods of a ledger that ask for editions."""

    _store: Store
    _embargo_hours: float
    _coarsen: bool

    def articles(self, *, embargo_hours: float | None = None) -> list[Article]:
        """Return the articles of which the ledger has more than one edition, by address.

        Args:
            embargo_hours: leave out editions that came out less than so many hours ago.
        """
        from .editions import articles_of

        hours = self._embargo_hours if embargo_hours is None else embargo_hours
        return articles_of(self._store, embargo_hours=hours)

    def has_document(self, id: str) -> bool:
        """Tell whether the ledger has a document of this id."""
        return id_taken(self._store, id)

    def show_document(
        self, id: str, *, coarsen: bool | None = None, embargo_hours: float | None = None
    ) -> ShownDocument:
        """Return one document with its claims, and with the other editions of its article.

        Args:
            id: the document's id.
            coarsen: round points to town level.
            embargo_hours: hold back what was published, or happened, less than so many hours ago.

        Raises:
            LedgerError: the ledger has no document of this id, or an embargo holds it back.
        """
        from .editions import articles_of
        from .shown_document import ShownDocument

        document = document_named(self._store, id)
        if document is None:
            raise LedgerError(
                f"The ledger {self._store.where} has no document {id!r}. "
                "`fogline documents` lists those it has."
            )
        hours = self._embargo_hours if embargo_hours is None else embargo_hours
        if not released_document(document, hours=hours):
            raise LedgerError(
                f"The document {id} is held back by the embargo of {hours:g} hours. "
                "Wait, or give another embargo with --embargo HOURS."
            )
        found = articles_of(self._store, [id], embargo_hours=hours)
        article = found[0] if found else None
        names = [edition.document for edition in article.editions] if article else [id]
        rough = self._coarsen if coarsen is None else coarsen
        claims: dict[str, list[Stored]] = {}
        for name in names:  # the filter is met as well by documents to which their source gave this id
            told = stored_claims(self._store, Filters(document=name, embargo_hours=hours))
            its = (stored for stored in told if stored.claim.document == name)
            claims[name] = [
                msgspec.structs.replace(stored, claim=coarsened(stored.claim)) if rough else stored
                for stored in marked(self._store, its, embargo_hours=hours)
            ]
        return ShownDocument(document=document, article=article, claims=claims)
