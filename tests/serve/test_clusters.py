"""Clusters count what lies in their cells, wherever tiles and the antimeridian cut."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fogline.serve.clusters import CELLS, Points, Window, clusters, tile, window
from fogline.serve.index import mercator, unmercator
from fogline.serve.selection import Box

SPOTS = st.lists(
    st.tuples(st.integers(0, 5), st.floats(-180, 179.99), st.floats(-84, 84)), min_size=1, max_size=30
)


def points(spots: list[tuple[int, float, float]]) -> Points:
    """Return points of things at longitudes and latitudes."""
    lon, lat = (np.array([spot[k] for spot in spots], float) for k in (1, 2))
    row = np.array([spot[0] for spot in spots], np.int32)
    zeros = np.zeros(len(spots), np.int32)
    return Points(*mercator(lon, lat), np.ones(len(spots)), row, row % 3, zeros, zeros - 1)


def made(
    spots: list[tuple[int, float, float]], view: Window, z: int, chosen: Any = None
) -> list[dict[str, Any]]:
    """Return the properties of the clusters of six things, named 0 to 5."""
    met = np.ones(6, bool) if chosen is None else chosen
    found = clusters(points(spots), met, view, z, ids="012345", sides=())
    return [feature["properties"] | {"at": feature["geometry"]["coordinates"]} for feature in found]


@given(spots=SPOTS, z=st.integers(0, 3))
def test_all_tiles_of_a_zoom_hold_each_thing_once_a_cell(
    spots: list[tuple[int, float, float]], z: int
) -> None:
    x, y = mercator(np.array([s[1] for s in spots]), np.array([s[2] for s in spots]))
    grid = 2**z * CELLS
    cells = Counter(
        {
            (row, math.floor(a * grid), math.floor(b * grid))
            for (row, _, _), a, b in zip(spots, x, y, strict=True)
        }
    )
    tiles = [tile(z, a, b) for a in range(2**z) for b in range(2**z)]
    found = [one for at in tiles for one in made(spots, at, z)]
    assert sum(one["count"] for one in found) == len(cells)
    assert sorted(id for one in found for id in one["ids"]) == sorted(str(row) for row, _, _ in cells)


@given(spots=SPOTS)
def test_a_window_across_the_antimeridian_is_its_two_halves(spots: list[tuple[int, float, float]]) -> None:
    whole = made(spots, window(Box(170.0, -80.0, -170.0, 80.0)), 4)
    halves = made(spots, window(Box(170.0, -80.0, 180.0, 80.0)), 4) + made(
        spots, window(Box(-180.0, -80.0, -170.0, 80.0)), 4
    )
    assert sorted(id for one in whole for id in one["ids"]) == sorted(
        id for one in halves for id in one["ids"]
    )


def test_a_cluster_is_as_its_commonest_thing_and_stands_at_the_mean() -> None:
    (one,) = made([(1, 37.0, 49.0), (4, 37.0002, 49.0), (2, 37.0001, 49.0)], tile(2, 2, 1), 2)
    assert (one["count"], one["event"], one["side"], one["radius_km"]) == (3, "WITHDRAW", None, 1.0)
    assert one["at"] == [pytest.approx(37.0001, abs=1e-5), pytest.approx(49.0, abs=1e-5)]
    assert sorted(one["ids"]) == ["1", "2", "4"]


def test_what_is_not_chosen_or_not_located_is_on_no_map() -> None:
    assert made([(1, 10.0, 10.0)], tile(0, 0, 0), 0, np.zeros(6, bool)) == []
    assert made([(1, math.nan, math.nan)], tile(0, 0, 0), 0) == []


def test_a_crowded_cell_names_nobody() -> None:
    lon, lat = np.full(50, 5.0), np.full(50, 5.0)
    zeros = np.zeros(50, np.int32)
    crowd = Points(*mercator(lon, lat), np.ones(50), np.arange(50, dtype=np.int32), zeros, zeros, zeros)
    found = clusters(crowd, np.ones(50, bool), tile(0, 0, 0), 0, ids=["x"] * 50, sides=("UKR",))
    assert found[0]["properties"]["count"] == 50
    assert found[0]["properties"]["ids"] == []
    assert found[0]["properties"]["side"] == "UKR"


def test_the_finest_zoom_of_the_world_does_not_grow_without_bound() -> None:
    found = made(
        [(n % 6, lon, 0.0) for n, lon in enumerate(range(-180, 180, 7))], window(Box(-180, -85, 180, 85)), 22
    )
    assert sum(one["count"] for one in found) == 52


@given(lon=st.floats(-180, 180), lat=st.floats(-85, 85))
def test_mercator_and_back(lon: float, lat: float) -> None:
    back = unmercator(*mercator(np.array([lon]), np.array([lat])))
    assert [float(one[0]) for one in back] == [pytest.approx(lon, abs=1e-9), pytest.approx(lat, abs=1e-9)]
