"""Bring what shards gave into a ledger: what adding the same documents would have written."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from ..adding import Added, Adding, Reader
from ..errors import LedgerError, SourceError
from ..model import Document, Extraction
from ..store import Store
from ..store.tables import META
from .manifest import Entry, Output, Part
from .tables import document_of, extraction_of, source_of

if TYPE_CHECKING:
    import pyarrow.parquet

_MARK = "loaded/"  # in the ledger's table of what it knows of itself: shards that are in it whole
_ROWS = 64
_CHUNK = 1 << 20
_PROBLEMS_KEPT = 1000


class Loaded(Struct, frozen=True, kw_only=True):
    """What loading came to: shards that were brought in now and before, and what they added."""

    shards: int = 0
    known: int = 0
    added: Added = Added()


def load(
    store: Store,
    where: str,
    *,
    reader: Callable[[], Reader],
    progress: Callable[[Loaded, int], None] | None = None,
) -> Loaded:
    """Bring every shard of an output into a ledger that does not have it yet.

    Ids, claims, counts and sources are those that adding the same documents would have given. A shard that
    was loaded is passed over; one that was loaded in part is completed.

    Args:
        store: the ledger's database.
        where: the output of an extraction.
        reader: makes what reads a document again that the ledger knows more of than its shard told.
        progress: called with the counts so far and the number of shards, after each.

    Raises:
        LedgerError: the output was made with something held back, or is empty.
        SourceError: a file of it is not the one that was written.
    """
    output = Output(where)
    entries = list(output.entries())
    if not entries:
        raise LedgerError(
            f"{output.name} holds no shards that are done. Name a folder that was given to "
            "`fogline extract --out`."
        )
    done = {name for (name,) in store.rows("SELECT name FROM meta WHERE starts_with(name, ?)", [_MARK])}
    count = Loaded()
    for entry in entries:
        mark = _MARK + hashlib.sha256(msgspec.json.encode(entry)).hexdigest()
        if mark in done:
            count = msgspec.structs.replace(count, known=count.known + 1)
        else:
            added = _load(store, output, entry, reader)
            store.insert(META, [(mark, entry.key)])
            count = Loaded(shards=count.shards + 1, known=count.known, added=_sum(count.added, added))
        if progress:
            progress(count, len(entries))
    return count


def _load(store: Store, output: Output, entry: Entry, reader: Callable[[], Reader]) -> Added:
    """Bring one shard into a ledger."""
    if not entry.made.whole:
        raise LedgerError(
            f"{output.name} was made with an embargo or with rounded points, so that it lacks what a ledger "
            "keeps. Extract it again into another folder with --embargo 0 --no-coarsen; the ledger holds "
            "back by itself."
        )
    parts = {part.table: part for part in entry.parts}
    for part in entry.parts:
        _check(output, part)
    stored = _Stored(entry.made.extractor, reader)
    adding = Adding(store, stored)
    for row in _rows(output, parts["sources"]):
        adding.source(source_of(row))
    claims, left_out = (_Grouped(_rows(output, parts[name])) for name in ("claims", "left_out"))
    documents = _rows(output, parts["documents"], without=("bands", "claims"))

    def found() -> Iterator[Document]:
        for row in documents:
            document, number = document_of(row), row["number"]
            extraction = extraction_of(document, claims.of(number), left_out.of(number))
            stored.expect(document, extraction)
            yield document

    return adding.run(found())


class _Stored:
    """A reader that has read already: it answers with what was found then.

    Args:
        identity: of the extractor that read.
        reader: makes one that reads, for a document that the ledger knows more of.
    """

    def __init__(self, identity: str, reader: Callable[[], Reader]) -> None:
        self.identity = identity
        self._make = reader
        self._expected: deque[tuple[Document, Extraction]] = deque()

    def expect(self, document: Document, extraction: Extraction) -> None:
        """Take what was found in a document that comes next, if it is new to the ledger."""
        self._expected.append((document, extraction))

    def extract(self, document: Document) -> Extraction:
        """Answer for one document."""
        while self._expected:
            known, extraction = self._expected.popleft()
            if known.text is document.text:
                return self._answer(document, known, extraction)
        raise LookupError(f"{document.id} did not come from the shard")

    def extract_all(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        """Answer for documents in order."""
        yield from map(self.extract, documents)

    def _answer(self, document: Document, known: Document, extraction: Extraction) -> Extraction:
        if document == known:
            return extraction
        if msgspec.structs.replace(document, id=known.id) != known:
            return self._again(document)
        claims = (msgspec.structs.replace(claim, document=document.id) for claim in extraction.claims)
        return msgspec.structs.replace(
            extraction, document=document.id, claims=tuple(claim.identified() for claim in claims)
        )

    def _again(self, document: Document) -> Extraction:
        """Read a document that the ledger knows by a date or outlet that its shard did not tell."""
        reader = self._make()
        if reader.identity != self.identity:
            raise LookupError(
                f"the ledger knows more of it than its shard told, and reading it again takes "
                f"{self.identity}, not {reader.identity}"
            )
        return reader.extract(document)


class _Grouped:
    """Rows in the order of their documents, taken document by document."""

    def __init__(self, rows: Iterator[Mapping[str, Any]]) -> None:
        self._rows = rows
        self._next: Mapping[str, Any] | None = next(rows, None)

    def of(self, number: int) -> list[Mapping[str, Any]]:
        """Return the rows of a document."""
        its: list[Mapping[str, Any]] = []
        while self._next is not None and self._next["number"] == number:
            its.append(self._next)
            self._next = next(self._rows, None)
        return its


def _rows(output: Output, part: Part, *, without: tuple[str, ...] = ()) -> Iterator[Mapping[str, Any]]:
    import pyarrow.parquet as pq

    with output.system.open_input_file(output.path(part.path)) as stream:
        table: pyarrow.parquet.ParquetFile = pq.ParquetFile(stream, pre_buffer=False)
        names = [name for name in table.schema_arrow.names if name not in without]
        for batch in table.iter_batches(batch_size=_ROWS, columns=names):
            yield from batch.to_pylist()


def _check(output: Output, part: Part) -> None:
    """Make sure that a file is the one that was written.

    Raises:
        SourceError: it is not.
    """
    digest = hashlib.sha256()
    try:
        with output.system.open_input_stream(output.path(part.path), compression=None) as stream:
            while piece := stream.read(_CHUNK):
                digest.update(piece)
    except OSError as error:
        raise SourceError(
            f"{part.path} of {output.name} cannot be read ({error}). Fetch it again, or delete its entry "
            "in manifest/ and run the same extraction again."
        ) from error
    if digest.hexdigest() != part.sha256:
        raise SourceError(
            f"{part.path} of {output.name} is not the file that was written: its SHA-256 differs from its "
            "manifest's. Fetch it again, or delete its entry in manifest/ and run the same extraction again."
        )


def _sum(one: Added, other: Added) -> Added:
    names = ("documents", "known", "undated", "claims", "left_out", "failed", "warned", "seconds")
    counts = {name: getattr(one, name) + getattr(other, name) for name in names}
    return Added(**counts, problems=(*one.problems, *other.problems)[:_PROBLEMS_KEPT])
