"""On which days claims agree: the one answer for the title of an event, its summary, lists and exports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from ..store.records import Stored


class Days(Struct, frozen=True, kw_only=True):
    """The days that most claims agree on, None where an end is open, and the claims that share them."""

    first: date | None = None
    last: date | None = None
    claims: tuple[str, ...] = ()


def agreed_days(claims: Sequence[Stored]) -> Days:
    """Return the days that most claims agree on: the stretch that the most of their intervals share.

    Of several such stretches the first counts; claims that tell no day have no say, and what is planned or
    possible has one only where nothing is told as fact.
    """
    told = _told([s for s in claims if s.claim.status in ("happened", "denied")]) or _told(claims)
    if not told:
        return Days()
    best: list[tuple[date, date, str]] = []
    for start, _, _ in sorted(told):
        over = [(first, last, id) for first, last, id in told if first <= start <= last]
        if len(over) > len(best):
            best = over
    first, last = max(first for first, _, _ in best), min(last for _, last, _ in best)
    return Days(
        first=None if first == date.min else first,
        last=None if last == date.max else last,
        claims=tuple(id for _, _, id in best),
    )


def _told(claims: Sequence[Stored]) -> list[tuple[date, date, str]]:
    """Return the intervals of claims that tell a day, an open end as far as a date can be."""
    known = [(s.claim.when, s.claim.id) for s in claims if s.claim.when.earliest or s.claim.when.latest]
    return [(when.earliest or date.min, when.latest or date.max, id) for when, id in known]
