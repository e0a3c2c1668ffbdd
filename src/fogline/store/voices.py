"""Who speaks in a ledger, how often, and about what."""

from __future__ import annotations

from collections import Counter
from datetime import date

from msgspec import Struct

from .base import Store
from .filters import Filters
from .records import met_by


class VoiceSummary(Struct, frozen=True, kw_only=True):
    """A voice and what it vouches for; ``name`` None is an outlet in its own words.

    ``outlet`` is told for the narrator alone. ``side`` and ``kind`` are the ones most often found for the
    voice. ``events`` counts claims by type, the most frequent first.
    """

    name: str | None
    outlet: str | None
    side: str | None
    kind: str | None
    claims: int
    documents: int
    events: dict[str, int]
    first: date | None
    last: date | None


class _Heard:
    """What one voice was heard to say, while it is counted."""

    def __init__(self) -> None:
        self.events: Counter[str] = Counter()
        self.sides: Counter[str] = Counter()
        self.kinds: Counter[str] = Counter()
        self.documents: set[str] = set()
        self.published: list[date] = []


def voices_of(store: Store, filters: Filters) -> list[VoiceSummary]:
    """Return who speaks in the claims that meet the filters, the most heard first."""
    found, values = met_by(filters, store)
    query = (
        "SELECT c.voice, d.outlet, c.voice_side, c.voice_kind, c.event, c.document, d.published, count(*) "
        f"{found} GROUP BY c.voice, d.outlet, c.voice_side, c.voice_kind, c.event, c.document, d.published"
    )
    heard: dict[tuple[str | None, str | None], _Heard] = {}
    for voice, outlet, side, kind, event, document, published, count in store.rows(query, values):
        one = heard.setdefault((voice, outlet if voice is None else None), _Heard())
        one.events[event] += count
        one.documents.add(document)
        if side:
            one.sides[side] += count
        if kind:
            one.kinds[kind] += count
        if published:
            one.published.append(published)
    summaries = [
        VoiceSummary(
            name=voice,
            outlet=outlet,
            side=_most(one.sides),
            kind=_most(one.kinds),
            claims=one.events.total(),
            documents=len(one.documents),
            events=dict(sorted(one.events.items(), key=lambda item: (-item[1], item[0]))),
            first=min(one.published, default=None),
            last=max(one.published, default=None),
        )
        for (voice, outlet), one in heard.items()
    ]
    return sorted(summaries, key=lambda v: (-v.claims, v.name or "", v.outlet or ""))[: filters.limit]


def _most(counted: Counter[str]) -> str | None:
    """Return the most frequent, the first by the alphabet where several are."""
    return min(counted, key=lambda name: (-counted[name], name), default=None)
