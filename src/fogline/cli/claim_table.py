"""Claims as a table on the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import IO

from ..export.cells import cells
from ..export.safe import printable
from ..store import Stored
from .console import Column, out, table, width

_NARROW = 110  # characters
_ID = Column("id", share=1, least=8, most=24)
_COLUMNS = (
    Column("voice", share=4, least=8, most=32),
    Column("relay", share=2, least=5, most=24),
    Column("status", share=3, least=8, most=24),
    Column("event", share=1, least=10, most=10),
    Column("parties", share=4, least=8, most=44),
    Column("place", share=3, least=8, most=32),
    Column("day", share=2, least=14, most=22),
    Column("quantity", share=3, least=8, most=28),
    Column("words", share=8, least=12, most=110),
)


def claim_table(claims: Sequence[Stored], *, to: IO[str], ids: bool = True) -> None:
    """Print claims as a table: voice, relay, status, event, parties, place, day, quantity, words."""
    short = shortest([stored.claim.id for stored in claims])
    rows = [{"id": s.claim.id[:short], **cells(s.claim, outlet=s.outlet, amended=s.amended)} for s in claims]
    if to.isatty() and width() < _NARROW:
        _cards(rows, ids=ids)
    else:
        table((_ID, *_COLUMNS) if ids else _COLUMNS, rows, to)


def _cards(rows: Sequence[Mapping[str, str]], *, ids: bool) -> None:
    """Print a claim in a few lines, where a terminal is too narrow for ten columns."""
    from rich.padding import Padding
    from rich.text import Text

    console = out()
    for row in rows:
        safe = {name: printable(text) for name, text in row.items()}
        voice = " < ".join(filter(None, (safe["voice"], safe["relay"])))
        first = [safe["event"], safe["status"], voice, safe["day"]]
        console.print(
            Text.assemble(
                (safe["id"] + "  " if ids else "", "dim"), (" · ".join(filter(None, first)), "bold")
            )
        )
        second = " · ".join(filter(None, (safe["parties"], safe["place"], safe["quantity"])))
        for line in filter(None, (second, f"“{safe['words']}”")):
            console.print(Padding(Text(line), (0, 0, 0, 2)))
        console.print()


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
