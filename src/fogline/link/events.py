"""Link the claims of a ledger into events: all of them, or only what came since, with what it touches."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

import msgspec
from msgspec import Struct

from ..errors import LedgerError
from ..store import Store, Stored
from ..store.base import LINKING
from .clusters import Weighed, clusters, parted
from .copies import copies_of, update_copies
from .features import records, turns
from .identity import fresh_id, identify
from .pairs import Entry, Link, Pairs, entries
from .printed import printed_twice, with_printed
from .reading import batched, came_and_went, claims_of, current, events_named, linked, linked_in, marks
from .review import Judgements, corrected, judgements
from .writing import Work, write

_ASKED = 500
_TRIED = 4  # ids that are looked up for a new event
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
    One links at a time; who comes second takes up what the first left.

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
    with store.alone(LINKING):
        return _Linking(store, progress or (lambda step, done, of: None)).run(afresh=afresh, again=again)


class _Linking:
    """One go of linking."""

    def __init__(self, store: Store, progress: Progress) -> None:
        self._store = store
        self._progress = progress
        self._judged: Judgements = judgements(store)
        self._claims: dict[str, Stored] = {}

    def run(self, *, afresh: bool, again: Collection[str]) -> Linked:
        started = time.monotonic()
        self._progress("copies", 0, 0)
        update_copies(self._store)
        came, went = came_and_went(self._store)
        none = self._judged.left_out()
        events = self._count("events")
        new, gone = (came | set(again)) - none - went, went | (set(again) & none)
        if not new and not gone and not afresh:
            return Linked(claims=self._count("event_claims"), events=events, links=self._count("links"))
        if afresh or len(new) > _AFRESH * (len(new) + self._count("event_claims")):
            work = self._all(current(self._store) - none)
        else:
            work = self._some(new, gone)
        changed = write(self._store, work, self._read, lambda done, of: self._progress("events", done, of))
        return Linked(
            claims=self._count("event_claims"),
            new=len(came - none),
            gone=len(gone),
            events=self._count("events"),
            changed=changed,
            links=self._count("links"),
            seconds=time.monotonic() - started,
        )

    def _all(self, present: set[str]) -> Work:
        """Link everything from nothing."""
        self._progress("compare", 0, len(present))
        told = self._read(sorted(present))
        compared = records(told, turns(stored.claim for stored in told.values()))
        blocks = entries(compared)
        pairs = Pairs(blocks)
        pairs.load(compared)
        printed = printed_twice(self._claims.values(), copies_of(self._store))
        links = with_printed(pairs.links(), printed)
        found = self._cluster(sorted(present), _weights(links), pairs.within)
        pairs.close()
        named, changes = identify(found, linked(self._store))
        return Work(named=named, changes=changes, blocks=blocks, links=links)

    def _some(self, new: set[str], gone: Collection[str]) -> Work:
        """Link what is new, in the blocks it stands in; take out what is gone."""
        self._progress("compare", 0, len(new))
        stale = {*gone, *linked(self._store, new)}
        told = self._read(sorted(new))
        turn = self._turns(told.values(), gone)
        compared = records(told, turn)
        fresh = entries(compared)
        standing = [e for e in self._standing({entry.block for entry in fresh}) if e.claim not in stale]
        pairs = Pairs([*standing, *fresh], new=sorted(new))
        others = sorted(pairs.claims() - new)
        pairs.load([*compared, *records(self._read(others), turn)])
        links = with_printed(pairs.links(), self._printed(new))
        pairs.close()
        reached = {*stale, *(claim for link in links for claim in (link.one, link.other))}
        reached |= {c for pair in (*self._judged.same, *self._judged.apart) if new & set(pair) for c in pair}
        events = set(linked(self._store, reached).values())
        scope = sorted((self._members(events) - stale) | new)
        known = sorted({*self._links_among(scope, stale), *_weights(links)})
        found = self._cluster(scope, known, lambda groups: self._within(groups, gone))
        named, changes = identify(found, linked(self._store, {*scope, *stale}), self._taken(found))
        return Work(named=named, changes=changes, blocks=fresh, links=links, stale=stale, events=events)

    def _turns(self, told: Collection[Stored], gone: Collection[str]) -> dict[str, int]:
        """Return how many days were told up to each claim of the reports that tell several of these."""
        several = Counter(stored.claim.document for stored in told)
        reports = {report for report, claims in several.items() if claims > 1}
        beside = {stored.claim.id for stored in told} | (linked_in(self._store, reports) - set(gone))
        return turns(stored.claim for stored in self._read(sorted(beside)).values())

    def _printed(self, new: set[str]) -> list[Link]:
        """Link new claims with those that are the same text in another report."""
        copies = copies_of(self._store, {stored.claim.document for stored in self._read(new).values()})
        documents = {name for copy in copies for name in (copy.document, copy.source)}
        told = self._read(sorted(new | linked_in(self._store, documents)))
        return [link for link in printed_twice(told.values(), copies) if new & {link.one, link.other}]

    def _taken(self, found: Iterable[Sequence[str]]) -> set[str]:
        """Return which of the ids that these clusters would be given anew are of events."""
        ids = {fresh_id(claims, tried) for claims in found for tried in range(_TRIED)}
        return {event.id for event in events_named(self._store, ids)}

    def _cluster(
        self,
        claims: Sequence[str],
        links: Sequence[Weighed],
        weigh: Callable[[Sequence[Sequence[str]]], list[Weighed]],
    ) -> list[tuple[str, ...]]:
        """Gather claims by their links, then part what is gathered by what speaks against it.

        Args:
            claims: the claims to gather.
            links: pairs taken for one occurrence.
            weigh: gives the pairs within groups that were compared, linked or not.
        """
        self._progress("gather", 0, len(claims))
        judged = self._judged

        def weighed(groups: Sequence[Sequence[str]]) -> list[Weighed]:
            group = {claim: nth for nth, members in enumerate(groups) for claim in members}
            told = {(one, other): weight for one, other, weight in weigh(groups)}
            told |= {(a, b): w for a, b, w in links if a in group and group[a] == group.get(b)}
            return [(one, other, weight) for (one, other), weight in told.items()]

        found = clusters(claims, links, same=judged.same, apart=judged.apart)
        return parted(found, weighed, same=judged.same, apart=judged.apart)

    def _within(self, groups: Sequence[Sequence[str]], gone: Collection[str]) -> list[Weighed]:
        """Return the pairs within groups that are compared, linked or not, for claims already linked."""
        told = self._read(claim for group in groups for claim in group)
        compared = records(told, self._turns(told.values(), gone))
        pairs = Pairs(entries(compared))
        pairs.load(compared)
        found = pairs.within(groups)
        pairs.close()
        return found

    def _read(self, ids: Iterable[str]) -> dict[str, Stored]:
        """Return claims as they are compared: with what people corrected in them."""
        wanted = list(ids)
        for id, stored in claims_of(self._store, [id for id in wanted if id not in self._claims]).items():
            fields = self._judged.wrong.get(id)
            if fields:
                stored = msgspec.structs.replace(stored, claim=corrected(stored.claim, fields))
            self._claims[id] = stored
        return {id: self._claims[id] for id in wanted}

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

    def _count(self, table: str) -> int:
        return int(next(self._store.rows(f"SELECT count(*) FROM {table}"))[0])


def _weights(links: Iterable[Link]) -> list[Weighed]:
    return [(link.one, link.other, link.weight) for link in links]
