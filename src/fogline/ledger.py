"""A ledger of claims: reports go in, claims come out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, Unpack

import msgspec

from .adding import Added, Adding, Reader, documents_of, source_record
from .claims import Claims
from .editing import Editing
from .editions.marking import amended_in, marked
from .errors import LedgerError, QueryError
from .holding import Holding
from .ingest import Archive, GatherOptions, Item, Problem, gather, unpacked
from .keeping import Keeping
from .linking import Linking
from .model import Document
from .read import Hints
from .release import coarsened, released
from .shown import Shown
from .store import (
    DocumentSummary,
    FilterOptions,
    Filters,
    Missed,
    Store,
    Stored,
    VoiceSummary,
    archive_of,
    claims_with_prefix,
    document_named,
    left_out,
    migrate,
    open_store,
    read_by_both,
    sources_of,
    stored_claims,
    summaries,
    two_extractors,
    voices_of,
)

if TYPE_CHECKING:
    from .comparison import Comparison
    from .engines import Loaded
    from .link.heard import Heard
    from .pipeline import Extractor
    from .settings import Settings

Source = str | PathLike[str] | Document | Item


class Ledger(Editing, Holding, Keeping, Linking):
    """A ledger of claims, open for use; a context manager.

    Args:
        store: the database.
        archive: the folder that keeps raw bytes.
        reader: what reads claims out of documents; the default extractor, loaded when it is first
            needed, where None.
        embargo_hours: what every output leaves out, unless a query says otherwise.
        coarsen: whether every output rounds points to town level, unless a query says otherwise.
    """

    def __init__(
        self,
        store: Store,
        archive: Archive,
        *,
        reader: Reader | None = None,
        embargo_hours: float = 0.0,
        coarsen: bool = False,
    ) -> None:
        self._store = store
        self._archive = archive
        self._reader = reader
        self._embargo_hours = embargo_hours
        self._coarsen = coarsen
        migrate(store)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Ledger {self.path}>"

    @property
    def path(self) -> str:
        """Where the ledger lies."""
        return self._store.where

    @property
    def store(self) -> Store:
        """The database, for parts of Fogline that ask it themselves."""
        return self._store

    @property
    def archive(self) -> Archive:
        """The raw bytes that its documents were read from."""
        return self._archive

    def close(self) -> None:
        """Let go of the ledger, so that another process may have it."""
        self._store.close()

    def add(
        self,
        sources: Source | Iterable[Source],
        *,
        published: date | str | None = None,
        outlet: str | None = None,
        options: GatherOptions | None = None,
        progress: Callable[[Added], None] | None = None,
        problem: Callable[[Problem], None] | None = None,
    ) -> Added:
        """Read reports and keep their claims; adding the same thing again adds nothing.

        Args:
            sources: files, folders, addresses, ``-`` for standard input, documents, or
                items with their bytes.
            published: the day of publication where a source does not tell it.
            outlet: the outlet where a source does not tell it.
            options: limits and permissions for fetching.
            progress: called with the counts so far after each document.
            problem: called with each problem as it arises.

        Returns:
            What was added, what was there already, and the problems.

        Raises:
            LedgerError: the ledger cannot be written. What was read before is kept.
        """
        if self._store.read_only:
            raise LedgerError(
                f"The ledger {self.path} is open for reading only. Connect without read_only to add."
            )
        given = [sources] if isinstance(sources, (str, PathLike, Document, Item)) else sources
        adding = Adding(self._store, self._reader or default_reader(), progress=progress, problem=problem)
        hints = Hints(published=day(published), outlet=outlet)
        return adding.run(self._found(given, hints, options, adding))

    def load(
        self, folder: str | PathLike[str], *, progress: Callable[[Loaded, int], None] | None = None
    ) -> Loaded:
        """Bring in what shards were read into; what is in the ledger already adds nothing.

        Args:
            folder: what :func:`fogline.engines.extract_shards` wrote, on disk or in an object store.
            progress: called with the counts so far and the number of shards, after each.

        Raises:
            SourceError: a file is not the one that was written.
            LedgerError: something was held back from the folder, or the ledger is open for reading only.
        """
        from .engines import load

        if self._store.read_only:
            raise LedgerError(
                f"The ledger {self.path} is open for reading only. Connect without read_only to load."
            )
        reader = self._reader
        make = default_reader if reader is None else lambda: reader
        return load(self._store, fspath(folder), reader=make, progress=progress)

    def claims(
        self, filters: Filters | None = None, *, coarsen: bool | None = None, **options: Unpack[FilterOptions]
    ) -> Claims:
        """Return the claims that meet every filter, by publication, document and place in the text.

        Args:
            filters: the filters as one object; keyword arguments are read by :meth:`Filters.of` instead.
            coarsen: round points to town level.

        Raises:
            QueryError: a filter makes no sense.
        """
        return Claims(self.stream(filters, coarsen=coarsen, **options))

    def stream(
        self, filters: Filters | None = None, *, coarsen: bool | None = None, **options: Unpack[FilterOptions]
    ) -> Iterator[Stored]:
        """Give the claims of :meth:`claims` one by one, each with what its document tells of itself."""
        rough = self._coarsen if coarsen is None else coarsen
        asked = self._filters(filters, options)
        found = stored_claims(self._store, asked)
        for stored in marked(self._store, found, embargo_hours=asked.embargo_hours):
            yield msgspec.structs.replace(stored, claim=coarsened(stored.claim)) if rough else stored

    def documents(self, *, embargo_hours: float | None = None) -> list[DocumentSummary]:
        """Return the documents by publication, with how many claims were found in each."""
        hours = self._embargo_hours if embargo_hours is None else embargo_hours
        return list(summaries(self._store, embargo_hours=hours))

    def voices(self, filters: Filters | None = None, **options: Unpack[FilterOptions]) -> list[VoiceSummary]:
        """Return who speaks in the claims that meet the filters, the most heard first."""
        return voices_of(self._store, self._filters(filters, options))

    def heard(
        self, filters: Filters | None = None, *, record: bool = False, **options: Unpack[FilterOptions]
    ) -> list[Heard]:
        """Return who speaks in the claims that meet the filters, and through whom, the most heard first.

        Args:
            filters: which claims, as in :meth:`claims`; ``limit`` counts voices.
            record: tell as well how often what a voice said was borne out or contradicted, and its letter;
                an embargo, which records know nothing of, leaves that out.
        """
        from .link.heard import heard
        from .link.judging import judge_in
        from .store.filters import without_limit

        asked = self._filters(filters, options)
        judge = judge_in(self._store) if record and not asked.embargo_hours else None
        return heard(voices_of(self._store, asked), stored_claims(self._store, without_limit(asked)), judge)

    def document(self, id: str) -> Document:
        """Return one document with its text.

        Raises:
            LedgerError: the ledger has no document of this id.
        """
        found = document_named(self._store, id)
        if found is None:
            raise LedgerError(
                f"The ledger {self.path} has no document {id!r}. `fogline documents` lists those it has."
            )
        return found

    def compare(self, one: str | None = None, other: str | None = None) -> Comparison:
        """Compare what two extractors made of the documents that both have read.

        Args:
            one: the first extractor, as much of its identity as no other shares, as in ``reader`` or
                ``rules``; the two that read last where both are None.
            other: the second.

        Raises:
            QueryError: the ledger has no two such extractors, or no document that both have read.
        """
        from .comparison import compare

        first, second = two_extractors(self._store, one, other)
        common = read_by_both(self._store, first, second)
        if not common:
            raise QueryError(
                f"No document was read by both {first} and {second}. Add the same reports again with "
                "`fogline add SOURCE… --extractor rules`."
            )
        sides = (
            (s.claim for s in self.stream(extractor=name) if s.claim.document in common)
            for name in (first, second)
        )
        return compare(first, second, *sides, documents=len(common))

    def left_out(self, document: str | None = None) -> list[Missed]:
        """Return the mentions that could not be handled, of one document or of all, each with the reason."""
        return list(left_out(self._store, document))

    def show(self, id: str, *, coarsen: bool | None = None, embargo_hours: float | None = None) -> Shown:
        """Return one claim with its sentence, the reason for each field, and where it came from.

        Args:
            id: the claim's id, or as much of its beginning as no other claim shares.
            coarsen: round points to town level.
            embargo_hours: hold back what was published, or happened, less than so many hours ago.

        Raises:
            LedgerError: no claim, or more than one, has an id that begins so; or an embargo holds it back.
        """
        found = claims_with_prefix(self._store, id) if id else []
        if len(found) != 1:
            raise LedgerError(_which(self.path, id, [claim.id for claim in found]))
        claim = found[0]
        rough = self._coarsen if coarsen is None else coarsen
        document = self.document(claim.document)
        hours = self._embargo_hours if embargo_hours is None else embargo_hours
        if not released(claim, published=document.published, hours=hours):
            raise LedgerError(
                f"The claim {claim.id} is held back by the embargo of {hours:g} hours. "
                "Wait, or give another embargo with --embargo HOURS."
            )
        sources = sources_of(self._store, document.raw) if document.raw else []
        return Shown(
            claim=coarsened(claim) if rough else claim,
            document=document,
            sources=tuple(sources),
            amended=amended_in(self._store, [document.id], embargo_hours=hours).get(claim.id),
        )

    def _found(
        self, sources: Iterable[Source], hints: Hints, options: GatherOptions | None, adding: Adding
    ) -> Iterator[Document | Problem]:
        for source in sources:
            if isinstance(source, Document):
                yield source.sound()
                continue
            items = unpacked(source) if isinstance(source, Item) else gather([str(source)], options=options)
            for item in items:
                if isinstance(item, Problem):
                    yield item
                else:
                    yield from self._documents(item, hints, adding)

    def _documents(self, item: Item, hints: Hints, adding: Adding) -> Iterator[Document | Problem]:
        """Keep an item's bytes and give its documents."""

        def keep(item: Item) -> str:
            raw = self._archive.keep(item)
            adding.source(source_record(item, raw))
            return raw

        yield from documents_of(item, hints, keep)


def connect(
    path: str | PathLike[str] | None = None,
    *,
    read_only: bool = False,
    archive: str | PathLike[str] | None = None,
    reader: Reader | None = None,
    settings: Settings | None = None,
) -> Ledger:
    """Open a ledger; make it where there is none.

    Args:
        path: its file, or ``postgresql://USER@HOST/DATABASE`` of a team; ``.fogline/ledger.duckdb``, or what
            the settings say, where None.
        read_only: open for reading only, as several processes may at once.
        archive: the folder that keeps raw bytes; what the settings say where None, else ``archive`` beside
            the file, or ``.fogline/DATABASE/archive`` in the working folder.
        reader: what reads claims out of documents; the default extractor where None.
        settings: the settings; those of ``fogline.toml`` and the environment where None.

    Raises:
        LedgerBusyError: another process holds it.
        LedgerVersionError: a newer Fogline made it.
        LedgerError: it is not there (to be read), cannot be reached, or is no ledger.
    """
    from .settings import load

    settings = settings or load()
    name = fspath(path) if path is not None else settings.ledger
    folder = Path(archive) if archive is not None else settings.archive or archive_of(name)
    store = open_store(name, read_only=read_only, memory_mb=settings.memory_mb)
    try:
        return Ledger(
            store,
            Archive(folder.expanduser()),
            reader=reader,
            embargo_hours=settings.embargo_hours,
            coarsen=settings.coarsen,
        )
    except BaseException:
        store.close()
        raise


@lru_cache(maxsize=2)
def default_reader(finder: str | None = None) -> Extractor:
    """Return the default extractor; its models are loaded at first use.

    Args:
        finder: ``trained`` or ``rules``; what the settings say where None.
    """
    from .pipeline import Extractor
    from .settings import load

    settings = load(extractor=finder)
    return Extractor(parser=settings.pipeline, finder=settings.extractor)


def extract(
    text: str,
    *,
    published: date | str | None = None,
    title: str | None = None,
    outlet: str | None = None,
    id: str = "text",
    reader: Reader | None = None,
) -> Claims:
    """Read one text and return its claims, without a ledger.

    Args:
        text: the report.
        published: the day of publication, which days such as "on Saturday" are worked out from.
        title: the headline.
        outlet: who published it, and speaks where nobody else does.
        id: the document's id in the claims.
        reader: what reads the claims; the default extractor where None.

    Raises:
        QueryError: the day of publication is no date.
    """
    document = Document(id=id, text=text, title=title, published=day(published), outlet=outlet)
    extraction = (reader or default_reader()).extract(document)
    return Claims(
        Stored(claim=claim, title=title, published=document.published, outlet=outlet)
        for claim in extraction.claims
    )


def day(value: date | str | None) -> date | None:
    """Read a day of publication.

    Raises:
        QueryError: it is no date.
    """
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value.strip())
    except ValueError:
        raise QueryError(
            f"{value!r} is no day of publication that Fogline can read. Write it as in 2022-09-10."
        ) from None


def _which(path: str, id: str, found: Sequence[Any]) -> str:
    if not found:
        return f"The ledger {path} has no claim {id!r}. `fogline claims --format csv` lists their ids."
    return f"More than one claim begins with {id!r}: {', '.join(found)}. Give more of the id."
