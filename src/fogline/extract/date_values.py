"""Work out the days that a time expression stands for.

Each function takes an expression and what is known where it stands (`Context`), and returns a `Value`:
an interval of days with its precision and a sentence that says how it was reached.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from ..model import Precision
from .data import data
from .date_grammar import Found
from .numbers import number_value, ordinal_value

_FAR = timedelta(days=300)
_AHEAD = 210  # days after publication up to which a day or month without year may lie ahead


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

    ``published`` is the day of publication, ``anchor`` the time told last, ``day`` the last told to a week or better, ``near`` tells that it was
    told in the same paragraph, ``frame`` the time that the document is about where it looks back from
    far later (``frame_told`` where its title or campaign tells it), ``told_year`` that the anchor stands in
    the same sentence with its own year, ``future`` that the words around speak of what is to come, ``month_first`` the outlet's
    order in 3/4/2022, ``local_ahead`` that the expression is told in another place's local time, ``begun`` the day on which the war or campaign of the text began.
    """

    published: date | None
    anchor: Value | None = None
    near: bool = False
    day: Value | None = None
    frame: tuple[date, date] | None = None
    frame_told: bool = False
    told_year: bool = False
    future: bool = False
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


def _none(reason: str) -> Value:
    return Value(None, None, "unknown", reason, anchors=False)


_UNPUBLISHED = "counts from the day of publication, which is not known"
_UNANCHORED = "counts from a day told before, and none is"


def _day(day: date, reason: str) -> Value:
    return Value(day, day, "day", reason)


def _safe(year: int, month: int, day: int) -> date | None:
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


def _week(day: date) -> tuple[date, date]:
    monday = shift(day, -day.weekday())
    return monday, shift(monday, 6)


def _part_of(first: date, last: date, part: str | None) -> tuple[date, date]:
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


def _edge(found: Found) -> str | None:
    if found.get("part"):
        return str(found.get("part")).casefold()
    for word in found.lead:
        if word in ("early", "late", "mid", "start", "beginning", "end", "middle"):
            return word
    return None


def _month(name: str) -> int:
    return int(data("extract/dates.yml")["months"][name.casefold().rstrip(".")])


def _weekday(name: str) -> int:
    return int(data("extract/dates.yml")["weekdays"][name.casefold().rstrip(".")])


def _number(text: str | None) -> int | None:
    digits = "".join(c for c in text or "" if c.isdigit())
    return int(digits) if digits else None


def _year(found: Found, ctx: Context, name: str = "y") -> int | None:
    told = _number(found.get(name))
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


def _choose_year(month: int, day: int | None, ctx: Context) -> tuple[int | None, str]:
    """Choose the year of a day or month told without one."""
    def at(year: int) -> date:
        return date(year, month, min(day or 15, calendar.monthrange(year, month)[1]))

    anchor = ctx.anchor.earliest if ctx.anchor else None
    published = ctx.published
    if ctx.frame is not None and ctx.frame_told:
        first, last = ctx.frame
        inside = [y for y in range(max(1, first.year), min(9998, last.year) + 1) if first <= at(y) <= last]
        if len(inside) == 1:
            return inside[0], "the year that the document is about"
    old = anchor is not None and published is not None and published - anchor > _FAR and ctx.near and ctx.told_year
    if anchor is not None and (ctx.looking_back or old or published is None):
        years = [y for y in (anchor.year - 1, anchor.year, anchor.year + 1) if 1 <= y <= 9999]
        return min(years, key=lambda y: abs((at(y) - anchor).days)), "the year of the day told before"
    if ctx.frame is not None:
        first, last = ctx.frame
        middle = first + (last - first) / 2
        years = list(range(max(1, first.year - 1), min(9998, last.year + 1) + 1))
        inside = [y for y in years if first <= at(y) <= last]
        return min(inside or years, key=lambda y: abs((at(y) - middle).days)), "the year that the document is about"
    if published is None:
        return None, _UNPUBLISHED
    if ctx.future:
        year = published.year if at(published.year) >= shift(published, -15) else published.year + 1
        if year <= 9999 and (at(year) - published).days <= _AHEAD:
            return year, "the next after publication"
    year = published.year
    first_day = date(year, month, 1) if day is None else at(year)
    if first_day > published:
        year = max(1, year - 1)
    return year, "the last before publication"


# -- full and partial dates ----------------------------------------------------------------------


def ymd(found: Found, ctx: Context) -> Value:
    """Day and month, with or without a year or weekday."""
    raw = found.get("m") or ""
    month = _number(raw) if raw.isdigit() else _month(raw)
    day = _number(found.get("d"))
    assert month is not None and day is not None
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return _none("no such day in the calendar")
    year = _year(found, ctx)
    reason = "told in full"
    if year is None:
        year, how = _choose_year(month, min(day, calendar.monthrange(2024, month)[1]), ctx)
        if year is None:
            return _none(how)
        reason = f"a day and month; {how} is taken"
    told = _safe(year, month, day)
    if told is None:
        return _none("no such day in the calendar")
    flags: tuple[str, ...] = ()
    weekday = found.get("wd")
    if weekday is not None and told.weekday() != _weekday(weekday):
        flags = ("weekday-mismatch",)
        if found.get("y") is None:
            for other in (year - 1, year + 1, year - 2):
                moved = _safe(other, month, day)
                if moved is not None and moved.weekday() == _weekday(weekday):
                    return _day(moved, "a day and month; the weekday settles the year")
    return replace(_day(told, reason), flags=flags)


def slashed(found: Found, ctx: Context) -> Value:
    """A date in digits, whose order the weekday, the range of the numbers or the outlet settles."""
    a, b = _number(found.get("a")), _number(found.get("b"))
    assert a is not None and b is not None
    year = _year(found, ctx)
    reason_year = ""
    if year is None:
        if ctx.published is None:
            return _none(_UNPUBLISHED)
        year, reason_year = ctx.published.year, "; the year of publication is taken"
    day_first, month_first = _safe(year, b, a), _safe(year, a, b)
    weekday = found.get("wd")
    if weekday is not None:
        wanted = _weekday(weekday)
        fits = [d for d in (day_first, month_first) if d is not None and d.weekday() == wanted]
        if fits:
            best = fits[0] if ctx.published is None else min(fits, key=lambda d: abs((d - _known(ctx)).days))
            return _day(best, f"the weekday settles the order of day and month{reason_year}")
    flags = ("weekday-mismatch",) if weekday is not None else ()
    if day_first is None and month_first is None:
        return _none("no such day in the calendar")
    if day_first is None or month_first is None or day_first == month_first:
        only = day_first or month_first
        assert only is not None
        return replace(_day(only, f"only one order of day and month is possible{reason_year}"), flags=flags)
    if ctx.month_first is not None:
        chosen = month_first if ctx.month_first else day_first
        how = "month first" if ctx.month_first else "day first"
        return replace(_day(chosen, f"read {how}, as the outlet's country writes it{reason_year}"), flags=flags)
    if ctx.published is not None:
        chosen = min((day_first, month_first), key=lambda d: (d > _known(ctx), abs((d - _known(ctx)).days)))
        reason = f"day and month could be either; nearer to publication{reason_year}"
        return replace(_day(chosen, reason), flags=(*flags, "day-month-order"))
    return replace(_day(day_first, "read day first"), flags=(*flags, "day-month-order"))


def _known(ctx: Context) -> date:
    assert ctx.published is not None
    return ctx.published


def day_range(found: Found, ctx: Context) -> Value:
    """Days of one or two months: "3–5 May", "26 April to 2 May"."""
    second = {**found.groups, "m": found.get("m2") or found.get("m"), "d": found.get("d2"), "wd": None}
    two = ymd(replace(found, groups=second), ctx)
    if two.latest is None:
        return two
    first = {**found.groups, "y": found.get("y1") or str(two.latest.year), "wd": None}
    one = ymd(replace(found, groups=first), ctx)
    if one.earliest is None:
        return two
    if one.earliest > two.latest:
        moved = _safe(one.earliest.year - 1, one.earliest.month, one.earliest.day)
        if found.get("m2") is None or found.get("y1") or moved is None:
            return replace(two, flags=("range-reversed",))
        one = _day(moved, one.reason)
    return Value(one.earliest, two.latest, "days", f"a range of days: {two.reason}")


def part_of_month(found: Found, ctx: Context) -> Value:
    """"the second week of March", "the last days of April 2021"."""
    whole = month(replace(found, lead=()), ctx)
    if whole.earliest is None or whole.latest is None:
        return whole
    count, unit = (found.get("n") or "").casefold(), (found.get("u") or "").casefold()
    size = {"week": 7, "weekend": 7, "day": 1, "days": 5, "fortnight": 14, "half": 15}.get(unit, 14)
    if count in ("last", "closing", "final"):
        return Value(shift(whole.latest, 1 - size), whole.latest, "days", f"the end of {whole.reason}")
    number = ordinal_value(count) or 1
    first = shift(whole.earliest, size * (number - 1))
    last = whole.latest if unit == "half" and number == 2 else min(shift(first, size - 1), whole.latest)
    return Value(min(first, whole.latest), last, "days", f"a part of {whole.reason}")


def months(found: Found, ctx: Context) -> Value:
    """Two months and all between them, or either."""
    last = _month(found.get("m2") or "")
    first = _month(found.get("m") or "")
    year = _year(found, ctx)
    how = "told in full"
    if year is None:
        year, how = _choose_year(last, None, ctx)
        if year is None:
            return _none(how)
    start_year = _year(found, ctx, "y1") or (year if first <= last else year - 1)
    begin, _ = _part_of(*month_span(start_year, first), found.get("part"))
    return Value(begin, month_span(year, last)[1], "month", f"months; {how}")


def month(found: Found, ctx: Context) -> Value:
    """A month, whole or its early, middle or late third."""
    number = _month(found.get("m") or "")
    year = _year(found, ctx)
    how = "told in full"
    det = (found.get("det") or "").casefold().strip()
    if year is None and det and ctx.published is not None:
        base = ctx.published
        if det in ("last", "past"):
            year = base.year if number < base.month else base.year - 1
        elif det == "next":
            year = base.year if number > base.month else base.year + 1
        elif det == "this":
            year = base.year
        how = f"{det} {found.get('m')} counts from publication"
    if year is None and det in ("that", "the following", "the previous") and ctx.anchor and ctx.anchor.earliest:
        told = ctx.anchor.earliest
        if det == "the previous":
            year = told.year if number < told.month else told.year - 1
        else:
            year = told.year if number >= told.month or ctx.anchor.precision == "year" else told.year + 1
            if det == "that" and ctx.anchor.precision not in ("year", "month", "season"):
                year = told.year
        how = "counts from the day told before"
    if year is None:
        year, how = _choose_year(number, None, ctx)
        if year is None:
            return _none(how)
    if not 1 <= year <= 9999:
        return _none("no such year in the calendar")
    first, last = _part_of(*month_span(year, number), _edge(found))
    return Value(first, last, "month" if _edge(found) is None else "days", f"a month; {how}")


def half_of_year(found: Found, ctx: Context) -> Value:
    """"the first half of the year", "the last quarter of 2019"."""
    parts = 2 if found.get("part") == "half" else 4
    count = parts if found.get("n") == "last" else ordinal_value(found.get("n") or "") or 1
    told = _number(found.get("y"))
    if told is None:
        if ctx.published is None:
            return _none(_UNPUBLISHED)
        det = found.get("det")
        told = ctx.published.year + (det == "next") - (det == "last")
    if count > parts or not 1 <= told <= 9999:
        return _none("no such part of a year")
    months = 12 // parts
    first = date(told, (count - 1) * months + 1, 1)
    return Value(first, month_span(told, count * months)[1], "season", "a part of a year")


def holiday(found: Found, ctx: Context) -> Value:
    """A feast: of the year told, else the nearest to publication or to the day told before."""
    name = (found.get("h") or "").casefold().replace("’", "'").removeprefix("the ")
    rule = data("extract/dates.yml")["holidays"][name]
    told = _year(found, ctx)
    det = (found.get("det") or "").casefold()
    base = ctx.anchor.latest if ctx.looking_back and ctx.anchor else ctx.published
    if told is not None:
        days = [d for d in _feasts(rule, told) if d.year == told]
        how = "told with its year"
    elif base is None:
        return _none(_UNPUBLISHED)
    else:
        near = [d for year in (base.year - 1, base.year, base.year + 1) for d in _feasts(rule, year)]
        forward = ctx.future or "next" in det or found.relation in ("before", "until", "by")
        before, after = [d for d in near if d <= base], [d for d in near if d > base]
        days = [min(after)] if (forward or not before) and after else [max(before)] if before else []
        how = "the next to come" if forward else "the last before publication"
    if not days:
        return _none("no such feast in that year")
    last = shift(days[0], int(rule.get("days", 1)) - 1)
    return Value(days[0], last, "day" if last == days[0] else "days", f"a feast, {how}")


def _feasts(rule: dict[str, Any], year: int) -> list[date]:
    """Return the days on which a feast falls in a year."""
    if not 1 < year < 9998:
        return []
    if "date" in rule:
        return [date(year, *rule["date"])]
    if "easter" in rule:
        return [shift(easter(year), rule["easter"])]
    if "orthodox" in rule:
        return [shift(easter(year, orthodox=True), rule["orthodox"])]
    month_number, day = rule["islamic"]
    first = int((year - 622) * 33 / 32)
    days = [islamic(lunar, month_number, day) for lunar in range(max(1, first - 1), first + 3)]
    return [d for d in days if d.year == year]


def easter(year: int, *, orthodox: bool = False) -> date:
    """Return Easter Sunday in the Gregorian calendar (Meeus, Astronomical Algorithms, chapter 8)."""
    if orthodox:
        d = (19 * (year % 19) + 15) % 30
        e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
        julian = date(year, (d + e + 114) // 31, (d + e + 114) % 31 + 1)
        return shift(julian, year // 100 - year // 400 - 2)
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    last = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * last) // 451
    n = h + last - 7 * m + 114
    return date(year, n // 31, n % 31 + 1)


def islamic(year: int, month_number: int, day: int) -> date:
    """Return a day of the tabular Islamic calendar, within a day or two of the moon's sighting."""
    days = day + -(-(59 * (month_number - 1)) // 2) + (year - 1) * 354 + (3 + 11 * year) // 30 + 227014
    return date.fromordinal(min(max(1, days), date.max.toordinal()))


def ordinal_day(found: Found, ctx: Context) -> Value:
    """"the 23rd": of the month told before, else the last such day before publication."""
    day = _number(found.get("d"))
    assert day is not None
    anchor = ctx.anchor.latest or ctx.anchor.earliest if ctx.anchor else None
    if anchor is not None and (ctx.near or ctx.looking_back or ctx.published is None):
        options = [_safe(m.year, m.month, day) for m in (anchor, add_months(anchor, 1), add_months(anchor, -1))]
        known = [o for o in options if o is not None]
        later = [o for o in known if o >= anchor and (ctx.looking_back or not ctx.published or o <= ctx.published)]
        if known:
            return _day(min(later or known, key=lambda d: abs((d - anchor).days)), "a day of the month told before")
    if ctx.published is None:
        return _none(_UNPUBLISHED)
    step = 1 if ctx.future else -1
    for months_away in range(3):
        base = add_months(ctx.published, step * months_away)
        told = _safe(base.year, base.month, day)
        if told is not None and (told >= ctx.published if ctx.future else told <= ctx.published):
            return _day(told, "the nearest such day of the month to publication")
    return _none("no such day near publication")


def years(found: Found, ctx: Context) -> Value:
    """A range of years."""
    first = _number(found.get("y"))
    assert first is not None
    last = _number(found.get("y2")) or first
    if last < 100:
        last += first // 100 * 100
    if last < first:
        return _none("the second year is before the first")
    return Value(date(first, 1, 1), date(last, 12, 31), "years", "a range of years, told in full")


def year(found: Found, ctx: Context) -> Value:
    """A year, whole or its early, middle or late third."""
    told = _number(found.get("y"))
    assert told is not None
    first, last = _part_of(date(told, 1, 1), date(told, 12, 31), _edge(found))
    if _edge(found) is None and ctx.published is not None and told == ctx.published.year and not ctx.future:
        last = max(first, min(last, ctx.published))
    return Value(first, last, "year", "a year, told in full")


def decade(found: Found, ctx: Context) -> Value:
    """A decade: "the 1990s"."""
    told = _number(found.get("y"))
    assert told is not None
    first, last = _part_of(date(told, 1, 1), date(min(told + 9, 9999), 12, 31), _edge(found))
    return Value(first, last, "years", "a decade, told in full")


def season(found: Found, ctx: Context) -> Value:
    """A season of a year told, or the one before (after) publication."""
    name = (found.get("s") or "").casefold()
    first_month, last_month = data("extract/dates.yml")["seasons"][name]
    det = (found.get("det") or "").casefold().strip()
    if name == "fall" and not (det in ("last", "this", "next", "that") or found.get("y") or found.get("ydet")):
        return _none("no season")

    def span(of: int) -> tuple[date, date]:
        end = of if first_month <= last_month else of + 1
        return date(of, first_month, 1), month_span(end, last_month)[1]

    told = _year(found, ctx)
    how = "told with its year"
    if told is None:
        anchor = ctx.anchor.earliest if ctx.anchor else None
        base = ctx.published
        if det in ("that", "the following", "the previous") or ctx.looking_back or base is None:
            if anchor is None:
                return _none(_UNANCHORED)
            told = anchor.year
            if det == "the following" and span(told)[0] <= anchor:
                told += 1
            if ctx.looking_back and span(told)[1] < anchor and det != "that":
                told += 1
            how = "of the year told before"
        else:
            ahead = ctx.future or found.relation in ("before", "by", "until")
            forward = det in ("next", "coming") or (ahead and det not in ("last", "past"))
            told = base.year
            if forward:
                told += span(told)[1] < base or (det == "next" and span(told)[0] <= base)
            else:
                while span(told)[0] > base or (det == "last" and span(told)[1] >= base):
                    told -= 1
            how = "counts from publication"
    if not 1 <= told < 9999:
        return _none("no such year in the calendar")
    first, last = _part_of(*span(told), _edge(found))
    return Value(first, last, "season", f"a season; {how}")


Worker = Callable[[Found, Context], Value]
