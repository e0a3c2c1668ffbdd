"""The chain in time and the field in space, against what can be worked out by hand."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
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
from fogline.control.mesh import Mesh
from fogline.control.parameters import parameters
from fogline.control.rivers import bank_told, on_bank, parted
from fogline.control.settlements import Floats, Settlement, Settlements
from fogline.control.theatres import Theatre, grouped

MODEL = replace(
    parameters(),
    persistence_days=50.0,
    contested_days=5.0,
    change_rate=0.1,
    change_many=2.0,
    evidence_cap=1e9,
)


def line(count: int, *, km: float = 10.0, country: str = "IRQ") -> Settlements:
    """Return settlements in a row along a meridian."""
    step = km / 111.195
    return Settlements(
        tuple(Settlement(i + 1, f"Village {i}", 35 + i * step, 43.0, country, 1000) for i in range(count))
    )


def step(told: Sequence[float]) -> Floats:
    """Return how probable it is that a settlement goes from each state to each in a day.

    Args:
        told: how much is told of changes to each state.
    """
    states, parties, total = len(told), len(told) - 1, sum(told)
    come = np.array([0.85 / parties] * parties + [0.15]) / MODEL.persistence_days
    if total:
        come += MODEL.change_rate * (1 - np.exp(-((total / 2) ** 2))) * np.array(told) / total
    rows = np.eye(states) * (1 - come.sum()) + come
    settled = rows[:, -1:] / MODEL.contested_days
    return np.hstack([rows[:, :-1] + settled / parties, rows[:, -1:] - settled])


def brute(weights: Floats, told: Floats, at: int) -> list[float]:
    """Return the posterior of one settlement on a day by going through every way it may have gone."""
    days, states = weights.shape
    start = np.full(states, 1 / states) @ step(told[0])
    total = np.zeros(states)
    for way in product(range(states), repeat=days):
        p = start[way[0]] * np.exp(weights[0, way[0]])
        for t in range(1, days):
            p *= step(told[t])[way[t - 1], way[t]] * np.exp(weights[t, way[t]])
        total[way[at]] += p
    return (total / total.sum()).tolist()


def chain_of(weights: Floats, told: Floats | None = None) -> Chain:
    """Return a chain of one settlement with these log likelihoods and told changes (day, state)."""
    days, states = weights.shape
    here = np.zeros(states, dtype=np.int64)
    entries, changes = (
        {t: (here, np.arange(states), rows[t]) for t in range(days) if rows[t].any()}
        for rows in (weights, np.zeros_like(weights) if told is None else told)
    )
    return Chain(1, states, days, Evidence(entries, changes), MODEL)


@given(
    st.lists(
        st.tuples(*[st.floats(-3, 3)] * 3, *[st.one_of(st.just(0.0), st.floats(0.1, 3))] * 3),
        min_size=1,
        max_size=4,
    )
)
def test_forward_and_backward_give_what_going_through_all_ways_gives(rows: list[tuple[float, ...]]) -> None:
    weights, told = np.array(rows)[:, :3], np.array(rows)[:, 3:]
    chain = chain_of(weights, told)
    past = list(chain.forward())
    future = list(chain.backward())[::-1]
    for t in range(len(rows)):
        assert joined(past[t], future[t]).states[0] == pytest.approx(brute(weights, told, t), abs=1e-9)


def test_where_a_party_takes_places_nearby_it_is_that_party_that_comes() -> None:
    weights, told = np.zeros((40, 3)), np.zeros((40, 3))
    weights[0, 0], told[30, 1] = 3.0, 4.0
    still, stirred = ([b.states[0] for b in chain_of(weights, one).forward()] for one in (None, told))
    assert stirred[29] == pytest.approx(still[29])
    assert stirred[30][1] - still[30][1] == pytest.approx(still[30][0] - stirred[30][0], abs=0.02)
    assert stirred[30][1] > still[30][1] + 0.03


def test_a_holder_is_forgotten_with_time_and_sooner_where_changes_are_told_of() -> None:
    weights, told = np.zeros((60, 3)), np.zeros((60, 3))
    weights[0, 0], told[30, 2] = 3.0, 2.0
    still = [belief.states[0, 0] for belief in chain_of(weights).forward()]
    assert still == sorted(still, reverse=True)
    masses = [float(belief.mass[0]) for belief in chain_of(weights, told).forward()]
    assert masses[0] == pytest.approx(3.0)
    left = 1 / MODEL.persistence_days + MODEL.change_rate * (1 - np.exp(-1))
    assert masses[30] / masses[29] == pytest.approx(np.exp(-left))


def test_a_map_counts_in_full_and_many_reports_of_a_day_no_more_than_the_cap() -> None:
    model = replace(MODEL, evidence_cap=2.0)
    here, state, weight = np.array([0]), np.array([0]), np.array([6.0])
    told = Chain(1, 3, 1, Evidence({0: (here, state, weight)}, {}), model)
    drawn = Chain(1, 3, 1, Evidence({}, {}, {0: (here, state, weight)}), model)
    masses = [float(next(chain.forward()).mass[0]) for chain in (told, drawn)]
    assert masses == pytest.approx([2 * np.tanh(3.0), 6.0])


def test_however_much_is_told_of_changes_the_rate_has_an_end() -> None:
    model = replace(MODEL, persistence_days=1e9, change_rate=0.2, change_many=1.0)
    left = []
    for told in (0.5, 5.0, 500.0):
        changes = {1: (np.array([0]), np.array([1]), np.array([told]))}
        chain = Chain(1, 3, 2, Evidence({0: (np.array([0]), np.array([0]), np.array([9.0]))}, changes), model)
        left.append(list(chain.forward())[1].mass[0] / 9.0)
    assert left == pytest.approx([np.exp(-0.2 * (1 - np.exp(-(x**2)))) for x in (0.5, 5.0, 500.0)], abs=1e-6)


def field_of(settlements: Settlements, *, quiet: bool = False, **changed: float) -> Field:
    """Return the field of settlements near observations."""
    count = len(settlements)
    model = replace(parameters(), **{"sharpness": 1.0, **changed})
    return Field(settlements, ("IRQ", "Islamic State"), model, np.full(count, quiet))


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
    assert [a + b for a, b in zip(shares, shares[::-1], strict=True)] == pytest.approx([1.0] * 5, abs=1e-2)
    assert shares[0] == pytest.approx(1.0, abs=1e-3)
    assert found.states.sum(axis=1) == pytest.approx(np.ones(5))


def test_a_border_parts_what_lies_on_either_side() -> None:
    villages = line(6)
    across = Settlements(
        tuple(
            dataclasses.replace(one, country="SYR") if n > 2 else one for n, one in enumerate(villages.items)
        )
    )
    told = belief(6, {0: 0, 4: 1, 5: 1}, mass=1e6)
    shares = [
        field_of(towns, own_state=1e-6, border=0.01).assess(told).states[2, 1] for towns in (villages, across)
    ]
    assert shares[1] < shares[0] - 0.1


def test_land_that_another_has_held_since_before_is_not_its_states() -> None:
    crimea, kherson = (
        Settlement(1, "A town", 45.3, 34.4, "UKR", 1000, region) for region in (703883, 706442)
    )
    assert (crimea.owner, kherson.owner) == ("RUS", "UKR")


def test_one_settlement_may_differ_from_all_around_it() -> None:
    around = belief(5, {0: 0, 1: 0, 2: 1, 3: 0, 4: 0}, mass=20.0)
    alone, with_all = (field_of(line(5), local=local).assess(around).states[2, 1] for local in (1.0, 1e6))
    assert alone > 0.9 > 0.6 > with_all


def test_a_river_parts_neighbours() -> None:
    # Kherson, and two towns across the Dnipro
    points = np.array([[46.64, 32.61], [46.62, 32.72], [46.60, 32.80]])
    assert parted(points, np.array([[0, 1], [1, 2]])).tolist() == [True, False]
    towns = Settlements(
        tuple(Settlement(i, "", lat, lon, "UKR", 1) for i, (lat, lon) in enumerate(points.tolist()))
    )
    near, far = (
        Field(
            towns, ("RUS", "UKR"), replace(parameters(), river=river, own_state=0.05), np.zeros(3, dtype=bool)
        ).assess(belief(3, {0: 0}))
        for river in (1.0, 0.01)
    )
    assert far.states[1, 0] < near.states[1, 0]


def test_a_river_has_two_banks_by_the_compass_and_by_its_flow() -> None:
    # near the Euphrates; Mosul's two halves
    points = np.array([[35.87, 38.60], [36.36, 43.10], [36.34, 43.20]])
    right, km = on_bank(points[1:], ("right", "Tigris"))
    assert right.tolist() == [True, False]
    assert km.max() < 8
    assert on_bank(points[1:], ("east", "Tigris"))[0].tolist() == [False, True]
    assert bank_told("pulled back to the left bank of the Dnieper") == ("left", "Dnipro")
    assert bank_told("all of the province west of the Euphrates River") == ("west", "Euphrates")
    assert bank_told("crossed the Tigris") is None


def test_land_is_shared_out_among_the_corners_of_triangles() -> None:
    degree = 0.1
    grid = Settlements(
        tuple(
            Settlement(4 * i + j, "", 35 + i * degree, 43 + j * degree, "IRQ", 1)
            for i in range(4)
            for j in range(4)
        )
    )
    mesh = Mesh(grid)
    assert mesh.land.sum() == pytest.approx((0.3 * 111.2) ** 2 * np.cos(np.radians(35.15)), rel=0.01)
    stiff = mesh.laplacian(river=1.0, border=1.0)
    assert np.abs(stiff.sum(axis=1)).max() < 1e-9


def test_where_nothing_was_told_the_settlement_is_its_states_and_uninformed() -> None:
    found = field_of(line(4)).assess(belief(4, {}))
    assert found.states[:, 0] == pytest.approx(np.ones(4), abs=0.005)
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
