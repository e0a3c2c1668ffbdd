"""Holders, periods and changes on the terminal and in files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from ..errors import QueryError
from .console import Column, note, output, table

if TYPE_CHECKING:
    from ..model import Change, Holder, Period

NOTHING = "no information"
_HOLDERS = (
    Column("place", share=3, least=10, most=32),
    Column("holder", share=2, least=8, most=32),
    Column("p", share=1, least=4, most=4, right=True),
    Column("claimed", share=4, least=10, most=60),
    Column("disputed", share=1, least=8, most=8),
)
_PERIODS = (
    Column("from", share=1, least=10, most=10),
    Column("to", share=1, least=10, most=10),
    Column("holder", share=2, least=8, most=32),
    Column("p", share=1, least=4, most=4, right=True),
    Column("claimed", share=3, least=10, most=60),
    Column("disputed", share=1, least=8, most=8),
    Column("why", share=8, least=12, most=160),
)
_CHANGES = (
    Column("place", share=3, least=10, most=32),
    Column("from", share=1, least=6, most=24),
    Column("to", share=1, least=6, most=24),
    Column("on", share=1, least=10, most=10),
    Column("first claimed by", share=3, least=10, most=40),
    Column("claimed on", share=1, least=10, most=10),
    Column("borne out by", share=3, least=10, most=40),
    Column("borne out on", share=1, least=10, most=12),
    Column("days", share=1, least=4, most=4, right=True),
)


def print_holders(holders: Sequence[Holder], form: str, to: Path | None) -> None:
    """Print holders in a form."""
    if _written(holders, form, to):
        return
    rows = [
        {
            "place": h.name,
            "holder": h.holder or NOTHING,
            "p": f"{h.confidence:.2f}" if h.holder else "",
            "claimed": _claimed(h.claimed),
            "disputed": "yes" if h.disputed else "",
        }
        for h in holders
    ]
    with output(to) as file:
        table(_HOLDERS, rows, file)
    counts = Counter(h.holder or NOTHING for h in holders)
    told = ", ".join(f"{name} {count:,}" for name, count in counts.most_common())
    note(f"{len(holders):,} settlements: {told or 'none'}.")


def print_periods(periods: Sequence[Period], form: str, to: Path | None) -> None:
    """Print the history of a place in a form."""
    if form == "geojson":
        raise QueryError("The history of a place is no map. Print it as table, jsonl or csv.")
    if _written(periods, form, to):
        return
    rows = [
        {
            "from": p.since.isoformat(),
            "to": p.until.isoformat(),
            "holder": p.holder or NOTHING,
            "p": f"{p.confidence:.2f}" if p.holder else "",
            "claimed": _claimed(p.claimed),
            "disputed": "yes" if p.disputed else "",
            "why": p.reasons[0] if p.reasons else "",
        }
        for p in periods
    ]
    with output(to) as file:
        table(_PERIODS, rows, file)


def print_changes(changes: Sequence[Change], form: str, to: Path | None) -> None:
    """Print what changed hands in a form."""
    if _written(changes, form, to):
        return
    with output(to) as file:
        table(_CHANGES, [_change(c) for c in changes], file)
    note(f"{len(changes):,} settlements changed hands.")


def _change(c: Change) -> dict[str, str]:
    waited = (c.confirmed_on - c.first_claimed_on).days if c.confirmed_on and c.first_claimed_on else None
    return {
        "place": c.name,
        "from": c.before or "",
        "to": c.after or "",
        "on": c.on.isoformat() if c.on else "",
        "first claimed by": c.first_claimed_by or "",
        "claimed on": c.first_claimed_on.isoformat() if c.first_claimed_on else "",
        "borne out by": c.confirmed_by or "",
        "borne out on": c.confirmed_on.isoformat() if c.confirmed_on else "",
        "days": "" if waited is None else str(waited),
    }


def _claimed(claimed: Mapping[str, str]) -> str:
    return "; ".join(f"{party} says {holder}" for party, holder in claimed.items())


def _written(values: Sequence[msgspec.Struct], form: str, to: Path | None) -> bool:
    """Write values in a form that is no table; tell whether that was asked for."""
    from ..export.control_rows import features, write_csv, write_geojson, write_jsonl

    if form == "table":
        return False
    if form not in ("csv", "jsonl", "geojson"):
        raise QueryError(f"Only the holders of one day (--on) can be written as {form}.")
    with output(to) as file:
        if form == "geojson":
            write_geojson(features(values), file)  # type: ignore[arg-type]  # placed, as the callers see to
        elif form == "csv":
            write_csv(values, file)
        else:
            write_jsonl(values, file)
    return True
