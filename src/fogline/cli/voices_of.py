"""``fogline voices-of``: who speaks in the ledger, how often, and about what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import options as o

if TYPE_CHECKING:
    from ..store import FilterOptions


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
    record: o.Record = False,
    limit: o.Limit = None,
    format: o.TableFormat = "table",
    output: o.Output = None,
    embargo: o.Embargo = None,
    ledger: o.LedgerPath = None,
) -> None:
    """Print who speaks, how often, about what, and through whom.

    The same filters as those of `fogline claims` narrow it down: who speaks about a place, a day, a side.
    An outlet in brackets speaks in its own words. With --record: in how many events voices of other sides
    bore out what a voice said or stood against it, and the letter that this comes to.

    \b
    Examples:
      fogline voices-of
      fogline voices-of --place Kupiansk --from 2022-09-08
      fogline voices-of --record
    """
    from .heard import list_voices

    filters: FilterOptions = {
        "place": place,
        "radius_km": radius,
        "day": day,
        "since": since,
        "until": until,
        "event": event,
        "side": side,
        "voice_side": voice_side,
        "document": document,
        "limit": limit,
        "embargo_hours": embargo,
    }
    list_voices(filters, record=record, format=format, output=output, ledger=ledger)
