"""Events as they are asked for: those that meet filters, one by its id, its links, what became of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct

from ..errors import LedgerError, QueryError
from ..model import Claim, Event
from ..store import Filters, Store, Stored
from ..store.filters import embargo_day
from ..store.records import met_by
from .judging import judge_in
from .pairs import Link
from .reading import batched, claims_of, events_named, marks, taken_in

GRADES = "123456"  # credibility, the best first
_FETCHED = 500

_decoder = msgspec.json.Decoder(Event)


class Became(Struct, frozen=True, kw_only=True):
    """What became of an event when more claims came: merged into another, split, or left without claims."""

    event: str
    what: str
    into: str
    at: datetime


def events_of(
    store: Store, filters: Filters, *, min_grade: str | None = None, disputed: bool = False
) -> Iterator[Event]:
    """Give the events of which a claim meets every filter, by their days.

    Args:
        store: the ledger.
        filters: which claims; their limit counts events.
        min_grade: a credibility from 1 to 6 that is the least to be given, or a reliability and credibility
            as in B2, which are both the least.
        disputed: only events whose versions part.

    Raises:
        QueryError: the grade makes no sense.
    """
    found, values = met_by(msgspec.structs.replace(filters, limit=None), store)
    met = [f"e.id IN (SELECT m.event FROM event_claims m WHERE m.claim IN (SELECT c.id {found}))"]
    if min_grade is not None:
        source, information = _grade(min_grade)
        met.append("substr(e.grade, 2, 1) <= ? AND substr(e.grade, 1, 1) <= ?")
        values = [*values, information, source]
    if disputed:
        met.append("e.disputed > 0")
    limit = f" LIMIT {int(filters.limit)}" if filters.limit else ""
    query = (
        f"SELECT e.id FROM events e WHERE {' AND '.join(met)} "
        f"ORDER BY e.earliest NULLS LAST, e.latest NULLS LAST, e.id{limit}"
    )
    for ids in batched([id for (id,) in store.rows(query, values)], _FETCHED):
        yield from events_named(store, ids)


def event_named(store: Store, id: str) -> Event:
    """Return the event with this id, or the one whose id begins so.

    Raises:
        LedgerError: there is none, or more than one.
    """
    query = "SELECT body FROM events WHERE starts_with(id, ?) ORDER BY id LIMIT 5"
    found = [_decoder.decode(body) for (body,) in store.rows(query, [id])] if id else []
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(event.id for event in found)
        raise LedgerError(f"More than one event begins with {id!r}: {names}. Give more of the id.")
    into = [
        row[0]
        for row in store.rows('SELECT DISTINCT "into" FROM event_history WHERE event = ?', [id])
        if row[0]
    ]
    went = f" Its claims went to {', '.join(into)}." if into else ""
    raise LedgerError(
        f"The ledger {store.where} has no event {id!r}.{went} `fogline events` lists those it has."
    )


def links_of(store: Store, claims: Sequence[str]) -> list[Link]:
    """Return what links these claims with each other, the strongest first."""
    within = set(claims)
    found: list[Link] = []
    for some in batched(sorted(within), _FETCHED):
        query = f"SELECT one, other, weight, why FROM links WHERE one IN ({marks(some)})"
        found += [Link(*row) for row in store.rows(query, some) if row[1] in within]
    return sorted(found, key=lambda link: (-link.weight, link.one, link.other))


def history_of(store: Store, event: str) -> list[Became]:
    """Return what became of an event, and what came into it."""
    query = (
        'SELECT event, what, "into", "at" FROM event_history WHERE event = ? OR "into" = ? '
        'ORDER BY "at", event'
    )
    names = ("event", "what", "into", "at")
    return [Became(**dict(zip(names, row, strict=True))) for row in store.rows(query, [event, event])]


def events_by_claim(store: Store, claims: Sequence[str]) -> dict[str, str]:
    """Return the event of each of these claims that has one."""
    found: dict[str, Any] = {}
    for some in batched(claims, _FETCHED):
        found.update(
            store.rows(f"SELECT claim, event FROM event_claims WHERE claim IN ({marks(some)})", some)
        )
    return found


def held_back(
    store: Store, events: Iterable[Event], *, embargo_hours: float, change: Callable[[Claim], Claim] | None
) -> Iterator[Event]:
    """Give events as they may leave the ledger: put together again from the claims that an embargo lets out.

    Args:
        store: the ledger.
        events: the events.
        embargo_hours: how old documents and occurrences have to be; 0 for no embargo.
        change: what is to be done to each claim, as to coarsen its points.
    """
    if not embargo_hours and change is None:
        yield from events
        return
    judge = judge_in(store)
    for some in batched(events, _FETCHED):
        claims = claims_of(store, [claim for event in some for claim in event.claims])
        free = _free(store, claims, embargo_hours)
        taken = taken_in(store, {stored.claim.document for stored in free.values()}, within=True, judge=judge)
        for event in some:
            told = [free[id] for id in event.claims if id in free]
            if not told:
                continue
            if change is not None:
                told = [msgspec.structs.replace(stored, claim=change(stored.claim)) for stored in told]
            yield taken.event(event.id, told)


def _free(store: Store, claims: Mapping[str, Stored], embargo_hours: float) -> dict[str, Stored]:
    """Return the claims that an embargo lets out."""
    if not embargo_hours:
        return dict(claims)
    until = embargo_day(embargo_hours)
    free = {}
    for id, stored in claims.items():
        day = stored.claim.when.latest or stored.claim.when.earliest
        if stored.published is not None and stored.published <= until and (day is None or day <= until):
            free[id] = stored
    return free


def _grade(told: str) -> tuple[str, str]:
    """Return reliability and credibility of a grade such as ``B2`` or ``2``."""
    sign = told.strip().upper()
    source, information = (sign[0], sign[1]) if len(sign) == 2 else ("F", sign)
    if source not in "ABCDEF" or information not in GRADES or not information:
        raise QueryError(f"{told!r} is no grade. Give a credibility from 1 to 6, or both signs as in B2.")
    return source, information
