"""Find time expressions on the surface of a text; what day they mean is worked out elsewhere.

An expression has a core that one rule of ``dates.yml`` matches ("3 May", "Saturday", "two days later")
with the words that lead up to it ("late on", "since the night of") and a part of the day behind it.
Rules are only tried where one of their trigger words stands, at most seven words before it, so the
work is linear in the length of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from .data import data

_WORD = re.compile(r"[^\W\d_]+|\d+[a-z]{0,2}")
_REACH = 7  # words before a trigger at which a core may begin
_LEAD_REACH = 8
_GLUE = re.compile(r"[ \u00a0-]")
_TAIL = re.compile(
    r"[ -](?:(?P<part>(?:early |late |mid-)?(?:morning|afternoon|evening|night|dawn|midday|noon))"
    r"(?:’s|'s)?|(?P<onward>onwards?|and (?:since|after)|forward)|(?P<at>at (?:dawn|noon|midday|midnight|"
    r"dusk|daybreak|nightfall|sunset|sunrise)))(?![-\w])"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A time expression as it stands: offsets of the whole and of its core, the rule, and the parts."""

    start: int
    end: int
    core: int
    core_end: int
    rule: str
    value: str
    groups: dict[str, str | None]
    lead: tuple[str, ...]
    part: str | None
    onward: bool
    relation: str | None

    def get(self, name: str) -> str | None:
        """Return a named part of the core, None where it is missing or empty."""
        return self.groups.get(name) or None


@dataclass(frozen=True, slots=True)
class _Rule:
    name: str
    pattern: re.Pattern[str]
    value: str


@lru_cache(maxsize=1)
def _rules() -> dict[str, tuple[_Rule, ...]]:
    table = data("extract/dates.yml")
    fragments: dict[str, str] = table["fragments"]

    def expand(pattern: str) -> str:
        for _ in range(3):
            pattern = re.sub(r"%(\w+)%", lambda m: fragments[m.group(1)], pattern)
        return pattern

    by_class: dict[str, list[_Rule]] = {}
    for row in table["rules"]:
        rule = _Rule(row["name"], re.compile(r"(?<![\w])" + expand(row["pattern"])), row["value"])
        for name in row["trigger"] if isinstance(row["trigger"], list) else [row["trigger"]]:
            by_class.setdefault(name, []).append(rule)
    return {key: tuple(rules) for key, rules in by_class.items()}


@lru_cache(maxsize=1)
def _triggers() -> dict[str, tuple[str, ...]]:
    """Return the kinds of rules that each trigger word makes worth trying."""
    table = data("extract/dates.yml")
    classes: dict[str, list[str]] = {}
    for name, words in {"season": list(table["seasons"]), **table["triggers"]}.items():
        for word in words:
            classes.setdefault(word, []).append(name)
    return {word: tuple(dict.fromkeys(names)) for word, names in classes.items()}


@lru_cache(maxsize=8192)
def _classes(word: str) -> tuple[str, ...]:
    """Return the kinds of rules that a word makes worth trying."""
    table = data("extract/dates.yml")
    if word[0].isdigit():
        if len(word) == 4 and word.isdigit():
            return ("number", "year")
        if word[-2:] in ("st", "nd", "rd", "th"):
            return ("ordinal",)
        if word.isdigit() or word[-1] == "h" or word[-2:] == "hr":
            return ("number", "clock") if len(word) <= 6 else ()
        if len(word) == 5 and word[-1] == "s":
            return ("year",)
        return ("clock",) if word[-2:] in ("am", "pm") else ()
    lower = word.casefold()
    if word[0].isupper():
        if lower in table["months"]:
            return ("month",)
        if lower in table["weekdays"]:
            return ("weekday",)
        if lower in table["holiday_words"]:
            return ("holiday",)
    return _triggers().get(lower, ())


@lru_cache(maxsize=2)
def find(text: str) -> tuple[Found, ...]:
    """Return the time expressions of ``text`` in order, none overlapping another.

    Days and figures are read from the same expressions, so the last texts' are remembered.
    """
    words = [(m.group(), m.start(), m.end()) for m in _WORD.finditer(text)]
    strong = _scan(text, words, [], weak=False)
    return tuple(_scan(text, words, strong, weak=True))


def _scan(text: str, words: list[tuple[str, int, int]], taken: list[Found], *, weak: bool) -> list[Found]:
    rules = _rules()
    weak_words = frozenset(data("extract/dates.yml")["weak"])
    out = list(taken)
    starts = [f.start for f in taken]
    done = 0
    for k, (word, start, end) in enumerate(words):
        if start < done:
            continue
        classes = (("weak",) if word.casefold() in weak_words else ()) if weak else _classes(word)
        if not classes:
            continue
        if weak:
            at = bisect_left(starts, end)
            if at and taken[at - 1].end > start:
                continue
            done = max(done, taken[at - 1].end if at else 0)
        found = _match(text, words, k, classes, rules, done)
        if found is not None:
            out.append(found)
            done = found.end
    return sorted(out, key=lambda f: f.start)


def _match(
    text: str,
    words: list[tuple[str, int, int]],
    k: int,
    classes: tuple[str, ...],
    rules: dict[str, tuple[_Rule, ...]],
    done: int,
) -> Found | None:
    trigger_end = words[k][2]
    first = k
    while first > 0 and k - first < _REACH and words[first - 1][1] >= done:
        between = text[words[first - 1][2] : words[first][1]]
        if len(between) > 3 or "\n" in between or ";" in between:
            break
        first -= 1
    for j in range(first, k + 1):
        begin = words[j][1]
        best: tuple[int, _Rule, re.Match[str]] | None = None
        for name in classes:
            for rule in rules.get(name, ()):
                m = rule.pattern.match(text, begin)
                if m and m.end() >= trigger_end and (best is None or m.end() > best[0]):
                    best = (m.end(), rule, m)
        if best is not None:
            return _dress(text, words, j, best[1], best[2], done)
    return None


def _dress(
    text: str, words: list[tuple[str, int, int]], j: int, rule: _Rule, m: re.Match[str], done: int
) -> Found:
    """Add the words that lead up to the core and the part of the day behind it."""
    table = _tables()
    core, end = m.start(), m.end()
    lead: list[str] = []
    start = core
    i = j - 1
    while i >= 0 and len(lead) < _LEAD_REACH and words[i][1] >= done:
        word, begin, stop = words[i]
        if text[stop:start] not in (" ", "\u00a0", "-", ", ") or word.casefold() not in table.lead:
            break
        if text[stop:start] == ", " and not lead:
            break
        lead.insert(0, word.casefold())
        start = begin
        i -= 1
    kept = words[i + 1 : j]
    lasting = rule.value in ("duration", "nth", "recent", "past", "this_unit")
    while lead and lead[0] in table.never_first and " ".join(lead[:2]) not in table.two_words:
        if lasting and lead[0] == "for":
            break
        lead.pop(0)
        kept = kept[1:]
    start = kept[0][1] if kept else core
    part: str | None = None
    onward = False
    if rule.value not in ("ago", "duration", "past", "recent", "now_word", "then_word", "since_happening"):
        tail = _TAIL.match(text, end)
        if tail:
            part = tail.group("part") or tail.group("at")
            onward = tail.group("onward") is not None
            end = tail.end()
    return Found(
        start=start, end=end, core=core, core_end=m.end(), rule=rule.name, value=rule.value,
        groups=m.groupdict(), lead=tuple(lead), part=part, onward=onward,
        relation=_relation(lead, rule.value),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Tables:
    lead: frozenset[str]
    never_first: frozenset[str]
    two_words: frozenset[str]
    relations: dict[str, str]
    parts: frozenset[str]


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    table = data("extract/dates.yml")
    return _Tables(
        lead=frozenset(table["lead"]), never_first=frozenset(table["never_first"]),
        two_words=frozenset(table["two_words"]), relations=dict(table["relations"]),
        parts=frozenset(table["parts"]),
    )  # fmt: skip


def _relation(lead: list[str], value: str) -> str | None:
    """Return how the day stands to the occurrence: since, until, by, before, after, from, between."""
    tables = _tables()
    if value == "day_part":  # "before dawn", "by nightfall" are parts of the day themselves
        return next((w for w in lead if w in ("since", "until", "till")), None)
    for i in range(len(lead) - 1, -1, -1):
        relation = tables.relations.get(lead[i])
        if relation is None:
            continue
        following = lead[i + 1 : i + 3]
        if (
            relation in ("before", "after", "by")
            and any(w in tables.parts for w in following)
            and len(lead) > i + 2
        ):
            continue  # "before dawn on Monday"
        return relation
    if lead[:2] == ["up", "to"] or lead[:2] == ["as", "of"]:
        return "until" if lead[0] == "up" else None
    return None
