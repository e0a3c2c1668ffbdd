"""The gate lets conflict through and keeps the rest of the news out."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from fogline.extract.reader.gate import WHOLE, blend, gate
from fogline.extract.sentences import sentences

CONFLICT = [
    "Rebel fighters captured two villages near the border overnight.",
    "Four people were killed.",
    "The ministry denied that its troops had withdrawn from the town.",
    "Shelling forced hundreds of families to flee their homes.",
]
OTHER = {
    "markets": "The company said net profit rose 12 pct on higher sales of software. Sugar futures fell as "
    "traders awaited the harvest estimate. Analysts expect earnings of 2 dlrs a share next year. The museum "
    "opens at noon. Interest rates are unlikely to change before summer, economists wrote.",
    "debt": "Talks between the country and its creditor banks broke down on Friday. Negotiators had agreed "
    "to suspend payments of interest on 4 bln dlrs of loans. The fund is ready to supply fresh aid.",
    "sport": "The visitors captured the title after a long battle in the second half. Their defence held out "
    "under siege until the last minute. The coach said that the attack would be stronger next season.",
}


@pytest.mark.parametrize("text", CONFLICT)
def test_a_sentence_of_conflict_passes_by_itself(text: str) -> None:
    assert gate().wanted(text, sentences(text)) == [True]


@pytest.mark.parametrize("text", OTHER.values(), ids=OTHER)
def test_other_news_does_not(text: str) -> None:
    spans = sentences(text)
    assert gate().wanted(text, spans) == [False] * len(spans)


def test_a_quiet_sentence_passes_between_loud_ones() -> None:
    text = f"{CONFLICT[0]} It was the third such case. {CONFLICT[3]}"
    assert gate().wanted(text, sentences(text)) == [True, True, True]
    assert gate().wanted("", []) == []


def test_a_sentence_counts_with_those_around_it_and_its_document() -> None:
    own = np.array([8.0, 0.0, 0.0, 0.0])
    # itself, half of its neighbours, a quarter of the one two before (the first stands for what would lie
    # before it), and a multiple of the mean
    whole = WHOLE * 2
    assert blend(own).tolist() == [8 + 4 + 2 + whole, 4 + 2 + whole, 2 + whole, whole]
    rows = np.asarray(blend(csr_matrix(own[:, None])))
    assert rows[:, 0].tolist() == blend(own).tolist()
