"""``fogline voices-of``: who speaks in the ledger, how often, and about what."""

from __future__ import annotations

from itertools import islice

from . import options as o


def voices_of(
    place: o.Place = None,
    radius: o.Radius = None,
    day: o.Day = None,
    since: o.Since = None,
    until: o.Until = None,
    event: o.Event = None,
    side: o.Side = None,
    voice_side: o.VoiceSide = None,
    document: o.DocumentId = None,
    limit: o.Limit = None,
    format: o.TableFormat = "table",
    output: o.Output = None,
    embargo: o.Embargo = None,
    ledger: o.LedgerPath = None,
) -> None:
    """Print who speaks, how often, and about what.

    The same filters as those of `fogline claims` narrow it down: who speaks about a place, a day, a side.
    An outlet in brackets speaks in its own words.

    \b
    Examples:
      fogline voices-of
      fogline voices-of --place Kupiansk --from 2022-09-08
    """
    from ..store import VoiceSummary
    from .add import plural
    from .console import Column, note
    from .console import output as opened
    from .open import open_ledger
    from .rows import print_rows

    columns = (
        Column("voice", share=4, least=12, most=48),
        Column("kind", share=1, least=8, most=14),
        Column("side", share=2, least=5, most=32),
        Column("claims", least=6, right=True),
        Column("documents", least=9, right=True),
        Column("about", share=4, least=12, most=64),
        Column("reported", share=2, least=10, most=24),
    )

    def row(voice: VoiceSummary) -> dict[str, str]:
        days = sorted({str(day) for day in (voice.first, voice.last) if day})
        return {
            "voice": voice.name or f"({voice.outlet or 'outlet'})",
            "kind": voice.kind or "",
            "side": voice.side or "",
            "claims": str(voice.claims),
            "documents": str(voice.documents),
            "about": ", ".join(f"{event} {count}" for event, count in islice(voice.events.items(), 4)),
            "reported": "..".join(days),
        }

    with open_ledger(ledger) as book:
        listed = book.voices(
            place=place,
            radius_km=radius,
            day=day,
            since=since,
            until=until,
            event=event,
            side=side,
            voice_side=voice_side,
            document=document,
            limit=limit,
            embargo_hours=embargo,
        )
    with opened(output) as to:
        print_rows(listed, format, to, columns=columns, row=row)
    if format == "table":
        note(f"{plural(len(listed), 'voice')}, {plural(sum(one.claims for one in listed), 'claim')}.")
