"""A ledger of claims: reports go in, claims come out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, Unpack

import msgspec

from .adding import Added, Adding, Reader
from .claims import Claims
from .errors import FoglineError, LedgerError, QueryError
from .holding import Holding
from .ingest import Archive, GatherOptions, Item, Problem, gather
from .model import Document
from .query import meant
from .read import Hints, read
from .release import coarsened, released
from .shown import Shown
from .store import (
    DocumentSummary,
    FilterOptions,
    Filters,
    Missed,
    SourceRecord,
    Store,
    Stored,
    VoiceSummary,
    claims_of_ids,
    claims_with_prefix,
    document_named,
    left_out,
    migrate,
    read_by_both,
    sources_of,
    stored_claims,
    summaries,
    two_extractors,
    voices_of,
)

if TYPE_CHECKING:
    from .comparison import Comparison
    from .events import Events
    from .link import Agreement, Became, Link, Linked, Review
    from .link.checked import EventCheck
    from .link.heard import Heard
    from .link.records import Record
    from .model import Event
    from .pipeline import Extractor
    from .settings import Settings
    from .shown_event import ShownEvent

Source = str | PathLike[str] | Document | Item


class Ledger(Holding):
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
        for stored in stored_claims(self._store, self._filters(filters, options)):
            yield msgspec.structs.replace(stored, claim=coarsened(stored.claim)) if rough else stored

    def claims_of_ids(
        self, ids: Sequence[str], *, coarsen: bool | None = None, embargo_hours: float | None = None
    ) -> list[Stored]:
        """Return the claims with these ids, in their order; what is not there, or embargoed, is left out."""
        rough = self._coarsen if coarsen is None else coarsen
        hours = self._embargo_hours if embargo_hours is None else embargo_hours
        found = {
            one.claim.id: msgspec.structs.replace(one, claim=coarsened(one.claim)) if rough else one
            for one in claims_of_ids(self._store, ids)
            if released(one.claim, published=one.published, hours=hours)
        }
        return [found[id] for id in ids if id in found]

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

    def link(
        self, *, afresh: bool = False, progress: Callable[[str, int, int], None] | None = None
    ) -> Linked:
        """Link the claims into events: those that came since the last time, with the events they touch.

        Args:
            afresh: work out everything again; events keep their ids all the same.
            progress: called with the step's name, how far it is, and out of how many.

        Raises:
            LedgerError: the ledger is open for reading only.
        """
        from .link import link

        return link(self._store, afresh=afresh, progress=progress)

    def events(
        self,
        filters: Filters | None = None,
        *,
        min_grade: str | None = None,
        disputed: bool = False,
        coarsen: bool | None = None,
        **options: Unpack[FilterOptions],
    ) -> Events:
        """Return the events of which a claim meets every filter, by their days.

        Args:
            filters: which claims, as in :meth:`claims`; ``limit`` counts events.
            min_grade: the least credibility, from 1 to 6, or the least grade, as in B2.
            disputed: only events whose versions part.
            coarsen: round points to town level.

        Raises:
            QueryError: a filter makes no sense.
        """
        from .events import Events
        from .link import events_of

        asked = self._filters(filters, options)
        found = events_of(self._store, asked, min_grade=min_grade, disputed=disputed)
        return Events(self._let_out(found, coarsen, asked.embargo_hours))

    def event(self, id: str, *, coarsen: bool | None = None, embargo_hours: float | None = None) -> Event:
        """Return one event.

        Args:
            id: the event's id, or as much of its beginning as no other event shares.
            coarsen: round points to town level.
            embargo_hours: leave out claims that were published, or happened, less than so many hours ago.

        Raises:
            LedgerError: no event, or more than one, has an id that begins so; or an embargo holds it back.
        """
        from .link import event_named

        found = event_named(self._store, id)
        free = next(self._let_out([found], coarsen, embargo_hours), None)
        if free is None:
            raise LedgerError(
                f"The event {found.id} is held back by the embargo. Wait, or give another with "
                "--embargo HOURS."
            )
        return free

    def show_event(
        self, id: str, *, coarsen: bool | None = None, embargo_hours: float | None = None
    ) -> ShownEvent:
        """Return one event with its claims, what links them, what became of it, and the judgements on them.

        Args:
            id: the event's id, or as much of its beginning as no other event shares.
            coarsen: round points to town level.
            embargo_hours: leave out claims that were published, or happened, less than so many hours ago.

        Raises:
            LedgerError: no event, or more than one, has an id that begins so; or an embargo holds it back.
        """
        from .shown_event import ShownEvent

        event = self.event(id, coarsen=coarsen, embargo_hours=embargo_hours)
        claims = {s.claim.id: s for s in self.claims_of_ids(event.claims, coarsen=coarsen)}
        return ShownEvent(
            event=event,
            claims=tuple(claims[id] for id in event.claims),
            links=tuple(self.links(event)),
            history=tuple(self.event_history(event.id)),
            reviews=tuple(self.reviews(subjects=event.claims)),
        )

    def links(self, event: Event) -> list[Link]:
        """Return what links an event's claims, each link with its sentence, the strongest first."""
        from .link import links_of

        return links_of(self._store, event.claims)

    def event_history(self, id: str) -> list[Became]:
        """Return what became of an event when more claims came, and what merged into it."""
        from .link import history_of

        return history_of(self._store, id)

    def events_by_claim(self, claims: Sequence[str]) -> dict[str, str]:
        """Return the id of the event of each of these claims that is linked."""
        from .link import events_by_claim

        return events_by_claim(self._store, claims)

    def review(
        self,
        kind: str,
        subject: str,
        *,
        other: str | None = None,
        field: str | None = None,
        value: str | None = None,
        reviewer: str,
        reason: str,
    ) -> Review:
        """Keep a judgement, and link again what it bears on; it can be taken back with ``undo``.

        Args:
            kind: ``same`` or ``not-same`` (two claims), ``wrong`` (a claim's field), ``reliability`` (a
                voice) or ``undo`` (an earlier judgement).
            subject: a claim's id, a voice's name, or the id of the judgement to take back.
            other: the second claim.
            field: which field is wrong; ``claim`` where there is none at all.
            value: what is right, or the letter A to F.
            reviewer: who judges.
            reason: why.

        Raises:
            QueryError: the judgement makes no sense.
            LedgerError: the ledger has no such claim or judgement, or is open for reading only.
        """
        from .link import keep, link, touched

        if self._store.read_only:
            raise LedgerError(f"The ledger {self.path} is open for reading only. Connect without read_only.")
        told = {"other": other, "field": field, "value": value}
        review = keep(self._store, kind, subject, **told, reviewer=reviewer, reason=reason)
        link(self._store, again=touched(review, self._store))
        return review

    def reviews(self, *, subjects: Iterable[str] | None = None) -> list[Review]:
        """Return all judgements by time, or those on these claims and voices."""
        from .link import reviews

        return reviews(self._store, subjects=subjects)

    def checks(
        self,
        filters: Filters | None = None,
        *,
        rule: str | None = None,
        weight: str | None = None,
        **options: Unpack[FilterOptions],
    ) -> list[EventCheck]:
        """Return what a good desk would stop at in the claims that meet every filter, the gravest first.

        Args:
            filters: which claims, as in :meth:`claims`; ``limit`` counts checks.
            rule: one rule by name, such as ``distance``.
            weight: the least weight: ``note``, ``doubt`` or ``error``.

        Raises:
            QueryError: a filter, the rule or the weight makes no sense.
        """
        from .link.checked import checks_of

        return list(checks_of(self._store, self._filters(filters, options), rule=rule, weight=weight))

    def records(self) -> dict[str, Record]:
        """Return how often what each voice said was later borne out or contradicted, by its name."""
        from .link.judging import records_in

        return records_in(self._store)

    def agreement(self) -> Agreement:
        """Return how often the machine, on its own, agrees with the judgements that hold."""
        from .link import agreement

        return agreement(self._store)

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
        return Shown(claim=coarsened(claim) if rough else claim, document=document, sources=tuple(sources))

    def _filters(self, filters: Filters | None, options: FilterOptions) -> Filters:
        if filters is not None and options:
            raise QueryError("Filters go in as one object or as keyword arguments, not as both at once.")
        filters = meant(filters or Filters.of(**options))
        if filters.embargo_hours is None and self._embargo_hours:
            filters = msgspec.structs.replace(filters, embargo_hours=self._embargo_hours)
        return filters

    def _let_out(
        self, events: Iterable[Event], coarsen: bool | None, embargo_hours: float | None
    ) -> Iterator[Event]:
        """Give events as embargo and coarsening let them out."""
        from .link import held_back

        rough = self._coarsen if coarsen is None else coarsen
        hours = self._embargo_hours if embargo_hours is None else embargo_hours
        return held_back(self._store, events, embargo_hours=hours, change=coarsened if rough else None)

    def _found(
        self, sources: Iterable[Source], hints: Hints, options: GatherOptions | None, adding: Adding
    ) -> Iterator[Document | Problem]:
        for source in sources:
            if isinstance(source, Document):
                yield source
                continue
            if isinstance(source, Item):
                yield from self._documents(source, hints, adding)
                continue
            for item in gather([str(source)], options=options):
                if isinstance(item, Problem):
                    yield item
                else:
                    yield from self._documents(item, hints, adding)

    def _documents(self, item: Item, hints: Hints, adding: Adding) -> Iterator[Document | Problem]:
        """Keep an item's bytes and give its documents; whatever breaks on it ends with it."""
        try:
            raw = self._archive.keep(item)
            adding.source(_record(item, raw))
            yield from read(item, hints, raw=raw)
        except FoglineError as error:
            yield Problem(object=item.name, message=str(error))
        except Exception as error:
            yield Problem(
                object=item.name,
                message=f"{item.name} could not be read ({type(error).__name__}: {error}), so it was "
                "left out. Please report this with the file.",
            )


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
        path: its file; ``.fogline/ledger.duckdb``, or what the settings say, where None.
        read_only: open for reading only, as several processes may at once.
        archive: the folder that keeps raw bytes; ``archive`` beside the ledger where None.
        reader: what reads claims out of documents; the default extractor where None.
        settings: the settings; those of ``fogline.toml`` and the environment where None.

    Raises:
        LedgerBusyError: another process holds it.
        LedgerVersionError: a newer Fogline made it.
        LedgerError: it is not there (to be read), or is no ledger.
    """
    from .settings import load
    from .store.duckdb import DuckDBStore

    settings = settings or load()
    file = (Path(path) if path is not None else settings.ledger).expanduser()
    folder = Path(archive) if archive is not None else settings.archive or file.parent / "archive"
    store = DuckDBStore(file, read_only=read_only, memory_mb=settings.memory_mb)
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


def _record(item: Item, raw: str) -> SourceRecord:
    return SourceRecord(
        raw=raw,
        whence=item.url or item.name,
        fetched=item.retrieved.replace(tzinfo=None),
        size=item.size(),
        media_type=item.media,
        headers=item.headers,
    )


def _which(path: str, id: str, found: Sequence[Any]) -> str:
    if not found:
        return f"The ledger {path} has no claim {id!r}. `fogline claims --format csv` lists their ids."
    return f"More than one claim begins with {id!r}: {', '.join(found)}. Give more of the id."
