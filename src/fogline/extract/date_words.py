"""Work out weekdays and single words: "yesterday", "then", "at dawn"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from .date_grammar import Found
from .date_values import (
    UNANCHORED,
    UNPUBLISHED,
    Context,
    Value,
    add_months,
    month_span,
    nothing,
    number_in,
    on_day,
    shift,
    week_of,
    weekday_of,
)  # fmt: skip

_FRESH = 7  # days up to which what is told of a day is news


def weekday(found: Found, ctx: Context) -> Value:
    """A weekday before or after publication, or after the day told before."""
    number = weekday_of(found.get("wd") or "")
    det = (found.get("det") or "").casefold().replace("the ", "").strip()
    det2 = (found.get("det2") or "").casefold()
    base = ctx.now
    if not det and found.lead[-1:] == ("the",) and ctx.day is not None:
        det = "that"  # "on the Friday"
    if det in ("that", "following", "previous") or ctx.looking_back:
        told = ctx.day or ctx.anchor
        anchor = told.latest if told else None
        if anchor is None:
            return nothing(UNANCHORED)
        if det == "previous":
            return on_day(
                shift(anchor, -((anchor.weekday() - number) % 7 or 7)), "the last before the day told before"
            )
        step = (number - anchor.weekday()) % 7
        return on_day(shift(anchor, step or 7 * (det == "following")), "the next after the day told before")
    if base is None:
        return nothing(UNPUBLISHED)
    if "last week" in det2 or "this week" in det2 or "next week" in det2:
        monday = shift(week_of(base)[0], -7 * ("last" in det2) + 7 * ("next" in det2))
        return on_day(shift(monday, number), "a weekday of the week told")
    back = (base.weekday() - number) % 7
    ahead = (number - base.weekday()) % 7
    if det in ("last", "past"):
        return on_day(
            shift(base, -(back + 7 if back < 2 else back)), "the last such weekday before publication"
        )
    if det in ("next", "coming"):
        return on_day(shift(base, ahead or 7), "the next such weekday after publication")
    if ctx.local_ahead and ahead == 1:
        return on_day(shift(base, 1), "a weekday in local time, a day ahead of the place of publication")
    if ctx.future and not (back == 0 and found.relation is None):
        return on_day(shift(base, ahead), "a weekday to come: the next after publication")
    return on_day(shift(base, -back), "the last such weekday up to publication")


def weekdays(found: Found, ctx: Context) -> Value:
    """Two weekdays and what lies between."""
    second = weekday(replace(found, groups={**found.groups, "wd": found.get("wd2")}), ctx)
    if second.latest is None:
        return second
    gap = (second.latest.weekday() - weekday_of(found.get("wd") or "")) % 7
    return Value(shift(second.latest, -gap), second.latest, "days", f"two weekdays: {second.reason}")


def weekday_day(found: Found, ctx: Context) -> Value:
    """A weekday with the day of the month ("Tue 20"): the month in which they agree."""
    number, day = weekday_of(found.get("wd") or ""), number_in(found.get("d"))
    base = ctx.now or (ctx.anchor.latest if ctx.anchor else None)
    assert day is not None
    if base is None:
        return nothing(UNPUBLISHED)
    for months in (0, -1, 1, -2, 2, -3, -4, -5):
        month = add_months(base, months)
        if day <= month_span(month.year, month.month)[1].day:
            told = date(month.year, month.month, day)
            if told.weekday() == number:
                return on_day(told, "the weekday and the day of the month agree in this month")
    return replace(weekday(found, ctx), flags=("weekday-mismatch",))


def weekend(found: Found, ctx: Context) -> Value:
    """The weekend: last before publication, or the one told."""
    det = (found.get("det") or "").casefold()
    base = (
        ctx.now
        if "that" not in det and "following" not in det
        else (ctx.anchor.latest if ctx.anchor else None)
    )
    if base is None:
        return nothing(UNPUBLISHED)
    saturday = shift(base, 5 - base.weekday())
    forward = (
        "next" in det
        or "coming" in det
        or "that" in det
        or "following" in det
        or (ctx.future and "last" not in det)
    )
    if "this" in det and base.weekday() in (2, 3, 4):
        forward = True
    if base.weekday() < 5 and not forward:
        saturday = shift(saturday, -7)
    elif "last" in det or "next" in det:
        saturday = shift(saturday, 7 if "next" in det and base.weekday() >= 5 else -7 if "last" in det else 0)
    return Value(saturday, shift(saturday, 1), "days", "a Saturday and Sunday, counted from publication")


def day_word(found: Found, ctx: Context) -> Value:
    """Work out "today", "yesterday", "overnight"."""
    word = (found.get("w") or "").casefold()
    base = ctx.now
    if base is None:
        return nothing(UNANCHORED if ctx.looking_back else UNPUBLISHED)
    if word == "overnight":
        if ctx.looking_back:
            return Value(base, shift(base, 1), "days", "the night after the day told before", anchors=False)
        return Value(shift(base, -1), base, "days", "the night to publication")
    step = {"yesterday": -1, "tomorrow": 1}.get(word, 0)
    return on_day(
        shift(base, step), "counts from publication" if not ctx.looking_back else "counts from the day told"
    )


def now_word(found: Found, ctx: Context) -> Value:
    """Work out "now", "still", "so far": up to publication."""
    base = ctx.now
    if base is None:
        return nothing(UNPUBLISHED)
    return Value(shift(base, -1), base, "days", "the present: the day before publication to publication",
                 anchors=False, flags=("vague",))  # fmt: skip


def soon_word(found: Found, ctx: Context) -> Value:
    """Work out "soon", "at once": from publication on, or after the day told before."""
    word = (found.get("w") or "").casefold()
    if (
        word in ("immediately", "at once", "straight away", "eventually", "soon", "shortly")
        and not ctx.future
    ):
        anchor = ctx.anchor if ctx.near or ctx.looking_back else None
        if anchor is not None and anchor.earliest is not None:
            span = 30 if word == "eventually" else 3
            return Value(anchor.earliest, shift(anchor.earliest, span), "days", "after the day told before",
                         anchors=False, flags=("vague",))  # fmt: skip
    base = ctx.now
    if base is None:
        return nothing(UNPUBLISHED)
    return Value(
        base, None, "unknown", "from publication on, with no end told", anchors=False, flags=("vague",)
    )


def recent_word(found: Found, ctx: Context) -> Value:
    """Work out "recently": the last weeks, without a sharp beginning."""
    base = ctx.now
    if base is None:
        return nothing(UNPUBLISHED)
    return Value(
        shift(base, -30), base, "days", "lately: taken as the last 30 days", anchors=False, flags=("vague",)
    )


def then_word(found: Found, ctx: Context) -> Value:
    """Work out "then", "since then", "later": counts from the day told before."""
    word = (found.get("w") or "").casefold()
    anchor = ctx.anchor
    if anchor is None or anchor.earliest is None:
        return replace(nothing(UNANCHORED), flags=("vague",))
    first, last = anchor.earliest, anchor.latest or anchor.earliest
    if word.startswith("since"):
        end = ctx.published if not ctx.looking_back and ctx.published else None
        return Value(first, max(first, end) if end else None, "days", "from the day told before on",
                     anchors=False, flags=("vague",))  # fmt: skip
    if word.startswith(("later", "after", "subseq", "soon", "shortly", "there")):
        return Value(
            first, shift(last, 7), "days", "after the day told before", anchors=False, flags=("vague",)
        )
    if word == "earlier":
        return Value(
            shift(first, -7), last, "days", "before the day told before", anchors=False, flags=("vague",)
        )
    return replace(anchor, reason="the day told before", anchors=False, flags=("vague",))


def day_part(found: Found, ctx: Context) -> Value:
    """A part of a day or an hour with no day: of the day told before, else the last before publication."""
    anchor = ctx.day if ctx.near or ctx.looking_back or _goes_on(ctx) else None
    short = (
        anchor is not None
        and anchor.earliest
        and anchor.latest
        and (anchor.latest - anchor.earliest).days < 3
    )
    if anchor is not None and short:
        return Value(anchor.earliest, anchor.latest, anchor.precision, "a part of the day told before",
                     anchors=False, flags=("part-of-day",))  # fmt: skip
    base = ctx.now
    if base is None:
        return replace(nothing(UNPUBLISHED), flags=("part-of-day",))
    return Value(shift(base, -1), base, "days", "a part of the day of publication or the day before",
                 anchors=False, flags=("part-of-day",))  # fmt: skip


def _goes_on(ctx: Context) -> bool:
    """Tell whether the day told last, some paragraphs before, is one of the days that fresh news is about."""
    last = ctx.day.latest if ctx.day else None
    return last is not None and ctx.published is not None and 0 <= (ctx.published - last).days <= _FRESH
