"""Claims as a table on the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import IO

from ..export.cells import cells
from ..store import Stored
from .console import Column, table

_ID = Column("id", share=1, least=8, most=24)
_COLUMNS = (
    Column("voice", share=4, least=8, most=32),
    Column("relay", share=2, least=5, most=24),
    Column("status", share=3, least=8, most=24),
    Column("event", share=1, least=10, most=10),
    Column("parties", share=4, least=8, most=44),
    Column("place", share=3, least=8, most=32),
    Column("day", share=2, least=10, most=22),
    Column("quantity", share=3, least=8, most=28),
    Column("words", share=8, least=12, most=110),
)


def claim_table(claims: Sequence[Stored], *, to: IO[str], ids: bool = True) -> None:
    """Print claims as a table: voice, relay, status, event, parties, place, day, quantity, words."""
    short = shortest([stored.claim.id for stored in claims])
    rows = [{"id": stored.claim.id[:short], **cells(stored.claim, outlet=stored.outlet)} for stored in claims]
    table((_ID, *_COLUMNS) if ids else _COLUMNS, rows, to)


def shortest(ids: Sequence[str], least: int = 8) -> int:
    """Return how many characters tell all these ids apart, at least ``least``."""
    ordered = sorted(set(ids))
    need = least
    for one, other in pairwise(ordered):
        shared = next(
            (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
        )
        need = max(need, shared + 1)
    return need
