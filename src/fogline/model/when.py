"""Days as intervals."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

Precision = Literal["day", "days", "week", "month", "season", "year", "years", "unknown"]


class When(Struct, frozen=True, kw_only=True):
    """An interval of days, both ends inclusive; an open end is None.

    ``text`` is the expression it rests on (None where the document implies the time without words for
    it) with its offsets, and ``reason`` says in one sentence how the interval was worked out, or why
    there is none.
    """

    text: str | None = None
    start: int | None = None
    end: int | None = None
    earliest: date | None = None
    latest: date | None = None
    precision: Precision = "unknown"
    reason: str = ""
    flags: tuple[str, ...] = ()  # e.g. "weekday-mismatch"
