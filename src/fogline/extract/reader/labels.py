"""What the trained reader tells apart, in the order of its outputs."""

from __future__ import annotations

from typing import get_args

from ...model import EventType, QuantityKind, Status

EVENTS: tuple[EventType, ...] = get_args(EventType)
STATUSES: tuple[Status, ...] = get_args(Status)
KINDS: tuple[QuantityKind, ...] = get_args(QuantityKind)
ROLES: tuple[str, ...] = ("agent", "target", "at", "from", "to", "near", "when", "speaker", "hedge", *KINDS)
"""The parts that words play in a claim: parties, places by role, time, voice, hedge, figures by kind."""

DISTANCES = 9
"""Relations of a word piece to a claim's evidence: three sentences before or more, two, one, the same
sentence before it, inside it, behind it, one sentence after, two, three or more."""


def relation(piece: int, sentence: int, begin: int, end: int, home: int) -> int:
    """Return how a piece lies to the evidence ``begin`` to ``end`` of sentence ``home``: an index."""
    if sentence < home:
        return max(0, 3 - (home - sentence))
    if sentence > home:
        return min(8, 5 + (sentence - home))
    if piece < begin:
        return 3
    return 4 if piece < end else 5
