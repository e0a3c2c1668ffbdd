"""Work out expressions that count from publication or from a day told before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ..model import Precision
from .date_grammar import Found
from .date_values import (
    _UNANCHORED, _UNPUBLISHED, Context, Value, _day, _edge, _none, _number, _part_of, _week, _weekday, add_months,
    month_span, shift,
)  # fmt: skip
from .numbers import number_value, ordinal_value

_DAYS = {"day": 1, "night": 1, "morning": 1, "evening": 1, "week": 7, "weekend": 7, "fortnight": 14}
_PRECISION: dict[str, Precision] = {"week": "week", "fortnight": "week", "weekend": "week", "month": "month",
                                    "year": "year", "decade": "years"}  # fmt: skip


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


def _back(day: date, unit: str, low: float, high: float, sign: int) -> tuple[date, date]:
    """Return the days that lie ``low`` to ``high`` units from ``day``, widened to the unit's roughness."""
    near, far = int(round(low)), int(round(high))
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


def _precision(unit: str, first: date, last: date) -> Precision:
    if first == last:
        return "day"
    return _PRECISION.get(unit, "days")


# -- weekdays ------------------------------------------------------------------------------------


def weekday(found: Found, ctx: Context) -> Value:
    """A weekday before or after publication, or after the day told before."""
    number = _weekday(found.get("wd") or "")
    det = (found.get("det") or "").casefold().replace("the ", "").strip()
    det2 = (found.get("det2") or "").casefold()
    base = ctx.now
    if not det and found.lead[-1:] == ("the",) and ctx.day is not None:
        det = "that"  # "on the Friday"
    if det in ("that", "following", "previous") or ctx.looking_back:
        told = ctx.day or ctx.anchor
        anchor = told.latest if told else None
        if anchor is None:
            return _none(_UNANCHORED)
        if det == "previous":
            return _day(shift(anchor, -((anchor.weekday() - number) % 7 or 7)), "the last before the day told before")
        step = (number - anchor.weekday()) % 7
        return _day(shift(anchor, step or 7 * (det == "following")), "the next after the day told before")
    if base is None:
        return _none(_UNPUBLISHED)
    if "last week" in det2 or "this week" in det2 or "next week" in det2:
        monday = shift(_week(base)[0], -7 * ("last" in det2) + 7 * ("next" in det2))
        return _day(shift(monday, number), "a weekday of the week told")
    back = (base.weekday() - number) % 7
    ahead = (number - base.weekday()) % 7
    if det in ("last", "past"):
        return _day(shift(base, -(back + 7 if back < 2 else back)), "the last such weekday before publication")
    if det in ("next", "coming"):
        return _day(shift(base, ahead or 7), "the next such weekday after publication")
    if ctx.local_ahead and ahead == 1:
        return _day(shift(base, 1), "a weekday in local time, a day ahead of the place of publication")
    if ctx.future and not (back == 0 and found.relation is None):
        return _day(shift(base, ahead), "a weekday to come: the next after publication")
    return _day(shift(base, -back), "the last such weekday up to publication")


def weekdays(found: Found, ctx: Context) -> Value:
    """Two weekdays and what lies between."""
    second = weekday(replace(found, groups={**found.groups, "wd": found.get("wd2")}), ctx)
    if second.latest is None:
        return second
    gap = (second.latest.weekday() - _weekday(found.get("wd") or "")) % 7
    return Value(shift(second.latest, -gap), second.latest, "days", f"two weekdays: {second.reason}")


def weekday_day(found: Found, ctx: Context) -> Value:
    """A weekday with the day of the month ("Tue 20"): the month in which they agree."""
    number, day = _weekday(found.get("wd") or ""), _number(found.get("d"))
    base = ctx.now or (ctx.anchor.latest if ctx.anchor else None)
    assert day is not None
    if base is None:
        return _none(_UNPUBLISHED)
    for months in (0, -1, 1, -2, 2, -3, -4, -5):
        month = add_months(base, months)
        if day <= month_span(month.year, month.month)[1].day:
            told = date(month.year, month.month, day)
            if told.weekday() == number:
                return _day(told, "the weekday and the day of the month agree in this month")
    return replace(weekday(found, ctx), flags=("weekday-mismatch",))


def weekend(found: Found, ctx: Context) -> Value:
    """The weekend: last before publication, or the one told."""
    det = (found.get("det") or "").casefold()
    base = ctx.now if "that" not in det and "following" not in det else (ctx.anchor.latest if ctx.anchor else None)
    if base is None:
        return _none(_UNPUBLISHED)
    saturday = shift(base, 5 - base.weekday())
    forward = "next" in det or "coming" in det or "that" in det or "following" in det or (ctx.future and "last" not in det)
    if "this" in det and base.weekday() in (2, 3, 4):
        forward = True
    if base.weekday() < 5 and not forward:
        saturday = shift(saturday, -7)
    elif "last" in det or "next" in det:
        saturday = shift(saturday, 7 if "next" in det and base.weekday() >= 5 else -7 if "last" in det else 0)
    return Value(saturday, shift(saturday, 1), "days", "a Saturday and Sunday, counted from publication")


# -- words ---------------------------------------------------------------------------------------


def day_word(found: Found, ctx: Context) -> Value:
    """"today", "yesterday", "overnight"."""
    word = (found.get("w") or "").casefold()
    base = ctx.now
    if base is None:
        return _none(_UNANCHORED if ctx.looking_back else _UNPUBLISHED)
    if word == "overnight":
        if ctx.looking_back:
            return Value(base, shift(base, 1), "days", "the night after the day told before", anchors=False)
        return Value(shift(base, -1), base, "days", "the night to publication")
    step = {"yesterday": -1, "tomorrow": 1}.get(word, 0)
    return _day(shift(base, step), "counts from publication" if not ctx.looking_back else "counts from the day told")


def now_word(found: Found, ctx: Context) -> Value:
    """"now", "still", "so far": up to publication."""
    base = ctx.now
    if base is None:
        return _none(_UNPUBLISHED)
    return Value(shift(base, -1), base, "days", "the present: the day before publication to publication",
                 anchors=False, flags=("vague",))  # fmt: skip


def soon_word(found: Found, ctx: Context) -> Value:
    """"soon", "at once": from publication on, or after the day told before."""
    word = (found.get("w") or "").casefold()
    if word in ("immediately", "at once", "straight away", "eventually", "soon", "shortly") and not ctx.future:
        anchor = ctx.anchor if ctx.near or ctx.looking_back else None
        if anchor is not None and anchor.earliest is not None:
            span = 30 if word == "eventually" else 3
            return Value(anchor.earliest, shift(anchor.earliest, span), "days", "after the day told before",
                         anchors=False, flags=("vague",))  # fmt: skip
    base = ctx.now
    if base is None:
        return _none(_UNPUBLISHED)
    return Value(base, None, "unknown", "from publication on, with no end told", anchors=False, flags=("vague",))


def recent_word(found: Found, ctx: Context) -> Value:
    """"recently": the last weeks, without a sharp beginning."""
    base = ctx.now
    if base is None:
        return _none(_UNPUBLISHED)
    return Value(shift(base, -30), base, "days", "lately: taken as the last 30 days", anchors=False, flags=("vague",))


def then_word(found: Found, ctx: Context) -> Value:
    """"then", "since then", "later": counts from the day told before."""
    word = (found.get("w") or "").casefold()
    anchor = ctx.anchor
    if anchor is None or anchor.earliest is None:
        return replace(_none(_UNANCHORED), flags=("vague",))
    first, last = anchor.earliest, anchor.latest or anchor.earliest
    if word.startswith("since"):
        end = ctx.published if not ctx.looking_back and ctx.published else None
        return Value(first, max(first, end) if end else None, "days", "from the day told before on",
                     anchors=False, flags=("vague",))  # fmt: skip
    if word.startswith(("later", "after", "subseq", "soon", "shortly", "there")):
        return Value(first, shift(last, 7), "days", "after the day told before", anchors=False, flags=("vague",))
    if word == "earlier":
        return Value(shift(first, -7), last, "days", "before the day told before", anchors=False, flags=("vague",))
    return replace(anchor, reason="the day told before", anchors=False, flags=("vague",))


def day_part(found: Found, ctx: Context) -> Value:
    """A part of a day or an hour with no day: of the day told before, else the last before publication."""
    anchor = ctx.day if ctx.near or ctx.looking_back else None
    short = anchor is not None and anchor.earliest and anchor.latest and (anchor.latest - anchor.earliest).days < 3
    if anchor is not None and short:
        return Value(anchor.earliest, anchor.latest, anchor.precision, "a part of the day told before",
                     anchors=False, flags=("part-of-day",))  # fmt: skip
    base = ctx.now
    if base is None:
        return replace(_none(_UNPUBLISHED), flags=("part-of-day",))
    return Value(shift(base, -1), base, "days", "a part of the day of publication or the day before",
                 anchors=False, flags=("part-of-day",))  # fmt: skip


# -- so many units -------------------------------------------------------------------------------


def ago(found: Found, ctx: Context) -> Value:
    """"two weeks ago", counted from publication; a year ago is that whole year."""
    base = ctx.now
    if base is None:
        return _none(_UNPUBLISHED)
    unit = _unit(found)
    low, high = _count(found.get("n"))
    first, last = _back(base, unit, low, high, -1)
    if found.relation == "until":
        first = last
    if unit in ("spring", "summer", "autumn", "winter"):
        unit = "year"
    return Value(first, last, _precision(unit, first, last), f"that many {unit}s before publication")


def offset(found: Found, ctx: Context) -> Value:
    """"two days later", "a week before": counted from the day told before."""
    rough = _unit(found) in ("month", "year", "decade")
    anchor = ctx.anchor if rough else ctx.day
    if anchor is None and _unit(found) in ("hour", "minute") and ctx.now is not None and not ctx.looking_back:
        return Value(shift(ctx.now, -1), ctx.now, "days", "hours from a time of the day of publication or the day before",
                     anchors=False, flags=("part-of-day",))  # fmt: skip
    if anchor is None or anchor.earliest is None or anchor.latest is None:
        return _none(_UNANCHORED)
    direction = (found.get("dir") or "").casefold()
    unit = _unit(found)
    low, high = _count(found.get("n"))
    # "a day after the raid": the raid lies before the day told; "a day later" lies behind it.
    back = direction in ("earlier", "previously", "beforehand") or (direction == "after" and not _closes(found))
    if direction == "before":
        back = _closes(found)
    sign = -1 if back else 1
    first, _ = _back(anchor.earliest, unit, low, high, sign)
    _, last = _back(anchor.latest if (anchor.latest - anchor.earliest).days <= 31 else anchor.earliest,
                    unit, low, high, sign)  # fmt: skip
    if found.get("n") is None and unit == "hour":
        first, last = (shift(anchor.earliest, -1), anchor.latest) if back else (anchor.earliest, shift(anchor.latest, 1))
    where = "before" if back else "after"
    return Value(first, last, _precision(unit, first, last), f"so many {unit}s {where} the day told before")


def _closes(found: Found) -> bool:
    """Tell whether the expression ends its phrase, so that "after" counts from the day told before."""
    return found.groups.get("closes") == "yes"


def past(found: Found, ctx: Context) -> Value:
    """"the past week", "the next three days", "the first week of the war"."""
    which = (found.get("which") or "").casefold()
    unit = _unit(found)
    low, high = _count(found.get("n")) if found.get("n") else (1, 1)
    of_day = which == "next" and unit in ("day", "night", "morning", "evening")
    stepping = which in ("next", "following", "previous", "preceding") and not {"within", "over"} & set(found.lead)
    if (found.get("the") or of_day) and not found.get("n") and stepping and not (found.get("u") or "").endswith("s"):
        anchor_told = ctx.anchor if unit in ("month", "year") else ctx.day
        if anchor_told is None or anchor_told.earliest is None:
            return _none(_UNANCHORED)
        return _told_unit(anchor_told, (found.get("u") or "").casefold(), which)
    if which in ("first", "opening"):
        start = ctx.begun[0] if found.get("of") and ctx.begun else ctx.anchor.earliest if ctx.anchor else None
        if start is None:
            return _none(_UNANCHORED)
        return Value(start, _reach(start, unit, high, 1), "days", "the first days from the beginning told", anchors=False)
    if which in ("following", "final") or (which == "next" and ctx.looking_back):
        anchor = ctx.anchor.latest if ctx.anchor else None
        if anchor is None:
            return _none(_UNANCHORED)
        return Value(anchor, _reach(anchor, unit, high, 1), "days", "the days after the day told before", anchors=False)
    base = ctx.now
    if base is None:
        return _none(_UNPUBLISHED)
    if found.get("n") is None and which in ("last", "next", "previous") and unit in ("week", "month", "year", "night"):
        if (found.get("u") or "").endswith("s"):
            return Value(_reach(base, unit, 2, -1), base, "days", "up to publication", anchors=False)
        if not found.get("the"):
            return _calendar(base, unit, -1 if which != "next" else 1)
    if which in ("next", "coming"):
        return Value(base, _reach(base, unit, high, 1), _run(unit), "so long from publication on", anchors=False)
    return Value(_reach(base, unit, high, -1), base, _run(unit), "so long up to publication", anchors=False)


def _run(unit: str) -> Precision:
    return {"week": "week", "month": "month", "year": "year", "decade": "years"}.get(unit, "days")  # type: ignore[return-value]


def _reach(day: date, unit: str, count: float, sign: int) -> date:
    if unit in ("minute", "hour"):
        hours = count if unit == "hour" else 1
        return shift(day, sign * max(1, round(hours / 24)))
    if unit in _DAYS:
        return shift(day, int(sign * count * _DAYS[unit]))
    if unit == "month":
        return add_months(day, int(sign * count))
    return add_months(day, int(sign * count * (120 if unit == "decade" else 12)))


def _calendar(base: date, unit: str, step: int) -> Value:
    if unit == "night":
        return Value(shift(base, -1), base, "days", "the night to publication")
    if unit == "week":
        monday, _ = _week(shift(base, 7 * step))
        return Value(monday, shift(monday, 6), "week", "a calendar week counted from publication")
    if unit == "month":
        moved = add_months(base.replace(day=1), step)
        return Value(*month_span(moved.year, moved.month), "month", "a calendar month counted from publication")
    if unit == "fortnight":
        return Value(shift(base, 14 * step), base, "week", "counted from publication")
    year = min(max(1, base.year + step * (10 if unit == "decade" else 1)), 9999)
    return Value(date(year, 1, 1), date(year, 12, 31), "year", "a calendar year counted from publication")


def recent(found: Found, ctx: Context) -> Value:
    """"recent weeks", "the coming days", "the following months"."""
    which = (found.get("which") or "").casefold()
    unit = _unit(found)
    size = {"day": 6, "night": 6, "week": 3, "month": 3, "year": 3, "hour": 24}[unit]
    if which in ("following", "ensuing", "intervening", "subsequent", "succeeding"):
        anchor = ctx.anchor.latest if ctx.anchor else None
        if anchor is None:
            return _none(_UNANCHORED)
        return Value(anchor, _reach(anchor, unit, size, 1), "days", "the time after the day told before", anchors=False)
    base = ctx.now
    if base is None:
        return _none(_UNPUBLISHED)
    if which == "coming":
        return Value(base, _reach(base, unit, size, 1), "days", "a while from publication on", anchors=False)
    return Value(_reach(base, unit, size, -1), base, "days", "a while up to publication", anchors=False)


def this_unit(found: Found, ctx: Context) -> Value:
    """"this week", "last month", "that day", "the same night", "the following year"."""
    det = (found.get("det") or "").casefold().replace("the ", "").replace(" very", "").strip()
    unit = (found.get("u") or "").casefold()
    to_anchor = det in ("that", "same", "following", "next", "previous", "preceding", "that same", "very", "very next")
    if det == "next" and (found.get("det") or "").casefold() == "next":
        to_anchor = ctx.looking_back
    if to_anchor or (det == "this" and ctx.looking_back):
        anchor = ctx.anchor if unit in ("month", "year", "decade") else ctx.day
        if anchor is None or anchor.earliest is None or anchor.latest is None:
            return _none(_UNANCHORED)
        return _told_unit(anchor, unit, det)
    base = ctx.now
    if base is None:
        return _none(_UNPUBLISHED)
    if unit in ("day", "morning", "afternoon", "evening", "dawn") or (unit == "night" and det == "this"):
        step = -1 if det == "last" else 1 if det == "next" else 0
        return _day(shift(base, step), "counts from publication")
    if det == "this":
        if unit == "decade":
            return Value(date(base.year // 10 * 10, 1, 1), base, "years", "this decade up to publication")
        first, last = _this(base, unit)
        if ctx.future:
            return Value(base, last, _run(unit), f"the rest of this {unit}", anchors=False)
        return Value(first, base, _run(unit), f"this {unit}, up to publication", anchors=False)
    return _calendar(base, "week" if unit == "weekend" else unit, -1 if det == "last" else 1)


def _this(base: date, unit: str) -> tuple[date, date]:
    if unit in ("week", "weekend", "fortnight"):
        return _week(base)
    if unit == "month":
        return month_span(base.year, base.month)
    return date(base.year, 1, 1), date(base.year, 12, 31)


def _told_unit(anchor: Value, unit: str, det: str) -> Value:
    first, last = anchor.earliest, anchor.latest
    assert first is not None and last is not None
    step = 1 if det in ("following", "next", "very next") else -1 if det in ("previous", "preceding") else 0
    if unit in ("day", "morning", "afternoon", "evening", "night", "dawn"):
        if step == 0:
            return replace(anchor, reason=f"that {unit}: the day told before", flags=())
        base = last if step > 0 else first
        return _day(shift(base, step), f"the day {'after' if step > 0 else 'before'} the one told before")
    if unit == "weekend":
        saturday = shift(last, 5 - last.weekday())
        return Value(saturday, shift(saturday, 1), "days", "the weekend after the day told before")
    if unit in ("week", "fortnight"):
        monday, sunday = _week(shift(first, 7 * step))
        return Value(monday, sunday, "week", "the week of the day told before")
    if unit == "month":
        moved = add_months(first.replace(day=1), step)
        return Value(*month_span(moved.year, moved.month), "month", "the month of the day told before")
    year = min(max(1, first.year + step), 9999)
    return Value(date(year, 1, 1), date(year, 12, 31), "year", "the year of the day told before")


def day_before(found: Found, ctx: Context) -> Value:
    """"the day before", "the night before last", "the day after tomorrow"."""
    unit, direction = (found.get("u") or "").casefold(), (found.get("dir") or "").casefold()
    sign = 1 if direction == "after" else -1
    deictic = (found.get("deictic") or "").casefold().strip()
    base: date | None
    if deictic:
        base = ctx.now
        if base is None:
            return _none(_UNPUBLISHED)
        base = shift(base, 1 if deictic in ("tomorrow", "next") else -1)
    else:
        told = ctx.anchor if unit in ("month", "year") else ctx.day
        base = told.earliest if told else None
        if base is None:
            return _none(_UNANCHORED)
        if not _closes(found):  # "the day after the raid": the raid lies on the other side of the day told
            sign = -sign
    unit = "day" if unit in ("night", "evening", "morning") else "week" if unit == "weekend" else unit
    first, last = _back(base, unit, 1, 1, sign)
    return Value(first, last, _precision(unit, first, last), f"one {unit} {direction} the day told before")


def edge(found: Found, ctx: Context) -> Value:
    """"the end of the month", "the start of last year"."""
    det, unit = (found.get("det") or "").casefold(), (found.get("u") or "").casefold()
    part = (found.get("edge") or "").casefold()
    base = ctx.anchor.latest if det == "that" and ctx.anchor else ctx.now
    if base is None:
        return _none(_UNPUBLISHED)
    if det in ("last", "next"):
        whole = _calendar(base, unit if unit != "day" else "night", -1 if det == "last" else 1)
        first, last = whole.earliest or base, whole.latest or base
    else:
        first, last = (base, base) if unit == "day" else _this(base, unit)
    if unit in ("week", "weekend"):
        first, last = (first, shift(first, 2)) if part in ("start", "beginning") else (shift(last, -2), last)
    elif part in ("end", "close", "turn") and unit == "month":
        first = shift(last, -4)
    elif part in ("start", "beginning") and unit == "month":
        last = shift(first, 4)
    else:
        first, last = _part_of(first, last, part)
    return Value(first, last, "days", f"the {part} of a {unit} counted from publication")


def duration(found: Found, ctx: Context) -> Value:
    """"for ten days", "within a week", "seven years of war": a stretch that ends or begins at a day known."""
    unit = _unit(found)
    low, high = _count(found.get("n"))
    word = next((w for w in reversed(found.lead) if w in ("within", "in", "for", "after", "over", "during", "every")), "")
    of = found.get("of")
    if not of and word not in ("within", "in", "for", "after", "over", "during"):
        return _none("a length of time, no day")
    anchor = ctx.anchor if ctx.near or ctx.looking_back else None
    if word in ("within", "in") and not of:
        start = (anchor.earliest if anchor and not ctx.future else None) or ctx.now
        if start is None:
            return _none(_UNPUBLISHED)
        return Value(start, _reach(start, unit, high, 1), "days", "so long from a day known", anchors=False,
                     flags=("duration",))  # fmt: skip
    end = (anchor.latest if anchor and not of else None) or ctx.now
    if end is None:
        return _none(_UNPUBLISHED)
    return Value(_reach(end, unit, high, -1), end, "days", "so long up to a day known", anchors=False, flags=("duration",))


def nth(found: Found, ctx: Context) -> Value:
    """"the third day of the campaign": counted from its beginning."""
    unit = _unit(found)
    count = ordinal_value(found.get("n") or "") or int(_count(found.get("n"))[0])
    if found.get("run") or "for" in found.lead:
        base = ctx.now
        if base is None:
            return _none(_UNPUBLISHED)
        return Value(_reach(base, unit, count - 1, -1), base, "days", "so many in a row up to publication",
                     flags=("vague",), anchors=False)  # fmt: skip
    start, how = None, ""
    if ctx.begun is not None:
        start, how = ctx.begun
    elif ctx.anchor is not None and ctx.anchor.earliest is not None and ctx.near:
        start, how = ctx.anchor.earliest, "the day told before"
    if start is None and found.get("of") and ctx.now is not None and not ctx.looking_back:
        return Value(shift(ctx.now, -1), ctx.now, "days", "counts from a beginning that is not told; taken as the present",
                     anchors=False, flags=("vague",))  # fmt: skip
    if start is None or not (found.get("of") or found.lead):
        return _none("counts from a beginning that is not told")
    first = _reach(start, unit, count - 1, 1)
    last = first if unit not in ("week", "month", "year") else shift(_reach(start, unit, count, 1), -1)
    return Value(first, last, _precision(unit, first, last), f"counted from {how}")


# -- happenings ----------------------------------------------------------------------------------


def edge_of_happening(found: Found, ctx: Context) -> Value:
    """"at the start of the war", where its beginning is known."""
    part = (found.get("edge") or "").casefold()
    if ctx.begun is None:
        return _none("the beginning of what is named is not told")
    start, how = ctx.begun
    if part in ("end", "course", "height"):
        return _none("when it ended is not told")
    reach = 30 if "days" not in part and found.relation != "since" else 14
    return Value(start, shift(start, reach), "days", f"counted from {how}", anchors=False)


def since_happening(found: Found, ctx: Context) -> Value:
    """"since the war began", "before the offensive", where its beginning is known."""
    if found.relation not in ("since", "before") and not found.get("began"):
        return _none("no day is told")
    if ctx.begun is None:
        reason = "the beginning of what is named is not told"
        return Value(None, ctx.now, "unknown", f"up to publication; {reason}", anchors=False, flags=("vague",))
    start, how = ctx.begun
    return Value(start, start, "day", f"counted from {how}", anchors=False)


def happening_began(found: Found, ctx: Context) -> Value:
    """"the offensive began", a day only where the words lead up to it say so."""
    return since_happening(found, ctx)


def day_edge(found: Found, ctx: Context) -> Value:
    """Return no day for a part of an expression that stands alone."""
    return _none(f"{_edge(found)} of nothing told")
