"""From probabilities to claims: propose spans, then choose among the scored ones."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .labels import EVENTS
from .windows import Window

Floats = NDArray[np.float32]

GAP = 4  # pieces that a run may miss and still be one


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where the reader says yes; set by cross-validation on the training reports."""

    propose: float = 0.2
    accept: float = 0.4
    second: float = 0.6
    begin: float = 0.5
    weight: float = 0.5  # of the tags against the span's own score


@dataclass(frozen=True, slots=True)
class Choice:
    """A claim as the reader sees it: pieces ``begin`` to ``end`` of its window, type and score."""

    begin: int
    end: int
    event: int
    score: float
    proposal: int


def propose(tags: Floats, window: Window, *, threshold: float, begin: float) -> list[tuple[int, int]]:
    """Return spans that may be evidence, as piece ranges within one sentence each.

    Args:
        tags: probabilities, pieces × (event types + 2).
        window: the window they belong to.
        threshold: least probability of a piece inside evidence.
        begin: probability above which a run is cut because new evidence begins.
    """
    types = len(EVENTS)
    inside = tags[:, :types]
    starts = tags[:, types]
    columns = [k for k in range(types) if inside[:, k].max() >= threshold]
    rows = [inside[:, k] for k in columns]
    if len(rows) > 1:
        rows.append(inside.max(1))
    found: dict[tuple[int, int], None] = {}
    sentence = np.asarray(window.sentence)
    readable = (sentence >= window.first) & (np.asarray(window.starts) >= 0)
    for row in rows:
        for span in _runs((row >= threshold) & readable, sentence, starts, begin):
            found[span] = None
    return list(found)


def _runs(
    on: NDArray[np.bool_], sentence: NDArray[np.int_], starts: Floats, begin: float
) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for piece in map(int, np.flatnonzero(on)):
        if spans:
            first, last = spans[-1]
            joins = piece - last <= GAP and sentence[piece] == sentence[first]
            fresh = (
                starts[piece] >= begin
                and piece - first >= 3
                and starts[piece] >= starts[max(first, piece - 2) : piece + 3].max()
            )
            if joins and not fresh:
                spans[-1] = (first, piece + 1)
                continue
        spans.append((piece, piece + 1))
    return [(a, b) for a, b in spans if b - a >= 2]


def choose(
    spans: list[tuple[int, int]], tags: Floats, scores: Floats, thresholds: Thresholds
) -> list[Choice]:
    """Choose claims among proposed spans.

    Args:
        spans: proposals of one window.
        tags: probabilities, pieces × (event types + 2).
        scores: probabilities, proposals × event types, of the claim head.
        thresholds: where to say yes.

    Returns:
        The choices, best first: of two that overlap with one type the better stands; a second type on
        the same words needs ``thresholds.second``.
    """
    if not spans:
        return []
    types = len(EVENTS)
    mean = np.stack([tags[a:b, :types].mean(0) for a, b in spans])
    joint = np.exp(thresholds.weight * np.log(mean + 1e-6) + (1 - thresholds.weight) * np.log(scores + 1e-6))
    order = np.dstack(np.unravel_index(np.argsort(-joint, axis=None), joint.shape))[0]
    chosen: list[Choice] = []
    for i, k in order:
        score = float(joint[i, k])
        if score < thresholds.accept:
            break
        a, b = spans[i]
        clash = [c for c in chosen if _overlap((a, b), (c.begin, c.end)) > 0.3]
        if any(c.event == k for c in clash) or (clash and score < thresholds.second):
            continue
        chosen.append(Choice(a, b, int(k), score, int(i)))
    return chosen


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> float:
    inter = min(a[1], b[1]) - max(a[0], b[0])
    return max(0, inter) / min(a[1] - a[0], b[1] - b[0])
