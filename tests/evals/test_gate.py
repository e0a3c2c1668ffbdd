"""The gate holds figures to their floors."""

from __future__ import annotations

import json

from gate import FLOORS, below, raised
from intervals import bootstrap


def test_a_figure_at_its_floor_passes() -> None:
    assert below({"claims.found.f1": 0.75}, {"claims.found.f1": 0.75}) == []


def test_rounding_is_no_fall() -> None:
    assert below({"claims.found.f1": 0.7485}, {"claims.found.f1": 0.75}) == []


def test_a_fall_is_told_with_both_figures() -> None:
    told = below({"claims.found.f1": 0.74}, {"claims.found.f1": 0.75})
    assert told == ["claims.found.f1 is 0.740, below its floor of 0.750."]


def test_a_figure_that_was_not_measured_fails() -> None:
    assert below({}, {"voices.0.3.f1": 0.6}) == ["voices.0.3.f1 was not measured; its floor is 0.600."]


def test_floors_are_raised_to_just_below_the_figures_and_never_lowered() -> None:
    figures = {"claims.found.f1": 0.7649, "claims.when": 0.8, "voices.0.3.f1": 0.664}
    floors = {"claims.found.f1": 0.70, "claims.when": 0.85}
    assert raised(figures, floors) == {"claims.found.f1": 0.75, "claims.when": 0.85}


def test_floors_are_shares() -> None:
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    assert {name: value for name, value in floors.items() if not 0 < value <= 1} == {}


def test_reports_that_agree_leave_no_doubt() -> None:
    assert bootstrap([0.5] * 8, lambda drawn: sum(drawn) / len(drawn)) == (0.5, 0.5)


def test_the_interval_holds_the_figure_and_is_the_same_each_time() -> None:
    reports = [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]
    low, high = bootstrap(reports, lambda drawn: sum(drawn) / len(drawn))
    assert 0.0 < low < 0.5 < high < 1.0
    assert bootstrap(reports, lambda drawn: sum(drawn) / len(drawn)) == (low, high)
