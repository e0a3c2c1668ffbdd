"""Tell cheaply which sentences cannot hold a claim, so that nothing dearer is run on them.

Each stem of conflict reporting has a weight: how much likelier it is inside the evidence of claims than
in English at large (log ratio). A sentence's score adds the weights of its own stems, those around it
by half and quarter, and three times the mean of its document; below a threshold nothing is read. Weights and
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

import numpy as np

from ...model import Span

STEM = 6  # letters of a word that count
WHOLE = 3.0  # weight of the document: news on other things uses single words of war all the time
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Gate:
    """Weights of stems, the score from which a sentence is let through, and the SHA-256 of both."""

    weights: dict[str, float]
    threshold: float
    identity: str = ""

    def scores(self, text: str, sentences: Sequence[Span]) -> np.ndarray:
        """Return a score a sentence: its own words, those around it, its document."""
        weights = self.weights
        own = np.array([sum(weights.get(s, 0.0) for s in stems(p.of(text))) for p in sentences])
        if not len(own):
            return own
        near = np.pad(own, 2, mode="edge")
        around = 0.5 * (near[1:-3] + near[3:-1]) + 0.25 * (near[:-4] + near[4:])
        return np.asarray(own + around + WHOLE * own.mean())

    def wanted(self, text: str, sentences: Sequence[Span]) -> list[bool]:
        """Tell for each sentence whether it may hold a claim."""
        return [bool(s) for s in self.scores(text, sentences) >= self.threshold]


def stems(sentence: str) -> set[str]:
    """Return the stems of a sentence's words; names (capitalised words) are none."""
    return {w[:STEM] for w in _WORD.findall(sentence) if len(w) > 2 and w[0].islower()}


@lru_cache(maxsize=1)
def gate() -> Gate:
    """Load the gate that ships."""
    text = files(__package__).joinpath("gate.json").read_text(encoding="utf-8")
    data = json.loads(text)
    return Gate(data["weights"], data["threshold"], hashlib.sha256(text.encode()).hexdigest())
