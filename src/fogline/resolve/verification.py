"""What nobody could check: "could not be independently verified" marks the claims that it speaks of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct

from ..model import Span
from .parties.data import read

FLAG = "not-verified"
_REACH = 400  # characters of the same paragraph looked back for what is spoken of


class _Words(Struct, frozen=True, forbid_unknown_fields=True):
    """Patterns of the telling, as the data file has them."""

    said: tuple[str, ...]
    negation: str
    ahead: str
    pointing: str


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = read(__package__, "verification.yml", _Words)
    said = re.compile("|".join(words.said), re.IGNORECASE)
    rest = (re.compile(p, re.IGNORECASE) for p in (words.negation, words.ahead, words.pointing))
    return said, *rest  # type: ignore[return-value]  # three patterns


def unverified(text: str, sentences: Sequence[Span], evidence: Sequence[Span]) -> set[Span]:
    """Return which evidence is said to be beyond checking.

    A telling with its own clause ("could not verify that …") speaks of what follows; one that only points
    back ("The claim could not be independently verified") of what stands before it in its sentence, else
    of the last sentence of the paragraph that has a claim.

    Args:
        text: the document.
        sentences: its sentences in order.
        evidence: the claims' clauses.

    Returns:
        The clauses spoken of.
    """
    said, negation, ahead, pointing = _patterns()
    marked: set[Span] = set()
    for sentence in sentences:
        words = sentence.of(text)
        for found in said.finditer(words):
            start, end = sentence.start + found.start(), sentence.start + found.end()
            if not negation.search(found.group()) and not negation.search(words[: found.start()][-40:]):
                continue
            inside = [e for e in evidence if sentence.start <= e.start < sentence.end]
            if ahead.match(text[end : sentence.end]):
                marked.update(e for e in inside if e.start >= end)
                continue
            before = [e for e in inside if e.end <= start]
            if before:
                marked.update(before)
            elif pointing.search(words):
                marked.update(_last_told(text, sentences, evidence, sentence))
            else:
                marked.update(e for e in inside if e.start >= end)
    return marked


def _last_told(text: str, sentences: Sequence[Span], evidence: Sequence[Span], sentence: Span) -> list[Span]:
    """Return the claims of the nearest sentence before ``sentence`` in its paragraph that has any."""
    for other in reversed([s for s in sentences if s.end <= sentence.start][-3:]):
        if sentence.start - other.end > _REACH or "\n\n" in text[other.end : sentence.start]:
            break
        told = [e for e in evidence if other.start <= e.start < other.end]
        if told:
            return told
    return []
