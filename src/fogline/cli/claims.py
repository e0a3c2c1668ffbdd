"""``fogline claims``: claims come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import options as o

if TYPE_CHECKING:
    from ..store import FilterOptions


def claims(
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
    limit: o.Limit = None,
    format: o.ClaimFormat = "table",
    output: o.Output = None,
    embargo: o.Embargo = None,
    coarsen: o.Coarsen = None,
    ledger: o.LedgerPath = None,
) -> None:
    """Print the claims that meet every filter.

    A claim is met by a day where the interval of days that it tells shares one with it; a claim that tells
    no day meets no filter by day.

    \b
    Examples:
      fogline claims --place Izium --from 2022-09-08 --to 2022-09-12
      fogline claims --place 49.21,37.28 --radius 25 --event CAPTURE --event WITHDRAW
      fogline claims --voice "Ministry of Defence" --status denied
      fogline claims --format geojson -o claims.geojson
    """
    from ..export import EXPORTERS
    from .add import plural
    from .claim_table import claim_table
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
        found = book.stream(coarsen=coarsen, **filters)
        if format != "table":
            with opened(output) as to:
                EXPORTERS[format](found, to)
            return
        listed = list(found)
    with opened(output) as to:
        claim_table(listed, to=to)
    voices = {stored.claim.speaker.name for stored in listed if stored.claim.speaker}
    documents = {stored.claim.document for stored in listed}
    if not listed:
        note("No claim meets these filters.")
        return
    counts = (
        plural(len(listed), "claim"),
        plural(len(voices), "named voice"),
        plural(len(documents), "document"),
    )
    note("{} of {} in {}.".format(*counts))
