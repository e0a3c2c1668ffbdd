"""Tell cheaply which sentences cannot hold a claim, so that nothing dearer is run on them.

Each stem has a weight, of conflict reporting or of other news (a logistic regression on both). A
sentence's score adds the weights of its own stems, those around it by half and quarter, and a multiple of
the mean of its document: log odds that it holds a claim; below a threshold nothing is read. Weights and
threshold are the data file ``gate.json``, made by ``training/gate.py``, which sets the threshold so that
next to no sentence with a claim is turned away.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np

from ...model import Span

STEM = 6  # letters of a word that count
WHOLE = 8.0  # weight of the document: news on other things uses single words of war all the time
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Gate:
    """Weights of stems, the score from which a sentence is let through, and the SHA-256 of all."""

    weights: dict[str, float]
    bias: float
    threshold: float
    identity: str = ""

    def scores(self, text: str, sentences: Sequence[Span]) -> np.ndarray:
        """Return the log odds, a sentence, that it holds a claim."""
        weights = self.weights
        own = np.array([sum(weights.get(s, 0.0) for s in stems(p.of(text))) for p in sentences])
        return np.asarray(blend(own) + self.bias) if len(own) else own

    def wanted(self, text: str, sentences: Sequence[Span]) -> list[bool]:
        """Tell for each sentence whether it may hold a claim."""
        return [bool(s) for s in self.scores(text, sentences) >= self.threshold]


def blend(own: Any) -> Any:
    """Add to what each sentence has what those around it have by half and quarter, and its document's mean.

    Args:
        own: a number or a row of numbers a sentence, in their order: an array or a sparse matrix.

    Returns:
        The same shape.
    """
    last = len(own) - 1 if isinstance(own, np.ndarray) else own.shape[0] - 1
    at = np.arange(last + 1)
    before, behind, further = (np.clip(at + step, 0, last) for step in (-1, 1, -2))
    return own + 0.5 * (own[before] + own[behind]) + 0.25 * own[further] + WHOLE * own.mean(0)


def stems(sentence: str) -> set[str]:
    """Return the stems of a sentence's words; names (capitalised words) are none."""
    return {w[:STEM] for w in _WORD.findall(sentence) if len(w) > 2 and w[0].islower()}


@lru_cache(maxsize=1)
def gate() -> Gate:
    """Load the gate that ships."""
    text = files(__package__).joinpath("gate.json").read_text(encoding="utf-8")
    data = json.loads(text)
    return Gate(data["weights"], data["bias"], data["threshold"], hashlib.sha256(text.encode()).hexdigest())
