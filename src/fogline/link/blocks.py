"""Which claims are compared at all: those that share a block of place, days and kind, of words, or a report.

A block that holds too many is not dropped: its claims stand in order of day, type and side, and each is
compared with its neighbours alone (Hernández and Stolfo, "The Merge/Purge Problem for Large Databases",
1995). So the work grows with the number of claims, not with its square.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date

from .features import Record
from .parameters import families, settings

_LONGEST_MONTH = 45  # days of an interval that is still told by its month


def standing(record: Record) -> list[tuple[str, str]]:
    """Return the blocks that a claim belongs to, each with what it is ordered by there."""
    where, when = _where(record), _when(record)
    found = {f"{family}|{p}|{w}" for family in _families(record) for p in where for w in when}
    if record.fine and record.first is not None:  # for those that tell the month alone
        month = _month(record)
        found.update(f"{family}|{p}|{month}" for family in _families(record) for p in where if p[0] == "g")
    if record.told is not None:
        weeks = _windows(record.told, record.told)
        found.update(
            f"{family}|n{word}|t{w}"
            for family in _families(record)
            for word in _telling(record)
            for w in weeks
        )
    ordered = _order(record)
    return [*((block, ordered) for block in sorted(found)), (f"in|{record.document}", _position(record))]


def _telling(record: Record) -> list[str]:
    """Return the words of a claim that few others have, the longest first; figures are none."""
    words = (word for word in record.rare if word[0].isalpha())
    return sorted(words, key=lambda word: (-len(word), word))[: settings().blocks.words]


def _order(record: Record) -> str:
    """Return what a claim is ordered by within a block: its day, type and sides."""
    day = record.first if record.first is not None else record.told or 0
    return f"{day:07d}|{record.type}|{','.join(record.sides)}|{record.id}"


def _position(record: Record) -> str:
    """Return what a claim is ordered by within its own report: where it stands."""
    return f"{record.start:09d}|{record.id}"


def _families(record: Record) -> Iterable[str]:
    return families().blocks.get(record.type, ())


def _where(record: Record) -> list[str]:
    own = settings().blocks
    found = [f"g{id}" for id in record.fine[: own.places]]
    if record.lat is not None and record.lon is not None and record.fine:
        found.append(f"c{math.floor(record.lat / own.degrees)},{math.floor(record.lon / own.degrees)}")
    if not record.fine or record.status == "denied":  # a denial may answer what is told of the region alone
        found += [f"g{id}" for id in record.broad[: own.places]]
    if not found and record.spot:
        found.append(f"s{record.spot.casefold()}")
    return found


def _when(record: Record) -> list[str]:
    own = settings().blocks
    if record.first is None or record.last is None:
        return [f"t{w}" for w in _windows(record.told, record.told)] if record.told is not None else []
    if record.last - record.first <= own.long_days:
        return _windows(record.first, record.last)
    return [f"y{_month(record)[1:5]}"] if record.last - record.first > _LONGEST_MONTH else [_month(record)]


def _month(record: Record) -> str:
    middle = date.fromordinal(((record.first or 1) + (record.last or 1)) // 2)
    return f"m{middle:%Y-%m}"


def _windows(first: int, last: int) -> list[str]:
    """Return the windows of days, overlapping by half, that an interval touches."""
    length = settings().blocks.days
    half = length // 2
    plain = {f"a{day // length}" for day in range(first, last + 1)}
    shifted = {f"b{(day + half) // length}" for day in range(first, last + 1)}
    return sorted(plain | shifted)
