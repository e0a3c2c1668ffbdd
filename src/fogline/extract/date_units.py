"""Work out calendar units: "this week", "last month", "that night", "the following year"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ..model import Precision
from .date_grammar import Found
from .date_values import (
    UNANCHORED,
    UNPUBLISHED,
    Context,
    Value,
    add_months,
    month_span,
    nothing,
    on_day,
    shift,
    week_of,
)
from .date_words import now_word

_DAYS = {"day": 1, "night": 1, "morning": 1, "evening": 1, "week": 7, "weekend": 7, "fortnight": 14}
_PRECISION: dict[str, Precision] = {"week": "week", "fortnight": "week", "weekend": "week", "month": "month",
                                    "year": "year", "decade": "years"}  # fmt: skip


def this_unit(found: Found, ctx: Context) -> Value:
    """Work out "this week", "last month", "that day", "the same night", "the following year"."""
    det = (found.get("det") or "").casefold().replace("the ", "").replace(" very", "").strip()
    unit = (found.get("u") or "").casefold()
    if found.groups.get("ever") is not None:  # "missing to this day"
        return now_word(found, ctx)
    to_anchor = det in (
        "that",
        "same",
        "following",
        "next",
        "previous",
        "preceding",
        "that same",
        "very",
        "very next",
    )
    if det == "next" and (found.get("det") or "").casefold() == "next":
        to_anchor = ctx.looking_back
    if to_anchor or (det == "this" and ctx.looking_back):
        anchor = ctx.anchor if unit in ("month", "year", "decade") else ctx.day
        if anchor is None or anchor.earliest is None or anchor.latest is None:
            return nothing(UNANCHORED)
        return told_unit(anchor, unit, det)
    base = ctx.now
    if base is None:
        return nothing(UNPUBLISHED)
    if unit in ("day", "morning", "afternoon", "evening", "dawn") or (unit == "night" and det == "this"):
        step = -1 if det == "last" else 1 if det == "next" else 0
        return on_day(shift(base, step), "counts from publication")
    if det == "this":
        if unit == "decade":
            return Value(date(base.year // 10 * 10, 1, 1), base, "years", "this decade up to publication")
        first, last = this_span(base, unit)
        if ctx.future:
            return Value(base, last, run_precision(unit), f"the rest of this {unit}", anchors=False)
        return Value(first, base, run_precision(unit), f"this {unit}, up to publication", anchors=False)
    return calendar_unit(base, "week" if unit == "weekend" else unit, -1 if det == "last" else 1)


def in_the_unit(found: Found, ctx: Context) -> Value:
    """Work out "earlier in the day": the day told before, else the last before publication."""
    unit = (found.get("u") or "").casefold()
    anchor = ctx.anchor if unit in ("month", "year") else ctx.day
    if anchor is not None and anchor.earliest is not None and (ctx.near or ctx.looking_back):
        return told_unit(anchor, unit, "that")
    base = ctx.now
    if base is None:
        return nothing(UNPUBLISHED)
    if unit in ("week", "month", "year"):
        return Value(this_span(base, unit)[0], base, run_precision(unit), f"this {unit}, up to publication")
    return Value(shift(base, -1), base, "days", "the day of publication or the day before", anchors=False)


def this_span(base: date, unit: str) -> tuple[date, date]:
    if unit in ("week", "weekend", "fortnight"):
        return week_of(base)
    if unit == "month":
        return month_span(base.year, base.month)
    return date(base.year, 1, 1), date(base.year, 12, 31)


def told_unit(anchor: Value, unit: str, det: str) -> Value:
    first, last = anchor.earliest or anchor.latest, anchor.latest or anchor.earliest
    if first is None or last is None:
        return nothing(UNANCHORED)
    step = 1 if det in ("following", "next", "very next") else -1 if det in ("previous", "preceding") else 0
    if unit in ("day", "morning", "afternoon", "evening", "night", "dawn"):
        if step == 0:
            return replace(anchor, reason=f"that {unit}: the day told before", flags=())
        base = last if step > 0 else first
        return on_day(shift(base, step), f"the day {'after' if step > 0 else 'before'} the one told before")
    if unit == "weekend":
        saturday = shift(last, 5 - last.weekday())
        return Value(saturday, shift(saturday, 1), "days", "the weekend after the day told before")
    if unit in ("week", "fortnight"):
        monday, sunday = week_of(shift(first, 7 * step))
        return Value(monday, sunday, "week", "the week of the day told before")
    if unit == "month":
        moved = add_months(first.replace(day=1), step)
        return Value(*month_span(moved.year, moved.month), "month", "the month of the day told before")
    year = min(max(1, first.year + step), 9999)
    return Value(date(year, 1, 1), date(year, 12, 31), "year", "the year of the day told before")


_RUNS: dict[str, Precision] = {"week": "week", "month": "month", "year": "year", "decade": "years"}


def run_precision(unit: str) -> Precision:
    return _RUNS.get(unit, "days")


def reach(day: date, unit: str, count: float, sign: int) -> date:
    if unit in ("minute", "hour"):
        hours = count if unit == "hour" else 1
        return shift(day, sign * max(1, round(hours / 24)))
    if unit in _DAYS:
        return shift(day, int(sign * count * _DAYS[unit]))
    if unit == "month":
        return add_months(day, int(sign * count))
    return add_months(day, int(sign * count * (120 if unit == "decade" else 12)))


def calendar_unit(base: date, unit: str, step: int) -> Value:
    if unit == "night":
        return Value(shift(base, -1), base, "days", "the night to publication")
    if unit == "week":
        monday, _ = week_of(shift(base, 7 * step))
        return Value(monday, shift(monday, 6), "week", "a calendar week counted from publication")
    if unit == "month":
        moved = add_months(base.replace(day=1), step)
        return Value(
            *month_span(moved.year, moved.month), "month", "a calendar month counted from publication"
        )
    if unit == "fortnight":
        return Value(shift(base, 14 * step), base, "week", "counted from publication")
    year = min(max(1, base.year + step * (10 if unit == "decade" else 1)), 9999)
    return Value(date(year, 1, 1), date(year, 12, 31), "year", "a calendar year counted from publication")


def back_from(day: date, unit: str, low: float, high: float, sign: int) -> tuple[date, date]:
    """Return the days that lie ``low`` to ``high`` units from ``day``, widened to the unit's roughness."""
    near, far = round(low), round(high)
    if unit in ("minute", "hour"):
        far_days = int(high // 24) if unit == "hour" else 0
        near_days = int(low // 24) if unit == "hour" else 0
        ends = (shift(day, sign * near_days), shift(day, sign * far_days))
    elif unit in _DAYS:
        size = _DAYS[unit]
        slack = 0 if size == 1 else min(3, size // 2)
        ends = (shift(day, int(sign * low * size)), shift(day, int(sign * high * size)))
        return shift(min(ends), -slack), shift(max(ends), slack)
    elif unit == "month":
        ends = (add_months(day, sign * near), add_months(day, sign * far))
        return month_span(min(ends).year, min(ends).month)[0], month_span(max(ends).year, max(ends).month)[1]
    else:
        size = 10 if unit == "decade" else 1
        first = min(max(1, int(day.year + sign * low * size)), 9999)
        second = min(max(1, int(day.year + sign * high * size)), 9999)
        return date(min(first, second), 1, 1), date(max(first, second), 12, 31)
    return min(ends), max(ends)


def unit_precision(unit: str, first: date, last: date) -> Precision:
    if first == last:
        return "day"
    return _PRECISION.get(unit, "days")
