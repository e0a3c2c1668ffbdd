"""Colours of holders on maps and plots: told apart by eyes of every kind, the same in every output."""

from __future__ import annotations

from collections.abc import Iterable

# Okabe and Ito (2008), "Color universal design"; black and grey stand for contested and for no information.
_PALETTE = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#f0e442")
CONTESTED = "#333333"
NOTHING = "#cccccc"


def colours(holders: Iterable[str]) -> dict[str, str]:
    """Return a colour for each holder, by the order of their names."""
    parties = sorted({holder for holder in holders if holder != "contested"})
    found = {party: _PALETTE[i % len(_PALETTE)] for i, party in enumerate(parties)}
    return {**found, "contested": CONTESTED}
