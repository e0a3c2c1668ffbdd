"""Read the figures of a report: what is counted or measured, how many, in which unit."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from functools import lru_cache
from typing import Any

import msgspec

from ..model import Document, Quantity, QuantityKind
from .bare_measures import bare_measures
from .data import data
from .quantity_grammar import Number, numbers
from .quantity_lists import told_as_one
from .sentences import sentence_starts

_BRACKET = re.compile(r"\s?\(\s?(?:about |roughly |some |or |around |nearly |approximately )?")
_PERCENT = re.compile(r"\s?(?:%|per ?cent\b|percent\b|percentage points\b)")
_LETTERS = re.compile(r"[^\W\d_]{3}")
_DURING = re.compile(r"over ", re.I)
_NAMED = re.compile(r"[A-Z][\w’'-]+, $")
_OLDEST = 110  # years
_FEW = 20  # people or things of whom a share is told by their number
_PART_OF = re.compile(r"(?: out)? of (?:(?:the|its|their|his|her|a total of|[\w.-]{1,30}[’']s) )?")
_IN = re.compile(r" (?:in|out of)(?: every)? ")
_NO_NOUN = re.compile(r"[,.;]| (?:of|have|has|had|were|was|are|is|will|cannot)\b")
_NOUN_REACH = 5
_TYPED = re.compile(  # "two B-52s"
    r"(?:B|F|F/A|A|C|AC|AH|UH|CH|MH|MiG|Su|Il|Tu|An|Mi|Ka|MQ|RQ|TB|J|JF|L|Mirage|Yak)-?\d{1,3}s"
)
_WORD = re.compile(r"[^\W_][\w’'&./-]*", re.UNICODE)
_STOP = frozenset([
    "in", "on", "at", "by", "from", "to", "for", "with", "and", "or", "but", "that", "which", "who",
    "when", "while", "after", "before", "since", "until", "were", "was", "is", "are", "be", "been",
    "has", "have", "had", "will", "would", "as", "than", "during", "against", "into", "over", "under",
    "near",
])  # fmt: skip


@lru_cache(maxsize=1)
def _tables() -> dict[str, Any]:
    table = data("extract/quantities.yml")
    units: dict[str, tuple[str, str]] = {}
    for dimension, rows in table["units"].items():
        for unit, names in rows.items():
            for name in names:
                units[name] = (dimension, unit)
    spelled = "|".join(
        re.escape(n).replace(r"\ ", r"[ \u00a0]") for n in sorted(units, key=len, reverse=True)
    )
    nouns: dict[str, str] = {}
    for kind, names in table["nouns"].items():
        if kind == "money":
            continue
        for name in names:
            nouns.setdefault(name, kind)
            nouns.setdefault(singular(name), kind)
    nouns.update({noun.casefold(): kind for noun, kind in table["singular"].items()})
    kinds = {
        kind: (
            re.compile(row["takes"] + r"\b[^.;:()]{0,14}$", re.I),
            re.compile(r"\W{0,2}" + row["has"], re.I),
        )
        for kind, row in table["kinds"].items()
    }
    return {
        "unit": re.compile(rf"[ \u00a0-]?(?P<unit>{spelled})(?!\w|-\d)", re.I),
        "units": units, "factors": table["factors"], "si": table["si"], "nouns": nouns, "kinds": kinds,
        "kept": table["kept"],
        "money": re.compile(rf"\s(?:US |U\.S\. |Canadian )?(?:{'|'.join(table['nouns']['money'])})\b", re.I),
        "single": re.compile(
            r"\b(?:an?|another)\s(?:[\w’'-]+\s){0,3}?(?P<noun>"
            + "|".join(re.escape(n) for n in sorted(_singulars(table), key=len, reverse=True))
            + r")\b(?!-)", re.I,
        ),
    }  # fmt: skip


def _singulars(table: dict[str, Any]) -> set[str]:
    """Return the singulars of the nouns for people and equipment, and nouns that stand alone only."""
    kinds = ("people", "troops", "equipment")
    told = {singular(n) for kind in kinds for n in table["nouns"][kind]} - set(table["never_single"])
    return told | set(table["singular"])


def singular(noun: str) -> str:
    """Return the singular of a regular plural noun."""
    head, _, last = noun.rpartition(" ")
    if last == "men" or last.endswith("men"):
        last = last[:-2] + "an"
    elif last.endswith("ies") and len(last) > 4:
        last = last[:-3] + "y"
    elif last.endswith("s") and not last.endswith("ss"):
        last = last[:-1]
    return f"{head} {last}".strip()


def quantities(document: Document) -> list[Quantity]:
    """Return the figures of a document in order: counts, measures, lengths of time.

    Lengths and areas are given in kilometres and square kilometres; a conversion in brackets belongs to
    the figure before it, which carries the flag ``conversion-mismatch`` where the two do not agree.
    Figures in dates, hours, ages and names are left out.

    Args:
        document: the report.

    Returns:
        The figures in the order of the text; ``text`` is always the slice ``start:end``.
    """
    text = document.text
    found = numbers(text)
    singles = _singles(text)
    starts = sentence_starts(text) if found else [0]
    out: list[Quantity] = []
    skip = -1
    for i, number in enumerate(found):
        if i == skip:
            continue
        following = found[i + 1] if i + 1 < len(found) else None
        at = bisect_right(starts, number.figure) - 1
        stop = starts[at + 1] if at + 1 < len(starts) else len(text)
        if _is_age(text, number):
            continue
        if following is not None and _is_again(text, number, following):
            number, skip = replace(number, end=following.end + 1), i + 1  # "forty (40) men"
        elif following is not None and (counted := _counted(text, number, following)) is not None:
            number, skip = counted, i + 1
        elif following is not None:
            if _is_share(text, number, following):
                skip = i + 1
                continue
            skip = i + 1 if _is_part(text, number, following) else skip
        quantity = _quantity(text, number, starts[at], stop)
        if quantity is None:
            continue
        if following is not None and quantity.unit in ("km", "km2"):
            quantity, converted = _converted(text, quantity, following)
            skip = i + 1 if converted else skip
        out.append(quantity)
    return told_as_one(text, _merged(bare_measures(text), _merged(out, singles)))


def _is_age(text: str, number: Number) -> bool:
    """Tell whether a number is a person's age: "Maria Ilunga, 34, fled"."""
    if number.low != number.high or number.low is None or not 0 < number.low < _OLDEST:
        return False
    return _NAMED.search(text, max(0, number.start - 40), number.start) is not None and text[
        number.end : number.end + 1
    ] in {",", ";"}


def _is_again(text: str, number: Number, following: Number) -> bool:
    """Tell whether the number behind is the same once more, in brackets."""
    same = (number.low, number.high) == (following.low, following.high)
    return (
        same and text[number.end : following.start] == " (" and text[following.end : following.end + 1] == ")"
    )


def _counted(text: str, number: Number, following: Number) -> Number | None:
    """Return how many a share of a number is: "two thirds of the 24,000 inhabitants" are 16,000."""
    if not number.fraction or following.fraction or following.low is None or following.low != following.high:
        return None
    if _PART_OF.fullmatch(text, number.end, following.start) is None or following.low < _FEW:
        return None
    low, high = (None if v is None else _tidy(v * following.low) for v in (number.low, number.high))
    return replace(following, start=number.start, figure=number.figure, low=low, high=high)


def _is_part(text: str, number: Number, following: Number) -> bool:
    """Tell whether the number behind is what a first one is a part of: "four of the five villages"."""
    return not number.fraction and _PART_OF.fullmatch(text, number.end, following.start) is not None


def _is_share(text: str, number: Number, following: Number) -> bool:
    """Tell whether two numbers make a share: "two in five of them"."""
    return (
        _IN.fullmatch(text, number.end, following.start) is not None
        and _NO_NOUN.match(text, following.end) is not None
    )


def _singles(text: str) -> list[Quantity]:
    """Return the persons and things told one by one ("a farmer"), flagged ``singular``."""
    tables = _tables()
    out = []
    for match in tables["single"].finditer(text):
        noun = match.group("noun").casefold()
        unit = "people" if tables["nouns"][noun] in ("people", "troops") else noun
        begin, end = match.span()
        one = Number(begin, end, begin, end, 1.0, 1.0)
        kind = _kind(text, one, noun, text.rfind("\n", max(0, begin - 60), begin) + 1, len(text))
        made = _made(text, begin, end, kind or "other", 1.0, 1.0, unit)
        out.append(msgspec.structs.replace(made, flags=("singular",)))
    return out


def _merged(one: list[Quantity], two: list[Quantity]) -> list[Quantity]:
    """Put figures and single persons in one order, leaving out what overlaps a figure."""
    taken = [(q.start, q.end) for q in one]
    kept = []
    k = 0
    for quantity in two:
        while k < len(taken) and taken[k][1] <= quantity.start:
            k += 1
        if k == len(taken) or taken[k][0] >= quantity.end:
            kept.append(quantity)
    return sorted([*one, *kept], key=lambda q: q.start)


def _quantity(text: str, number: Number, first: int, last: int) -> Quantity | None:
    """Read what a number counts from the words beside it."""
    tables = _tables()
    low, high, end = number.low, number.high, number.end
    unit_match = tables["unit"].match(text, end)
    if text[number.figure : number.figure + 1] in "$€£":
        currency = {"$": "USD", "€": "EUR", "£": "GBP"}[text[number.figure]]
        return _made(text, number.start, end, "other", low, high, currency)
    money = tables["money"].match(text, end)
    if money:
        return _made(text, number.start, money.end(), "other", low, high, None)
    percent = _PERCENT.match(text, end)
    if percent:
        return _made(text, number.start, percent.end(), "other", low, high, "percent")
    if unit_match is not None:
        dimension, unit = tables["units"][
            " ".join(unit_match.group("unit").casefold().split()).replace("\u00a0", " ")
        ]
        factor = tables["factors"].get(unit, 1)
        low, high = (None if v is None else _tidy(v * factor) for v in (low, high))
        kept = tables["si"].get(dimension, tables["kept"].get(unit, unit))
        if (
            dimension == "duration"
            and _DURING.match(text, number.start)
            and text[max(0, number.start - 4) : number.start] != "for "
        ):
            high = low  # "over five days" are five
        return _made(text, number.start, unit_match.end(), dimension, low, high, kept)
    if number.fraction:
        low, high = (None if v is None else round(v, 2) for v in (low, high))
        return _made(text, number.start, end, "other", low, high, "share")
    noun, noun_end = _noun(text, end, last)
    kind = _kind(text, number, noun, first, last)
    if noun is None:
        plural = _PLURAL.match(text, end, last)
        times = text[number.figure : end].casefold() in {"twice", "thrice"}
        unit_name = "times" if times else plural.group(1) if plural else "people"
        noun_end = plural.end() if plural else None
    else:
        unit_name = "people" if tables["nouns"][noun] in ("people", "troops") else noun
    return _made(text, number.start, noun_end or end, kind or "other", low, high, unit_name)


_PLURAL = re.compile(r"[ \u00a0]([a-z]{2,20}[^s\W]s)\b")  # a thing that no list knows, told by its ending


def _made(
    text: str, start: int, end: int, kind: str, low: float | None, high: float | None, unit: str | None
) -> Quantity:
    known: QuantityKind = "other" if kind == "people" else kind  # type: ignore[assignment]  # from our tables
    return Quantity(text=text[start:end], start=start, end=end, kind=known, low=low, high=high, unit=unit)


def _tidy(value: float) -> float:
    return float(f"{value:.4g}") if value < 10_000 else round(value)


def _noun(text: str, end: int, last: int) -> tuple[str | None, int | None]:
    """Return the noun that a number counts: the last known one in the next few words of its phrase."""
    nouns = _tables()["nouns"]
    best: tuple[str | None, int | None] = (None, None)
    at = end
    for _ in range(_NOUN_REACH):
        match = _WORD.search(text, at, min(last, at + 30))
        if match is None or text[at : match.start()].strip(' \u00a0"“”‘-'):
            break
        word = match.group().casefold().rstrip(".’'")
        if word in _STOP:
            break
        if word in nouns or _TYPED.fullmatch(match.group()):
            best = (word if word in nouns else "aircraft", match.start() + len(word))
        elif best[0] is not None:
            break
        at = match.end()
    return best


def _kind(text: str, number: Number, noun: str | None, first: int, last: int) -> str | None:
    """Tell what kind a count is by its noun and, for people, by the words nearest to it."""
    tables = _tables()
    by_noun = tables["nouns"].get(noun) if noun else None
    if by_noun in ("equipment", "settlements"):
        return str(by_noun)
    before = text[max(first, number.start - 60) : number.start]
    behind = text[number.end : min(last, number.end + 70)]
    if not _LETTERS.search(before) and not _LETTERS.search(behind):
        return str(by_noun) if by_noun else None
    best: tuple[int, str] | None = None
    for kind, (takes, _) in tables["kinds"].items():
        match = takes.search(before)
        if match is not None:
            distance = len(before) - match.start() - 6
            if best is None or distance < best[0]:
                best = (distance, kind)
    for kind, (_, has) in tables["kinds"].items():
        match = has.match(behind)
        if match is not None:
            distance = match.end() - 4
            if best is None or distance < best[0]:
                best = (distance, kind)
    if best is not None:
        return best[1]
    return str(by_noun) if by_noun else None


def _converted(text: str, quantity: Quantity, following: Number) -> tuple[Quantity, bool]:
    """Take a conversion in brackets into the figure before it, flagged where the two do not agree."""
    bracket = _BRACKET.match(text, quantity.end)
    if bracket is None or bracket.end() < following.start or bracket.end() > following.figure:
        return quantity, False
    tables = _tables()
    match = tables["unit"].match(text, following.end)
    if match is None:
        return quantity, False
    dimension, unit = tables["units"][" ".join(match.group("unit").casefold().split())]
    if tables["si"].get(dimension) != quantity.unit:
        return quantity, False
    factor = tables["factors"].get(unit, 1)
    end = match.end() + (text[match.end() : match.end() + 1] == ")")
    agree = all(
        one is None or two is None or abs(one - two * factor) <= 0.12 * max(one, two * factor, 1e-9)
        for one, two in ((quantity.low, following.low), (quantity.high, following.high))
    )
    return Quantity(
        text=text[quantity.start : end], start=quantity.start, end=end, kind=quantity.kind, low=quantity.low,
        high=quantity.high, unit=quantity.unit, flags=() if agree else ("conversion-mismatch",),
    ), True  # fmt: skip
