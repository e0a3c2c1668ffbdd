"""Put events together, judge them, and write them down in place of those they replace."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

import msgspec
from msgspec import Struct

from ..model import Event
from ..store import Store, Stored, now
from ..store.link_tables import EVENT_CLAIMS, EVENT_HISTORY, EVENTS, LINK_BLOCKS, LINKS
from .identity import Changed
from .judging import Judge, drop_findings, events_with, judge_in, keep_findings
from .pairs import Entry, Link
from .parameters import settings
from .reading import batched, claims_of, delete, events_named, marks, taken_in
from .records import Record, Verdict, verdicts_of

_AT_ONCE = 1000  # events put together at a time

Reading = Callable[[Iterable[str]], dict[str, Stored]]


class Work(Struct, frozen=True, kw_only=True):
    """What linking worked out, before it is written: ``events`` None replaces all that is there.

    ``named`` are the claims of each event, ``stale`` the claims that were taken out, ``events`` the events
    that are replaced.
    """

    named: Mapping[str, Sequence[str]]
    changes: Sequence[Changed]
    blocks: Sequence[Entry]
    links: Sequence[Link]
    stale: Collection[str] = ()
    events: Collection[str] | None = None


def write(store: Store, work: Work, read: Reading, progress: Callable[[int, int], None]) -> int:
    """Put events together, judge them, and write all in one transaction; return how many events.

    The records of voices are worked out first, so that grades rest on what all events show. Where a record
    comes to weigh otherwise, the other events of that voice are graded again, up to the setting ``regrade``.

    Args:
        store: the ledger.
        work: what linking worked out.
        read: gives claims by id, as they are compared.
        progress: called with how many events are done, and out of how many.
    """
    total = len(work.named)
    told: list[tuple[Event, list[Stored]]] = []
    for some in batched(work.named.items(), _AT_ONCE):
        progress(len(told) // 2, total)
        told += _assembled(store, some, read)
    verdicts = [v for event, claims in told for v in _verdicts(event, claims)]
    judge = judge_in(store)
    before = judge.records
    after = _records(store, before, work.events, verdicts)
    others = set(events_with(store, judge.moved(after))) if work.events is not None else set[str]()
    others -= {*work.named, *(work.events or ())}
    judge.records = after
    again = sorted(others)[: settings().events.regrade]
    with store.transaction():
        _clear(store, work)
        at = now()
        store.insert(EVENT_HISTORY, [(c.event, c.what, c.into, at) for c in work.changes])
        store.insert(LINK_BLOCKS, [(e.block, e.sort, e.claim) for e in work.blocks])
        store.insert(LINKS, [(link.one, link.other, link.weight, link.why) for link in work.links])
        done = 0
        for some_told in batched(told, _AT_ONCE):
            progress(total // 2 + done // 2, total)
            judged = [*_judged(store, judge, some_told)]
            store.insert(EVENTS, [_row(event) for event, _ in judged])
            store.insert(EVENT_CLAIMS, [row for event, _ in judged for row in _members(event)])
            keep_findings(store, judged)
            done += len(judged)
        _grade_again(store, judge, again)
    return done


def _assembled(
    store: Store, named: Sequence[tuple[str, Sequence[str]]], read: Reading
) -> Iterator[tuple[Event, list[Stored]]]:
    claims = read([claim for _, its in named for claim in its])
    taken = taken_in(store, {stored.claim.document for stored in claims.values()})
    for id, its in named:
        told = [claims[claim] for claim in its]
        yield taken.event(id, told), told


def _judged(
    store: Store, judge: Judge, told: Sequence[tuple[Event, Sequence[Stored]]]
) -> Iterator[tuple[Event, Sequence[Stored]]]:
    documents = {document for event, _ in told for document in event.documents}
    taken = taken_in(store, documents, judge=judge)
    for event, claims in told:
        yield taken.judged(event, claims), claims


def _grade_again(store: Store, judge: Judge, events: Sequence[str]) -> None:
    """Write other events anew whose grade may have changed with a voice's record."""
    if not events:
        return
    old = events_named(store, events)
    claims = claims_of(store, [claim for event in old for claim in event.claims])
    told = [(event, [claims[claim] for claim in event.claims]) for event in old]
    new = [event for event, _ in _judged(store, judge, told)]
    delete(store, "events", "id", events)
    store.insert(EVENTS, [_row(event) for event in new])


def _verdicts(event: Event, claims: Sequence[Stored]) -> list[Verdict]:
    if len(claims) == 1:
        return []
    return verdicts_of(claims, event.origins, event.versions, event.disputes)


def _records(
    store: Store, before: Mapping[str, Record], events: Collection[str] | None, verdicts: Iterable[Verdict]
) -> dict[str, Record]:
    """Return the records of voices as they are once these events are replaced."""
    counts: Counter[tuple[str, str]] = Counter()
    if events is not None:
        for voice, record in before.items():
            for finding in ("confirmed", "contradicted", "disputed"):
                counts[voice, finding] += getattr(record, finding)
        for some in batched(sorted(events), _AT_ONCE):
            query = f"SELECT voice, finding FROM verdicts WHERE event IN ({marks(some)})"
            counts.subtract((voice, finding) for voice, finding in store.rows(query, some))
    counts.update((verdict.voice, verdict.finding) for verdict in verdicts)
    rows: dict[str, dict[str, int]] = {}
    for (voice, finding), count in counts.items():
        rows.setdefault(voice, {})[finding] = count
    return {voice: Record(voice=voice, **row) for voice, row in rows.items() if any(row.values())}


def _clear(store: Store, work: Work) -> None:
    """Take out what is replaced."""
    drop_findings(store, work.events)
    if work.events is None:
        for table in (LINK_BLOCKS, LINKS, EVENTS, EVENT_CLAIMS):
            store.run(f"DELETE FROM {table.name}")
        return
    delete(store, "link_blocks", "claim", work.stale)
    delete(store, "links", "one", work.stale)
    delete(store, "links", "other", work.stale)
    delete(store, "events", "id", work.events)
    delete(store, "event_claims", "event", work.events)


def _row(event: Event) -> tuple[object, ...]:
    return (
        event.id,
        event.type,
        event.title,
        event.earliest,
        event.latest,
        event.lat,
        event.lon,
        event.country,
        len(event.documents),
        event.independent,
        len(event.disputes),
        event.grade.code if event.grade else None,
        msgspec.json.encode(event).decode(),
    )


def _members(event: Event) -> list[tuple[str, str, str, str]]:
    version = {claim: version.id for version in event.versions for claim in version.claims}
    origin = {claim: origin.id for origin in event.origins for claim in origin.claims}
    return [(event.id, claim, version.get(claim, ""), origin.get(claim, "")) for claim in event.claims]
