"""Colours of holders and events on maps and plots: told apart by eyes of every kind, the same everywhere."""

from __future__ import annotations

from collections.abc import Iterable

from ..store.filters import EVENTS

# Okabe and Ito (2008), "Color universal design"; black and grey stand for contested and for no information.
_PALETTE = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#f0e442")
CONTESTED = "#333333"
NOTHING = "#cccccc"


def colours(holders: Iterable[str]) -> dict[str, str]:
    """Return a colour for each holder, by the order of their names."""
    parties = sorted({holder for holder in holders if holder != "contested"})
    found = {party: _PALETTE[i % len(_PALETTE)] for i, party in enumerate(parties)}
    return {**found, "contested": CONTESTED}


def event_colours(types: Iterable[str] = EVENTS) -> dict[str, str]:
    """Return the colour of event types, which does not depend on which of them there are."""
    every = sorted(EVENTS)
    return {type: _PALETTE[every.index(type) % len(_PALETTE)] for type in every if type in set(types)}
