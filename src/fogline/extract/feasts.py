"""Work out the day of a feast: fixed, counted from Easter, or of the Islamic calendar."""

from __future__ import annotations

from datetime import date
from typing import Any

from .data import data
from .date_grammar import Found
from .date_values import UNPUBLISHED, Context, Value, nothing, shift, year_told


def holiday(found: Found, ctx: Context) -> Value:
    """A feast: of the year told, else the nearest to publication or to the day told before."""
    name = (found.get("h") or "").casefold().replace("’", "'").removeprefix("the ")
    rule = data("extract/dates.yml")["holidays"][name]
    told = year_told(found, ctx)
    det = (found.get("det") or "").casefold()
    base = ctx.anchor.latest if ctx.looking_back and ctx.anchor else ctx.published
    headed = [d for year in _years(ctx.lead) for d in _feasts(rule, year) if _within(d, ctx.lead)]
    if told is not None:
        days = [d for d in _feasts(rule, told) if d.year == told]
        how = "told with its year"
    elif headed and not det:
        days, how = headed, "in the days that the document is headed with"
    elif base is None:
        return nothing(UNPUBLISHED)
    else:
        near = [d for year in (base.year - 1, base.year, base.year + 1) for d in _feasts(rule, year)]
        forward = ctx.future or "next" in det or found.relation in ("before", "until", "by")
        before, after = [d for d in near if d <= base], [d for d in near if d > base]
        if ctx.looking_back and ctx.anchor and near and not forward:
            days, how = [min(near, key=lambda d: abs((d - base).days))], "the nearest to the day told before"
        else:
            days = [min(after)] if (forward or not before) and after else [max(before)] if before else []
            how = "the next to come" if forward else "the last before publication"
    if not days:
        return nothing("no such feast in that year")
    last = shift(days[0], int(rule.get("days", 1)) - 1)
    return Value(days[0], last, "day" if last == days[0] else "days", f"a feast, {how}")


def _years(span: tuple[date, date] | None) -> range:
    return range(span[0].year, span[1].year + 1) if span is not None else range(0)


def _within(day: date, span: tuple[date, date] | None) -> bool:
    return span is not None and span[0] <= day <= span[1]


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
