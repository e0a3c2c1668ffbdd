"""Work out days, months, seasons and years that are told by name or number.

Each function takes an expression and what is known where it stands, and returns an interval of days with
its precision and a sentence that says how it was reached; ``dates.yml`` names the function of each rule.
"""

from __future__ import annotations

import calendar
from dataclasses import replace
from datetime import date

from .data import data
from .date_grammar import Found
from .date_values import (
    NO_TIME,
    UNANCHORED,
    UNPUBLISHED,
    Context,
    Value,
    add_months,
    choose_year,
    day_or_none,
    edge_of,
    month_of,
    month_span,
    nothing,
    number_in,
    on_day,
    part_of,
    shift,
    weekday_of,
    year_told,
)  # fmt: skip
from .numbers import ordinal_value

_NO_MONTH = frozenset({"year", "years", "season"})  # precisions in which no day of a month can lie


def ymd(found: Found, ctx: Context) -> Value:
    """Day and month, with or without a year or weekday."""
    raw = found.get("m") or ""
    month = number_in(raw) if raw.isdigit() else month_of(raw)
    day = number_in(found.get("d"))
    assert month is not None and day is not None
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return nothing("no such day in the calendar")
    year = year_told(found, ctx)
    reason = "told in full"
    if year is None:
        year, how = choose_year(month, min(day, calendar.monthrange(2024, month)[1]), ctx)
        if year is None:
            return nothing(how)
        reason = f"a day and month; {how} is taken"
    told = day_or_none(year, month, day)
    if told is None:
        return nothing("no such day in the calendar")
    flags: tuple[str, ...] = ()
    weekday = found.get("wd")
    if weekday is not None and told.weekday() != weekday_of(weekday):
        flags = ("weekday-mismatch",)
        if found.get("y") is None:
            for other in (year - 1, year + 1, year - 2):
                moved = day_or_none(other, month, day)
                if moved is not None and moved.weekday() == weekday_of(weekday):
                    return on_day(moved, "a day and month; the weekday settles the year")
    return replace(on_day(told, reason), flags=flags)


def slashed(found: Found, ctx: Context) -> Value:
    """A date in digits, whose order the weekday, the range of the numbers or the outlet settles."""
    a, b = number_in(found.get("a")), number_in(found.get("b"))
    assert a is not None and b is not None
    year = year_told(found, ctx)
    reason_year = ""
    if year is None:
        if ctx.published is None:
            return nothing(UNPUBLISHED)
        year, reason_year = ctx.published.year, "; the year of publication is taken"
    day_first, month_first = day_or_none(year, b, a), day_or_none(year, a, b)
    weekday = found.get("wd")
    if weekday is not None:
        wanted = weekday_of(weekday)
        fits = [d for d in (day_first, month_first) if d is not None and d.weekday() == wanted]
        if fits:
            best = (
                fits[0] if ctx.published is None else min(fits, key=lambda d: abs((d - _published(ctx)).days))
            )
            return on_day(best, f"the weekday settles the order of day and month{reason_year}")
    flags = ("weekday-mismatch",) if weekday is not None else ()
    if day_first is None and month_first is None:
        return nothing("no such day in the calendar")
    if day_first is None or month_first is None or day_first == month_first:
        only = day_first or month_first
        assert only is not None
        return replace(on_day(only, f"only one order of day and month is possible{reason_year}"), flags=flags)
    if ctx.month_first is not None:
        chosen = month_first if ctx.month_first else day_first
        how = "month first" if ctx.month_first else "day first"
        return replace(
            on_day(chosen, f"read {how}, as the outlet's country writes it{reason_year}"), flags=flags
        )
    if ctx.published is not None:
        chosen = min(
            (day_first, month_first), key=lambda d: (d > _published(ctx), abs((d - _published(ctx)).days))
        )
        reason = f"day and month could be either; nearer to publication{reason_year}"
        return replace(on_day(chosen, reason), flags=(*flags, "day-month-order"))
    return replace(on_day(day_first, "read day first"), flags=(*flags, "day-month-order"))


def _published(ctx: Context) -> date:
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
        moved = day_or_none(one.earliest.year - 1, one.earliest.month, one.earliest.day)
        if found.get("m2") is None or found.get("y1") or moved is None:
            return replace(two, flags=("range-reversed",))
        one = on_day(moved, one.reason)
    return Value(one.earliest, two.latest, "days", f"a range of days: {two.reason}")


def part_of_month(found: Found, ctx: Context) -> Value:
    """Work out "the second week of March", "the last days of April 2021"."""
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
    last = month_of(found.get("m2") or "")
    first = month_of(found.get("m") or "")
    year = year_told(found, ctx)
    how = "told in full"
    if year is None:
        year, how = choose_year(last, None, ctx)
        if year is None:
            return nothing(how)
    start_year = year_told(found, ctx, "y1") or (year if first <= last else year - 1)
    begin, _ = part_of(*month_span(start_year, first), found.get("part"))
    return Value(begin, month_span(year, last)[1], "month", f"months; {how}")


def month(found: Found, ctx: Context) -> Value:
    """A month, whole or its early, middle or late third."""
    number = month_of(found.get("m") or "")
    year = year_told(found, ctx)
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
    if (
        year is None
        and det in ("that", "the following", "the previous")
        and ctx.anchor
        and ctx.anchor.earliest
    ):
        told = ctx.anchor.earliest
        headed = ctx.lead is not None and not ctx.near and ctx.lead[0].month == number
        if headed and det == "that" and ctx.lead is not None:
            year = ctx.lead[0].year
        elif det == "the previous":
            year = told.year if number < told.month else told.year - 1
        else:
            year = told.year if number >= told.month or ctx.anchor.precision == "year" else told.year + 1
            if det == "that" and ctx.anchor.precision not in ("year", "season"):
                year = told.year
        how = "counts from the day told before"
    if year is None:
        year, how = choose_year(number, None, ctx)
        if year is None:
            return nothing(how)
    if not 1 <= year <= 9999:
        return nothing("no such year in the calendar")
    first, last = part_of(*month_span(year, number), edge_of(found))
    return Value(first, last, "month" if edge_of(found) is None else "days", f"a month; {how}")


def half_of_year(found: Found, ctx: Context) -> Value:
    """Work out "the first half of the year", "the last quarter of 2019"."""
    parts = 2 if found.get("part") == "half" else 4
    count = parts if found.get("n") == "last" else ordinal_value(found.get("n") or "") or 1
    told = number_in(found.get("y"))
    if told is None:
        if ctx.published is None:
            return nothing(UNPUBLISHED)
        det = found.get("det")
        told = ctx.published.year + (det == "next") - (det == "last")
    if count > parts or not 1 <= told <= 9999:
        return nothing("no such part of a year")
    months = 12 // parts
    first = date(told, (count - 1) * months + 1, 1)
    return Value(first, month_span(told, count * months)[1], "season", "a part of a year")


def ordinal_day(found: Found, ctx: Context) -> Value:
    """Work out "the 23rd": of the month told before, else the last such day before publication."""
    day = number_in(found.get("d"))
    assert day is not None
    told_last = ctx.anchor if ctx.anchor is None or ctx.anchor.precision not in _NO_MONTH else ctx.day
    anchor = told_last.latest or told_last.earliest if told_last else None
    if anchor is not None and (ctx.near or ctx.looking_back or ctx.published is None):
        # Of the month told before, of the next where the day lies far back in it ("28 May … on the 2nd").
        base = add_months(anchor.replace(day=1), 1) if anchor.day - day > 20 else anchor
        fresh = ctx.near and ctx.anchor is not None and ctx.anchor.precision in ("day", "days")
        headed = None if fresh else _headed(day, ctx)
        known = headed if headed is not None else day_or_none(base.year, base.month, day)
        if known is not None and (ctx.looking_back or ctx.published is None or known <= ctx.published):
            return on_day(known, "a day of the month told before")
    if ctx.published is None:
        return nothing(UNPUBLISHED)
    step = 1 if ctx.future else -1
    for months_away in range(3):
        base = add_months(ctx.published, step * months_away)
        told = day_or_none(base.year, base.month, day)
        if told is not None and (told >= ctx.published if ctx.future else told <= ctx.published):
            return on_day(told, "the nearest such day of the month to publication")
    return nothing("no such day near publication")


def _headed(day: int, ctx: Context) -> date | None:
    """Return the one day of that number which the document is headed with ("17–20 March 1988"), or None."""
    if ctx.lead is None:
        return None
    first, last = ctx.lead
    days = [shift(first, n) for n in range(min((last - first).days, 31) + 1)]
    found = [d for d in days if d.day == day]
    return found[0] if len(found) == 1 else None


def years(found: Found, ctx: Context) -> Value:
    """A range of years."""
    first = number_in(found.get("y"))
    assert first is not None
    last = number_in(found.get("y2")) or first
    if last < 100:
        last += first // 100 * 100
    if last < first:
        return nothing("the second year is before the first")
    return Value(date(first, 1, 1), date(last, 12, 31), "years", "a range of years, told in full")


def year(found: Found, ctx: Context) -> Value:
    """A year, whole or its early, middle or late third."""
    told = number_in(found.get("y"))
    assert told is not None
    first, last = part_of(date(told, 1, 1), date(told, 12, 31), edge_of(found))
    if edge_of(found) is None and ctx.published is not None and told == ctx.published.year and not ctx.future:
        last = max(first, min(last, ctx.published))
    flags = ("of-a-name",) if found.groups.get("named") is not None else ()
    return Value(first, last, "year", "a year, told in full", flags=flags)


def decade(found: Found, ctx: Context) -> Value:
    """A decade: "the 1990s"."""
    told = number_in(found.get("y"))
    assert told is not None
    first, last = part_of(date(told, 1, 1), date(min(told + 9, 9999), 12, 31), edge_of(found))
    return Value(first, last, "years", "a decade, told in full")


def _leads_back(span: tuple[date, date], ctx: Context) -> bool:
    """Tell whether a season after the day told before is rather the one before it.

    So it is where that day heads the document, and where the document is about nothing so late.
    """
    if not ctx.looking_back:
        return False
    headed = ctx.lead is not None and ctx.anchor is not None and ctx.anchor.earliest == ctx.lead[0]
    late = ctx.frame_told and ctx.frame is not None and span[0] > ctx.frame[1]
    return headed or late


def season(found: Found, ctx: Context) -> Value:
    """A season of a year told, or the one before (after) publication."""
    name = (found.get("s") or "").casefold()
    first_month, last_month = data("extract/dates.yml")["seasons"][name]
    det = (found.get("det") or "").casefold().strip()
    if name == "fall" and not (
        det in ("last", "this", "next", "that") or found.get("y") or found.get("ydet")
    ):
        return nothing(NO_TIME)
    if (
        name == "spring"
        and not det
        and found.start == found.core
        and not (found.get("y") or found.get("ydet"))
    ):
        return nothing(NO_TIME)  # "gunmen spring from shafts"

    def span(of: int) -> tuple[date, date]:
        end = of if first_month <= last_month else of + 1
        return date(of, first_month, 1), month_span(end, last_month)[1]

    told = year_told(found, ctx)
    how = "told with its year"
    if told is None:
        anchor = ctx.anchor.earliest if ctx.anchor else None
        base = ctx.published
        if det in ("that", "the following", "the previous") or ctx.looking_back or base is None:
            if anchor is None:
                return nothing(UNANCHORED)
            told = anchor.year
            if det == "the following" and span(told)[0] <= anchor:
                told += 1
            if ctx.looking_back and span(told)[1] < anchor and det != "that":
                told += 1
            if (
                ctx.looking_back
                and span(told)[0] > anchor
                and det in ("", "the")
                and _leads_back(span(told), ctx)
            ):
                told -= 1  # what led up to a battle, not what came of it
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
        return nothing("no such year in the calendar")
    first, last = part_of(*span(told), edge_of(found))
    return Value(first, last, "season", f"a season; {how}")
