"""Read measures told without a figure: "for a week", "less than an hour", "week-long"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from ..model import Quantity, QuantityKind
from .data import data

_BRACKET = r"(?: \((?:about |roughly )?\d[\d.,]* ?[a-z][a-z ]{1,18}\))?"
_NO_DATE = r"(?! (?:ago|later|earlier|before|after|old|now|since)\b|[-’'])"


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, tuple[QuantityKind, str, float]], re.Pattern[str]]:
    table: dict[str, Any] = data("extract/quantities.yml")
    units: dict[str, tuple[QuantityKind, str, float]] = {}
    for dimension, rows in table["units"].items():
        for unit, names in rows.items():
            kept = table["si"].get(dimension, table["kept"].get(unit, unit))
            for name in names:
                units[name] = (dimension, kept, float(table["factors"].get(unit, 1)))
    one = "|".join(sorted((u for u in units if not u.endswith("s") and len(u) > 2), key=len, reverse=True))
    times = "|".join(sorted(u for u, row in units.items() if row[0] == "duration" and not u.endswith("s")))
    bounds = table["bare"]
    spelled = {name: "|".join(words) for name, words in bounds.items()}
    pattern = re.compile(
        rf"\b(?P<part>(?:(?P<least>{spelled['at_least']})|(?P<most>{spelled['at_most']})|{spelled['about']}) "
        rf"an? (?:(?:full|whole|good|mere) )?(?P<unit>{one})\b(?P<half> and a half\b)?{_NO_DATE}{_BRACKET})"
        rf"|\b(?:{spelled['lead']}) (?P<lasting>an? (?:(?:full|whole|good|mere) )?(?P<unit1>{one})\b"
        rf"(?P<half1> and a half\b)?{_NO_DATE}{_BRACKET})"
        rf"|(?<![\w-])(?P<long>(?P<unit2>{times})-long)\b",
        re.I,
    )
    return units, pattern


def bare_measures(text: str) -> list[Quantity]:
    """Return the measures of a text that no figure tells, in order.

    "a week" is one, "an hour and a half" one and a half, "less than an hour" up to one.

    Args:
        text: the document's text.
    """
    units, pattern = _tables()
    out = []
    for match in pattern.finditer(text):
        name = next(g for g in ("part", "lasting", "long") if match[g] is not None)
        word = next(match[g] for g in ("unit", "unit1", "unit2") if match[g] is not None)
        kind, unit, factor = units[" ".join(word.casefold().split())]
        low: float | None = 1.5 if match["half"] or match["half1"] else 1.0
        low = round((low or 1.0) * factor, 4)
        high: float | None = low
        if match["least"] is not None:
            high = None
        elif match["most"] is not None:
            low = None
        start, end = match.span(name)
        out.append(
            Quantity(text=text[start:end], start=start, end=end, kind=kind, low=low, high=high, unit=unit)
        )
    return out
