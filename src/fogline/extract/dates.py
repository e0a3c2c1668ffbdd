"""Recognise time expressions and work out the days they stand for, from the text and its publication."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from ..model import Document, Precision, When
from . import date_full, date_spans, date_units, date_words, feasts
from .campaigns import Campaign, campaign_named, campaign_of
from .data import data
from .date_grammar import Found, find
from .date_values import FAR, NO_TIME, Context, Value, shift, weekday_of
from .hindsight import is_encyclopaedia, looks_back
from .sentences import sentence_starts

_REACH = 400  # characters of a sentence on either side of an expression that can bear on it
_PARAGRAPH = 4000  # characters up to which a paragraph is looked back over
_RANGE_GAP = re.compile(r"\s*,?\s*(?:and|to|until|till|through|up to|–|—|-)\s*(?:the |on )?\s*", re.I)
_PART_GAP = re.compile(r",? ?(?:on |of |the |in the )?", re.I)
_BEGAN = re.compile(
    r"\b(?:war|invasion|offensive|siege|campaign|operation|conflict|uprising|fighting|assault|crisis|hostilities)\b"
    r".{0,80}?\b(?:began|started|erupted|broke out|launched|begun|opened)\b"
    r"|\b(?:began|started|launched|opened|begun)\b.{0,40}?\b(?:war|invasion|offensive|siege|campaign|operation|assault)\b"
)
_CLOSES = re.compile(
    r"\s*(?:[,.;:)\]”\"]|$|\b(?:was|were|had|[a-z]{3,}ed)\b"
    r"|\b(?:the|a|an)?\s*(?:and|but|when|as|in|at|on|with|near|to|,)\b)"
)
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_SAYING = re.compile(
    r"\b(?:said|says|told \w+|announced|reported|added|repl(?:y|ied|ying)|stated|confirmed|acknowledged"
    r"|conceded|denied|insisted|claimed|warned|wrote|tweeted|declared)\s*$"
)
_THAT_YEAR = re.compile(r"\b(?:that|the same) year\b")
_OF = re.compile(r"\bof (?:the )?$", re.I)
_LED = 10  # characters before a year that can hold that
_EARLY = frozenset({"early", "morning", "dawn", "daybreak", "predawn", "pre-dawn"})
_OPENING = 500  # characters within which a report tells its news
_HEAD = 600  # characters within which a look back tells its days
_ABSOLUTE = frozenset({"ymd", "slashed", "day_range", "month", "year", "years", "decade", "months"})


@lru_cache(maxsize=1)
def _future() -> re.Pattern[str]:
    return re.compile(data("extract/dates.yml")["future"])


@lru_cache(maxsize=64)
def _worker(name: str) -> Callable[[Found, Context], Value]:
    module = next(m for m in (date_full, date_words, date_spans, date_units, feasts) if hasattr(m, name))
    worker: Callable[[Found, Context], Value] = getattr(module, name)
    return worker


def dates(document: Document) -> list[When]:
    """Return the time expressions of a document with the days they stand for, in order.

    Uses the text and the day of publication alone. What cannot be worked out has no interval and says
    why in ``reason``; expressions that only lean on publication ("now", "still") carry the flag
    ``vague``, lengths of time ("for ten days") the flag ``duration``.

    Args:
        document: the report; ``published``, ``title`` and ``outlet`` help where they are known.

    Returns:
        The expressions in the order of the text; ``text`` is always the slice ``start:end``.
    """
    text = document.text
    found = find(text)
    walk = _Walk(document, found)
    return _joined(text, walk.run())


@dataclass(frozen=True, slots=True)
class _Told:
    found: Found
    value: Value


class _Walk:
    """One reading of a document's expressions in order, each with what was told before it."""

    def __init__(self, document: Document, found: tuple[Found, ...]) -> None:
        self.document = document
        self.text = document.text
        self.found = found
        self.starts = sentence_starts(self.text) if found else [0]
        self.campaign = campaign_of(document)
        self.frame, self.frame_told = _frame(document, found, self.campaign)
        self.lead: tuple[date, date] | None = None
        self.month_first = _month_first(document.outlet, document.url)
        self.ahead = any(self._is_local_ahead(its) for its in found)
        self.begun = self._begun()
        self.lead = self._lead() if self.frame is not None else None

    def run(self) -> list[_Told]:
        told: list[_Told] = []
        anchor = self._first_full() if self.frame is not None else None
        day = anchor if anchor is not None and _is_short(anchor) else None
        heard = anchor
        anchor_end = 0
        for i, found in enumerate(self.found):
            following = self.found[i + 1] if i + 1 < len(self.found) else None
            close = anchor is not None and found.start - anchor_end < _PARAGRAPH
            near = close and "\n" not in self.text[anchor_end : found.start]
            that_year = _THAT_YEAR.search(self.text, found.core, found.end) is not None
            context = replace(self._context(found, heard if that_year else anchor, near), day=day)
            value = self._value(found, following, context)
            if told and self._is_apposition(told[-1].found, found) and told[-1].value.precision == "day":
                value = replace(told[-1].value, reason="the day told right before, in other words")
            if value.reason != NO_TIME:
                told.append(_Told(found, value))
            published = self.document.published if self.frame is None else None
            ahead = published is not None and value.earliest is not None and value.earliest > published
            saying = close and self._is_attribution(found)
            goes_on = value.anchors and value.earliest is not None and not ahead and not saying
            heard = value if goes_on else heard
            if goes_on and not self._is_aside(found, value, anchor):
                anchor, anchor_end = value, found.end
                day = value if _is_short(value) else day
        return told

    def _first_full(self) -> Value | None:
        """Return the first day or month told with its year, from which a look back can begin."""
        for found in self.found:
            if found.value in ("ymd", "month", "day_range") and len(found.get("y") or "") == 4:
                value = self._value(found, None, self._plain(found, None))
                if value.earliest is not None:
                    return replace(value, anchors=True)
        return None

    def _lead(self) -> tuple[date, date] | None:
        """Return the days that a look back is headed with: "fought on 17–20 March 1988"."""
        for found in self.found:
            if found.start > _HEAD:
                return None
            if found.value in ("ymd", "day_range") and len(found.get("y") or "") == 4:
                value = self._value(found, None, self._plain(found, None))
                if value.earliest is not None and value.latest is not None:
                    return value.earliest, value.latest
        return None

    def _value(self, found: Found, following: Found | None, context: Context) -> Value:
        if found.value in ("offset", "day_before"):
            if found.get("dir") == "after" and self.text.endswith("for ", 0, found.start):
                return Value(None, None, "unknown", NO_TIME, anchors=False)  # "hold fire for a day after"
            counted = self._counted_from(found, following, context)
            if counted is not None:
                return counted
            closes = _CLOSES.match(self.text, found.end) is not None
            found = replace(found, groups={**found.groups, "closes": "yes" if closes else None})
        try:
            value = _worker(found.value)(found, context)
        except (OverflowError, ValueError):
            value = Value(None, None, "unknown", "outside the calendar", anchors=False)
        return _related(found, value, context)

    def _counted_from(self, found: Found, following: Found | None, context: Context) -> Value | None:
        """Count "two days after" from the day that stands right behind it ("two days after the 13th")."""
        direction = (found.get("dir") or "").casefold()
        if following is None or direction not in ("after", "before") or following.start - found.end > 2:
            return None
        base = self._value(following, None, replace(context, anchor=context.anchor))
        if base.earliest is None:
            return None
        groups = {**found.groups, "closes": "yes", "dir": "later" if direction == "after" else "earlier"}
        return _worker("offset")(
            replace(found, groups={"n": "one", **{k: v for k, v in groups.items() if v}}, value="offset"),
            replace(context, anchor=base, day=base),
        )

    def _context(self, found: Found, anchor: Value | None, near: bool) -> Context:
        return Context(
            published=self.document.published, anchor=anchor, near=near, frame=self.frame,
            frame_told=self.frame_told, lead=self.lead, told_year=self._tells_year(found),
            future=self._is_future(found), happened=self._has_happened(found),
            local_ahead=self.ahead, month_first=self.month_first,
            begun=self._named(found) or self.begun,
        )  # fmt: skip

    def _sentence(self, found: Found) -> tuple[int, int]:
        """Return the sentence around an expression, cut to what can bear on it."""
        i = bisect_right(self.starts, found.start) - 1
        stop = self.starts[i + 1] if i + 1 < len(self.starts) else len(self.text)
        return max(self.starts[i], found.start - _REACH), min(stop, found.end + _REACH)

    def _is_future(self, found: Found) -> bool:
        """Tell whether the nearest verb phrase around the expression speaks of what is to come."""
        first, last = self._sentence(found)
        if found.relation in ("by", "until", "before") and _future().search(self.text, first, last):
            return True
        before = self.text[max(first, found.start - 70) : found.core]
        after = self.text[found.end : min(last, found.end + 45)]
        clause_before = re.split(r"[,;:—–]\s|\b(?:and|but|after|who|which|said|says)\b", before)[-1]
        clause_after = re.split(r"[,;:—–.]\s|\b(?:said|says|told|after)\b", after)[0]
        return bool(_future().search(clause_before) or _future().match(clause_after.lstrip()))

    def _has_happened(self, found: Found) -> bool:
        """Tell whether the sentence of an expression tells of what has been, and arranges nothing to come."""
        first, last = self._sentence(found)
        words, sentence = data("extract/dates.yml"), self.text[first:last]
        ahead = re.search(words["arranged"], sentence) or _future().search(sentence)
        return not ahead and re.search(words["happened"], sentence) is not None

    def _is_local_ahead(self, found: Found) -> bool:
        """Tell whether a weekday is in another place's time, where tomorrow has begun.

        The text says so, or a report opens with that weekday's early hours, by which nobody tells what is six
        days old.
        """
        if found.value == "weekday" and self.text.startswith("local time", found.end + 1):
            return True
        published = self.document.published
        early = found.part in _EARLY or not _EARLY.isdisjoint(found.lead)
        heads = early and found.start < _OPENING and found.value == "weekday" and found.relation is None
        if not heads or published is None or found.get("det") or self.frame is not None:
            return False
        tomorrow = (weekday_of(found.get("wd") or "") - published.weekday()) % 7 == 1
        return tomorrow and self._has_happened(found) and not self._is_future(found)

    def _tells_year(self, found: Found) -> bool:
        """Tell whether an expression before this one in its sentence tells its year."""
        first, _ = self._sentence(found)
        return _YEAR.search(self.text, first, found.start) is not None

    def _is_attribution(self, found: Found) -> bool:
        """Tell whether the expression times the saying ("said on Monday"), which anchors nothing."""
        before = self.text[max(0, found.start - 24) : found.start]
        return _SAYING.search(before) is not None

    def _is_apposition(self, before: Found, found: Found) -> bool:
        """Tell whether a count of days only says again when it was: "on 19 November, three days later, …"."""
        if found.value != "offset" or self.text[before.end : found.start] != ", ":
            return False
        return found.get("dir") == "into" or self.text[found.end : found.end + 1] in {",", ";", "."}

    def _is_aside(self, found: Found, value: Value, anchor: Value | None) -> bool:
        """Tell whether a time long before the one told last only places something else.

        "A barracks held since 2014" and "the invasion of 2001" say nothing of when the text goes on.
        """
        before = anchor.earliest if anchor is not None else None
        if before is None or value.earliest is None:
            return False
        if self._is_elsewhere(found, value):
            return True
        if before - value.earliest <= FAR:
            return False
        led = _OF.search(self.text, max(0, found.core - _LED), found.core)
        named = found.value in ("year", "years") and led is not None
        return "since" in value.flags or named

    def _is_elsewhere(self, found: Found, value: Value) -> bool:
        """Tell whether a look back names a mere year far from what it is about ("a study of 1988")."""
        if self.frame is None or value.earliest is None or found.value not in ("year", "years", "decade"):
            return False
        first, last = self.frame
        return value.earliest > last + FAR or (value.latest or value.earliest) < first - FAR

    def _named(self, found: Found) -> tuple[date, str] | None:
        """Return the beginning of the war that an expression names itself, if it does."""
        if found.get("of") is None:
            return None
        campaign = campaign_named(self.text[found.core : found.core_end + 24])
        return (campaign.start, f"the beginning of {campaign.name}") if campaign else None

    def _begun(self) -> tuple[date, str] | None:
        """Find the day on which the text says that its war or campaign began."""
        anchor: Value | None = None
        for i, found in enumerate(self.found):
            if found.value not in _ABSOLUTE or found.relation in ("until", "by"):
                continue
            value = self._value(found, None, self._plain(found, anchor))
            if value.earliest is None:
                continue
            anchor = value
            if i > 400:
                break
            first, last = self._sentence(found)
            around = self.text[max(first, found.start - 120) : min(last, found.end + 80)]
            if value.precision in ("day", "month") and _BEGAN.search(around):
                return value.earliest, "the beginning that the text tells"
        if self.campaign is not None:
            return self.campaign.start, f"the beginning of {self.campaign.name}"
        return None

    def _plain(self, found: Found, anchor: Value | None) -> Context:
        return Context(
            published=self.document.published, anchor=anchor, near=False, frame=self.frame,
            frame_told=self.frame_told, future=False, month_first=self.month_first,
        )  # fmt: skip


def _is_short(value: Value) -> bool:
    """Tell whether a value is told to a week or better, so that days can be counted from it."""
    if value.earliest is None or value.latest is None:
        return value.earliest is not None and value.precision == "days"
    return (value.latest - value.earliest).days <= 7


def _related(found: Found, value: Value, context: Context) -> Value:
    """Bend an interval to the word before it: since, until, by, before, after, from."""
    first, last = value.earliest, value.latest
    if first is None or found.value in ("then_word", "now_word", "duration", "past", "recent"):
        return value
    if "night" in found.lead and "of" in found.lead and value.precision == "day":
        value = replace(
            value,
            latest=shift(first, 1),
            precision="days",
            reason=value.reason + "; a night runs into the next day",
        )
        last = value.latest
    relation = "from" if found.onward and found.relation is None else found.relation
    now = context.published if not context.looking_back else None
    if relation == "since" or (relation == "from" and found.onward):
        end = now if now is not None and now >= first else None
        return replace(
            value,
            latest=end,
            precision="days",
            reason=f"from {first} on ({value.reason})",
            flags=(*value.flags, "since"),
        )
    if relation in ("until", "by") and last is not None:
        if context.future and now is not None and now <= last:
            return replace(value, earliest=now, reason=f"from publication to {last} ({value.reason})")
        return replace(
            value, earliest=None, reason=f"up to {last} ({value.reason})", flags=(*value.flags, relation)
        )
    ends = {"end", "middle"} & {*found.lead, found.get("edge") or ""}
    if relation == "before" and last is not None and ends:
        return replace(
            value, earliest=None, reason=f"before {last} ({value.reason})", flags=(*value.flags, "before")
        )
    if relation == "before":
        reason = f"before {first} ({value.reason})"
        return replace(value, earliest=None, latest=shift(first, -1), reason=reason,
                       flags=(*value.flags, "before"), anchors=False)  # fmt: skip
    if relation == "after" and last is not None:
        return replace(value, earliest=last, latest=None, reason=f"after {last} ({value.reason})",
                       flags=(*value.flags, "after"))  # fmt: skip
    return value


def _joined(text: str, told: list[_Told]) -> list[When]:
    """Join what belongs together: "between X and Y", "at 4pm on Tuesday"."""
    out: list[When] = []
    i = 0
    while i < len(told):
        one = told[i]
        two = told[i + 1] if i + 1 < len(told) else None
        gap = text[one.found.end : two.found.start] if two else ""
        if two is not None and len(gap) <= 12:
            if one.found.relation in ("between", "from") and _RANGE_GAP.fullmatch(
                gap + _lead_text(text, two.found)
            ):
                joined = _range(one, two)
                if joined is not None:
                    out.append(_when(text, one.found.start, two.found.end, joined))
                    i += 2
                    continue
            if _PART_GAP.fullmatch(gap):
                parts = [t for t in (one, two) if "part-of-day" in t.value.flags]
                whole = two if parts and parts[0] is one else one
                if len(parts) == 1:
                    out.append(_when(text, one.found.start, two.found.end, whole.value))
                    i += 2
                    continue
        out.append(_when(text, one.found.start, one.found.end, one.value))
        i += 1
    return out


def _lead_text(text: str, found: Found) -> str:
    return text[found.start : found.core]


def _range(one: _Told, two: _Told) -> Value | None:
    first = one.value.earliest or one.value.latest
    last = two.value.latest or two.value.earliest
    if first is None or last is None or first > last:
        return None
    precision: Precision = "days" if one.value.precision == "day" else one.value.precision
    return Value(first, last, precision, f"a range: {one.value.reason}; {two.value.reason}")


def _when(text: str, start: int, end: int, value: Value) -> When:
    return When(
        text=text[start:end], start=start, end=end, earliest=value.earliest, latest=value.latest,
        precision=value.precision if value.earliest or value.latest else "unknown",
        reason=value.reason, flags=value.flags,
    )  # fmt: skip


_DAYS = frozenset({"ymd", "day_range", "month", "months"})
_TITLE_YEAR = re.compile(r"\b((?:1[5-9]|20)\d\d)\b")


def _frame(
    document: Document, found: tuple[Found, ...], campaign: Campaign | None
) -> tuple[tuple[date, date] | None, bool]:
    """Return the time a document is about where it is told from long after, and whether it says so."""
    published = document.published
    titled = _TITLE_YEAR.search(document.title or "")
    year = int(titled.group(1)) if titled else None
    if not looks_back(document):
        return None, False
    if campaign is not None and (year is None or campaign.start.year == year):
        end = shift(campaign.end, 20)
        return (shift(campaign.start, -20), min(end, published or end)), True
    if year is not None:
        return (date(year, 1, 1), date(year, 12, 31)), True
    years = [(f, int(f.get("y") or 0)) for f in found if len(f.get("y") or "") == 4]
    years = [(f, y) for f, y in years if published is None or y <= published.year]
    told = [y for f, y in years if f.value in _DAYS and f.relation != "since"]
    if not told and is_encyclopaedia(document):
        told = [y for _, y in years]
    if told:
        common = max(set(told), key=told.count)
        return (date(max(1, common), 1, 1), date(max(1, common), 12, 31)), False
    if published is not None:
        return (shift(published, -365), published), False
    return None, False


def _month_first(outlet: str | None, url: str | None) -> bool | None:
    """Tell the order of day and month that the outlet's country writes, None where it is not known."""
    orders = data("extract/outlet_dates.yml")
    name = f"{outlet or ''} {url or ''}".casefold()
    if any(word in name for word in orders["month_first"]):
        return True
    if any(word in name for word in orders["day_first"]):
        return False
    return None
