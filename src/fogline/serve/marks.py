"""The words of a document that a claim rests on, each with what it is to the claim and why."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..extract.sentences import sentences
from ..model import Claim
from .answers import Mark


def marks(claim: Claim, text: str) -> list[Mark]:
    """Return what to mark in a document's text for a claim, by place; marks may overlap.

    Args:
        claim: the claim.
        text: the text of its document.
    """
    found = {(m.start, m.end, m.kind): m for m in _marks(claim, text) if 0 <= m.start < m.end <= len(text)}
    return sorted(found.values(), key=lambda mark: (mark.start, -mark.end, mark.kind))


def _marks(claim: Claim, text: str) -> Iterator[Mark]:
    told = claim.reasons.get
    yield Mark(start=claim.evidence.start, end=claim.evidence.end, kind="evidence", why=told("event", ""))
    speaker, when = claim.speaker, claim.when
    if speaker and speaker.start is not None and speaker.end is not None:
        why = speaker.reason or told("speaker", "")
        yield Mark(start=speaker.start, end=speaker.end, kind="source", why=why)
    if when.start is not None and when.end is not None:
        yield Mark(start=when.start, end=when.end, kind="when", why=when.reason or told("when", ""))
    for place in claim.places:
        if place.start is not None and place.end is not None:
            yield Mark(start=place.start, end=place.end, kind="place", why=place.reason or told("places", ""))
    for quantity in claim.quantities:
        why = told("quantities", "") or ", ".join(quantity.flags)
        yield Mark(start=quantity.start, end=quantity.end, kind="quantity", why=why)
    for kind, parties in (("agent", claim.agents), ("target", claim.targets)):
        for party in parties:
            yield Mark(start=party.start, end=party.end, kind=kind, why=party.reason or told(f"{kind}s", ""))
    start, end = _around(claim, text)
    yield from _cue(claim, text, start, end)
    if claim.hedge:
        yield from _named(claim.hedge, "hedge", text, start, end, told("hedge", "") or told("status", ""))
    for relay in claim.relays:
        yield from _named(relay, "relay", text, start, end, told("relays", ""))


def _cue(claim: Claim, text: str, start: int, end: int) -> Iterator[Mark]:
    """Give the words that attribute the claim, which the voice's reason names: those nearest to the voice."""
    speaker = claim.speaker
    if speaker is None or speaker.start is None or speaker.end is None:
        return
    rule, _, words = speaker.reason.partition("; ")[0].partition(": ")
    first, last = speaker.start, speaker.end
    apart = [(max(at - last, first - to), at, to) for at, to in _places(words, text, start, end)]
    if apart:
        _, at, to = min(apart)
        yield Mark(start=at, end=to, kind="cue", why=f"these words attribute it ({rule})")


def _around(claim: Claim, text: str) -> tuple[int, int]:
    """Return the bounds of the sentences that the evidence and the voice's mention stand in."""
    first, last = claim.evidence.start, claim.evidence.end
    if claim.speaker and claim.speaker.start is not None and claim.speaker.end is not None:
        first, last = min(first, claim.speaker.start), max(last, claim.speaker.end)
    touched = [span for span in sentences(text) if span.start < last and first < span.end]
    return (min(s.start for s in touched), max(s.end for s in touched)) if touched else (first, last)


def _named(words: str, kind: str, text: str, start: int, end: int, why: str) -> Iterator[Mark]:
    """Give the first place between two offsets where words stand, in any case."""
    for at, to in _places(words, text, start, end):
        yield Mark(start=at, end=to, kind=kind, why=why)
        return


def _places(words: str, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Give the places between two offsets where words stand, in any case and however parted."""
    if parts := words.split():
        sought = r"\s+".join(map(re.escape, parts))
        for found in re.compile(rf"(?<!\w){sought}(?!\w)", re.IGNORECASE).finditer(text, start, end):
            yield found.span()
