"""Who speaks in a ledger, as `voices-of` and `voices --ledger` list it."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..link.heard import Heard
    from ..store import FilterOptions


def list_voices(
    filters: FilterOptions,
    *,
    record: bool,
    format: str,
    output: Path | None,
    ledger: str | None,
) -> None:
    """Print the voices of a ledger: how often, about what, through whom, and how their claims fared."""
    from .add import plural
    from .console import Column, note
    from .console import output as opened
    from .open import open_ledger
    from .rows import print_rows

    columns = (
        Column("voice", share=4, least=12, most=48),
        Column("kind", share=1, least=8, most=14),
        Column("side", share=2, least=5, most=32),
        *([] if record else [Column("office", share=3, least=8, most=48)]),
        Column("claims", least=6, right=True),
        Column("documents", least=9, right=True),
        *([] if record else [Column("about", share=4, least=12, most=64)]),
        Column("through", share=4, least=12, most=64),
        *([] if record else [Column("reported", share=2, least=10, most=24)]),
        *(
            [
                Column("confirmed", least=9, right=True),
                Column("contradicted", least=12, right=True),
                Column("disputed", least=8, right=True),
                Column("reliability", least=11),
                Column("why", share=4, least=16, most=120),
            ]
            if record
            else []
        ),
    )

    def row(voice: Heard) -> dict[str, str]:
        days = sorted({str(day) for day in (voice.first, voice.last) if day})
        return {
            "voice": voice.name or f"({voice.outlet or 'outlet'})",
            "kind": voice.kind or "",
            "side": voice.side or "",
            "office": _office(voice),
            "claims": str(voice.claims),
            "documents": str(voice.documents),
            "about": ", ".join(f"{event} {count}" for event, count in islice(voice.events.items(), 4)),
            "through": ", ".join(f"{way} {count}" for way, count in islice(voice.chains.items(), 3)),
            "reported": "..".join(days),
            "confirmed": str(voice.confirmed),
            "contradicted": str(voice.contradicted),
            "disputed": str(voice.disputed),
            "reliability": voice.reliability or "",
            "why": voice.why,
        }

    with open_ledger(ledger) as book:
        listed = book.heard(record=record, **filters)
        linked = not record or bool(book.events(limit=1))
    with opened(output) as to:
        print_rows(listed, format, to, columns=columns, row=row)
    if not linked:
        note("No claims are linked yet, so no voice has a record. `fogline link` links them.")
    if format == "table":
        note(f"{plural(len(listed), 'voice')}, {plural(sum(one.claims for one in listed), 'claim')}.")


def _office(voice: Heard) -> str:
    """Return in which office a person spoke most, and for whom."""
    office, body = next(iter(voice.offices), ""), next(iter(voice.bodies), "")
    return " · ".join(filter(None, (office, body)))
