"""The gate lets conflict through and keeps the rest of the news out."""

from __future__ import annotations

import numpy as np
import pytest

from fogline.extract.reader.gate import blend, gate
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
    "sport": "The visitors won 3-1 after a goalless first half. Their defence held out until the end, "
    "and the coach said that the attack would be stronger next season. Some 40,000 fans saw the match. The "
    "striker, who scored twice, is out of contract in June.",
}


@pytest.mark.parametrize("text", [*CONFLICT, "The army said it had retaken the town."])
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


def test_a_short_item_on_a_war_passes_in_a_bulletin_on_other_things() -> None:
    item = f"{CONFLICT[0]} {CONFLICT[3]}"
    text = f"{OTHER['markets']} {OTHER['sport']} {item} {OTHER['debt']}"
    spans = sentences(text)
    wanted = [span.of(text) for span, so in zip(spans, gate().wanted(text, spans), strict=True) if so]
    assert set(CONFLICT[0:4:3]) <= set(wanted)
    assert not {span.of(text) for span in spans[:3] + spans[-2:]} & set(wanted)


@pytest.mark.parametrize(("reach", "means"), [(None, [4, 4, 4, 4]), (1, [8, 16 / 3, 8 / 3, 0])])
def test_a_sentence_counts_with_those_around_it(reach: int | None, means: list[float]) -> None:
    own = np.array([8.0, 8.0, 0.0, 0.0])
    # itself, half of its neighbours, a quarter of the one two before; the first and last stand for
    # what lies beyond them
    near = [8 + 4 + 4 + 2, 8 + 4 + 2, 4 + 2, 2]
    expected = [n + 3 * m for n, m in zip(near, means, strict=True)]
    assert blend(own, 3, reach).tolist() == pytest.approx(expected)
    assert blend(np.stack([own, own]).T, 3, reach)[:, 1].tolist() == pytest.approx(expected)
