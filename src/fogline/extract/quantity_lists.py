"""Join figures that are told as one: "ten dead, perhaps eleven", "a mother and her two children"."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from ..model import Quantity
from .numbers import number_value

_OR = re.compile(r",? (?:(?:or|and|even|perhaps|possibly|maybe|as many as) ){1,3}", re.I)
_DOUBT = re.compile(r"\b(?:or|perhaps|possibly|maybe)\b", re.I)
_LIST = re.compile(r", |,? and (?:(?:his|her|their|its) )?")
_LONGEST = 12  # people of one list
_TOLLS = frozenset({"killed", "wounded", "killed_or_wounded", "missing", "detained", "displaced"})


def told_as_one(text: str, figures: Sequence[Quantity]) -> list[Quantity]:
    """Return the figures, those joined that count one thing together.

    A second number that is only thought possible makes a range of the first; people told one by one and
    in a list are counted together.

    Args:
        text: the document's text.
        figures: its figures in order; single persons carry the flag ``singular``.
    """
    out: list[Quantity] = []
    k = 0
    while k < len(figures):
        figure, k = figures[k], k + 1
        while k < len(figures) and (wider := _range(text, figure, figures[k])) is not None:
            figure, k = wider, k + 1
        listed = _listed(text, figures, k - 1) if figure is figures[k - 1] else k
        if listed > k:
            figure, k = _sum(text, figures[k - 1 : listed]), listed
        out.append(figure)
    return out


def _range(text: str, first: Quantity, second: Quantity) -> Quantity | None:
    """Return "ten dead, perhaps eleven" as a range, None where the second is a figure of its own."""
    link = _OR.match(text, first.end, second.end)
    if link is None or not _DOUBT.search(link.group()) or link.end() < second.start:
        return None
    if number_value(text[link.end() : second.end]) is None or first.low is None or second.high is None:
        return None
    if second.high <= first.low:
        return None
    return _made(text, (first, second), low=first.low, high=second.high, flags=first.flags)


def _listed(text: str, figures: Sequence[Quantity], first: int) -> int:
    """Return the index behind the last of the people that a figure is told with in one list."""
    end = first
    for k in range(first + 1, min(len(figures), first + _LONGEST)):
        one, two = figures[k - 1], figures[k]
        link = _LIST.fullmatch(text, one.end, two.start)
        if link is None or one.unit != "people" or two.unit != "people":
            break
        if "and" in link.group():
            end = k
            break
    appositive = text[max(0, figures[first].start - 2) : figures[first].start] == ", "
    alone = "singular" not in figures[first].flags
    return first + 1 if alone or appositive else end + 1


def _sum(text: str, figures: Sequence[Quantity]) -> Quantity:
    low = sum(f.low if f.low is not None else 0.0 for f in figures)
    open_ended = any(f.high is None for f in figures)
    high = None if open_ended else sum(f.high or 0.0 for f in figures)
    kind = next((f.kind for f in reversed(figures) if f.kind in _TOLLS), figures[0].kind)
    return msgspec.structs.replace(
        _made(text, figures, low=low, high=high, flags=figures[0].flags), kind=kind
    )


def _made(
    text: str, figures: Sequence[Quantity], *, low: float | None, high: float | None, flags: tuple[str, ...]
) -> Quantity:
    start, end = figures[0].start, figures[-1].end
    return msgspec.structs.replace(
        figures[0], text=text[start:end], start=start, end=end, low=low, high=high, flags=flags
    )
