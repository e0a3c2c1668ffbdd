"""The times that a claim may have, and what can be told of each: the ground on which one is chosen."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from ..extract.data import data
from ..extract.date_values import shift
from ..extract.hindsight import looks_back
from ..model import Document, EventType, Span, Status, When

_BACK = 4  # expressions of earlier sentences that are looked at
_AGES = ((-1, "ahead"), (1, "fresh"), (3, "days"), (8, "week"), (32, "month"), (400, "year"), (10**7, "old"))


@dataclass(frozen=True, slots=True)
class Choice:
    """One time a claim may have: where it comes from, the interval, and the features of the choice."""

    source: str  # in, sentence, before, behind, fresh, open, none
    when: When
    features: tuple[str, ...]


@lru_cache(maxsize=1)
def patterns() -> dict[str, re.Pattern[str]]:
    """Return the expressions by which the time of a claim is told apart."""
    return {name: re.compile(pattern) for name, pattern in data("resolve/dates.yml")["patterns"].items()}


def _age(published: date | None, mention: When) -> str:
    day = mention.latest or mention.earliest
    if published is None or day is None:
        return "unknown"
    days = (published - day).days
    return next(name for limit, name in _AGES if days <= limit)


def times_the_saying(text: str, mention: When, evidence: Span) -> bool:
    """Tell whether an expression outside the clause times the saying ("said on Monday that")."""
    assert mention.start is not None and mention.end is not None
    if mention.start >= evidence.start and mention.end <= evidence.end:
        return False
    found = patterns()
    before = text[max(0, mention.start - 60) : mention.start]
    after = text[mention.end : mention.end + 40]
    return bool(found["saying_before"].search(before)) or bool(found["saying_after"].match(after))


def _goes_on(mention: When) -> bool:
    """Tell whether a later sentence can go on from a time: it has days, and is no mere length."""
    return (mention.earliest is not None or mention.latest is not None) and "duration" not in mention.flags


def _rarity(text: str, sentence: Span, mention: When) -> bool:
    """Tell whether a time only says how rare something is: "the first to fall since June", "in a year"."""
    length = "duration" in mention.flags and (mention.text or "").startswith("in ")
    if not (length or "since" in mention.flags) or mention.start is None:
        return False
    return patterns()["rare"].search(text, sentence.start, mention.start) is not None


def choices(
    document: Document,
    sentence: Span,
    evidence: Span,
    mentions: Sequence[When],
    *,
    status: Status,
    event: EventType,
) -> list[Choice]:
    """Return the times that a claim may have, each with its features.

    They are the expressions of its sentence, the last few told before it, the next of its paragraph, and
    what fresh news implies: the day before it was said to that day, or from that day on.
    """
    text, published = document.text, document.published
    first = bisect_left(mentions, sentence.start, key=lambda m: m.start or 0)
    last = bisect_left(mentions, sentence.end, key=lambda m: m.start or 0)
    told = [m for m in mentions[first:last] if (m.earliest or m.latest) and not _rarity(text, sentence, m)]
    earlier = [m for m in mentions[max(0, first - 3 * _BACK) : first] if _goes_on(m)][-_BACK:]
    later = [m for m in mentions[last : last + 2] if _goes_on(m)][:1]
    paragraph = text.rfind("\n", 0, sentence.start) + 1
    clause = _clause(text, sentence, evidence, status, event, back=looks_back(document))
    inside = [m for m in told if _inside(m, evidence)]
    out: list[Choice] = []
    sayings: list[When] = []
    for mention in told:
        saying = times_the_saying(text, mention, evidence)
        if saying:
            sayings.append(mention)
        features = _of_sentence(text, sentence, evidence, mention, len(inside), saying, published)
        source = "in" if mention in inside else "sentence"
        out.append(_choice(source, mention, features, clause))
        turned = _turned(mention, published)
        if turned is not None:
            day = turned.latest or turned.earliest
            side = "ahead" if day and published and day > published else "back"
            kind = "weekday" if "week" in turned.reason else "year"
            out.append(_choice(source, turned, [*features, f"turned={side}"],
                               [*clause, *(f"turned={side}+{kind}+{c}" for c in clause)]))  # fmt: skip
    for rank, mention in enumerate(reversed(earlier)):
        near = (mention.start or 0) >= paragraph
        where = f"prev{rank}{'near' if near else 'far'}"
        features = [*_of_mention(where, mention, published), f"{where}+told={min(len(told), 1)}"]
        if rank and (mention.earliest, mention.latest) == (earlier[-1].earliest, earlier[-1].latest):
            continue
        out.append(_choice("before", mention, features, clause, where))
    for mention in later:
        if "\n" not in text[sentence.end : mention.start]:
            out.append(_choice("behind", mention, _of_mention("next", mention, published), clause, "next"))
    lasting = earlier[-1] if earlier else None
    state = [
        f"told={min(len(told) - len(sayings), 2)}", f"inside={min(len(inside), 1)}",
        f"last={_age(published, lasting) if lasting else 'none'}"
        + ("near" if lasting and (lasting.start or 0) >= paragraph else "far"),
        "opens" if paragraph == 0 or text.count("\n", 0, sentence.start) < 3 else "later",
    ]  # fmt: skip
    said = next((m for m in sayings if m.latest and m.precision in ("day", "days")), None)
    for name, at in (("said", said.latest if said else None), ("now", published)):
        if at is None or (name == "now" and said is not None and said.latest == published):
            continue
        how = "publication" if name == "now" or said is None else f"{said.text!r}, when it was said"
        extra = [f"{name}+{s}" for s in state] + ([f"{name}+said"] if said else [])
        fresh = When(
            earliest=shift(at, -1), latest=at, precision="days",
            reason=f"no words tell the time: fresh news, the day before {how} to that day",
        )  # fmt: skip
        out.append(_choice("fresh", fresh, [f"fresh+{x}" for x in extra], clause, f"fresh-{name}"))
        to_come = When(earliest=at, reason=f"to come, with no time told: from {how} on")
        out.append(_choice("open", to_come, [f"open+{x}" for x in extra], clause, f"open-{name}"))
    return out


def _choice(
    source: str, when: When, features: list[str], clause: list[str], where: str | None = None
) -> Choice:
    place = where or source
    return Choice(
        source,
        when,
        (place, *features, *(f"{place}+{c}" for c in clause), *(f"{source}*{c}" for c in clause)),
    )


def _turned(mention: When, published: date | None) -> When | None:
    """Return the other reading of a day told without week or year: ahead instead of past, or the reverse."""
    if published is None or mention.text is None or "vague" in mention.flags:
        return None
    steps = 0
    if mention.precision in ("day", "days") and patterns()["weekday"].search(mention.text):
        steps, what = 7, "a week"
    elif patterns()["yearless"].search(mention.text) and not patterns()["year"].search(mention.text):
        steps, what = 365, "a year"
    day = mention.latest or mention.earliest
    if not steps or day is None or abs((published - day).days) > steps:
        return None
    step = steps if day <= published else -steps
    first, last = (None if d is None else shift(d, step) for d in (mention.earliest, mention.latest))
    if first is None and last is not None and step > 0 and {"until", "by", "before"} & set(mention.flags):
        first = published
    where = "after" if step > 0 else "before"
    return When(
        text=mention.text, start=mention.start, end=mention.end, earliest=first, latest=last,
        precision=mention.precision, flags=mention.flags,
        reason=f"{what} {where}, as the clause's tense asks: {mention.reason}",
    )  # fmt: skip


def _inside(mention: When, evidence: Span) -> bool:
    assert mention.start is not None and mention.end is not None
    return mention.start >= evidence.start - 3 and mention.end <= evidence.end + 3


def _of_mention(where: str, mention: When, published: date | None) -> list[str]:
    """Name what an expression is, wherever it stands."""
    words = (mention.text or "").casefold().split()
    lead = words[0] if words else ""
    features = [
        f"{where}+precision={mention.precision}", f"{where}+age={_age(published, mention)}",
        f"{where}+lead={lead}",
        f"{where}+precision+age={mention.precision}+{_age(published, mention)}",
    ]  # fmt: skip
    features += [f"{where}+flag={flag}" for flag in mention.flags or ("plain",)]
    if "vague" in mention.flags or "part-of-day" in mention.flags:
        features.append(f"{where}+words={' '.join(words)}")
    if mention.earliest is None or mention.latest is None:
        features.append(f"{where}+half-open")
    return features


def _of_sentence(
    text: str,
    sentence: Span,
    evidence: Span,
    mention: When,
    inside: int,
    saying: bool,
    published: date | None,
) -> list[str]:
    """Name how an expression of the claim's sentence stands to its clause."""
    assert mention.start is not None and mention.end is not None
    if _inside(mention, evidence):
        place = (
            "opening"
            if mention.start - evidence.start < 4
            else "ending"
            if evidence.end - mention.end < 4
            else "amid"
        )
        return [*_of_mention("in", mention, published), f"in+{place}", f"in+{place}+{min(inside, 2)}"]
    if mention.end <= evidence.start:
        gap = text[mention.end : evidence.start]
        side = "fronted" if mention.start - sentence.start < 5 else "ahead"
    else:
        gap = text[evidence.end : mention.start]
        side = "after"
    length = "touch" if len(gap) < 6 else "close" if len(gap) < 40 else "mid" if len(gap) < 100 else "far"
    crossed = "+".join(_crossed(gap)) or "plain"
    where = f"{side}{'-said' if saying else ''}"
    return [
        *_of_mention(where, mention, published), where, f"{where}+{length}", f"{where}+{crossed}",
        f"{where}+inside={min(inside, 1)}", f"{where}+{length}+{crossed}",
    ]  # fmt: skip


_CROSSED = (
    ("comma", r","),
    ("semi", r"[;:—–]"),
    ("and", r"\b(?:and|or)\b"),
    ("but", r"\b(?:but|while|although|though)\b"),
    ("that", r"\bthat\b"),
    ("which", r"\b(?:which|who|where|whose)\b"),
    ("after", r"\b(?:after|before|when|since|until)\b"),
    ("said", r"\b(?:said|says|told|claimed|reported|added)\b"),
)


def _crossed(gap: str) -> list[str]:
    """Name what lies between expression and clause: marks and joining words."""
    found = []
    for name, pattern in _CROSSED:
        if re.search(pattern, gap):
            found.append(name)
    return found


def _clause(
    text: str, sentence: Span, evidence: Span, status: Status, event: EventType, *, back: bool
) -> list[str]:
    """Name what the clause itself tells of its time: tense, status, type, the words before it."""
    found = patterns()
    clause = evidence.of(text)
    tense = next((name for name in _TENSES if found[name].search(clause)), "none")
    lead = text[max(sentence.start, evidence.start - 25) : evidence.start].split()
    before = lead[-1].casefold() if lead else "start"
    looks = "back" if back else "news"
    return [
        looks, f"status={status}", f"event={event}", f"tense={tense}", f"{looks}+{tense}+{status}",
        f"lead={before}",
        f"event+tense={event}+{tense}", "quoted" if _quoted(text, sentence, evidence) else "plain",
    ]  # fmt: skip


_TENSES = ("will", "pluperfect", "perfect", "progressive", "present", "was", "past", "infinitive")


def _quoted(text: str, sentence: Span, evidence: Span) -> bool:
    window = text[max(0, sentence.start - 200) : evidence.start]
    return window.count("“") > window.count("”") or window.split("\n")[-1].count('"') % 2 == 1
