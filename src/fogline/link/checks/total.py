"""A total that is lower than its parts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model import Check, Quantity
from ...store.records import Stored
from ..wording import number
from .desk import Desk, finding, quoted, whence

_ABOUT = r"(?:(?:at least|about|some|another|more than|nearly|almost|up to|as many as)\s)?"
_PARTS = re.compile(
    rf"(?:including|among them|of them|of whom|of which|among whom|comprising)[,:]?\s(?:were\s)?{_ABOUT}$",
    re.I,
)
_NEXT = re.compile(rf"(?:[^.;:()“”\"]{{0,40}}?)(?:,\s?(?:and\s)?|\sand\s){_ABOUT}$", re.I)
_ALSO = re.compile(r"\b(?:wounded|injured|hurt|missing|displaced|more|others? (?:were|are))\b", re.I)


def total(desk: Desk) -> Iterator[Check]:
    """Find totals that are followed by parts ("including …") which are more than the whole."""
    for stored in desk.claims:
        text, base = desk.sentence(stored)
        figures = sorted(
            (q for q in stored.claim.quantities if q.unit == "people" and q.kind != "duration"),
            key=lambda q: q.start,
        )
        for position, whole in enumerate(figures):
            parts = _parts_of(whole, figures[position + 1 :], text, base)
            if parts and whole.high is not None:
                least = sum(part.low or 0 for part in parts)
                if least > whole.high:
                    yield _found(stored, whole, parts, least)


def _parts_of(whole: Quantity, behind: list[Quantity], text: str, base: int) -> list[Quantity]:
    """Return the figures told as parts of one: those behind "including", up to what is another count."""
    found: list[Quantity] = []
    at = whole.end - base
    for part in behind:
        gap = text[at : part.start - base]
        if not found and not _PARTS.search(gap):
            return []
        tail = text[part.end - base : part.end - base + 30].split(",")[0]
        if found and not _NEXT.fullmatch(gap):
            break
        if _ALSO.search(gap) or (found and _ALSO.search(tail)) or len(gap) > 120 or ". " in gap:
            break
        found.append(part)
        at = part.end - base
    return found


def _found(stored: Stored, whole: Quantity, parts: list[Quantity], least: float) -> Check:
    told = " + ".join(number(part.low or 0) for part in parts)
    sum_ = f"{told} = {number(least)}" if len(parts) > 1 else told
    words = f"{quoted(stored.claim.evidence.text)} ({whence(stored)})"
    return finding(
        "total",
        f"{words}: the parts ({sum_}) are more than the whole ({number(whole.high or 0)}).",
        [stored],
        "error",
    )
