"""Checks as they are asked for: those on claims that meet filters, each with its event."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

import msgspec
from msgspec import Struct

from ..errors import QueryError
from ..store import Filters, Store
from ..store.records import met_by
from .checks import RULES

NAMES: tuple[str, ...] = tuple(rule.__name__ for rule in RULES)
WEIGHTS = ("error", "doubt", "note")


class EventCheck(Struct, frozen=True, kw_only=True):
    """Something that a good desk would stop at, with the event in which it stands."""

    id: str
    rule: str
    weight: str
    sentence: str
    claims: tuple[str, ...]
    event: str | None = None
    title: str | None = None


def checks_of(
    store: Store, filters: Filters, *, rule: str | None = None, weight: str | None = None
) -> Iterator[EventCheck]:
    """Give what checks found on claims that meet every filter, the gravest first.

    A check on several claims is given where one of them meets the filters, and an embargo lets all of them
    out.

    Args:
        store: the ledger.
        filters: which claims; their limit counts checks.
        rule: one rule by name.
        weight: the least weight: ``note``, ``doubt`` or ``error``.

    Raises:
        QueryError: there is no such rule or weight.
    """
    found, values = met_by(msgspec.structs.replace(filters, limit=None), store)
    met = [f"k.id IN (SELECT n.id FROM checks n WHERE n.claim IN (SELECT c.id {found}))"]
    if filters.embargo_hours:
        free, given = met_by(Filters(embargo_hours=filters.embargo_hours), store)
        held = f"SELECT claim FROM checks EXCEPT SELECT c.id {free}"
        met.append(f"NOT EXISTS (SELECT 1 FROM checks n WHERE n.id = k.id AND n.claim IN ({held}))")
        values = [*values, *given]
    if rule is not None:
        met.append("k.rule = ?")
        values = [*values, _known("rule", rule, NAMES)]
    if weight is not None:
        taken = WEIGHTS[: WEIGHTS.index(_known("weight", weight, WEIGHTS)) + 1]
        met.append(f"k.weight IN ({', '.join('?' * len(taken))})")
        values = [*values, *taken]
    query = (
        "SELECT k.id, k.rule, k.weight, k.sentence, k.event, e.title, k.claim FROM checks k "
        f"LEFT JOIN events e ON e.id = k.event WHERE {' AND '.join(met)} "
        "ORDER BY CASE k.weight WHEN 'error' THEN 0 WHEN 'doubt' THEN 1 ELSE 2 END, k.rule, k.id, k.claim"
    )
    yield from islice(_gathered(store.rows(query, values)), filters.limit)


def _gathered(rows: Iterator[tuple[Any, ...]]) -> Iterator[EventCheck]:
    """Put the rows of one check together: there is one for each claim."""
    check: EventCheck | None = None
    for id, rule, weight, sentence, event, title, claim in rows:
        if check is not None and check.id == id:
            check = msgspec.structs.replace(check, claims=(*check.claims, claim))
            continue
        if check is not None:
            yield check
        check = EventCheck(
            id=id, rule=rule, weight=weight, sentence=sentence, claims=(claim,), event=event, title=title
        )
    if check is not None:
        yield check


def _known(what: str, asked: str, known: tuple[str, ...]) -> str:
    if asked.casefold() not in known:
        raise QueryError(f"There is no {what} {asked!r} of checks. Known are {', '.join(known)}.")
    return asked.casefold()
