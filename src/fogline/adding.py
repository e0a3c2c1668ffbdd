"""Take documents into a ledger: each is read once by an extractor, and written whole or not at all."""

from __future__ import annotations

import re
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain
from typing import Protocol

import msgspec
from msgspec import Struct

from .errors import FoglineError
from .ingest import Item, Problem
from .model import Document, Extraction
from .read import Hints, read
from .robust import in_order
from .store import (
    Batch,
    DocumentRow,
    Known,
    SourceRecord,
    Store,
    digest,
    documents_given,
    id_taken,
    keep_sources,
    write,
)
from .store.base import WRITING

_TOLD = ("title", "published", "outlet")  # what a source tells, beside the text, that claims depend on
_BATCH_DOCUMENTS = 64
_BATCH_CLAIMS = 1000
_BATCH_SECONDS = 2.0
_BLOCK = 16  # documents the store is asked about at once
_PROBLEMS_KEPT = 1000
_HASHED = re.compile(r"-[0-9a-f]{8}$")  # an id as it is made where another report has the one given


class Reader(Protocol):
    """What reads claims out of documents: ``identity`` names method, version, settings and model."""

    @property
    def identity(self) -> str:
        """Name everything that what is found depends on, beside the document."""

    def extract(self, document: Document) -> Extraction:
        """Read one document."""

    def extract_all(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        """Read documents in order, as they come."""


class Added(Struct, frozen=True, kw_only=True):
    """What adding came to.

    ``documents`` and ``claims`` are new, ``known`` documents were there already; ``undated`` counts new
    documents whose source told no day of publication, ``left_out`` mentions that could not be handled.
    ``problems`` are the first thousand of ``failed + warned``.
    """

    documents: int = 0
    known: int = 0
    undated: int = 0
    claims: int = 0
    left_out: int = 0
    failed: int = 0
    warned: int = 0
    seconds: float = 0.0
    problems: tuple[Problem, ...] = ()


class Adding:
    """One go of adding documents to a store.

    Documents are read in a stream: memory holds those the extractor works on and one batch that waits to
    be written, however many there are. What was read when the process dies is written up to the last
    batch, and the next go takes up from there.

    Args:
        store: where to write.
        reader: what reads the claims.
        progress: called with the present counts after each document.
        problem: called with each problem as it arises.
    """

    def __init__(
        self,
        store: Store,
        reader: Reader,
        *,
        progress: Callable[[Added], None] | None = None,
        problem: Callable[[Problem], None] | None = None,
    ) -> None:
        self._store = store
        self._reader = reader
        self._progress = progress
        self._problem = problem
        self._started = self._written = time.monotonic()
        self._batch = Batch(extractor=reader.identity)
        self._sources: list[SourceRecord] = []
        self._pending: deque[DocumentRow] = deque()
        self._waiting: dict[str, list[Known]] = {}  # read or being read, but not written yet
        self._stored: dict[str, list[Known]] = {}  # what the store answered for this block
        self._lately: dict[str, list[Known]] = {}  # what was begun since it did
        self.count = Added()

    def source(self, record: SourceRecord) -> None:
        """Write down, with the next batch, whence raw bytes came."""
        self._sources.append(record)

    def run(self, found: Iterable[Document | Problem]) -> Added:
        """Add documents until there are no more; on any error, what was read before it is kept."""
        try:
            for document, result in in_order(self._reader.extract_all, self._new(found)):
                row = self._pending.popleft()
                if isinstance(result, Exception):
                    self._forget(row)
                    self._trouble(unread(document, result))
                else:
                    self._take(row, result)
        except BaseException:
            with suppress(Exception):
                self._write()
            raise
        self._write()
        self._add()
        return self.count

    def _new(self, found: Iterable[Document | Problem]) -> Iterator[Document]:
        """Give the documents that this extractor has not read yet, and remember each until it is written."""
        for block in _blocks(found):
            names = [one.id for one in block if isinstance(one, Document)]
            self._stored = documents_given(self._store, names, self._reader.identity)
            self._lately = {}
            for one in block:
                if isinstance(one, Problem):
                    self._trouble(one)
                    continue
                row = self._place(one)
                if row is None:
                    self._add(known=1)
                    continue
                self._pending.append(row)
                self._remember(row)
                yield row.document

    def _remember(self, row: DocumentRow) -> None:
        """Keep in mind a document that the store was not asked about, or does not hold yet."""
        told = msgspec.structs.replace(row.document, text="")
        known = Known(document=told, digest=digest(row.document.text), read=True)
        self._waiting.setdefault(row.given, []).append(known)
        self._lately.setdefault(row.given, []).append(known)

    def _take(self, row: DocumentRow, extraction: Extraction) -> None:
        """Put what was read in a document into the batch, and write the batch where it is full."""
        if extraction.document != row.document.id:
            raise RuntimeError(f"{self._reader.identity} answered {extraction.document} to {row.document.id}")
        self._batch.read.append((row, extraction))
        self._count_one(row, extraction, 1)
        full = len(self._batch.read) >= _BATCH_DOCUMENTS or self._batch.size() >= _BATCH_CLAIMS
        if full or time.monotonic() - self._written > _BATCH_SECONDS:
            self._write()

    def _write(self) -> None:
        """Write what was read, whole documents each."""
        with self._store.alone(WRITING):
            if self._sources:
                keep_sources(self._store, self._sources)
                self._sources = []
            self._settle()
            write(self._store, self._batch)
        for row, _ in self._batch.read:
            self._forget(row)
        self._batch = Batch(extractor=self._reader.identity)
        self._written = time.monotonic()

    def _settle(self) -> None:
        """Decide again on documents of whose ids others have written some since; nobody writes meanwhile."""
        names = [row.given for row, _ in self._batch.read]
        there = documents_given(self._store, names, self._reader.identity)
        settled = []
        for row, extraction in self._batch.read:
            stored = there.get(row.given, [])
            new = [one for one in stored if one.document.id not in row.beside]
            if not new and not any(one.read and one.document.id == row.document.id for one in stored):
                settled.append((row, extraction))
                continue
            self._forget(row)
            self._count_one(row, extraction, -1)
            document = msgspec.structs.replace(row.document, id=row.given)
            again = self._placed(document, [stored, self._waiting.get(row.given, []), []])
            if again is None:
                self._add(known=1)
                continue
            try:
                extraction = self._reader.extract(again.document)
            except Exception as error:
                self._trouble(unread(document, error))
                continue
            self._count_one(again, extraction, 1)
            settled.append((again, extraction))
        self._batch.read = settled

    def _place(self, document: Document) -> DocumentRow | None:
        """Decide what a document is to the ledger: new, known, or one it knows told more fully.

        Two documents are the same where id and text are, and neither tells a title, date or outlet that
        the other contradicts. Where another report has the id, a short hash is put behind it.
        """
        asked = (self._stored, self._waiting, self._lately)
        return self._placed(document, [places.get(document.id, []) for places in asked])

    def _placed(self, document: Document, known: Sequence[Sequence[Known]]) -> DocumentRow | None:
        """Decide by what is known of its id: what the store holds, what waits, what was begun lately."""
        given, told = document.id, digest(document.text)
        beside = frozenset(old.document.id for old in chain(*known))
        replaces = None
        for old in chain(*known):
            if old.digest != told:
                continue
            if _tells_no_more(document, old.document):
                if old.read or any(old.document.id == one.document.id for one in chain(*known[1:])):
                    return None
                again = msgspec.structs.replace(old.document, text=document.text)
                return DocumentRow(document=again, given=given, known=True, beside=beside)
            if _tells_no_more(old.document, document):
                replaces = old.document.id
        if any(known) or (_HASHED.search(given) and id_taken(self._store, given)):
            cause = "\0".join((told, *(str(getattr(document, name)) for name in _TOLD)))
            document = msgspec.structs.replace(document, id=f"{given}-{digest(cause)[:8]}")
        return DocumentRow(document=document, given=given, replaces=replaces, beside=beside)

    def _forget(self, row: DocumentRow) -> None:
        waiting = self._waiting.get(row.given, [])
        left = [one for one in waiting if one.document.id != row.document.id]
        if left:
            self._waiting[row.given] = left
        else:
            self._waiting.pop(row.given, None)

    def _trouble(self, problem: Problem) -> None:
        kept = self.count.problems
        if len(kept) < _PROBLEMS_KEPT:
            self.count = msgspec.structs.replace(self.count, problems=(*kept, problem))
        failed = problem.severity == "error"
        self._add(failed=int(failed), warned=int(not failed))
        if self._problem:
            self._problem(problem)

    def _count_one(self, row: DocumentRow, extraction: Extraction, times: int) -> None:
        self._add(
            documents=times,
            undated=times * int(row.document.published is None),
            claims=times * len({claim.id for claim in extraction.claims}),
            left_out=times * len(extraction.left_out),
        )

    def _add(self, **more: int) -> None:
        totals = {name: getattr(self.count, name) + count for name, count in more.items()}
        self.count = msgspec.structs.replace(self.count, **totals, seconds=time.monotonic() - self._started)
        self._tell()

    def _tell(self) -> None:
        if self._progress:
            self._progress(self.count)


def documents_of(item: Item, hints: Hints, keep: Callable[[Item], str]) -> Iterator[Document | Problem]:
    """Keep an item's bytes and give its documents; whatever breaks on it ends with it.

    Args:
        item: the bytes.
        hints: what to take where the source does not tell.
        keep: keeps the bytes, or notes whence they came, and returns their SHA-256.
    """
    try:
        yield from read(item, hints, raw=keep(item))
    except FoglineError as error:
        yield Problem(object=item.name, message=str(error))
    except Exception as error:
        yield Problem(
            object=item.name,
            message=f"{item.name} could not be read ({type(error).__name__}: {error}), so it was "
            "left out. Please report this with the file.",
        )


def source_record(item: Item, raw: str) -> SourceRecord:
    """Return whence an item's bytes came, as a ledger keeps it."""
    return SourceRecord(
        raw=raw,
        whence=item.name if item.capture else item.url or item.name,
        fetched=item.retrieved.replace(tzinfo=None),
        size=item.size(),
        media_type=item.media,
        headers=item.headers,
    )


def unread(document: Document, error: Exception) -> Problem:
    """Say that a document broke what reads it."""
    return Problem(
        object=document.id,
        message=f"The document {document.id} could not be read for claims ({type(error).__name__}: {error}), "
        "so it was left out. Please report this with the document.",
    )


def _blocks(found: Iterable[Document | Problem]) -> Iterator[list[Document | Problem]]:
    """Give what was found in blocks; where the source breaks, the last one is what it gave before."""
    block: list[Document | Problem] = []
    try:
        for one in found:
            block.append(one)
            if len(block) == _BLOCK:
                yield block
                block = []
    except Exception:
        if block:
            yield block
        raise
    if block:
        yield block


def _tells_no_more(one: Document, other: Document) -> bool:
    """Tell whether all that one document tells of itself, the other tells as well."""
    return all(getattr(one, name) in (None, getattr(other, name)) for name in _TOLD)
