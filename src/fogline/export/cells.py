"""A claim as the nine texts of a table: voice, relay, status, event, parties, place, day, quantity, words."""

from __future__ import annotations

import math
from collections.abc import Iterable

from ..model import Amendment, Claim, Party, Place, Quantity, When

COLUMNS = ("voice", "relay", "status", "event", "parties", "place", "day", "quantity", "words")
NARRATOR = "(outlet)"


def cells(claim: Claim, *, outlet: str | None = None, amended: Amendment | None = None) -> dict[str, str]:
    """Return a claim's texts for people, by column; the words are the report's own, made safe by nobody yet.

    Args:
        claim: the claim.
        outlet: the outlet of its document, which speaks where nobody else does.
        amended: what a later edition of its document did to it.
    """
    speaker = claim.speaker
    return {
        "voice": (speaker.name or speaker.text) if speaker else f"({outlet})" if outlet else NARRATOR,
        "relay": " < ".join(claim.relays),
        "status": claim.status
        + (f" ({claim.hedge})" if claim.hedge else "")
        + (f" [{amended.kind}]" if amended else ""),
        "event": claim.event,
        "parties": parties(claim),
        "place": "; ".join(map(place, claim.places)),
        "day": day(claim.when),
        "quantity": "; ".join(map(quantity, claim.quantities)),
        "words": claim.evidence.text,
    }


def parties(claim: Claim) -> str:
    """Return who did it and to whom: ``agents > targets``."""
    agents, targets = _names(claim.agents), _names(claim.targets)
    return f"{agents} > {targets}".strip() if targets else agents


def place(place: Place) -> str:
    """Return a place with its part, where that is more than "at"."""
    name = place.name or place.text
    doubt = "" if place.lat is not None else "?"
    return f"{name}{doubt}" if place.role == "at" else f"{place.role} {name}{doubt}"


def day(when: When) -> str:
    """Return an interval of days: one day, both ends (the second as short as it goes), or the known one."""
    first, last = when.earliest, when.latest
    if first is None or last is None:
        return f"{first or ''}..{last or ''}" if first or last else ""
    if first == last:
        return str(first)
    if first.year != last.year:
        return f"{first}..{last}"
    return f"{first}..{last:%d}" if first.month == last.month else f"{first}..{last:%m-%d}"


def quantity(quantity: Quantity) -> str:
    """Return a figure with its kind: ``killed 12``, ``area 2500..3000 km2``, ``killed >=20``."""
    low, high = quantity.low, quantity.high
    if low is None and high is None:
        figure = quantity.text
    elif low == high:
        figure = number(low)
    elif high is None:
        figure = f">={number(low)}"
    elif low is None:
        figure = f"<={number(high)}"
    else:
        figure = f"{number(low)}..{number(high)}"
    kind = "" if quantity.kind == "other" else f"{quantity.kind} "
    unit = "" if quantity.unit in (None, quantity.kind) else f" {quantity.unit}"
    return f"{kind}{figure}{unit}"


def number(value: float | None) -> str:
    """Return a number as short as it goes: whole ones without a point."""
    if value is None:
        return ""
    return f"{value:.6f}".rstrip("0").rstrip(".") if math.isfinite(value) else str(value)


def _names(parties: Iterable[Party]) -> str:
    return ", ".join(f"{party.text} [{party.side}]" if party.side else party.text for party in parties)
