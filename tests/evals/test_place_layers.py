"""Are confident places right, and the plot that shows it."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest

from place_layers import confidences, confident, plot

SCORE = ModuleType("score")
SCORE.load = lambda _: [("Aa Bb Cc", [(0, 2, 10.0, 20.0), (3, 5, 10.0, 20.0), (6, 8, None, None)])]  # type: ignore[attr-defined]
SCORE.km = lambda a, b, c, d: 111.0 * (abs(a - c) + abs(b - d))  # type: ignore[attr-defined]


def told(start: int, lat: float | None, score: float) -> dict[str, object]:
    return {
        "document": "0",
        "start": start,
        "end": start + 2,
        "lat": lat,
        "lon": lat and 20.0,
        "score": score,
    }


def test_found_names_have_a_score_and_are_right_within_161_km() -> None:
    found = confidences(SCORE, Path("x"), [told(0, 11.0, 0.95), told(3, 15.0, 0.5), told(6, 1.0, 0.9)])
    assert found == [(0.95, True), (0.5, False)]
    assert confidences(SCORE, Path("x"), [told(0, None, 0.0)]) == [(0.0, False)]


def test_the_confident_are_counted() -> None:
    assert confident([(0.95, True), (0.9, False), (0.2, False), (0.1, True)]) == (0.5, 0.5)
    assert confident([]) == (0.0, 0.0)


@pytest.mark.parametrize("pairs", [[], [(0.95, True), (1.0, True), (0.05, False)]])
def test_the_plot_is_an_svg_with_a_dot_for_each_step(tmp_path: Path, pairs: list[tuple[float, bool]]) -> None:
    plot({"set": pairs}, tmp_path / "out" / "plot.svg")
    root = ElementTree.parse(tmp_path / "out" / "plot.svg").getroot()
    assert root.tag.endswith("svg")
    assert len([e for e in root if e.tag.endswith("circle")]) == (2 if pairs else 0)
