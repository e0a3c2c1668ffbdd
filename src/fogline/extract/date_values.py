"""What days are worked out from (`Context`), what comes out (`Value`), and the arithmetic between."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from ..model import Precision
from .data import data
from .date_grammar import Found

FAR = timedelta(days=300)
_AHEAD = 210  # days after publication up to which a day or month without year may lie ahead

_ZONES = 2  # days by which what has happened may lie after publication, as clocks differ
_CLOSE = 60  # days between two days of one paragraph that a text goes on through
_SOON = 31  # days after publication up to which a day without year is rather to come than a year old


@dataclass(frozen=True, slots=True)
class Value:
    """An interval of days; ``anchors`` tells that later words ("the next day") may count from it."""

    earliest: date | None
    latest: date | None
    precision: Precision
    reason: str
    anchors: bool = True
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """What is known where an expression stands.

    ``published`` is the day of publication, ``anchor`` the time told last, ``day`` the last told to a week
    or better, ``near`` tells that the anchor was told in the same paragraph, ``frame`` the time that the
    document is about where it looks back from far later (``frame_told`` where its title or campaign tells
    it), ``lead`` the days that such a document is headed with, ``told_year`` that a year stands before in
    the same sentence, ``future`` that the words around speak of what is to come, ``happened`` that its
    sentence tells of what has been and arranges nothing, ``month_first`` the outlet's order in 3/4/2022,
    ``local_ahead`` that the expression is in another place's local time, ``begun`` the day on which the war
    or campaign began.
    """

    published: date | None
    anchor: Value | None = None
    near: bool = False
    day: Value | None = None
    frame: tuple[date, date] | None = None
    frame_told: bool = False
    lead: tuple[date, date] | None = None
    told_year: bool = False
    future: bool = False
    happened: bool = False
    month_first: bool | None = None
    local_ahead: bool = False
    begun: tuple[date, str] | None = None

    @property
    def looking_back(self) -> bool:
        """Tell whether the document is told from long after, so that "today" is no day of its own."""
        return self.frame is not None

    @property
    def now(self) -> date | None:
        """The day that "today" means."""
        if self.looking_back:
            return self.anchor.latest if self.anchor else None
        return self.published


def nothing(reason: str) -> Value:
    return Value(None, None, "unknown", reason, anchors=False)


NO_TIME = "no time is told"  # what looked like an expression and is none
UNPUBLISHED = "counts from the day of publication, which is not known"
UNANCHORED = "counts from a day told before, and none is"


def on_day(day: date, reason: str) -> Value:
    return Value(day, day, "day", reason)


def day_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_span(year: int, month: int) -> tuple[date, date]:
    """Return the first and last day of a month."""
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def add_months(day: date, months: int) -> date:
    """Return the day ``months`` later, the month's last day where it has no such day."""
    index = max(12, day.year * 12 + day.month - 1 + months)
    year, month = min(9999, index // 12), index % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def shift(day: date, days: int) -> date:
    """Return the day ``days`` later, held within the calendar."""
    number = min(max(day.toordinal() + days, 1), date.max.toordinal())
    return date.fromordinal(number)


def week_of(day: date) -> tuple[date, date]:
    monday = shift(day, -day.weekday())
    return monday, shift(monday, 6)


def part_of(first: date, last: date, part: str | None) -> tuple[date, date]:
    """Return the early, middle or late third of a month or year."""
    length = (last - first).days + 1
    third = 10 if length < 40 else length // 3
    if part in ("early", "start", "beginning"):
        return first, shift(first, third - 1)
    if part in ("mid", "middle"):
        return shift(first, third), shift(first, 2 * third - 1)
    if part in ("late", "end", "close", "turn"):
        return shift(first, 2 * third), last
    return first, last


def edge_of(found: Found) -> str | None:
    if found.get("part"):
        return str(found.get("part")).casefold()
    for word in found.lead:
        if word in ("early", "late", "mid", "start", "beginning", "end", "middle"):
            return word
    return None


def month_of(name: str) -> int:
    return int(data("extract/dates.yml")["months"][name.casefold().rstrip(".")])


def weekday_of(name: str) -> int:
    return int(data("extract/dates.yml")["weekdays"][name.casefold().rstrip(".")])


def number_in(text: str | None) -> int | None:
    digits = "".join(c for c in text or "" if c.isdigit())
    return int(digits) if digits else None


def year_told(found: Found, ctx: Context, name: str = "y") -> int | None:
    told = number_in(found.get(name))
    if told is not None:
        return told + (2000 if told < 50 else 1900) if told < 100 else told
    words = (found.get("ydet") or "").casefold()
    base = ctx.published
    if "that" in words or "same" in words or "previous" in words or "following" in words:
        if ctx.anchor is None or ctx.anchor.earliest is None:
            return None
        return ctx.anchor.earliest.year + ("following" in words) - ("previous" in words)
    if words and base is not None:
        return base.year + ("next" in words) - ("last" in words)
    return None


def _goes_on_outside(at: Callable[[int], date], year: int, ctx: Context) -> bool:
    """Tell whether a text goes on, in one paragraph, from a day close to this one in another year."""
    if ctx.anchor is None or ctx.anchor.earliest is None or not ctx.near or ctx.anchor.precision != "day":
        return False
    told = ctx.anchor.earliest
    return told.year != year and abs((at(told.year) - told).days) <= _CLOSE < abs((at(year) - told).days)


def _goes_back(at: Callable[[int], date], lead: tuple[date, date], ctx: Context) -> bool:
    """Tell whether a new paragraph goes back to the days that a document is headed with.

    So it does where the day lies close to them and the time told last, in another year, does not go on to it.
    """
    told = ctx.anchor.earliest if ctx.anchor is not None else None
    if told is None or ctx.near or told.year == lead[0].year:
        return False
    goes_on = min(abs((at(year) - told).days) for year in (told.year - 1, told.year, told.year + 1))
    return abs((at(lead[0].year) - lead[0]).days) <= _CLOSE < goes_on


def choose_year(month: int, day: int | None, ctx: Context) -> tuple[int | None, str]:
    """Choose the year of a day or month told without one."""

    def at(year: int) -> date:
        return date(year, month, min(day or 15, calendar.monthrange(year, month)[1]))

    anchor = ctx.anchor.earliest if ctx.anchor else None
    published = ctx.published
    if ctx.frame is not None and ctx.frame_told:
        first, last = ctx.frame
        inside = [y for y in range(max(1, first.year), min(9998, last.year) + 1) if first <= at(y) <= last]
        if len(inside) == 1 and not _goes_on_outside(at, inside[0], ctx):
            return inside[0], "the year that the document is about"
    lead = ctx.lead
    if lead is not None and day is not None and lead[0] <= at(lead[0].year) <= lead[1]:
        return lead[0].year, "the year that the document is headed with"
    if lead is not None and day is not None and _goes_back(at, lead, ctx):
        return lead[0].year, "the year that the document is headed with"
    old = (
        anchor is not None
        and published is not None
        and published - anchor > FAR
        and ctx.near
        and ctx.told_year
    )
    if anchor is not None and (ctx.looking_back or old or published is None):
        years = [y for y in (anchor.year - 1, anchor.year, anchor.year + 1) if 1 <= y <= 9999]
        if published is not None and not ctx.future:
            years = [y for y in years if at(y) <= shift(published, _ZONES)] or years
        return min(years, key=lambda y: abs((at(y) - anchor).days)), "the year of the day told before"
    if ctx.frame is not None:
        first, last = ctx.frame
        middle = first + (last - first) / 2
        years = list(range(max(1, first.year - 1), min(9998, last.year + 1) + 1))
        inside = [y for y in years if first <= at(y) <= last]
        return min(
            inside or years, key=lambda y: abs((at(y) - middle).days)
        ), "the year that the document is about"
    if published is None:
        return None, UNPUBLISHED
    if ctx.future:
        year = published.year if at(published.year) >= shift(published, -15) else published.year + 1
        if year <= 9999 and (at(year) - published).days <= _AHEAD:
            return year, "the next after publication"
    if day is not None:
        year = published.year + (at(published.year) < published)
        if 0 < (at(min(year, 9999)) - published).days <= (_ZONES if ctx.happened else _SOON):
            return year, "soon after publication, rather than a year before"
    year = published.year
    first_day = date(year, month, 1) if day is None else at(year)
    if first_day > published:
        year = max(1, year - 1)
    return year, "the last before publication"
