"""The trained reader: which clauses are claims, of which type and status, and which words play which part."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ...errors import DataError
from ...model import EventType, QuantityKind, Span, Status
from .decode import Choice, Floats, Thresholds, choose, propose
from .gate import Gate, gate
from .labels import EVENTS, KINDS, ROLES, STATUSES, relation
from .windows import Window, windows

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

THREADS = 2
BATCH = 8  # windows a run of the encoder
GATE_CAP = 4.0  # log odds above the gate's from which a sentence is no surer to hold a claim
WEAK = 0.25  # probability from which a piece may play a part
SURE = 0.5  # probability from which words do


@dataclass(frozen=True, slots=True)
class Confidence:
    """How sure a score is: a logistic regression on its log odds and on the sentence's score at the gate.

    Learned on reports held back from the reader (``training/confidence.py``). A claim below ``least`` is
    not worth a parse; what the parse tells of the others is joined with this (`fogline.extract.plausible`).
    """

    bias: float = 0.0
    score: float = 1.0
    gate: float = 0.0
    least: float = 0.0

    def __call__(self, score: float, gate_score: float) -> float:
        """Return the probability that a claim with this score, in a sentence with this one, is right."""
        odds = math.log(max(score, 1e-6) / max(1 - score, 1e-6))
        told = self.bias + self.score * odds + self.gate * min(gate_score, GATE_CAP)
        return 1 / (1 + math.exp(-told))


@dataclass(frozen=True, slots=True)
class Part:
    """Words that play a part in a claim, with the mean probability of their pieces."""

    role: str
    span: Span
    score: float


@dataclass(frozen=True, slots=True)
class Reading:
    """A claim as read off the words, before anything is resolved.

    ``sentence`` is the index of its sentence; ``score`` the reader's confidence that this is a claim of
    this type; ``statuses`` a probability for each; ``attributed`` the probability that a voice inside the
    text vouches for it. ``statuses`` is empty and ``parts`` None where rules found the claim, and nobody
    has read which words play which part.
    """

    evidence: Span
    sentence: int
    event: EventType
    score: float
    statuses: dict[Status, float]
    attributed: float
    parts: tuple[Part, ...] | None

    def spans(self, *roles: str, least: float = SURE) -> list[Span]:
        """Return the words that play one of ``roles`` with probability ``least``, in order."""
        return sorted(p.span for p in self.parts or () if p.role in roles and p.score >= least)

    def scored(self, *roles: str) -> list[tuple[Span, float]]:
        """Return the words that may play one of ``roles``, each with its probability."""
        return [(p.span, p.score) for p in self.parts or () if p.role in roles]

    def figures(self) -> list[tuple[Span, QuantityKind | None]] | None:
        """Return the words of the claim's figures, each with its kind; None where nobody has read them."""
        if self.parts is None:
            return None
        kinds: dict[str, QuantityKind | None] = {kind: kind for kind in KINDS}
        found = [(p.span, kinds[p.role]) for p in self.parts if p.role in kinds and p.score >= SURE]
        return sorted(found, key=lambda f: f[0])


class Reader:
    """Run the exported graphs over documents; see ``training/`` for how they are made.

    Args:
        folder: where the graphs lie; None takes the weights that ship.
        threads: how many of them a run of a graph takes; what is read does not depend on it.

    Raises:
        DataError: a file of the weights is missing.
    """

    def __init__(self, folder: Path | None = None, *, threads: int = THREADS) -> None:
        from tokenizers import Tokenizer

        folder = folder or Path(str(files(__package__).joinpath("weights")))
        try:
            told = (folder / "reader.json").read_bytes()
            record = json.loads(told)
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            self._encoder = _session(folder / "encoder.onnx", threads)
            self._claim = _session(folder / "claim.onnx", threads)
            self._roles = _session(folder / "roles.onnx", threads)
        except Exception as error:
            raise DataError(
                f"The reader's weights in {folder} cannot be loaded ({error}). Install Fogline again, "
                "or make them with `make train`."
            ) from error
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        # The record holds the graphs' SHA-256 and every threshold; the gate decides what is read at all.
        self.gate: Gate = gate()
        self.identity: str = hashlib.sha256(told + self.gate.identity.encode()).hexdigest()
        self.thresholds = Thresholds(**record["thresholds"])
        self.confidence = Confidence(**record.get("confidence", {}))

    def read(self, text: str, sentences: Sequence[Span]) -> list[Reading]:
        """Return the claims of one document, in the order of the text."""
        at_gate = self.gate.scores(text, sentences)
        wanted = [bool(s) for s in at_gate >= 0]
        if not any(wanted):
            return []
        cut = windows(text, sentences, self._tokenizer, wanted=wanted)
        readings: list[Reading] = []
        order = sorted(range(len(cut)), key=lambda i: len(cut[i]))
        for k in range(0, len(order), BATCH):
            batch = [cut[i] for i in order[k : k + BATCH]]
            for window, states, tags in zip(batch, *self._encode(batch), strict=True):
                for reading in self._window(text, window, states[: len(window)], tags[: len(window)]):
                    sure = self.confidence(reading.score, float(at_gate[reading.sentence]))
                    if sure >= self.confidence.least:
                        readings.append(replace(reading, score=sure))
        return sorted(readings, key=lambda r: (r.evidence, r.event))

    def _encode(self, batch: list[Window]) -> tuple[Floats, Floats]:
        longest = max(len(w) for w in batch)
        ids = np.zeros((len(batch), longest), np.int64)
        mask = np.zeros_like(ids)
        for i, window in enumerate(batch):
            ids[i, : len(window)] = window.ids
            mask[i, : len(window)] = 1
        states, tags = self._encoder.run(None, {"ids": ids, "mask": mask})
        return states, tags

    def _window(self, text: str, window: Window, states: Floats, tags: Floats) -> list[Reading]:
        limits = self.thresholds
        spans = propose(tags, window, threshold=limits.propose, begin=limits.begin)
        if not spans:
            return []
        joined = np.stack([np.concatenate([states[a:b].mean(0), states[a], states[b - 1]]) for a, b in spans])
        query, scores = self._claim.run(None, {"joined": joined})
        types = _sigmoid(scores[:, : len(EVENTS)])
        chosen = choose(spans, tags, types, limits)
        if not chosen:
            return []
        rows = [c.proposal for c in chosen]
        relations = np.array([_relations(window, c) for c in chosen], np.int64)
        roles = self._roles.run(None, {"states": states, "query": query[rows], "relation": relations})[0]
        statuses = _softmax(scores[rows, len(EVENTS) : len(EVENTS) + len(STATUSES)])
        return [
            Reading(
                evidence=_clause(text, window.characters(*_whole_words(text, window, c.begin, c.end))),
                sentence=window.sentence[c.begin],
                event=EVENTS[c.event],
                score=c.score,
                statuses=dict(zip(STATUSES, map(float, s), strict=True)),
                attributed=float(_sigmoid(scores[c.proposal, -1])),
                parts=tuple(_parts(text, window, r)),
            )
            for c, s, r in zip(chosen, statuses, roles, strict=True)
        ]


@lru_cache(maxsize=1)
def reader(threads: int = THREADS) -> Reader:
    """Load the reader that ships, once."""
    return Reader(threads=threads)


def _session(path: Path, threads: int) -> InferenceSession:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = threads
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # the parser needs the core
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _relations(window: Window, choice: Choice) -> list[int]:
    home = window.sentence[choice.begin]
    return [relation(p, s, choice.begin, choice.end, home) for p, s in enumerate(window.sentence)]


def _parts(text: str, window: Window, roles: Floats) -> list[Part]:
    """Join the pieces of each role into words: runs within a sentence, at most one piece missing."""
    found = []
    for k in np.flatnonzero((roles >= WEAK).any(0)):
        begin = last = -1
        runs: list[tuple[int, int]] = []
        for p in map(int, np.flatnonzero(roles[:, k] >= WEAK)):
            if window.starts[p] < 0:
                continue
            if begin >= 0 and p - last <= 2 and window.sentence[p] == window.sentence[begin]:
                last = p
                runs[-1] = (begin, last + 1)
            else:
                begin = last = p
                runs.append((p, p + 1))
        for a, b in runs:
            a, b = _whole_words(text, window, a, b)
            found.append(Part(ROLES[k], window.characters(a, b), float(roles[a:b, k].mean())))
    return found


def _whole_words(text: str, window: Window, a: int, b: int) -> tuple[int, int]:
    """Widen a run of pieces to whole words: letters and figures that touch belong together."""
    while (
        a > 1
        and window.ends[a - 1] == window.starts[a]
        and text[window.starts[a] - 1 : window.starts[a] + 1].isalnum()
    ):
        a -= 1
    while (
        b < len(window) - 1
        and window.starts[b] == window.ends[b - 1]
        and text[window.ends[b - 1] - 1 : window.ends[b - 1] + 1].isalnum()
    ):
        b += 1
    return a, b


def _clause(text: str, span: Span) -> Span:
    """Take marks and spaces that cannot belong to a clause off both ends."""
    start, end = span.start, span.end
    while start < end and text[start] in " ,;:.–—-)]":
        start += 1
    while end > start and text[end - 1] in " ,;:.–—-([":
        end -= 1
    return Span(start, end)


def _softmax(x: Any) -> Any:
    powers = np.exp(x - x.max(-1, keepdims=True))
    return powers / powers.sum(-1, keepdims=True)


def _sigmoid(x: Any) -> Any:
    return 1 / (1 + np.exp(-x))
