"""Write a time in the codes of the field: EDTF, ACLED's ``time_precision``, UCDP's ``date_prec``."""

from __future__ import annotations

import calendar
from datetime import date

from ..model import When

_SEASONS = {3: 21, 6: 22, 9: 23, 12: 24}


def edtf(when: When) -> str | None:
    """Return a time in the Extended Date/Time Format, None where it has no days.

    A whole month, season or year is written as such; an open end is ``..``.
    Source: Library of Congress, EDTF specification (ISO 8601-2:2019), levels 0 and 1; seasons 21 to 24.
    """
    first, last = when.earliest, when.latest
    if first is None and last is None:
        return None
    if first is None or last is None:
        return f"{first or '..'}/{last or '..'}"
    if first == last:
        return first.isoformat()
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        years = f"{first.year:04d}"
        return years if first.year == last.year else f"{years}/{last.year:04d}"
    if first.day == 1 and last.day == _length(last):
        months = last.year * 12 + last.month - first.year * 12 - first.month + 1
        if months == 1:
            return f"{first.year:04d}-{first.month:02d}"
        if when.precision == "season" and months == 3 and first.month in _SEASONS:
            return f"{first.year:04d}-{_SEASONS[first.month]}"
        return f"{first.year:04d}-{first.month:02d}/{last.year:04d}-{last.month:02d}"
    return f"{first.isoformat()}/{last.isoformat()}"


def acled_time_precision(when: When) -> int | None:
    """Return ACLED's ``time_precision``: 1 the day, 2 within a week, 3 within a month; None beyond that.

    Source: ACLED codebook, "time precision".
    """
    days = _days(when)
    if days is None or days > 31:
        return None
    return 1 if days == 1 else 2 if days <= 7 else 3


def ucdp_date_prec(when: When) -> int | None:
    """Return UCDP GED's ``date_prec``: 1 day, 2 two to six days, 3 a week, 4 up to a month, 5 up to a year.

    None for more than a year or an open end. Source: UCDP GED codebook, ``date_prec``.
    """
    days = _days(when)
    if days is None or days > 366:
        return None
    if days == 1:
        return 1
    if days <= 6:
        return 2
    return 3 if days == 7 else 4 if days <= 31 else 5


def _days(when: When) -> int | None:
    if when.earliest is None or when.latest is None:
        return None
    return (when.latest - when.earliest).days + 1


def _length(day: date) -> int:
    return calendar.monthrange(day.year, day.month)[1]
