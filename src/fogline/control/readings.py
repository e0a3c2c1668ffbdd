"""What the words of a claim's evidence make of it: attempts, losses, what is not so, and where troops go.

A reader may take an attempt for a deed, or the loser of a place for its taker. Words that tell such things
plainly are data (``readings.yml``); what they say goes before what was read.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import msgspec
import yaml
from msgspec import Struct
from msgspec.structs import replace

from ..errors import DataError
from ..model import Claim, EventType, Party, Place, Status

_NEARLY = 0.75  # of the weight of a whole region where nearly all of it is told of
_RIGHT_BEFORE = 14  # characters
_NEAR_BY = 30  # characters before a place in which "near" is about it
_FILE = Path(__file__).with_name("readings.yml")


class Reading(Struct, frozen=True, forbid_unknown_fields=True):
    """Words that make another status of claims of some types."""

    events: tuple[EventType, ...]
    words: tuple[str, ...]
    status: Status


class Readings(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    statuses: tuple[Reading, ...]
    lost: tuple[str, ...]
    taken_from: tuple[str, ...]
    toward: tuple[str, ...]
    back_to: tuple[str, ...]
    near: tuple[str, ...]
    larger: tuple[str, ...]
    purpose: tuple[str, ...]
    whole_of: tuple[str, ...]
    wholly: tuple[str, ...]
    mostly: tuple[str, ...]
    nearly: tuple[str, ...]
    named: tuple[str, ...]
    partly: tuple[str, ...]
    returned: tuple[str, ...]


@lru_cache(maxsize=1)
def readings() -> Readings:
    """Return the words.

    Raises:
        DataError: the file is missing, or a row does not fit.
    """
    try:
        return msgspec.convert(yaml.load(_FILE.read_bytes(), yaml.CSafeLoader), Readings)
    except (OSError, yaml.YAMLError, msgspec.ValidationError) as error:
        raise DataError(f"The data file {_FILE.name} is missing or wrong: {error}. Mend that row.") from error


def reread(claim: Claim) -> Claim:
    """Return a claim as its own words have it.

    An attempt is no capture, and what "is not under" somebody's control is denied. Who "lost control" of a
    place, or is said to have taken it from itself, did not take it. A place that troops go back *towards* is
    where they go.
    """
    words = claim.evidence.text.casefold()
    status = claim.status
    if status == "happened":
        status = next(
            (
                row.status
                for row in readings().statuses
                if claim.event in row.events and said(row.words, words)
            ),
            status,
        )
        if claim.event in ("CAPTURE", "CONTROL") and words.startswith(readings().purpose):
            status = "intended"
    agents, targets = claim.agents, claim.targets
    if claim.event == "CAPTURE":
        agents, targets = _taker(claim, words)
    places = tuple(placed for place in claim.places if (placed := _placed(claim, place)) is not None)
    return replace(claim, status=status, agents=agents, targets=targets, places=places)


def _taker(claim: Claim, words: str) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Return who took the place, and from whom."""
    agents, targets = claim.agents, claim.targets
    if not targets:
        return ((), agents) if said(readings().lost, words) else (agents, targets)
    sides = {party.side for party in agents} & {party.side for party in targets} - {None}
    if said(readings().taken_from, words):
        return tuple(party for party in agents if party.side not in sides), targets
    return agents, tuple(party for party in targets if party.side not in sides)


def said(stems: tuple[str, ...], words: str) -> bool:
    """Tell whether one of the stems is among the words (casefolded)."""
    return any(stem in words for stem in stems)


def share_meant(claim: Claim, place: Place) -> float:
    """Return how far a claim is said of all of a region: 1 of the whole, less of nearly all, else 0."""
    words = " ".join(claim.evidence.text.casefold().split())
    name = place.text.casefold()
    if said(readings().mostly, words):
        return 0.0
    leaving = claim.event == "WITHDRAW" or claim.status == "denied"
    whole = any(f"{cue} {name}" in words for cue in readings().whole_of)
    if not whole and not (leaving and said(readings().wholly, words)):
        return 0.0
    return _NEARLY if said(readings().nearly, words) else 1.0


def meant_in_part(claim: Claim, place: Place) -> bool:
    """Tell whether a claim is said of a part of a place alone."""
    if not said(readings().partly, claim.evidence.text.casefold()):
        return False
    before = _before(claim, place)
    if before is None or said(readings().partly, before[-_RIGHT_BEFORE:]):
        return True
    return not said(readings().named, before)


def _placed(claim: Claim, place: Place) -> Place | None:
    """Return a place with the part that the words around it give it; None where they name another one."""
    before = _before(claim, place)
    if place.role != "at" or before is None or place.end is None:
        return place
    after = claim.evidence.text[place.end - claim.evidence.start :].casefold()
    if place.precision == "settlement" and after.startswith(readings().larger):
        return None
    if claim.event == "WITHDRAW":
        back = before[-_NEAR_BY:]
        between = back[max(back.rfind(word) + len(word) for word in readings().back_to) :]
        goes_back = said(readings().back_to, back) and " in " not in between
        cue = max(before.rfind(word) for word in readings().toward)
        if goes_back or (cue >= 0 and "from" not in before[cue:]):
            return replace(place, role="to")
    if said(readings().near, before[-_NEAR_BY:]):
        return replace(place, role="near")
    return place


def _before(claim: Claim, place: Place) -> str | None:
    """Return what a claim's evidence has before a place (casefolded), None where the place is not in it."""
    start = claim.evidence.start
    if place.start is None or not start <= place.start < claim.evidence.end:
        return None
    return claim.evidence.text[: place.start - start].casefold()
