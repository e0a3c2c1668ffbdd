"""``fogline events``: what many reports tell together."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import IO, TYPE_CHECKING, Annotated

from typer import Option

from . import options as o

if TYPE_CHECKING:
    from ..model import Event
    from ..store import FilterOptions


def events(
    place: o.Place = None,
    radius: o.Radius = None,
    day: o.Day = None,
    since: o.Since = None,
    until: o.Until = None,
    event: o.Event = None,
    side: o.Side = None,
    voice: o.Voice = None,
    voice_side: o.VoiceSide = None,
    status: o.Status = None,
    text: o.Words = None,
    document: o.DocumentId = None,
    min_confidence: o.MinConfidence = None,
    min_grade: Annotated[
        str | None,
        Option(metavar="GRADE", help="At least so credible (1 to 6), or graded at least so, as in B2."),
    ] = None,
    disputed: Annotated[bool, Option("--disputed", help="Only where voices contradict each other.")] = False,
    limit: o.Limit = None,
    format: o.ClaimFormat = "table",
    output: o.Output = None,
    embargo: o.Embargo = None,
    coarsen: o.Coarsen = None,
    ledger: o.LedgerPath = None,
) -> None:
    """Print the events of which a claim meets every filter.

    An event is what many claims tell of one occurrence. The table says by how many documents, outlets and
    independent origins it is told, and where its versions part; `fogline show EVENT` prints all of it.

    \b
    Examples:
      fogline events --place Izium --from 2022-09-08 --to 2022-09-12
      fogline events --disputed
      fogline events --min-grade 2 --format geojson -o events.geojson
    """
    from ..export.event_rows import EVENT_EXPORTERS
    from .add import plural
    from .console import note
    from .console import output as opened
    from .open import open_ledger

    filters: FilterOptions = {
        "place": place,
        "radius_km": radius,
        "day": day,
        "since": since,
        "until": until,
        "event": event,
        "status": status,
        "side": side,
        "voice": voice,
        "voice_side": voice_side,
        "text": text,
        "document": document,
        "min_confidence": min_confidence,
        "limit": limit,
        "embargo_hours": embargo,
    }
    with open_ledger(ledger) as book:
        found = book.events(min_grade=min_grade, disputed=disputed, coarsen=coarsen, **filters)
        linked = bool(found) or bool(book.events(limit=1))
    with opened(output) as to:
        if format != "table":
            EVENT_EXPORTERS[format](found, to)
            return
        event_table(found, to=to)
    if not found:
        note("No event meets these filters." if linked else "No claim is linked yet. Run `fogline link`.")
        return
    parted = sum(bool(one.disputes) for one in found)
    note(f"{plural(len(found), 'event')}, {parted:,} disputed.")


def event_table(events: Sequence[Event], *, to: IO[str] = sys.stdout) -> None:
    """Print events as a table."""
    from ..export.event_rows import event_cells
    from .claim_table import shortest
    from .console import Column, table

    columns = (
        Column("id", share=1, least=8, most=24),
        Column("title", share=6, least=16, most=80),
        Column("told by", share=2, least=12, most=44),
        Column("disputed", share=5, least=12, most=90),
        Column("grade", least=5),
    )
    short = shortest([event.id for event in events])
    table(columns, [{"id": event.id[:short], **event_cells(event)} for event in events], to)
