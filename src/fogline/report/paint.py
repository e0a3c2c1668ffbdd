"""Colours of sides: the same on the map and in every chart of a report."""

from __future__ import annotations

from collections import Counter

from ..export.colours import colours
from .gather import Found

MOST = 6  # sides of voices that have a colour of their own
NO_SIDE, OTHERS = "no side", "other sides"


def sides(found: Found) -> Counter[str]:
    """Count the claims of a report by the side of the voice; those of nobody's side are not counted."""
    told = dict.fromkeys(id for event in found.events for id in event.claims if id in found.claims)
    voices = (found.claims[id].claim.speaker for id in told)
    return Counter(voice.side for voice in voices if voice and voice.side)


def paint(found: Found) -> dict[str, str]:
    """Return the colour of each holder and of the sides that speak most."""
    named = {side for side, _ in sides(found).most_common(MOST)}
    named |= {area.holder for area in found.areas}
    named |= {holder for change in found.changes for holder in (change.before, change.after) if holder}
    return colours(named) | {NO_SIDE: "#8a8f98", OTHERS: "#5c626b"}
