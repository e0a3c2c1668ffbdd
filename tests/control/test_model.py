"""The chain in time and the field in space, against what can be worked out by hand."""

from __future__ import annotations

from datetime import date
from itertools import product

import numpy as np
import pytest
from builders import day, observation
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from fogline.control.assess import Assessment
from fogline.control.chain import Belief, Chain, joined
from fogline.control.evidence import Evidence, evidence_of
from fogline.control.field import Field
from fogline.control.parameters import parameters
from fogline.control.settlements import Settlement, Settlements
from fogline.control.theatres import Theatre, grouped

MODEL = replace(parameters(), persistence_days=50.0, contested_days=5.0, evidence_cap=1e9, change_rate=0.0)


def line(count: int, *, km: float = 10.0, country: str = "IRQ") -> Settlements:
    """Return settlements in a row along a meridian."""
    step = km / 111.195
    return Settlements(
        tuple(Settlement(i + 1, f"Village {i}", 35 + i * step, 43.0, country, 1000) for i in range(count))
    )


def brute(weights: np.ndarray[tuple[int, int], np.dtype[np.float64]], at: int) -> list[float]:
    """Return the posterior of one settlement on a day by going through every way it may have gone."""
    days, states = weights.shape
    parties = states - 1
    step = np.zeros((states, states))
    for a in range(states):
        row = np.zeros(states)
        row[a] = 1 - 1 / MODEL.persistence_days
        jump = np.array([0.85 / parties] * parties + [0.15])
        row += jump / MODEL.persistence_days
        settled = row[-1] / MODEL.contested_days
        row[-1] -= settled
        row[:-1] += settled / parties
        step[a] = row
    start = np.full(states, 1 / states) @ step
    total = np.zeros(states)
    for way in product(range(states), repeat=days):
        p = start[way[0]] * np.exp(weights[0, way[0]])
        for t in range(1, days):
            p *= step[way[t - 1], way[t]] * np.exp(weights[t, way[t]])
        total[way[at]] += p
    return (total / total.sum()).tolist()


def chain_of(weights: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> Chain:
    """Return a chain of one settlement with these log likelihoods (day, state)."""
    days, states = weights.shape
    here = np.zeros(states, dtype=np.int64)
    entries = {t: (here, np.arange(states), weights[t]) for t in range(days) if weights[t].any()}
    return Chain(1, states, days, Evidence(entries, {}), MODEL)


@given(st.lists(st.lists(st.floats(-3, 3), min_size=3, max_size=3), min_size=1, max_size=5))
def test_forward_and_backward_give_what_going_through_all_ways_gives(rows: list[list[float]]) -> None:
    weights = np.array(rows)
    chain = chain_of(weights)
    past = list(chain.forward())
    future = list(chain.backward())[::-1]
    for t in range(len(rows)):
        assert joined(past[t], future[t]).states[0] == pytest.approx(brute(weights, t), abs=1e-9)


def test_a_holder_is_forgotten_with_time_and_sooner_where_changes_are_told_of() -> None:
    weights = np.zeros((60, 3))
    weights[0, 0] = 3.0
    still = [belief.states[0, 0] for belief in chain_of(weights).forward()]
    assert still == sorted(still, reverse=True)
    stirred = Chain(
        1, 3, 60,
        Evidence(chain_of(weights).evidence.entries, {30: (np.array([0]), np.array([1.0]))}),
        replace(MODEL, change_rate=0.3),
    )  # fmt: skip
    after = [belief.states[0, 0] for belief in stirred.forward()]
    assert after[29] == pytest.approx(still[29])
    assert after[30] < still[30] - 0.05
    masses = [float(belief.mass[0]) for belief in stirred.forward()]
    assert masses[0] == pytest.approx(3.0)
    assert masses[30] < 0.8 * masses[29]


def field_of(settlements: Settlements, *, quiet: bool = False, **changed: float) -> Field:
    """Return the field of settlements near observations."""
    count = len(settlements)
    model = replace(parameters(), **{"sharpness": 1.0, "remote_state": 0.0, **changed})
    return Field(settlements, ("IRQ", "Islamic State"), model, np.zeros(count), np.full(count, quiet))


def belief(count: int, held: dict[int, int], mass: float = 5.0) -> Belief:
    """Return a belief that is sure of some settlements and knows nothing of the others."""
    states, masses = np.full((count, 3), 1 / 3), np.zeros(count)
    for index, state in held.items():
        states[index] = np.eye(3)[state]
        masses[index] = mass
    return Belief(states, masses)


def test_what_was_not_observed_follows_its_neighbours() -> None:
    found = field_of(line(5), own_state=1e-6).assess(belief(5, {0: 1, 4: 0}, mass=1e6))
    shares = found.states[:, 1].tolist()
    assert shares == sorted(shares, reverse=True)
    assert shares == pytest.approx([1.0, 0.75, 0.5, 0.25, 0.0], abs=1e-3)  # harmonic: straight between ends
    assert found.states.sum(axis=1) == pytest.approx(np.ones(5))


def test_where_nothing_was_told_the_settlement_is_its_states_and_uninformed() -> None:
    found = field_of(line(4)).assess(belief(4, {}))
    assert found.states[:, 0] == pytest.approx(np.ones(4), abs=1e-6)
    assert found.informed == pytest.approx(np.zeros(4))


def test_a_state_that_nothing_was_taken_of_holds_its_own() -> None:
    told = belief(3, {0: 1})
    loud, quiet = (field_of(line(3), quiet=q).assess(told).states[2, 1] for q in (False, True))
    assert quiet < loud


def test_the_evidence_of_a_day_adds_up_and_splits_over_an_interval() -> None:
    places = line(1)
    day_one = observation("IRQ", 35.0, 43.0, "2016-10-20")
    long = replace(day_one, latest=day("2016-10-24"))
    model = replace(MODEL, sightings=1.0)
    entries = evidence_of(places, [day_one, long], ("IRQ", "Islamic State"), day("2016-10-19"), model).entries
    assert {d: round(float(w.sum()), 6) for d, (_, _, w) in entries.items()} == {1: 4.5, 5: 1.5}


def test_observations_whose_degrees_do_not_touch_are_other_theatres() -> None:
    mosul = [observation("IRQ", 36.3, 43.1, "2016-10-20"), observation("IRQ", 35.4, 44.3, "2016-10-20")]
    sirte = [observation("LBY", 31.2, 16.6, "2016-10-20")]
    assert sorted(len(group) for group in grouped([*mosul, *sirte])) == [1, 2]
    across = [observation("FJI", -17.0, 179.9, "2016-10-20"), observation("FJI", -17.0, -179.9, "2016-10-20")]
    assert [len(group) for group in grouped(across)] == [2]


def test_a_later_capture_turns_the_holder_and_hindsight_knows_before() -> None:
    places = line(3)
    seen = (
        observation("Islamic State", 35.0, 43.0, "2016-10-01", weight=6.0),
        observation("IRQ", 35.0, 43.0, "2016-10-20", weight=6.0, change=True),
    )
    theatre = Theatre(seen, places, ("IRQ", "Islamic State"), np.zeros(3), np.zeros(3, dtype=bool))
    model = replace(parameters(), sightings=1.0)
    whole = Assessment(theatre, day("2016-09-25"), day("2016-10-25"), model, hindsight=True)
    assert whole.on(day("2016-10-02")).states[0].argmax() == 1
    assert whole.on(day("2016-10-25")).states[0].argmax() == 0
    then = Assessment(theatre, day("2016-09-25"), day("2016-10-10"), model, hindsight=True)
    with_hindsight, without = (a.on(day("2016-10-10")).states[0, 0] for a in (whole, then))
    assert with_hindsight > without
    days = [d for d, _ in whole.between(day("2016-10-01"), day("2016-10-04"))]
    assert days == [date(2016, 10, d) for d in (1, 2, 3, 4)]


def test_the_parameters_name_the_days_they_were_estimated_on() -> None:
    told = parameters().estimated_on
    assert "2022-03-10" in told
    assert not any(
        day in told for day in ("2022-08-31", "2022-09-07", "2022-09-12", "2022-09-20", "2022-09-30")
    )
