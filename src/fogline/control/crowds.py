"""Sightings of one party close together in space and time say much the same: each counts less."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from msgspec.structs import replace

from ..model import Observation
from .settlements import on_sphere
from .statements import statements


def thinned(observations: Sequence[Observation]) -> list[Observation]:
    """Return observations with the weight of each sighting divided by a power of how many there are around.

    Around is of the same party and within ``crowd_km`` and ``crowd_days`` of ``statements.yml``; the power is
    ``crowd_power``. Claims and baselines stay as they are.
    """
    from scipy.spatial import cKDTree

    told = statements().sighting
    found = list(observations)
    parties: defaultdict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(found):
        if one.kind == "sighting":
            parties[one.holder].append(number)
    for numbers in parties.values():
        points = on_sphere(np.array([(found[i].lat, found[i].lon) for i in numbers])) / told.crowd_km
        days = np.array([[found[i].latest.toordinal() / told.crowd_days] for i in numbers])
        tree = cKDTree(np.hstack([points, days]))
        around = tree.query_ball_point(tree.data, 1.0, return_length=True)
        for number, count in zip(numbers, around.tolist(), strict=True):
            weight = found[number].weight / count**told.crowd_power
            found[number] = replace(found[number], weight=round(weight, 3))
    return found
