"""Tell cheaply which sentences cannot hold a claim, so that nothing dearer is run on them.

Each stem has a weight, of conflict reporting or of other news (a logistic regression on both). A
sentence's score adds the weights of its own stems, those around it by half and quarter, and a multiple of
the mean of its surroundings: of the whole document, which tells trade news that speaks of strikes and
talks, and with weights of their own of the few sentences around, which tell a short item on a war in a
long bulletin. A sentence is read where either is enough. Weights and thresholds are the data file
``gate.json``, made by ``training/gate.py``, which sets the thresholds so that next to no sentence with a
claim is turned away.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np

from ...model import Span

STEM = 6  # letters of a word that count
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Scope:
    """Weights of stems for surroundings of one size.

    The surroundings are ``reach`` sentences on either side, or the document where that is None, and
    ``share`` is how often their mean counts; ``threshold`` is the log odds from which a sentence passes,
    less by ``slack`` where it stands alone, by half of that where it is one of two, and so on: a few words
    tell little either way.
    """

    weights: dict[str, float]
    bias: float
    threshold: float
    share: float
    slack: float = 0.0
    reach: int | None = None

    def margins(self, told: Sequence[set[str]]) -> np.ndarray:
        """Return by how much each sentence, given as its stems, is above the threshold."""
        weights = self.weights
        own = np.array([sum(weights.get(stem, 0.0) for stem in one) for one in told])
        return blend(own, self.share, self.reach) + (self.bias - self.threshold + self.slack / len(told))


@dataclass(frozen=True, slots=True)
class Gate:
    """What a sentence is seen in, and the SHA-256 of all weights."""

    scopes: tuple[Scope, ...]
    identity: str = ""

    def scores(self, text: str, sentences: Sequence[Span]) -> np.ndarray:
        """Return log odds, a sentence, above those from which it is read: the best of the scopes."""
        told = [stems(p.of(text)) for p in sentences]
        if not told:
            return np.zeros(0)
        return np.asarray(np.max([scope.margins(told) for scope in self.scopes], axis=0))

    def wanted(self, text: str, sentences: Sequence[Span]) -> list[bool]:
        """Tell for each sentence whether it may hold a claim."""
        return [bool(s) for s in self.scores(text, sentences) >= 0]


def blend(own: np.ndarray, share: float, reach: int | None) -> np.ndarray:
    """Add to what each sentence has what those around it have by half and quarter, and the mean around.

    Args:
        own: a number or a row of numbers a sentence, in their order; at least one sentence.
        share: how often the mean counts.
        reach: over how many sentences on either side it is taken; None for all.

    Returns:
        The same shape.
    """
    last = len(own) - 1
    at = np.arange(last + 1)
    before, behind, further = (np.clip(at + step, 0, last) for step in (-1, 1, -2))
    low, high = (at * 0, at * 0 + last) if reach is None else (at - reach, at + reach)
    low, high = np.clip(low, 0, last), np.clip(high, 0, last) + 1
    sums = np.concatenate([np.zeros_like(own[:1]), np.cumsum(own, axis=0)])
    count = (high - low).reshape(-1, *(1 for _ in own.shape[1:]))
    mean = (sums[high] - sums[low]) / count
    return np.asarray(own + 0.5 * (own[before] + own[behind]) + 0.25 * own[further] + share * mean)


def stems(sentence: str) -> set[str]:
    """Return the stems of a sentence's words; names (capitalised words) are none."""
    return {w[:STEM] for w in _WORD.findall(sentence) if len(w) > 2 and w[0].islower()}


@lru_cache(maxsize=1)
def gate() -> Gate:
    """Load the gate that ships."""
    text = files(__package__).joinpath("gate.json").read_text(encoding="utf-8")
    scopes = tuple(Scope(**scope) for scope in json.loads(text))
    return Gate(scopes, hashlib.sha256(text.encode()).hexdigest())
