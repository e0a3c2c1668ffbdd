"""Which documents under one address are editions of one article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct

from ..model import Edition
from ..store import Store
from ..store.editions import shared_addresses
from ..store.filters import embargo_day

_SHINGLE = 3  # words
_IN_COMMON = 0.2  # of the shorter text's shingles: below, another article stands there now
_WORD = re.compile(r"\w+")


class Article(Struct, frozen=True, kw_only=True):
    """The editions of one article, the first first, and their texts beside them."""

    address: str
    editions: tuple[Edition, ...]
    texts: tuple[str, ...]

    def number(self, document: str) -> int:
        """Return the place of a document among the editions, from 0."""
        return next(n for n, edition in enumerate(self.editions) if edition.document == document)


def articles_of(
    store: Store, documents: Iterable[str] | None = None, *, embargo_hours: float | None = None
) -> list[Article]:
    """Return the articles of which a ledger has more than one edition, by address.

    Documents at one address are editions of an article where the later text keeps at least a fifth of the
    earlier one, in runs of three words: what shares an address alone (a front page, an archive's record)
    is another article.

    Args:
        store: the ledger.
        documents: ids; only the articles of these. All where None.
        embargo_hours: leave out editions that came out less than so many hours ago.
    """
    until = embargo_day(embargo_hours) if embargo_hours else date.max
    found: list[Article] = []
    for address, stood in shared_addresses(store, documents).items():
        found.extend(_articles(address, [(e, text) for e, text in stood if _out(e) <= until]))
    if documents is None:
        return found
    asked = set(documents)
    return [article for article in found if any(e.document in asked for e in article.editions)]


def firsts_of(store: Store, documents: Iterable[str]) -> dict[str, str]:
    """Return the first edition of each of these documents that is an edition of an article."""
    return {
        edition.document: article.editions[0].document
        for article in articles_of(store, list(documents))
        for edition in article.editions
    }


def _articles(address: str, stood: list[tuple[Edition, str]]) -> Iterator[Article]:
    groups: list[list[tuple[Edition, str]]] = []
    last: list[frozenset[int]] = []  # the shingles of each group's last edition
    for edition, text in stood:
        shingles = _shingles(text)
        at = next((n for n, others in enumerate(last) if _alike(shingles, others)), None)
        if at is None:
            groups.append([])
            last.append(shingles)
            at = -1
        groups[at].append((edition, text))
        last[at] = shingles
    for group in groups:
        if len(group) > 1:
            editions, texts = zip(*group, strict=True)
            yield Article(address=address, editions=editions, texts=texts)


def _out(edition: Edition) -> date:
    """Return the day that an edition came out, the day of its retrieval where it tells none."""
    told = [day for day in (edition.published, edition.updated) if day is not None]
    return max(told, default=edition.retrieved.date())


def _shingles(text: str) -> frozenset[int]:
    words = [hash(word) for word in _WORD.findall(text.casefold())]
    return frozenset(hash(tuple(words[n : n + _SHINGLE])) for n in range(max(1, len(words) - _SHINGLE + 1)))


def _alike(one: frozenset[int], other: frozenset[int]) -> bool:
    return len(one & other) >= _IN_COMMON * min(len(one), len(other))
