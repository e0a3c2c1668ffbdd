"""From probabilities to claims, on windows built by hand."""

from __future__ import annotations

import numpy as np

from fogline.extract.reader.decode import Thresholds, choose, propose
from fogline.extract.reader.labels import EVENTS, relation
from fogline.extract.reader.windows import Window

CAPTURE, ENCIRCLE = EVENTS.index("CAPTURE"), EVENTS.index("ENCIRCLE")
FIRST, LAST = len(EVENTS), len(EVENTS) + 1


def window(pieces: int, *, border: int | None = None) -> Window:
    """A window of ``pieces`` pieces between the special ones; a second sentence from ``border`` on."""
    n = pieces + 2
    sentence = tuple(int(border is not None and p >= border) for p in range(n))
    starts = (-1, *(2 * p for p in range(pieces)), -1)
    ends = (-1, *(2 * p + 1 for p in range(pieces)), -1)
    return Window(tuple(range(n)), starts, ends, sentence, 0)


def tags(pieces: int) -> np.ndarray:
    return np.zeros((pieces + 2, len(EVENTS) + 2), np.float32)


def test_a_run_is_joined_over_small_gaps_and_cut_where_new_evidence_begins() -> None:
    t = tags(20)
    t[1:5, CAPTURE] = t[7:18, CAPTURE] = 0.9
    t[12, FIRST] = 0.9
    assert propose(t, window(20), threshold=0.2, begin=0.5) == [(1, 12), (12, 18)]


def test_a_run_never_crosses_a_sentence_and_ignores_context() -> None:
    t = tags(10)
    t[1:11, CAPTURE] = 0.9
    whole = window(10, border=6)
    assert propose(t, whole, threshold=0.2, begin=0.5) == [(1, 6), (6, 11)]
    context = Window(whole.ids, whole.starts, whole.ends, whole.sentence, first=1)
    assert propose(t, context, threshold=0.2, begin=0.5) == [(6, 11)]


def test_two_types_on_one_clause_need_the_higher_threshold() -> None:
    t = tags(8)
    t[1:7, CAPTURE], t[1:7, ENCIRCLE] = 0.9, 0.5
    scores = np.zeros((1, len(EVENTS)), np.float32)
    scores[0, CAPTURE], scores[0, ENCIRCLE] = 0.9, 0.5
    strict = Thresholds(accept=0.4, second=0.6)
    assert [c.event for c in choose([(1, 7)], t, scores, strict)] == [CAPTURE]
    assert [c.event for c in choose([(1, 7)], t, scores, Thresholds(accept=0.4, second=0.45))] == [
        CAPTURE,
        ENCIRCLE,
    ]


def test_of_two_overlapping_spans_of_one_type_the_better_stands() -> None:
    t = tags(12)
    t[1:11, CAPTURE] = 0.8
    scores = np.zeros((2, len(EVENTS)), np.float32)
    scores[:, CAPTURE] = 0.6, 0.9
    (choice,) = choose([(1, 11), (1, 6)], t, scores, Thresholds())
    assert (choice.begin, choice.end) == (1, 6)


def test_relations_tell_sentences_before_inside_and_after() -> None:
    assert [relation(5, s, 3, 8, 4) for s in (0, 1, 2, 3, 4, 5, 6, 7, 9)] == [0, 0, 1, 2, 4, 6, 7, 8, 8]
    assert (relation(2, 4, 3, 8, 4), relation(8, 4, 3, 8, 4)) == (3, 5)
