"""Leave without coordinates what would lie alone, far from all else that a report names.

Nearly every word is a hamlet's name somewhere: "Hermes" drones are not in Picardy, and a ward of Lashio is
not Ward in Arkansas. A small place is told with its country where a report is not about it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..model import PlaceMention
from .gazetteer import kilometres

_ENOUGH = 4  # places of other names that a report names, from which it tells where it is about
_FAR = 300.0  # km from the nearest of them
_KNOWN = 5.0  # weight of a name (100,000 people) from which it needs no company
_SENSES = frozenset({"literal", "associative"})


def without_strays(mentions: Sequence[PlaceMention], weight: Callable[[str], float]) -> list[PlaceMention]:
    """Return the mentions, those without coordinates that few know and that nothing else lies near.

    Args:
        mentions: the places of a document, in order.
        weight: how well known a place of some name is, as `Gazetteer.weight` tells it.

    Returns:
        The mentions in the same order. A stray keeps its alternatives and says why it was left without.
    """
    return [_left_out(m) if _stray(m, mentions, weight) else m for m in mentions]


def _stray(m: PlaceMention, mentions: Sequence[PlaceMention], weight: Callable[[str], float]) -> bool:
    if m.lat is None or m.lon is None or m.kind not in _SENSES or m.precision != "settlement":
        return False
    if m.country is None or weight(m.text) >= _KNOWN:
        return False
    others = [o for o in mentions if o.lat is not None and o.text != m.text and o.name != m.name]
    if any(o.country == m.country for o in others):
        return False
    narrow = [o for o in others if o.precision != "country"]
    if len({o.name for o in narrow}) < _ENOUGH:
        return False
    return all(kilometres(m.lat, m.lon, o.lat or 0.0, o.lon or 0.0) >= _FAR for o in narrow)


def _left_out(m: PlaceMention) -> PlaceMention:
    return PlaceMention(
        text=m.text,
        start=m.start,
        end=m.end,
        kind=m.kind,
        alternatives=m.alternatives,
        reason=f"{m.name} lies over {_FAR:.0f} km from all else that is named, alone in its country, "
        "and few know it.",
    )
