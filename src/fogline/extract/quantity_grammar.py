"""Find numbers with the words that bend them: "at least 20", "between 40 and 50", "dozens of"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from .data import data
from .date_grammar import find
from .numbers import number_pattern, number_value

_FRACTION = (
    r"half(?! (?:a|an)\b)|an? (?:third|quarter|fifth|tenth)(?= (?:of|in|to)\b|[.,;])|"
    r"(?:one|two|three|four|nine)[- ](?:thirds?|quarters?|fifths?|tenths?|sixths?|eighths?)"
)
_VAGUE = (
    r"(?:tens|dozens|scores|hundreds|thousands|millions)(?: of (?:thousands|millions))?|"
    r"several|an? few|few|a handful|"
    r"an? (?:couple|pair)(?: of)?|both|"
    r"no(?! (?:fewer|less|more|longer|later|sooner|one|doubt)\b)|twice|thrice"
)


_CLOCK = re.compile(r"[0-2]\d\.[0-5]\d")  # "16.45", where it opens a line
_MILITARY = re.compile(r"0\d{3}")  # "0900"
_MILLION = re.compile(r"(?<=\d)m$")  # "£85m"
_FRACTION_END = re.compile(r"(?:half|third|quarter|fifth|sixth|eighth|tenth)s?$")
_OF_SCALE = re.compile(r" of an? (thousand|million|billion)\b", re.I)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it stands: the whole phrase, the figure inside it, its range and how it is bent."""

    start: int
    end: int
    figure: int
    figure_end: int
    low: float | None
    high: float | None
    fraction: bool = False
    words: str = ""


def _any(words: list[str]) -> str:
    return "|".join(re.escape(w).replace(r"\ ", r"\s") for w in sorted(words, key=len, reverse=True))


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    table: dict[str, Any] = data("extract/quantities.yml")
    number = number_pattern()
    figure = (
        rf"(?<![\w.,$€£#/])(?<!\d[:-])(?:[$€£]\s?)?(?:{_FRACTION}|{number}|{_VAGUE})(?:(?!\w)|(?=kms?\b))"
    )
    money = r"(?<![\w.,$€£#/])[$€£]\s?\d+(?:\.\d+)?m\b"
    return {
        "figure": re.compile(f"{money}|{figure}", re.I),
        "range": re.compile(
            rf"(?:%| per ?cent)?\s?(?:-|–|—|\bto\b|\bor\b|\band\b)\s?(?P<two>{number})(?!\w)", re.I
        ),
        "bend": re.compile(
            rf"(?:(?P<least>\b(?:{_any(table['at_least'])}))|(?P<most>\b(?:{_any(table['at_most'])}))"
            rf"|(?P<about>\b(?:{_any(table['about'])}))|(?P<between>\bbetween)|(?P<from>\bfrom))[\"“”‘’']?\s[\"“”‘’'$€£]?$",
            re.I,
        ),
        "behind_least": re.compile(rf"\s?(?:{'|'.join(table['after_at_least'])})", re.I),
        "behind_most": re.compile(rf"\s(?:{'|'.join(table['after_at_most'])})", re.I),
        "behind_about": re.compile(rf"\s(?:{'|'.join(table['after_about'])})", re.I),
        "particle": re.compile(table["particle"], re.I),
        "changed": re.compile(table["changed"], re.I),
        "not_after": re.compile(table["not_after"]),
        "not_before": re.compile(table["not_before"], re.I),
    }


def numbers(text: str) -> list[Number]:
    """Return the numbers of ``text`` that may count something, in order; days and names are left out."""
    patterns = _patterns()
    days = [
        (f.core, f.core_end)
        for f in find(text)
        if f.value not in ("duration", "nth", "then_word", "now_word", "since_happening")
    ]
    out: list[Number] = []
    k = done = 0
    for match in patterns["figure"].finditer(text):
        start, end = match.span()
        if start < done:
            continue
        while k < len(days) and days[k][1] <= start:
            k += 1
        if k < len(days) and days[k][0] < end:
            continue
        number = _number(text, start, end, patterns)
        if number is not None:
            out.append(number)
            done = number.end
    return out


def _number(text: str, start: int, end: int, patterns: dict[str, re.Pattern[str]]) -> Number | None:
    behind = text[end : end + 24]
    words = text[start:end]
    if patterns["not_after"].search(text[max(0, start - 44) : start]) or patterns["not_before"].match(behind):
        return None
    hour = _MILITARY.fullmatch(words) or (_CLOCK.fullmatch(words) and (start == 0 or text[start - 1] == "\n"))
    value = None if hour else _value(words)
    if value is None:
        return None
    low: float | None
    high: float | None
    low, high = value
    figure, figure_end, fraction = start, end, _is_fraction(words)
    bend = patterns["bend"].search(text, max(0, start - 24), start)
    if bend is not None and patterns["particle"].search(text, max(0, start - 24), start):
        bend = None  # "handed over 55 prisoners"
    kind = bend.lastgroup if bend else None
    two = patterns["range"].match(text, end) if not fraction else None
    if two is not None and _joins(two.group(), words, two.group("two"), kind):
        other = number_value(two.group("two"))
        if other is not None:
            scale = _shared_scale(two.group("two"), low, other[1])
            before = text[max(0, start - 50) : start]
            if kind == "from" and patterns["changed"].search(before):  # "rose from two to four": four
                bend = None
                low, high = other
                start = figure = two.start("two")
                figure_end = end = two.end()
            elif low * scale <= other[1]:
                low, high = low * scale, other[1]
                figure_end = end = two.end()
    of_scale = _OF_SCALE.match(text, end) if fraction else None
    if of_scale is not None:  # "three-quarters of a million"
        factor = float(data("extract/numbers.yml")["scales"][of_scale.group(1).casefold()])
        low, high, fraction, figure_end = low * factor, high * factor, False, of_scale.end()
        end = figure_end
    if bend is not None and (kind not in ("between", "from") or figure_end > start + len(words)):
        start = bend.start()
    if kind == "least":
        high = None
    elif kind == "most":
        low = None
    for name in ("behind_least", "behind_most", "behind_about"):
        after = patterns[name].match(text, end)
        if after is not None:
            end = after.end()
            low, high = (
                (low, None)
                if name == "behind_least"
                else (None, high)
                if name == "behind_most"
                else (low, high)
            )
            break
    return Number(start, end, figure, figure_end, low, high, fraction, words.casefold())


def _joins(gap: str, first: str, second: str, bend: str | None) -> bool:
    """Tell whether two numbers are one range: "40 to 50", "two or three", "between 40 and 50"."""
    if re.search(r"\band\b", gap, re.I):
        return bend == "between"
    if first.casefold() in ("no", "both", "half"):
        return False
    return not (second.casefold().startswith(("a ", "an ")) and " to " in gap)


def _shared_scale(second: str, low: float, high: float) -> float:
    """Return the scale that a first number borrows from the second: "four or five thousand"."""
    scale = re.search(r"(hundred|thousand|million|billion|dozen)", second, re.I)
    if scale is None or low >= 100:
        return 1.0
    return float(data("extract/numbers.yml")["scales"][scale.group(1).casefold()]) if low < high else 1.0


def _is_fraction(words: str) -> bool:
    plain = words.casefold()
    return not plain.endswith(" and a half") and _FRACTION_END.search(plain) is not None


def _value(words: str) -> tuple[float, float] | None:
    plain = _MILLION.sub(" million", words.casefold().lstrip("$€£ "))
    if plain == "no":
        return 0.0, 0.0
    if plain in ("both", "twice"):
        return 2.0, 2.0
    if _is_fraction(plain):
        return _fraction(plain)
    return number_value(plain)


def _fraction(words: str) -> tuple[float, float] | None:
    parts = re.split(r"[- ]", words)
    table = data("extract/numbers.yml")
    under = table["fractions"].get(parts[-1])
    if under is None:
        return None
    upper = number_value(parts[0]) if len(parts) > 1 else (1.0, 1.0)
    if upper is None:
        return None
    return upper[0] / under, upper[1] / under
