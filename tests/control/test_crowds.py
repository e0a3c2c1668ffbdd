"""Sightings close together count less each, and no other."""

from __future__ import annotations

import pytest
from builders import observation

from fogline.control.crowds import thinned
from fogline.control.statements import statements


def test_a_lone_sighting_keeps_its_weight_and_a_crowd_shares_one() -> None:
    power = statements().sighting.crowd_power
    crowd = [observation("SYR", 36.20, 37.15 + i * 0.001, "2016-12-01", weight=2.0) for i in range(4)]
    apart = [
        observation("SYR", 36.20, 37.15, "2016-06-01", weight=2.0),
        observation("SYR", 35.00, 37.15, "2016-12-01", weight=2.0),
        observation("Free Syrian Army", 36.20, 37.15, "2016-12-01", weight=2.0),
    ]
    weights = [o.weight for o in thinned([*crowd, *apart])]
    assert weights[:4] == pytest.approx([2.0 / 4**power] * 4, abs=1e-3)
    assert weights[4:] == [2.0, 2.0, 2.0]
    assert thinned([]) == []
