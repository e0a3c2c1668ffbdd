"""The part of a ledger that tells what many reports tell together: events, checks and judgements."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Unpack

import msgspec

from .editions.marking import marked
from .errors import LedgerError, QueryError
from .query import meant
from .release import coarsened, released
from .store import FilterOptions, Filters, Store, Stored, claims_of_ids

if TYPE_CHECKING:
    from .events import Events
    from .link import Agreement, Became, Link, Linked, Review
    from .link.checked import EventCheck
    from .link.records import Record
    from .model import Event
    from .shown_event import ShownEvent


class Linking:
    """What many reports tell together: the methods of a ledger that ask its events."""

    _store: Store
    _embargo_hours: float
    _coarsen: bool

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

    def claims_of_ids(
        self, ids: Sequence[str], *, coarsen: bool | None = None, embargo_hours: float | None = None
    ) -> list[Stored]:
        """Return the claims with these ids, in their order; what is not there, or embargoed, is left out."""
        rough = self._coarsen if coarsen is None else coarsen
        hours = self._embargo_hours if embargo_hours is None else embargo_hours
        found = {
            one.claim.id: msgspec.structs.replace(one, claim=coarsened(one.claim)) if rough else one
            for one in marked(self._store, claims_of_ids(self._store, ids), embargo_hours=hours)
            if released(one.claim, published=one.published, hours=hours)
        }
        return [found[id] for id in ids if id in found]

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
            raise LedgerError(
                f"The ledger {self._store.where} is open for reading only. Connect without read_only."
            )
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
