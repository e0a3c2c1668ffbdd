"""Areas that voices say were taken, beside what the settlements tell."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date

from msgspec.structs import replace

from ..model import Check, Quantity
from ..store import Filters, Store, Stored, stored_claims
from .areas import gains
from .parties import holder_of, party_title
from .places import box_of
from .war import Box, Control

_TYPES = ("ADVANCE", "CAPTURE", "WITHDRAW")
_LARGE = ("region", "area", "country")
_WIDE = 1.5  # a claimed area is off where it is so many times beyond the interval


def claims_of_area(store: Store, filters: Filters) -> Iterator[Stored]:
    """Give the claims that tell how much land a party took or lost."""
    for stored in stored_claims(store, replace(filters, event=_TYPES, status=("happened",))):
        if any(q.kind == "area" for q in stored.claim.quantities):
            yield stored


def check_areas(control: Control, claims: Iterable[Stored], since: date, until: date) -> list[Check]:
    """Compare each claimed area with the area of the settlements that changed hands in its days.

    Only claims of days between the two, and whose agent fights there, are looked at. What a claim of one
    day, or up to a day, tells was taken counts from the first of the two days on.
    """
    found = []
    measured: dict[tuple[date, date, Box | None], dict[str, tuple[float, float, float, float]]] = {}
    for stored in claims:
        claim = stored.claim
        first, last = claim.when.earliest, claim.when.latest or stored.published
        party = next(filter(None, (holder_of(agent.side) for agent in claim.agents)), None)
        if last is None or party is None or not since <= (first or last) <= last <= until:
            continue
        first = first if first is not None and first < last else since
        box = _box(stored)
        key = (first, last, box)
        if key not in measured:
            told = gains(control, first, last, box=box)
            measured[key] = {g.holder: (g.gained, g.lost, g.low, g.high) for g in told}
        for quantity in claim.quantities:
            if quantity.kind == "area" and (quantity.low or quantity.high):
                found.append(
                    _check(stored, party, quantity, (first, last), measured[key].get(party, (0.0,) * 4))
                )
    return found


def _box(stored: Stored) -> Box | None:
    place = next((p for p in stored.claim.places if p.precision in ("region", "district") and p.name), None)
    return box_of(place.name) if place is not None and place.name else None


def _check(
    stored: Stored,
    party: str,
    quantity: Quantity,
    days: tuple[date, date],
    measured: tuple[float, float, float, float],
) -> Check:
    claim = stored.claim
    gained, lost, low, high = measured
    lower = claim.event == "WITHDRAW"
    here, least, most = (lost, -high, -low) if lower else (gained, low, high)
    low_said = quantity.low if quantity.low is not None else 0.0
    high_said = quantity.high if quantity.high is not None else low_said
    fits = low_said <= _WIDE * max(most, here) and (quantity.high is None or high_said * _WIDE >= least)
    voice = (claim.speaker.name or claim.speaker.text) if claim.speaker else stored.outlet or "the outlet"
    said = f"{low_said:,.0f}" if low_said == high_said else f"{low_said:,.0f} to {high_said:,.0f}"
    sentence = (
        f"{voice} tells of {said} km² that {party_title(party)} {'gave up' if lower else 'took'} from "
        f"{days[0]} to {days[1]}; by the settlements that changed hands it is "
        f"{here:,.0f} km² ({max(0.0, least):,.0f} to {max(here, most):,.0f})"
        f"{'' if fits else ', which is far from it'}."
    )
    digest = hashlib.sha256(f"{claim.id} {sentence}".encode()).hexdigest()[:16]
    return Check(
        id=f"k{digest}",
        rule="claimed-area",
        sentence=sentence,
        claims=(claim.id,),
        weight="note" if fits else "doubt",
    )
