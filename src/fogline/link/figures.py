"""Figures of an event over time: a voice that gives another figure later corrects itself."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from ..model import Claim, Figure, Quantity
from ..store.records import Stored
from .data import data
from .tellers import Teller
from .wording import amount

# Kinds that count or measure an occurrence; lengths of time and what has no kind are not compared.
COMPARED = (
    "killed", "wounded", "killed_or_wounded", "missing", "detained", "displaced", "troops", "area",
    "settlements", "equipment", "distance",
)  # fmt: skip
# Of these, more become known as days go by, so a higher figure told later need not contradict a lower one.
GROWING = frozenset(COMPARED) - {"distance", "troops", "missing"}
_PART = re.compile(
    r"\W{0,2}of (?:those|them|whom|the (?:dead|victims|killed|wounded|injured))\b", re.IGNORECASE
)
_LABELS = {"killed_or_wounded": "killed or wounded", "area": "area", "distance": "distance"}


def figures_of(claims: Sequence[Stored], told: Mapping[str, Teller]) -> tuple[Figure, ...]:
    """Return the figures that voices gave for an event, by kind and in the order in which they were told.

    Of one report's figures of a kind by one voice, the whole is taken and its parts are left out. A figure
    is ``corrected`` where the same voice gave another one on a later day, or a report calls it an earlier
    one.

    Args:
        claims: the claims of one event.
        told: who tells each claim, as :func:`~fogline.link.tellers.tellers` gives it.
    """
    rows: dict[tuple[str, str | None, str, date | None], tuple[Quantity, Stored]] = {}
    for stored in claims:
        if stored.claim.status == "denied":
            continue
        for quantity in whole(stored.claim):
            key = (quantity.kind, quantity.unit, told[stored.claim.id].key, stored.published)
            if key not in rows or _size(quantity) > _size(rows[key][0]):
                rows[key] = (quantity, stored)
    last: dict[tuple[str, str | None, str], date] = {}
    for kind, unit, voice, day in rows:
        if day is not None:
            last[kind, unit, voice] = max(day, last.get((kind, unit, voice), day))
    found = []
    for (kind, unit, voice, day), (quantity, stored) in rows.items():
        newest = last.get((kind, unit, voice))
        later = rows[kind, unit, voice, newest][0] if newest else quantity
        corrected = day is not None and day != newest and not same(quantity, later)
        corrected |= superseded(told[stored.claim.id])
        found.append(
            Figure(
                kind=kind, low=quantity.low, high=quantity.high, unit=unit, told=day,
                voice=told[stored.claim.id].name, claim=stored.claim.id, corrected=corrected,
            )
        )  # fmt: skip
    return tuple(
        sorted(found, key=lambda f: (COMPARED.index(f.kind), f.unit or "", f.told or date.max, f.voice or ""))
    )


def superseded(teller: Teller) -> bool:
    """Tell whether a figure is only told as one that no longer stands ("an earlier report")."""
    return teller.name.casefold() in data("disputes.yml")["superseded"]


def whole(claim: Claim) -> list[Quantity]:
    """Return a claim's figures that can be compared, the largest of each kind: the others are its parts."""
    by_kind: dict[tuple[str, str | None], Quantity] = {}
    for quantity in claim.quantities:
        if quantity.kind not in COMPARED or (quantity.low is None and quantity.high is None):
            continue
        if "singular" in quantity.flags:
            continue  # one person told apart ("a farmer") is no count of all
        if _PART.match(claim.evidence.text, quantity.end - claim.evidence.start):
            continue  # "one of those killed"
        if quantity.kind == "equipment" and sum(q.kind == "equipment" for q in claim.quantities) > 1:
            continue  # "88 missiles and 63 drones": neither is the whole
        key = (quantity.kind, quantity.unit)
        if key not in by_kind or _size(quantity) > _size(by_kind[key]):
            by_kind[key] = quantity
    return list(by_kind.values())


def agree(one: Figure | Quantity, other: Figure | Quantity) -> bool:
    """Tell whether two figures can both be right: their intervals share a value.

    Lengths, areas and round counts of a hundred and more ("about 400") stand for what lies within a
    twentieth of them.
    """
    low = max(_low(one), _low(other))
    high = min(_high(one), _high(other))
    if low <= high:
        return True
    rough = one.unit in ("km", "km2") or (low >= 100 and (_round(low) or _round(high)))
    return rough and low <= high * 1.05


def same(one: Figure | Quantity, other: Figure | Quantity) -> bool:
    """Tell whether two figures have the same ends."""
    return (one.low, one.high) == (other.low, other.high)


def label(kind: str) -> str:
    """Return what a kind of figure is called in a sentence."""
    return _LABELS.get(kind, kind)


def series(figures: Iterable[Figure]) -> list[list[Figure]]:
    """Return the figures that changed over days, each row in the order in which it was told.

    Rows of one voice that gave another figure later come first; of kinds for which there is none, those in
    which different voices told ever higher figures.
    """
    by_kind: dict[tuple[str, str | None], list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.told is not None:
            by_kind[figure.kind, figure.unit].append(figure)
    found = []
    for (kind, _), row in by_kind.items():
        voices = dict.fromkeys(figure.voice for figure in row)
        own = [[figure for figure in row if figure.voice == voice] for voice in voices]
        changed = [one for one in own if len(one) > 1 and not same(one[0], one[-1])]
        if changed:
            found += changed
        elif kind in GROWING and len(row) > 1 and _grew(row):
            found.append(row)
    return found


def _grew(row: Sequence[Figure]) -> bool:
    """Tell whether each figure is at least as high as those told on earlier days, and the last is higher."""
    lows = [figure.low or figure.high or 0.0 for figure in row]
    days = [figure.told for figure in row]
    return len(set(days)) == len(days) and lows == sorted(lows) and lows[0] < lows[-1]


def told_as(figure: Figure | Quantity) -> str:
    """Return a figure in words: ``at least 20``, ``2,000 km²``."""
    return amount(figure.low, figure.high, figure.unit)


def _round(value: float) -> bool:
    """Tell whether a number has two significant digits at most."""
    return float(f"{value:.2g}") == value


def _low(figure: Figure | Quantity) -> float:
    return figure.low if figure.low is not None else 0.0


def _high(figure: Figure | Quantity) -> float:
    return figure.high if figure.high is not None else float("inf")


def _size(quantity: Quantity) -> float:
    return quantity.low if quantity.low is not None else (quantity.high or 0.0)
