"""What each party says of who holds a place, kept apart from what is assessed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ..model import Observation
from .parties import CONTESTED

STALE = timedelta(days=30)  # a party's word that is so much older than the other's no longer disputes it


@dataclass(frozen=True, slots=True)
class Word:
    """The last thing that a party said of a place: who holds it, and in which observation."""

    holder: str
    observation: Observation


def claimed(said: Sequence[Observation], parties: Sequence[str], on: date) -> dict[str, Word]:
    """Return each party's last word up to a day, from the observations about one settlement in order."""
    words: dict[str, Word] = {}
    for one in said:
        holder = told_holder(one, parties)
        if one.side in parties and holder is not None and one.latest <= on:
            words[str(one.side)] = Word(holder, one)
    return words


def told_holder(one: Observation, parties: Sequence[str]) -> str | None:
    """Return who holds the place by an observation; None where it only says who of several does not."""
    if one.contested:
        return CONTESTED
    if one.weight > 0:
        return one.holder
    others = [party for party in parties if party != one.holder]
    return others[0] if len(others) == 1 else None


def parted(words: Mapping[str, Word], holder: str | None, on: date) -> bool:
    """Tell whether parties part on a place: two of them, or one and the assessed view, none of it stale."""
    said = list(words.values())
    for i, one in enumerate(said):
        for other in said[i + 1 :]:
            apart = abs(one.observation.latest - other.observation.latest) <= STALE
            if one.holder != other.holder and apart:
                return True
        fresh = on - one.observation.latest <= STALE
        if holder is not None and one.holder != holder and fresh:
            return True
    return False
