"""One quotation in two wordings."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher

from msgspec import Struct

from ...model import Check
from ...store.records import Stored
from .desk import Desk, finding, quoted, whence

_QUOTED = re.compile(r"[“\"]([^“”\"\n]{15,800})[”\"]")
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_SHINGLE = 4  # words in a row that two wordings have in common at least
_COMMON = 40  # a run of words in more quotations than this says nothing
_LEAST = 0.72  # share of words in order that makes two quotations one
_FEWEST = 6  # words of a quotation that is compared


class _Quotation(Struct, frozen=True):
    stored: Stored
    text: str
    words: tuple[str, ...]
    shown: tuple[str, ...]


def quotation(desk: Desk) -> Iterator[Check]:
    """Find quotations that two outlets print in different words, and show the difference."""
    found = [q for stored in desk.claims for q in _quotations(desk, stored)]
    blocks: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, one in enumerate(found):
        for at in range(len(one.words) - _SHINGLE + 1):
            blocks[one.words[at : at + _SHINGLE]].append(number)
    pairs = {
        (a, b)
        for row in blocks.values()
        if 1 < len(row) <= _COMMON
        for a in row
        for b in row
        if a < b and _other_house(found[a].stored, found[b].stored)
    }
    seen: set[tuple[str, str]] = set()
    for a, b in sorted(pairs):
        told = _difference(found[a], found[b])
        if told is not None and told not in seen:
            seen.add(told)
            yield _check(found[a], found[b], *told)


def _quotations(desk: Desk, stored: Stored) -> Iterator[_Quotation]:
    claim = stored.claim
    if claim.mode not in ("direct", "mixed"):
        return
    text, base = desk.sentence(stored)
    inside = [
        m[1]
        for m in _QUOTED.finditer(text)
        if m.start(1) + base < claim.evidence.end and claim.evidence.start < m.end(1) + base
    ]
    if not inside and claim.mode == "direct":
        inside = [claim.evidence.text]
    for quote in inside:
        shown = tuple(_WORD.findall(quote))
        if len(shown) >= _FEWEST:
            yield _Quotation(stored, quote, tuple(word.casefold().replace("’", "'") for word in shown), shown)


def _other_house(one: Stored, other: Stored) -> bool:
    if one.claim.document == other.claim.document:
        return False
    return one.outlet is None or one.outlet != other.outlet


def _difference(one: _Quotation, other: _Quotation) -> tuple[str, str] | None:
    """Return how two wordings differ, own words in brackets; None where one is only cut short."""
    if one.words == other.words:
        return None
    matcher = SequenceMatcher(None, one.words, other.words, autojunk=False)
    blocks = [b for b in matcher.get_matching_blocks() if b.size]
    shorter = min(len(one.words), len(other.words))
    if not blocks or sum(b.size for b in blocks) < _LEAST * shorter:
        return None
    first, last = blocks[0], blocks[-1]
    mine = _marked(one.shown, matcher, 0, first.a, last.a + last.size)
    yours = _marked(other.shown, matcher, 1, first.b, last.b + last.size)
    ends_differ = _ends_differ(one.words, other.words, last.a + last.size, last.b + last.size)
    if "[" not in mine + yours and not ends_differ:
        return None
    if ends_differ:
        mine += f" [{' '.join(one.shown[last.a + last.size :])}]"
        yours += f" [{' '.join(other.shown[last.b + last.size :])}]"
    return mine, yours


def _ends_differ(one: tuple[str, ...], other: tuple[str, ...], at: int, also: int) -> bool:
    """Tell whether both wordings go on after their last common word, and so part there."""
    return at < len(one) and also < len(other)


def _marked(words: tuple[str, ...], matcher: SequenceMatcher[str], side: int, start: int, end: int) -> str:
    """Return the words from ``start`` to ``end`` with those that the other wording has not in brackets."""
    out: list[str] = []
    for tag, a, a2, b, b2 in matcher.get_opcodes():
        first, last = (a, a2) if side == 0 else (b, b2)
        first, last = max(first, start), min(last, end)
        if first < last:
            part = " ".join(words[first:last])
            out.append(part if tag == "equal" else f"[{part}]")
    return " ".join(out)


def _check(one: _Quotation, other: _Quotation, mine: str, yours: str) -> Check:
    voice = one.stored.claim.speaker
    who = f" of {voice.name or voice.text}" if voice else ""
    return finding(
        "quotation",
        f"One quotation{who} in two wordings: {quoted(mine)} ({whence(one.stored)}) and {quoted(yours)} "
        f"({whence(other.stored)}). One of them is not verbatim, or both are translations.",
        [one.stored, other.stored],
        "note",
    )
