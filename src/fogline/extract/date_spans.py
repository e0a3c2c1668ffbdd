"""Work out what is counted in days, weeks, years: "two weeks ago", "a day later", "since the war began"."""

from __future__ import annotations

from datetime import date

from .date_grammar import Found
from .date_units import back_from, calendar_unit, reach, run_precision, this_span, told_unit, unit_precision
from .date_values import (
    NO_TIME,
    UNANCHORED,
    UNPUBLISHED,
    Context,
    Value,
    month_span,
    nothing,
    part_of,
    shift,
)
from .numbers import number_value, ordinal_value


def _unit(found: Found) -> str:
    unit = (found.get("u") or "").casefold().rstrip("s")
    return "year" if unit in ("spring", "summer", "autumn", "winter") else unit


def _count(text: str | None) -> tuple[float, float]:
    words = (text or "").casefold().strip().rstrip("-")
    if words == "":
        return 2, 9
    if words == "some":
        return 3, 9
    if words == "many":
        return 3, 20
    if " or " in words:
        first, _, second = words.partition(" or ")
        low, high = number_value(first), number_value(second)
        if low and high:
            return low[0], high[1]
    value = number_value(words)
    return value or (1, 1)


def ago(found: Found, ctx: Context) -> Value:
    """Work out "two weeks ago", counted from publication; a year ago is that whole year."""
    base = ctx.now
    if base is None:
        return nothing(UNPUBLISHED)
    unit = _unit(found)
    low, high = _count(found.get("n"))
    first, last = back_from(base, unit, low, high, -1)
    if found.relation == "until":
        first = last
    if unit in ("spring", "summer", "autumn", "winter"):
        unit = "year"
    return Value(first, last, unit_precision(unit, first, last), f"that many {unit}s before publication")


def offset(found: Found, ctx: Context) -> Value:
    """Work out "two days later", "a week before": counted from the day told before."""
    rough = _unit(found) in ("month", "year", "decade")
    anchor = ctx.anchor if rough else ctx.day
    if anchor is None and _unit(found) in ("hour", "minute") and ctx.now is not None and not ctx.looking_back:
        return Value(shift(ctx.now, -1), ctx.now, "days", "hours from a time about publication",
                     anchors=False, flags=("part-of-day",))  # fmt: skip
    if anchor is None or anchor.earliest is None or anchor.latest is None:
        return nothing(UNANCHORED)
    direction = (found.get("dir") or "").casefold()
    unit = _unit(found)
    low, high = _count(found.get("n"))
    # "a day after the raid": the raid lies before the day told; "a day later" lies behind it.
    back = direction in ("earlier", "previously", "beforehand") or (
        direction == "after" and not _closes(found)
    )
    if direction == "before":
        back = _closes(found)
    sign = -1 if back else 1
    first, _ = back_from(anchor.earliest, unit, low, high, sign)
    _, last = back_from(anchor.latest if (anchor.latest - anchor.earliest).days <= 31 else anchor.earliest,
                    unit, low, high, sign)  # fmt: skip
    if found.get("n") is None and unit == "hour":
        first, last = (
            (shift(anchor.earliest, -1), anchor.latest)
            if back
            else (anchor.earliest, shift(anchor.latest, 1))
        )
    if unit == "year" and low == high == int(low) and (anchor.latest - anchor.earliest).days <= 31:
        year = min(max(1, anchor.earliest.year + sign * int(low)), 9999)
        first, last = month_span(year, anchor.earliest.month)
        unit = "month"
    where = "before" if back else "after"
    if ctx.published is not None and first > ctx.published and not ctx.future and not back:
        return nothing("would lie after publication")
    return Value(
        first, last, unit_precision(unit, first, last), f"so many {unit}s {where} the day told before"
    )


def _closes(found: Found) -> bool:
    """Tell whether the expression ends its phrase, so that "after" counts from the day told before."""
    return found.groups.get("closes") == "yes"


def past(found: Found, ctx: Context) -> Value:
    """Work out "the past week", "the next three days", "the first week of the war"."""
    which = (found.get("which") or "").casefold()
    unit = _unit(found)
    high = _count(found.get("n"))[1] if found.get("n") else 1.0
    of_day = which == "next" and unit in ("day", "night", "morning", "evening")
    stepping = which in ("next", "following", "previous", "preceding") and not {"within", "over"} & set(
        found.lead
    )
    if (
        (found.get("the") or of_day)
        and not found.get("n")
        and stepping
        and not (found.get("u") or "").endswith("s")
    ):
        anchor_told = ctx.anchor if unit in ("month", "year") else ctx.day
        if anchor_told is None or anchor_told.earliest is None:
            return nothing(UNANCHORED)
        return told_unit(anchor_told, (found.get("u") or "").casefold(), which)
    if which in ("first", "opening"):
        start = ctx.begun[0] if found.get("of") and ctx.begun else ctx.anchor.earliest if ctx.anchor else None
        if start is None:
            return nothing(UNANCHORED)
        return Value(
            start,
            reach(start, unit, high, 1),
            "days",
            "the first days from the beginning told",
            anchors=False,
        )
    if which in ("following", "final") or (which == "next" and ctx.looking_back):
        anchor = ctx.anchor.latest if ctx.anchor else None
        if anchor is None:
            return nothing(UNANCHORED)
        return Value(
            anchor, reach(anchor, unit, high, 1), "days", "the days after the day told before", anchors=False
        )
    base = ctx.now
    if base is None:
        return nothing(UNPUBLISHED)
    if (
        found.get("n") is None
        and which in ("last", "next", "previous")
        and unit in ("week", "month", "year", "night")
    ):
        if (found.get("u") or "").endswith("s"):
            return Value(reach(base, unit, 2, -1), base, "days", "up to publication", anchors=False)
        if not found.get("the"):
            return calendar_unit(base, unit, -1 if which != "next" else 1)
    if which in ("next", "coming"):
        return Value(
            base,
            reach(base, unit, high, 1),
            run_precision(unit),
            "so long from publication on",
            anchors=False,
        )
    return Value(
        reach(base, unit, high, -1), base, run_precision(unit), "so long up to publication", anchors=False
    )


def recent(found: Found, ctx: Context) -> Value:
    """Work out "recent weeks", "the coming days", "the following months"."""
    which = (found.get("which") or "").casefold()
    unit = _unit(found)
    size = {"day": 6, "night": 6, "week": 3, "month": 3, "year": 3, "hour": 24}[unit]
    if which in ("following", "ensuing", "intervening", "subsequent", "succeeding"):
        anchor = ctx.anchor.latest if ctx.anchor else None
        if anchor is None:
            return nothing(UNANCHORED)
        return Value(
            anchor, reach(anchor, unit, size, 1), "days", "the time after the day told before", anchors=False
        )
    base = ctx.now
    if base is None:
        return nothing(UNPUBLISHED)
    if which == "coming":
        return Value(base, reach(base, unit, size, 1), "days", "a while from publication on", anchors=False)
    first = None if unit == "year" else reach(base, unit, size, -1)
    return Value(first, base, "days", "a while up to publication", anchors=False)


def day_before(found: Found, ctx: Context) -> Value:
    """Work out "the day before", "the night before last", "the day after tomorrow"."""
    unit, direction = (found.get("u") or "").casefold(), (found.get("dir") or "").casefold()
    sign = 1 if direction == "after" else -1
    deictic = (found.get("deictic") or "").casefold().strip()
    base: date | None
    if deictic:
        base = ctx.now
        if base is None:
            return nothing(UNPUBLISHED)
        base = shift(base, 1 if deictic in ("tomorrow", "next") else -1)
    else:
        told = ctx.anchor if unit in ("month", "year") else ctx.day
        base = told.earliest if told else None
        if base is None:
            return nothing(UNANCHORED)
        if not _closes(found):  # "the day after the raid": the raid lies on the other side of the day told
            sign = -sign
    unit = "day" if unit in ("night", "evening", "morning") else "week" if unit == "weekend" else unit
    first, last = back_from(base, unit, 1, 1, sign)
    return Value(
        first, last, unit_precision(unit, first, last), f"one {unit} {direction} the day told before"
    )


def edge(found: Found, ctx: Context) -> Value:
    """Work out "the end of the month", "the start of last year"."""
    det, unit = (found.get("det") or "").casefold(), (found.get("u") or "").casefold()
    part = (found.get("edge") or "").casefold()
    base = ctx.anchor.latest if det == "that" and ctx.anchor else ctx.now
    if base is None:
        return nothing(UNPUBLISHED)
    if det in ("last", "next"):
        whole = calendar_unit(base, unit if unit != "day" else "night", -1 if det == "last" else 1)
        first, last = whole.earliest or base, whole.latest or base
    else:
        first, last = (base, base) if unit == "day" else this_span(base, unit)
    if unit in ("week", "weekend"):
        first, last = (first, shift(first, 2)) if part in ("start", "beginning") else (shift(last, -2), last)
    elif part in ("end", "close", "turn") and unit == "month":
        first = shift(last, -4)
    elif part in ("start", "beginning") and unit == "month":
        last = shift(first, 4)
    else:
        first, last = part_of(first, last, part)
    return Value(first, last, "days", f"the {part} of a {unit} counted from publication")


def duration(found: Found, ctx: Context) -> Value:
    """Work out "for ten days", "seven years of war": a stretch that ends or begins at a day known."""
    unit = _unit(found)
    high = _count(found.get("n"))[1]
    word = next(
        (w for w in reversed(found.lead) if w in ("within", "in", "for", "after", "over", "during", "every")),
        "",
    )
    of = found.get("of")
    if not of and word not in ("within", "in", "for", "after", "over", "during"):
        return nothing(NO_TIME)
    if not word and unit in ("hour", "minute"):
        return nothing(NO_TIME)
    anchor = ctx.anchor if ctx.near or ctx.looking_back else None
    if word in ("within", "in") and not of:
        start = (anchor.earliest if anchor and not ctx.future else None) or ctx.now
        if start is None:
            return nothing(UNPUBLISHED)
        return Value(start, reach(start, unit, high, 1), "days", "so long from a day known", anchors=False,
                     flags=("duration",))  # fmt: skip
    end = (anchor.latest if anchor and not of else None) or ctx.now
    if end is None:
        return nothing(UNPUBLISHED)
    unmeasured = not found.get("n") and unit in ("year", "decade")
    return Value(
        None if unmeasured else reach(end, unit, high, -1),
        end,
        "days",
        "so long up to a day known",
        anchors=False,
        flags=("duration",),
    )


def nth(found: Found, ctx: Context) -> Value:
    """Work out "the third day of the campaign": counted from its beginning."""
    unit = _unit(found)
    count = ordinal_value(found.get("n") or "") or int(_count(found.get("n"))[0])
    if found.get("run") or "for" in found.lead:
        base = ctx.now
        if base is None:
            return nothing(UNPUBLISHED)
        return Value(reach(base, unit, count - 1, -1), base, "days", "so many in a row up to publication",
                     flags=("vague",), anchors=False)  # fmt: skip
    start, how = None, ""
    if ctx.begun is not None:
        start, how = ctx.begun
    elif ctx.anchor is not None and ctx.anchor.earliest is not None and ctx.near:
        start, how = ctx.anchor.earliest, "the day told before"
    if start is None and found.get("of") and ctx.now is not None and not ctx.looking_back:
        return Value(shift(ctx.now, -1), ctx.now, "days", "its beginning is not told; taken as the present",
                     anchors=False, flags=("vague",))  # fmt: skip
    if start is None or not (found.get("of") or found.lead):
        return nothing("counts from a beginning that is not told")
    first = reach(start, unit, count - 1, 1)
    last = first if unit not in ("week", "month", "year") else shift(reach(start, unit, count, 1), -1)
    now = ctx.now if unit in ("day", "night", "week") and not ctx.looking_back else None
    if (
        now is not None and not shift(now, -60) <= first <= now
    ):  # a campaign younger than the war that is known
        return Value(shift(now, -1), now, "days", "its beginning is not told; taken as the present",
                     anchors=False, flags=("vague",))  # fmt: skip
    return Value(first, last, unit_precision(unit, first, last), f"counted from {how}")


def edge_of_happening(found: Found, ctx: Context) -> Value:
    """Work out "at the start of the war", where its beginning is known."""
    part = (found.get("edge") or "").casefold()
    if ctx.begun is None:
        return nothing("the beginning of what is named is not told")
    start, how = ctx.begun
    if part in ("end", "course", "height"):
        return nothing("when it ended is not told")
    reach = 30 if "days" not in part and found.relation != "since" else 14
    return Value(start, shift(start, reach), "days", f"counted from {how}", anchors=False)


def since_happening(found: Found, ctx: Context) -> Value:
    """Work out "since the war began", "before the offensive", where its beginning is known."""
    if found.relation not in ("since", "before") and not found.get("began"):
        return nothing(NO_TIME)
    if ctx.begun is None:
        reason = "the beginning of what is named is not told"
        return Value(
            None, ctx.now, "unknown", f"up to publication; {reason}", anchors=False, flags=("vague",)
        )
    start, how = ctx.begun
    return Value(start, start, "day", f"counted from {how}", anchors=False)


def happening_began(found: Found, ctx: Context) -> Value:
    """Work out "the offensive began", a day only where the words lead up to it say so."""
    return since_happening(found, ctx) if found.relation else nothing(NO_TIME)
