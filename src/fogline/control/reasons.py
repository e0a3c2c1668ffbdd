"""Why a place is said to have had a holder, in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ..model import Observation
from .bearings import Weighed
from .parties import CONTESTED, party_title

MOST = 6  # reasons for one holder


def reasons(
    weighed: Sequence[Weighed],
    count: int,
    *,
    holder: str | None,
    confidence: float,
    informed: float,
    away_km: float,
    on: date,
) -> tuple[str, ...]:
    """Return sentences on what a holder rests on, the weightiest observation first.

    Args:
        weighed: the weightiest observations that bear on the settlement, weightiest first.
        count: how many bear on it.
        holder: who is said to hold it, None for no information.
        confidence: the holder's probability.
        informed: how much of it rests on observations, here or around, rather than on whose state it is.
        away_km: how far the nearest observation is.
        on: the day.
    """
    if holder is None:
        return (
            f"No information: the nearest observation is {away_km:.0f} km away, and {informed:.0%} of what "
            "could be said would rest on observations.",
        )
    named = "Contested" if holder == CONTESTED else f"{party_title(holder)} held it"
    here = "one observation bears on it" if count == 1 else f"{count} observations bear on it"
    if not count:
        here = f"nothing was observed here ({away_km:.0f} km to the nearest); it follows from its neighbours"
    head = f"{named} with a probability of {confidence:.2f}: {here}."
    return (head, *(sentence(one, on) for one in weighed[:MOST]))


def sentence(one: Weighed, on: date) -> str:
    """Return an observation as a sentence: its weight, its day, how far away, and its words."""
    o = one.observation
    days = o.earliest.isoformat() if o.earliest == o.latest else f"{o.earliest} to {o.latest}"
    age = (on - o.latest).days
    when = f"{age} days before" if age > 1 else "the day before" if age == 1 else "that day"
    if age < 0:
        when = f"{(o.earliest - on).days} days after" if o.earliest > on else "around that day"
    where = f"{one.km:.0f} km away" if one.km >= 1 else "here"
    return f"{one.weight:+.1f} ({days}, {when}, {where}): {o.reason}."


def claims_of(weighed: Sequence[Weighed]) -> tuple[str, ...]:
    """Return the ids of the claims among the weightiest observations."""
    found: list[Observation] = [one.observation for one in weighed]
    return tuple(dict.fromkeys(o.claim for o in found if o.claim))
