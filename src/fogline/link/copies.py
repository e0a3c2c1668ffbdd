"""Near copies: which passages of a report were taken from another, found without comparing all with all.

Sentences whose MinHash signatures agree in a band bring two reports together; these are then aligned word by
word, and the later one, or the one that names the other, is the copy.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import TypeVar

import msgspec
import numpy as np

from ..model import Copy, Document, Span
from ..store import Store
from ..store.link_tables import BANDS, COPIES, CREDITS, SIGNATURES
from .alignment import Passage, align
from .credits import Credit
from .precedence import Sketch, is_copy, sketch, who, whose
from .shingles import EDITION, Numbers, bands_of

_FIRST, _NEAR = 6, 4  # of many documents with one sentence, each is compared with the first and the nearest
_CANDIDATES = 40  # documents that one is compared with, the likeliest first
_BATCH = 1000  # documents compared at a time
_COVERED = 0.8  # of a passage lies in one from another source, so that one of the two is enough
_AS_CLOSE = 0.95  # an earlier source is taken where it is nearly as close as the closest

_OPENING, _CLOSING = frozenset("\"'“„‘«(["), frozenset(".!?…\"'”’»)]")

T = TypeVar("T")

_decoder = msgspec.json.Decoder(Copy)


def find_copies(documents: Iterable[Document]) -> list[Copy]:
    """Return the passages that documents took from each other, by document and place.

    Every passage names one source: the earliest among those that are as close.

    Args:
        documents: any number; one with the id of an earlier one is passed over.

    Returns:
        Passages of at least 12 words of which 60 % agree in order, between documents that have 25 words of
        their own telling or a quotation of 40 words in common.
    """
    sketches = {s.id: s for s in map(sketch, documents)}
    ordered = _in_order(sketches.values())
    bands = [np.unique(bands_of(s.words)) for s in ordered]
    return _copies(ordered, _candidates(bands))


def update_copies(store: Store, documents: Iterable[Document] | None = None) -> list[Copy]:
    """Compare documents with all that a ledger holds and with each other, and keep the copies.

    A document that has been compared before is passed over, so that adding one to many compares it alone.

    Args:
        store: the ledger.
        documents: what to compare; where None, all of the ledger that have not been compared.

    Returns:
        The copies that were found now.
    """
    _forget_other_editions(store)
    found: list[Copy] = []
    for batch in _batched(uncompared(store) if documents is None else documents, _BATCH):
        found.extend(_compare(store, batch))
    return found


def copies_of(store: Store, documents: Iterable[str] | None = None) -> list[Copy]:
    """Return the copies that a ledger knows of, of and from the documents with these ids, or all.

    A document that a later source told more fully is passed over.
    """
    gone = "SELECT document FROM replacements"
    present = f"document NOT IN ({gone}) AND source NOT IN ({gone})"
    query = f"SELECT DISTINCT body FROM copies WHERE {present}"
    if documents is None:
        return sorted((_decoder.decode(body) for (body,) in store.rows(query)), key=_place)
    bodies: set[str] = set()
    for ids in _batched(sorted(set(documents)), 500):
        marks = ", ".join("?" * len(ids))
        asked = f"{query} AND (document IN ({marks}) OR source IN ({marks}))"
        bodies.update(body for (body,) in store.rows(asked, [*ids, *ids]))
    return sorted(map(_decoder.decode, bodies), key=_place)


def credits_in(store: Store, documents: Iterable[str]) -> dict[str, tuple[Credit, ...]]:
    """Return the outlets that documents say they print, by the documents' ids."""
    found: dict[str, list[Credit]] = {}
    for ids in _batched(sorted(set(documents)), 500):
        query = f"SELECT * FROM credits WHERE document IN ({', '.join('?' * len(ids))}) ORDER BY span_start"
        for row in store.rows(query, ids):
            credit = Credit(**dict(zip(("document", "outlet", "start", "end"), row, strict=True)))
            found.setdefault(credit.document, []).append(credit)
    return {document: tuple(credits) for document, credits in found.items()}


def uncompared(store: Store) -> Iterator[Document]:
    """Give the documents of a ledger that have not been compared, by publication."""
    query = (
        "SELECT id FROM documents WHERE id NOT IN (SELECT document FROM replacements) "
        "AND NOT EXISTS (SELECT 1 FROM signatures s WHERE s.document = documents.id AND s.edition = ?) "
        "ORDER BY published NULLS LAST, id"
    )
    for ids in _batched([id for (id,) in store.rows(query, [EDITION])], 200):
        yield from _documents(store, ids).values()


def _batched(items: Iterable[T], size: int) -> Iterator[list[T]]:
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def _place(copy: Copy) -> tuple[str, int, str, int]:
    return copy.document, copy.start, copy.source, copy.source_start


def _in_order(sketches: Iterable[Sketch]) -> list[Sketch]:
    """Return documents by publication; on one day agencies come first and who credits another last."""

    def when(s: Sketch) -> tuple[date, bool, bool, str]:
        agency = s.outlet is not None and s.outlet.kind == "agency"
        return s.published or date.max, bool(s.credits), not agency, s.id

    return sorted(sketches, key=when)


def _candidates(bands: Sequence[Numbers]) -> list[tuple[int, int]]:
    """Return the pairs of documents, by number, that agree in a band.

    A band that many share pairs each of them with the first few and with those next to it, and each document
    with the likeliest before it: text that a hundred papers print is found at a cost that grows with their
    number, not with its square.
    """
    if not bands:
        return []
    values = np.concatenate(bands)
    owners = np.repeat(np.arange(len(bands)), [len(b) for b in bands])
    order = np.lexsort((owners, values))
    values, owners = values[order], owners[order]
    fresh = np.flatnonzero(np.append(True, values[1:] != values[:-1])) if len(values) else np.empty(0, int)
    first = np.repeat(fresh, np.diff(np.append(fresh, len(values))))
    here = np.arange(len(values))
    codes = []
    for back in range(1, _NEAR + 1):
        inside = here - back >= first
        codes.append(owners[here[inside] - back] * len(bands) + owners[inside])
    for nth in range(_FIRST):
        inside = here > first + nth
        codes.append(owners[first[inside] + nth] * len(bands) + owners[inside])
    found, shared = np.unique(np.concatenate(codes), return_counts=True)
    later = found % len(bands)
    likeliest = np.lexsort((found, -shared, later))
    later = later[likeliest]
    begins = np.flatnonzero(np.append(True, later[1:] != later[:-1])) if len(later) else later
    rank = np.arange(len(later)) - np.repeat(begins, np.diff(np.append(begins, len(later))))
    kept = np.sort(found[likeliest[rank < _CANDIDATES]])
    return [divmod(code, len(bands)) for code in kept.tolist()]


def _copies(sketches: Sequence[Sketch], pairs: Iterable[tuple[int, int]]) -> list[Copy]:
    found: dict[str, list[Copy]] = {}
    rank = {s.id: number for number, s in enumerate(_in_order(sketches))}
    for first, second in pairs:
        for copy in _between(sketches[first], sketches[second]):
            found.setdefault(copy.document, []).append(copy)
    kept = (copy for copies in found.values() for copy in _one_source_each(copies, rank))
    return sorted(kept, key=_place)


def _between(one: Sketch, other: Sketch) -> Iterator[Copy]:
    """Yield the passages that one of two documents took from the other."""
    for passage in align(one.words, other.words):
        mine = _span(one, passage.start, passage.end)
        theirs = _span(other, passage.other_start, passage.other_end)
        of_one, why = is_copy(one, other, mine, theirs)
        copy, source, here, there = (one, other, mine, theirs) if of_one else (other, one, theirs, mine)
        yield Copy(
            document=copy.id,
            start=here.start,
            end=here.end,
            source=source.id,
            source_start=there.start,
            source_end=there.end,
            words=passage.shared,
            similarity=round(passage.similarity, 3),
            reason=_sentence(copy, source, passage, why),
            source_outlet=source.outlet.name if source.outlet else None,
        )


def _span(document: Sketch, start: int, end: int) -> Span:
    """Return words as offsets, with the quotation marks and the stop that belong to them."""
    text, words = document.text, document.words
    first, last = int(words.starts[start]), int(words.ends[end - 1])
    while first and text[first - 1] in _OPENING:
        first -= 1
    while last < len(text) and text[last] in _CLOSING:
        last += 1
    return Span(first, last)


def _sentence(copy: Sketch, source: Sketch, passage: Passage, why: str) -> str:
    taken = f"{passage.shared} words in a row" if passage.similarity == 1 else f"{passage.shared} words"
    told = f"{who(copy)} has {taken} in common with {whose(source, copy)}: {why}."
    return told[0].upper() + told[1:]


def _one_source_each(copies: list[Copy], rank: Mapping[str, int]) -> Iterator[Copy]:
    """Yield the copies of one document, less those whose words are shown to come from a better source."""
    named = {id(copy): "it names" in copy.reason for copy in copies}
    best = sorted(copies, key=lambda c: (-c.words * c.similarity, rank[c.source]))
    kept: list[Copy] = []
    for copy in best:
        over = next((k for k in kept if _overlap(copy, k) > _COVERED * (copy.end - copy.start)), None)
        if over is None:
            kept.append(copy)
            continue
        close = copy.words * copy.similarity >= _AS_CLOSE * over.words * over.similarity
        better = (named[id(copy)], -rank[copy.source]) > (named[id(over)], -rank[over.source])
        if close and better:
            kept[kept.index(over)] = copy
    yield from kept


def _overlap(one: Copy, other: Copy) -> int:
    return min(one.end, other.end) - max(one.start, other.start)


def _compare(store: Store, batch: Sequence[Document]) -> list[Copy]:
    """Compare a batch of documents with the ledger and each other, and write what was found."""
    asked = [document.id for document in batch]
    marks = ", ".join("?" * len(asked))
    query = f"SELECT document FROM signatures WHERE document IN ({marks})"
    known = {id for (id,) in store.rows(query, asked)}
    new = _in_order({d.id: sketch(d) for d in batch if d.id not in known}.values())
    bands = [np.unique(bands_of(s.words)) for s in new]
    pairs = _candidates(bands)
    likely = _likely(store, bands)
    wanted = sorted({id for ids in likely for id in ids})
    older = {id: sketch(d) for ids in _batched(wanted, 200) for id, d in _documents(store, ids).items()}
    sketches = [*new, *older.values()]
    at = {s.id: number for number, s in enumerate(sketches)}
    pairs += [(number, at[id]) for number, ids in enumerate(likely) for id in ids if id in at]
    found = _copies(sketches, pairs)
    with store.transaction():
        store.insert(SIGNATURES, [(s.id, EDITION) for s in new])
        store.insert(BANDS, [(band, s.id) for s, b in zip(new, bands, strict=True) for band in b.tolist()])
        store.insert(CREDITS, [(c.document, c.outlet, c.start, c.end) for s in new for c in s.credits])
        store.insert(COPIES, [(c.document, c.source, msgspec.json.encode(c).decode()) for c in found])
    return found


def _likely(store: Store, bands: Sequence[Numbers]) -> list[list[str]]:
    """Return for each new document the ledger's documents that share bands with it, the likeliest first."""
    owners: dict[int, list[int]] = {}
    for number, its in enumerate(bands):
        for band in its.tolist():
            owners.setdefault(band, []).append(number)
    shared: list[Counter[str]] = [Counter() for _ in bands]
    integers = store.dialect.types["integer"]
    query = f"SELECT band, document FROM bands WHERE band IN (SELECT unnest(?::{integers}[]))"
    for band, document in store.rows(query, [list(owners)]):
        for number in owners[band]:
            shared[number][document] += 1
    ranked = (sorted(count.items(), key=lambda pair: (-pair[1], pair[0])) for count in shared)
    return [[document for document, _ in pairs[:_CANDIDATES]] for pairs in ranked]


def _documents(store: Store, ids: Sequence[str]) -> dict[str, Document]:
    query = (
        f"SELECT id, text, published, outlet FROM documents WHERE id IN ({', '.join('?' * len(ids))}) "
        "AND id NOT IN (SELECT document FROM replacements)"
    )
    rows = store.rows(query, list(ids))
    found = {row[0]: Document(id=row[0], text=row[1], published=row[2], outlet=row[3]) for row in rows}
    return {id: found[id] for id in ids if id in found}


def _forget_other_editions(store: Store) -> None:
    """Drop what another edition of the method found: it is worked out again."""
    if next(store.rows("SELECT 1 FROM signatures WHERE edition <> ? LIMIT 1", [EDITION]), None):
        with store.transaction():
            for table in (SIGNATURES, BANDS, CREDITS, COPIES):
                store.run(f"DELETE FROM {table.name}")
