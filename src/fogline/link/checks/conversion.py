"""A figure and its conversion in brackets that do not agree."""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Check, Quantity
from ..wording import number
from .desk import Desk, finding, quoted, whence

_MILES = {"km": (0.621371, "km", "miles"), "km2": (0.386102, "km²", "square miles")}


def conversion(desk: Desk) -> Iterator[Check]:
    """Find figures whose conversion in brackets is another length or area."""
    for stored in desk.claims:
        for quantity in stored.claim.quantities:
            if "conversion-mismatch" in quantity.flags:
                sentence = (
                    f"{quoted(quantity.text)} ({whence(stored)}): the figure in brackets is not the one "
                    f"before it{_right(quantity)}."
                )
                yield finding("conversion", sentence, [stored], "error")


def _right(quantity: Quantity) -> str:
    value = quantity.low if quantity.low is not None else quantity.high
    if value is None or quantity.unit not in _MILES:
        return ""
    factor, metric, miles = _MILES[quantity.unit]
    return f"; {number(round(value, 1))} {metric} are about {number(float(f'{value * factor:.3g}'))} {miles}"
