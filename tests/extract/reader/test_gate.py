"""The gate lets conflict through and keeps the rest of the news out."""

from __future__ import annotations

from fogline.extract.reader.gate import gate
from fogline.extract.sentences import sentences

CONFLICT = [
    "Rebel fighters captured two villages near the border overnight.",
    "Four people were killed.",
    "The ministry denied that its troops had withdrawn from the town.",
    "Shelling forced hundreds of families to flee their homes.",
]
OTHER = (
    "The company said net profit rose 12 pct on higher sales of software. Sugar futures fell as traders "
    "awaited the harvest estimate. Analysts expect earnings of 2 dlrs a share next year. The museum opens at "
    "noon and tickets cost 5 pounds. Interest rates are unlikely to change before summer, economists wrote."
)


def test_other_news_does_not() -> None:
    spans = sentences(OTHER)
    assert gate().wanted(OTHER, spans) == [False] * 5


def test_a_quiet_sentence_passes_between_loud_ones() -> None:
    text = f"{CONFLICT[0]} It was the third such case. {CONFLICT[3]}"
    assert gate().wanted(text, sentences(text)) == [True, True, True]
    assert gate().wanted("", []) == []
