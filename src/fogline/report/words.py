"""Days, sides and kinds in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

import yaml


@cache
def words(kind: str) -> Mapping[str, str]:
    """Return how the report names the members of a kind: ``types``, ``fields``, ``statuses``, ``weights``."""
    file = Path(__file__).parent / "words.yml"
    named: Mapping[str, str] = yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader)[kind]
    return named


def day_told(day: date) -> str:
    """Return a day as in "9 September 2022"."""
    return f"{day.day} {day:%B} {day.year}"


def days_told(first: date, last: date) -> str:
    """Return an interval of days, the first as short as it goes: "9–11 September 2022"."""
    if first == last:
        return day_told(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day_told(last)}"
    if first.year == last.year:
        return f"{first.day} {first:%B} – {day_told(last)}"
    return f"{day_told(first)} – {day_told(last)}"


def side_named(side: str) -> str:
    """Return a side's name: that of the state, ``civilians``, or the group's own."""
    if side == "CIV":
        return "civilians"
    return _states().get(side, side)


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def listed(names: list[str], most: int | None = None) -> str:
    """Return names as a list in words; those behind the first ``most`` are counted."""
    if most is not None and len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def sentence(text: str) -> str:
    """Return a text with a full stop at its end, where it has no other."""
    text = text.rstrip()
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def opened(text: str) -> str:
    """Return a text with a capital at its beginning."""
    return f"{text[:1].upper()}{text[1:]}"


@cache
def _states() -> Mapping[str, str]:
    from ..resolve.gazetteer import countries

    return {country.iso3: country.name for country in countries().values()}
