"""Link the claims of a ledger into events: all of them, or only what came since, with what it touches."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

import msgspec
from msgspec import Struct

from ..errors import LedgerError
from ..model import Event
from ..store import Store, Stored, now
from ..store.link_tables import EVENT_CLAIMS, EVENT_HISTORY, EVENTS, LINK_BLOCKS, LINKS
from .clusters import clusters
from .copies import update_copies
from .features import record
from .identity import Changed, identify
from .judging import drop_findings, events_with, judge_in, keep_findings, records_in
from .pairs import Entry, Link, Pairs, entries
from .reading import batched, claims_of, current, linked, marks, taken_in
from .review import Judgements, corrected, judgements

_ASKED = 500
_WRITTEN = 2000  # events written at a time
_AFRESH = 0.5  # where more than this share of the claims is new, all are linked from nothing

Progress = Callable[[str, int, int], None]


class Linked(Struct, frozen=True, kw_only=True):
    """What linking came to: how many claims are linked, how many of them are new or gone, the events."""

    claims: int = 0
    new: int = 0
    gone: int = 0
    events: int = 0
    changed: int = 0
    links: int = 0
    seconds: float = 0.0


def link(
    store: Store, *, afresh: bool = False, again: Collection[str] = (), progress: Progress | None = None
) -> Linked:
    """Link the current claims of a ledger into events, and write the events.

    Only what came or went since the last time is worked on, with the events that it touches; an event keeps
    its id, and what became of events that merged or split is written down. On any error nothing is changed.

    Args:
        store: the ledger.
        afresh: work out everything again.
        again: claims to take as new, as after a judgement on them.
        progress: called with the step's name, how far it is, and out of how many.

    Raises:
        LedgerError: the ledger is open for reading only.
    """
    if store.read_only:
        raise LedgerError(
            f"The ledger {store.where} is open for reading only, so nothing in it can be linked."
        )
    return _Linking(store, progress or (lambda step, done, of: None)).run(afresh=afresh, again=again)


class _Work(Struct, frozen=True, kw_only=True):
    """What one go came to, before it is written: ``events`` None replaces all that is there."""

    named: dict[str, Sequence[str]]
    changes: Sequence[Changed]
    blocks: Sequence[Entry]
    links: Sequence[Link]
    stale: Collection[str] = ()
    events: Collection[str] | None = None


class _Linking:
    """One go of linking."""

    def __init__(self, store: Store, progress: Progress) -> None:
        self._store = store
        self._progress = progress
        self._judged: Judgements = judgements(store)
        self._judge = judge_in(store)
        self._claims: dict[str, Stored] = {}

    def run(self, *, afresh: bool, again: Collection[str]) -> Linked:
        started = time.monotonic()
        self._progress("copies", 0, 0)
        update_copies(self._store)
        present = current(self._store) - self._judged.left_out()
        before = linked(self._store)
        new = (present - before.keys()) | (set(again) & present)
        gone = before.keys() - present
        if not new and not gone and not afresh:
            return Linked(claims=len(present), events=self._count("events"), links=self._count("links"))
        afresh = afresh or len(new) > _AFRESH * len(present)
        work = self._all(present, before) if afresh else self._some(new, gone, before)
        with self._store.transaction():
            changed = self._write(work)
            self._grade_again()
        return Linked(
            claims=len(present),
            new=len(new),
            gone=len(gone),
            events=self._count("events"),
            changed=changed,
            links=self._count("links"),
            seconds=time.monotonic() - started,
        )

    def _all(self, present: set[str], before: Mapping[str, str]) -> _Work:
        """Link everything from nothing."""
        self._progress("compare", 0, len(present))
        blocks: list[Entry] = []
        records = []
        for stored in self._read(sorted(present)):
            records.append(record(stored))
            blocks += entries(records[-1:])
        pairs = Pairs(blocks)
        pairs.load(records)
        links = pairs.links()
        pairs.close()
        found = self._cluster(sorted(present), [(link.one, link.other, link.weight) for link in links])
        named, changes = identify(found, before)
        return _Work(named=named, changes=changes, blocks=blocks, links=links)

    def _some(self, new: set[str], gone: Collection[str], before: Mapping[str, str]) -> _Work:
        """Link what is new, in the blocks it stands in; take out what is gone."""
        self._progress("compare", 0, len(new))
        stale = {*gone, *(new & before.keys())}
        records = {stored.claim.id: record(stored) for stored in self._read(sorted(new))}
        fresh = entries(records.values())
        standing = [e for e in self._standing({entry.block for entry in fresh}) if e.claim not in stale]
        pairs = Pairs([*standing, *fresh], new=sorted(new))
        others = sorted(pairs.claims() - new)
        pairs.load([*records.values(), *(record(stored) for stored in self._read(others))])
        links = pairs.links()
        pairs.close()
        reached = {*stale, *(claim for link in links for claim in (link.one, link.other))}
        reached |= {c for pair in (*self._judged.same, *self._judged.apart) if new & set(pair) for c in pair}
        events = {before[claim] for claim in reached if claim in before}
        scope = sorted((self._members(events) - stale) | new)
        weights = [(link.one, link.other, link.weight) for link in links]
        found = self._cluster(scope, sorted({*self._links_among(scope, stale), *weights}))
        theirs = {claim: before[claim] for claim in {*scope, *stale} if claim in before}
        named, changes = identify(found, theirs, set(before.values()))
        return _Work(named=named, changes=changes, blocks=fresh, links=links, stale=stale, events=events)

    def _cluster(
        self, claims: Sequence[str], links: Iterable[tuple[str, str, float]]
    ) -> list[tuple[str, ...]]:
        self._progress("gather", 0, len(claims))
        return clusters(claims, links, same=self._judged.same, apart=self._judged.apart)

    def _read(self, ids: Iterable[str]) -> list[Stored]:
        """Give claims as they are compared: with what people corrected in them."""
        missing = [id for id in ids if id not in self._claims]
        for id, stored in claims_of(self._store, missing).items():
            fields = self._judged.wrong.get(id)
            if fields:
                stored = msgspec.structs.replace(stored, claim=corrected(stored.claim, fields))
            self._claims[id] = stored
        return [self._claims[id] for id in ids]

    def _write(self, work: _Work) -> int:
        """Write what was worked out in place of what it replaces, and return how many events."""
        if work.events is None:
            for table in (LINK_BLOCKS, LINKS, EVENTS, EVENT_CLAIMS):
                self._store.run(f"DELETE FROM {table.name}")
        else:
            self._delete("link_blocks", "claim", work.stale)
            self._delete("links", "one", work.stale)
            self._delete("links", "other", work.stale)
            self._delete("events", "id", work.events)
            self._delete("event_claims", "event", work.events)
        drop_findings(self._store, work.events)
        at = now()
        self._store.insert(EVENT_HISTORY, [(c.event, c.what, c.into, at) for c in work.changes])
        self._store.insert(LINK_BLOCKS, [(e.block, e.sort, e.claim) for e in work.blocks])
        self._store.insert(LINKS, [(link.one, link.other, link.weight, link.why) for link in work.links])
        done = 0
        for some in batched(work.named.items(), _WRITTEN):
            self._progress("events", done, len(work.named))
            found = list(self._assembled(some))
            self._store.insert(EVENTS, [_row(event) for event in found])
            self._store.insert(EVENT_CLAIMS, [member for event in found for member in _members(event)])
            keep_findings(self._store, ((event, self._read(event.claims)) for event in found))
            done += len(some)
        return done

    def _grade_again(self) -> None:
        """Grade again the events of voices whose records weigh otherwise than before."""
        after = records_in(self._store)
        voices = self._judge.moved(after)
        if not voices:
            return
        self._judge.records = after
        for some in batched(events_with(self._store, voices), _WRITTEN):
            query = f"SELECT event, claim FROM event_claims WHERE event IN ({marks(some)})"
            named: dict[str, list[str]] = {}
            for event, claim in self._store.rows(query, some):
                named.setdefault(event, []).append(claim)
            rows = [_row(event) for event in self._assembled(list(named.items()))]
            self._delete("events", "id", some)
            self._store.insert(EVENTS, rows)

    def _assembled(self, named: Sequence[tuple[str, Sequence[str]]]) -> Iterator[Event]:
        self._read([claim for _, claims in named for claim in claims])
        documents = {self._claims[claim].claim.document for _, claims in named for claim in claims}
        taken = taken_in(self._store, documents, judge=self._judge)
        for id, claims in named:
            yield taken.event(id, [self._claims[claim] for claim in claims])

    def _standing(self, blocks: Iterable[str]) -> Iterator[Entry]:
        for some in batched(sorted(blocks), _ASKED):
            query = f"SELECT block, sort, claim FROM link_blocks WHERE block IN ({marks(some)})"
            yield from (Entry(*row) for row in self._store.rows(query, some))

    def _members(self, events: Iterable[str]) -> set[str]:
        found: set[str] = set()
        for some in batched(sorted(events), _ASKED):
            query = f"SELECT claim FROM event_claims WHERE event IN ({marks(some)})"
            found.update(claim for (claim,) in self._store.rows(query, some))
        return found

    def _links_among(self, claims: Sequence[str], stale: Collection[str]) -> list[tuple[str, str, float]]:
        """Return what links these claims, but for those that are compared again."""
        within = set(claims) - set(stale)
        found: list[tuple[str, str, float]] = []
        for some in batched(sorted(within), _ASKED):
            query = f"SELECT one, other, weight FROM links WHERE one IN ({marks(some)})"
            found += [(o, t, w) for o, t, w in self._store.rows(query, some) if t in within]
        return found

    def _delete(self, table: str, column: str, values: Collection[str]) -> None:
        for some in batched(sorted(values), _ASKED):
            self._store.run(f'DELETE FROM {table} WHERE "{column}" IN ({marks(some)})', some)

    def _count(self, table: str) -> int:
        return int(next(self._store.rows(f"SELECT count(*) FROM {table}"))[0])


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
