"""``fogline checks``: what a good desk would stop at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Option

from . import options as o

if TYPE_CHECKING:
    from ..link.checked import EventCheck
    from ..store import FilterOptions


def checks(
    place: o.Place = None,
    radius: o.Radius = None,
    day: o.Day = None,
    since: o.Since = None,
    until: o.Until = None,
    event: o.Event = None,
    side: o.Side = None,
    voice: o.Voice = None,
    voice_side: o.VoiceSide = None,
    document: o.DocumentId = None,
    rule: Annotated[
        str | None,
        Option(
            metavar="RULE",
            help="Of one rule: conversion, weekday, future, distance, area, total, quotation, country or "
            "hedge.",
        ),
    ] = None,
    weight: Annotated[
        str | None, Option(metavar="WEIGHT", help="At least of this weight: note, doubt or error.")
    ] = None,
    limit: o.Limit = None,
    format: o.TableFormat = "table",
    output: o.Output = None,
    embargo: o.Embargo = None,
    ledger: o.LedgerPath = None,
) -> None:
    """Print what a good desk would stop at, each with a sentence that says why.

    A conversion that does not agree with its bracket, a weekday that is not that of its date, a day after
    publication told as past, a distance or an area that cannot be, a total lower than its parts, a quotation
    in two wordings, a place outside the country named beside it, a hedge lost as a figure was passed on.

    \b
    Examples:
      fogline checks
      fogline checks --place Izium --weight doubt
      fogline checks --rule hedge --format jsonl -o hedges.jsonl
    """
    from .add import plural
    from .console import Column, note
    from .console import output as opened
    from .open import open_ledger
    from .rows import print_rows

    columns = (
        Column("weight", least=6, most=6),
        Column("rule", least=10, most=10),
        Column("sentence", share=8, least=40, most=400),
        Column("claims", share=1, least=8, most=40),
        Column("event", least=8, most=9),
    )

    def row(check: EventCheck) -> dict[str, str]:
        return {
            "weight": check.weight,
            "rule": check.rule,
            "sentence": check.sentence,
            "claims": " ".join(claim[:8] for claim in check.claims),
            "event": (check.event or "")[:8],
        }

    filters: FilterOptions = {
        "place": place,
        "radius_km": radius,
        "day": day,
        "since": since,
        "until": until,
        "event": event,
        "side": side,
        "voice": voice,
        "voice_side": voice_side,
        "document": document,
        "limit": limit,
        "embargo_hours": embargo,
    }
    with open_ledger(ledger) as book:
        found = book.checks(rule=rule, weight=weight, **filters)
        linked = bool(found) or bool(book.events(limit=1))
    with opened(output) as to:
        print_rows(found, format, to, columns=columns, row=row)
    if not linked:
        note("No claims are linked yet. `fogline link` links them, and checks them on the way.")
    elif format == "table":
        note(f"{plural(len(found), 'check')}.")
