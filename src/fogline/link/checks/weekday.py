"""A weekday that is not that of its date."""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Check
from ..wording import day
from .desk import Desk, finding, quoted, whence

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def weekday(desk: Desk) -> Iterator[Check]:
    """Find dates whose weekday is another."""
    for stored in desk.claims:
        when = stored.claim.when
        if "weekday-mismatch" not in when.flags or not when.text:
            continue
        was = f": {day(when.earliest)} was a {_DAYS[when.earliest.weekday()]}" if when.earliest else ""
        yield finding(
            "weekday",
            f"{quoted(when.text)} ({whence(stored)}): weekday and date do not agree{was}.",
            [stored],
        )
