"""What linking reads from a ledger: the claims that count, their events, and what documents took."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

import msgspec

from ..model import Event
from ..store import Filters, Store, Stored, claims_of_ids
from ..store.records import met_by
from .assemble import Taken
from .copies import copies_of, credits_in
from .judging import Judge
from .kinship import kinship_in

T = TypeVar("T")

_decoder = msgspec.json.Decoder(Event)
_ASKED = 500  # ids asked of a store at a time


def claims_of(store: Store, ids: Iterable[str]) -> dict[str, Stored]:
    """Return claims by id, each with what its document tells of itself."""
    asked = sorted(set(ids))
    return {
        stored.claim.id: stored for some in batched(asked, _ASKED) for stored in claims_of_ids(store, some)
    }


def came_and_went(store: Store) -> tuple[set[str], set[str]]:
    """Return the claims that count but are in no event, and those in events that count no longer.

    A claim counts where the extractor that read its document last found it, in a document that no later
    source told more fully.
    """
    found, values = met_by(Filters(), store)
    came = f"SELECT c.id {found} EXCEPT SELECT claim FROM event_claims"
    went = f"SELECT claim FROM event_claims EXCEPT SELECT c.id {found}"
    return {id for (id,) in store.rows(came, values)}, {id for (id,) in store.rows(went, values)}


def current(store: Store) -> set[str]:
    """Return the claims that count; see :func:`came_and_went`."""
    found, values = met_by(Filters(), store)
    return {id for (id,) in store.rows(f"SELECT c.id {found}", values)}


def linked(store: Store, claims: Iterable[str] | None = None) -> dict[str, str]:
    """Return the event of each claim that has one, of all or of these."""
    if claims is None:
        return dict(store.rows("SELECT claim, event FROM event_claims"))
    found: dict[str, str] = {}
    for some in batched(sorted(set(claims)), _ASKED):
        query = f"SELECT claim, event FROM event_claims WHERE claim IN ({marks(some)})"
        found.update(store.rows(query, some))
    return found


def linked_in(store: Store, documents: Iterable[str]) -> set[str]:
    """Return the claims of these documents that are in events."""
    found: set[str] = set()
    for some in batched(sorted(set(documents)), _ASKED):
        query = (
            "SELECT m.claim FROM event_claims m JOIN claims c ON c.id = m.claim "
            f"WHERE c.document IN ({marks(some)})"
        )
        found.update(claim for (claim,) in store.rows(query, some))
    return found


def taken_in(
    store: Store, documents: Iterable[str], *, within: bool = False, judge: Judge | None = None
) -> Taken:
    """Return what these documents took from others; with ``within``, only what they took from each other.

    With a judge, events put together from it are checked and graded.
    """
    its = set(documents)
    texts = texts_of(store, its) if judge else {}
    copies = [copy for copy in copies_of(store, its) if not within or copy.source in its]
    its |= {copy.source for copy in copies}
    credits, kinship = credits_in(store, its), kinship_in(store, its)
    return Taken(copies, credits, judge=judge, texts=texts, kinship=kinship)


def texts_of(store: Store, documents: Iterable[str]) -> dict[str, str]:
    """Return the texts of documents."""
    found: dict[str, str] = {}
    for some in batched(sorted(set(documents)), _ASKED):
        found.update(store.rows(f"SELECT id, text FROM documents WHERE id IN ({marks(some)})", some))
    return found


def events_named(store: Store, ids: Iterable[str]) -> list[Event]:
    """Return the events with these ids, in their order."""
    found: dict[str, Event] = {}
    wanted = list(ids)
    for some in batched(wanted, _ASKED):
        query = f"SELECT body FROM events WHERE id IN ({marks(some)})"
        found.update((e.id, e) for e in (_decoder.decode(body) for (body,) in store.rows(query, some)))
    return [found[id] for id in wanted if id in found]


def delete(store: Store, table: str, column: str, values: Collection[str]) -> None:
    """Take out the rows whose column has one of these values."""
    for some in batched(sorted(values), _ASKED):
        store.run(f'DELETE FROM {table} WHERE "{column}" IN ({marks(some)})', some)


def batched(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Give items in lists of at most this size."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def marks(items: Sequence[object]) -> str:
    """Return as many placeholders as there are items."""
    return ", ".join("?" * len(items))
