"""One document in full: what it tells of itself, the editions of its article, and its claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import pairwise

from msgspec import Struct

from .editions import Article, differences
from .export.cells import cells
from .export.safe import printable
from .model import Document, Edition
from .store import Stored

_CLAIM = ("event", "status", "voice", "place", "day", "quantity")


class EditionRow(Struct, frozen=True, kw_only=True):
    """An edition in a list: how many sentences it took out, put in and reworded."""

    number: int
    edition: Edition
    out: int
    put_in: int
    reworded: int


class ShownDocument(Struct, frozen=True, kw_only=True):
    """A document, the article of which it is an edition (None where it is the only one), and the claims.

    ``claims`` are those of all the article's editions, by document.
    """

    document: Document
    article: Article | None
    claims: Mapping[str, Sequence[Stored]]

    def facts(self) -> Iterator[tuple[str, str]]:
        """Give what the document tells of itself."""
        yield "document", self.document.id
        for name in ("title", "outlet", "author", "published", "updated", "language", "url"):
            value = getattr(self.document, name)
            if value is not None:
                yield name, str(value)
        yield "characters", f"{len(self.document.text):,}"
        yield "raw bytes", f"SHA-256 {self.document.raw}" if self.document.raw else "not kept"

    def lines(self) -> Iterator[str]:
        """Give the document line by line: facts, editions with what changed, claims."""
        for name, value in self.facts():
            yield f"{name:<11} {value}"
        if self.article is None:
            yield f"{'editions':<11} this is the only one that the ledger has"
            yield ""
            yield from self._told(self.document.id)
            return
        editions = self.article.editions
        yield f"{'editions':<11} {len(editions)} under {self.article.address}"
        for row in rows(self.article):
            yield ""
            yield headline(row, here=row.edition.document == self.document.id)
            if row.number > 1:
                before, after = self.article.texts[row.number - 2 : row.number]
                changed = [change.told(before, after) for change in differences(before, after)]
                yield from (f"  {line}" for line in changed or ["  the same sentences"])
            yield from self._told(row.edition.document)

    def _told(self, document: str) -> Iterator[str]:
        """Give the claims of an edition, one a line, what became of it behind it."""
        for stored in self.claims.get(document, ()):
            texts = cells(stored.claim, outlet=stored.outlet)
            told = " · ".join(filter(None, (texts[name] for name in _CLAIM)))
            fate = f" [{stored.amended.sentence.rstrip('.')}]" if stored.amended else ""
            yield f"  {stored.claim.id[:9]} {told}{fate}"

    def __str__(self) -> str:
        return "\n".join(map(printable, self.lines()))

    def _repr_html_(self) -> str:
        """Return the document for a notebook; words of reports are escaped."""
        return f"<pre>{escape(str(self))}</pre>"


def rows(article: Article) -> Iterator[EditionRow]:
    """Give an article's editions as a list shows them."""
    yield EditionRow(number=1, edition=article.editions[0], out=0, put_in=0, reworded=0)
    for number, (before, after) in enumerate(pairwise(article.texts), start=2):
        kinds = Counter(change.kind for change in differences(before, after))
        yield EditionRow(
            number=number,
            edition=article.editions[number - 1],
            out=kinds["out"],
            put_in=kinds["in"],
            reworded=kinds["reworded"],
        )


def headline(row: EditionRow, *, here: bool) -> str:
    """Return the line that stands over an edition."""
    edition = row.edition
    days = [f"published {edition.published}"] if edition.published else []
    if edition.updated:
        days.append(f"updated {edition.updated}")
    days.append(f"retrieved {edition.retrieved:%Y-%m-%d %H:%M} UTC")
    return f"Edition {row.number}, {', '.join(days)}: {edition.document}{' (this one)' if here else ''}"
