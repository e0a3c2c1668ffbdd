"""Whether a text is told from long after what it tells, as encyclopaedias and histories do."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from ..model import Document

_OUTLETS = re.compile(r"encyclop|wikipedia|britannica", re.I)
_MONTHS = [*calendar.month_name][1:]
_MONTH = "|".join(_MONTHS)
_DAY = re.compile(
    rf"\b(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th)? (?P<m>{_MONTH})"
    rf"|(?P<m2>{_MONTH}) (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?)\b"
    r"(?:,? (?P<y>[12]\d{3})\b)?"
)
# What only somebody writes for whom it is now.
_NOW = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday|tomorrow|tonight|last night"
    r"|this (?:week|morning|month)|last week|so far)\b",
    re.I,
)
_FEWEST = 3  # calendar days that a text must tell
_AGE = 30  # days from what it tells to its publication
_MOSTLY = 0.9  # the share of its days that are as old
_PER_NOW = 5  # days told for every word that speaks of now


def looks_back(document: Document) -> bool:
    """Tell whether a document is told from long after what it tells.

    So are those of encyclopaedias, and any text that tells calendar days, nearly all of them long before
    its publication, and hardly ever a weekday or "yesterday".
    """
    if is_encyclopaedia(document):
        return True
    return document.published is not None and _told_long_after(document.text, document.published)


def is_encyclopaedia(document: Document) -> bool:
    """Tell whether a document is an encyclopaedia's, by its outlet or address."""
    return _OUTLETS.search(f"{document.outlet or ''} {document.url or ''}") is not None


@lru_cache(maxsize=8)
def _told_long_after(text: str, published: date) -> bool:
    days = list(_days(text, published))
    if len(days) < _FEWEST or sum(1 for _ in _NOW.finditer(text)) * _PER_NOW > len(days):
        return False
    return sum((published - day).days > _AGE for day in days) >= _MOSTLY * len(days)


def _days(text: str, published: date) -> Iterator[date]:
    """Yield the calendar days that a text tells; one without a year is the last before publication."""
    for told in _DAY.finditer(text):
        day, month = int(told["d"] or told["d2"]), _MONTHS.index(told["m"] or told["m2"]) + 1
        year = int(told["y"] or published.year)
        if told["y"] is None and (month, day) > (published.month, published.day):
            year -= 1
        if 1 <= day <= calendar.monthrange(year, month)[1]:
            yield date(year, month, day)
