"""What was lost as a claim was passed on: a hedge, a figure's "at least", the voice that vouched for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ...model import Check, Claim, Quantity
from ...store.records import Stored
from ..data import data
from ..figures import same
from .desk import Desk, finding, quoted, whence

_ALIKE = 60.0  # per cent of words in common from which two claims tell one thing
_SURE = {"happened", "denied"}


def hedge(desk: Desk) -> Iterator[Check]:
    """Find hedges and attributions that the first telling has and a later one has not."""
    for first, later in _passed_on(desk):
        yield from _lost(first, later)


def _passed_on(desk: Desk) -> Iterator[tuple[Stored, Stored]]:
    """Give the first telling of each origin with each later one of another report."""
    by_id = {stored.claim.id: stored for stored in desk.claims}
    for origin in desk.origins:
        first = by_id.get(origin.claim)
        if first is None:
            continue
        for id in origin.claims:
            later = by_id.get(id)
            if later is None or later.claim.document == first.claim.document:
                continue
            if first.outlet is not None and first.outlet == later.outlet:
                continue  # a house that goes on with its own story passes nothing on
            if first.published and later.published and later.published < first.published:
                continue
            if _one_thing(first.claim, later.claim):
                yield first, later


def _one_thing(one: Claim, other: Claim) -> bool:
    """Tell whether two claims tell the same: one type, and most of their words, or a figure, in common."""
    from rapidfuzz import fuzz

    if one.event != other.event:
        return False
    if any(_numbers(a) & _numbers(b) for a in one.quantities for b in other.quantities if a.kind == b.kind):
        return True
    return fuzz.token_set_ratio(one.evidence.text.casefold(), other.evidence.text.casefold()) >= _ALIKE


def _lost(first: Stored, later: Stored) -> Iterator[Check]:
    one, other = first.claim, later.claim
    passed = f"{whence(first)} → {whence(later)}"
    for was, became in _figures(one, other):
        yield finding(
            "hedge",
            f"{quoted(was)} became {quoted(became)} as it was passed on ({passed}): what made the figure a "
            "rough one was dropped.",
            [first, later],
        )
    if one.hedge and not other.hedge and other.status in _SURE and other.status == one.status:
        yield finding(
            "hedge",
            f"The hedge {quoted(one.hedge)} was dropped as it was passed on ({passed}): "
            f"{quoted(other.evidence.text)} is told as fact.",
            [first, later],
        )
    elif one.status == "possible" and other.status == "happened" and not other.hedge:
        yield finding(
            "hedge",
            f"{quoted(one.evidence.text)}, told as possible, became a fact as it was passed on ({passed}).",
            [first, later],
        )
    if one.speaker is not None and other.speaker is None:
        voice = one.speaker.name or one.speaker.text
        yield finding(
            "hedge",
            f"{quoted(other.evidence.text)} is told in the report's own words; its source had it from "
            f"{voice} ({passed}).",
            [first, later],
        )


def _figures(one: Claim, other: Claim) -> Iterator[tuple[str, str]]:
    """Give the figures of one number that were rough at first and are exact later."""
    for was in one.quantities:
        for became in other.quantities:
            if was.kind != became.kind or was.unit != became.unit or not _numbers(was) & _numbers(became):
                continue
            if not _rough().search(was.text) or _rough().search(became.text):
                continue
            if same(was, became) or became.low == became.high:
                yield was.text, became.text
                return


def _numbers(quantity: Quantity) -> set[float]:
    return {value for value in (quantity.low, quantity.high) if value is not None}


@lru_cache(maxsize=1)
def _rough() -> re.Pattern[str]:
    words = data("checks/rounding.yml")["words"]
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)
