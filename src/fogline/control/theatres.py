"""Theatres: wars that have nothing to do with one another are worked out apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..model import Observation
from .parameters import Parameters
from .parties import holder_of
from .settlements import Floats, Settlements, on_sphere, settlements_near

_CELL = 1.0  # degrees; observations in cells that touch belong together
_SHARE = 0.02  # of the weight of all observations that a party or a country needs to take part
_LEAST = 1.0  # and at least so much weight
_INLAND_KM = 15.0  # what is told of so near a settlement happened in that settlement's state
_STRAY = 0.03  # of what is said to have been taken, the share that may be a misread place


@dataclass(frozen=True)
class Theatre:
    """Observations that bear on one another, the settlements around them, and who fights there.

    ``away_km`` is each settlement's distance from the nearest observation; ``quiet`` tells which ones lie
    in a state where nothing, or hardly anything, is said, seen or drawn to be another party's.
    """

    observations: tuple[Observation, ...]
    settlements: Settlements
    parties: tuple[str, ...]
    away_km: Floats
    quiet: NDArray[np.bool_]


def grouped(observations: Sequence[Observation]) -> list[list[Observation]]:
    """Return observations by theatre: those whose cells of a degree touch, directly or through others."""
    cells: dict[tuple[int, int], list[Observation]] = {}
    for one in observations:
        cells.setdefault((int(one.lat // _CELL), int(one.lon // _CELL)), []).append(one)
    groups = []
    while cells:
        start = next(iter(cells))
        found, edge = cells.pop(start), [start]
        while edge:
            lat, lon = edge.pop()
            for near in ((lat + a, (lon + b + 180) % 360 - 180) for a in (-1, 0, 1) for b in (-1, 0, 1)):
                if near in cells:
                    found += cells.pop(near)
                    edge.append(near)
        groups.append(found)
    return groups


def theatre_of(observations: Sequence[Observation], model: Parameters) -> Theatre | None:
    """Return the theatre of a group of observations, None where no settlement or party is near.

    Its parties are those that enough is told of, and the states whose settlements enough is told of.
    """
    from scipy.spatial import cKDTree

    points = np.array([(o.lat, o.lon) for o in observations])
    found = settlements_near(points, model.reach_km)
    if not len(found):
        return None
    weights: dict[str, float] = defaultdict(float)
    for one in observations:
        if one.holder and not one.contested:
            weights[one.holder] += abs(one.weight)
    country: dict[str, float] = defaultdict(float)
    far, nearest = found.tree.query(on_sphere(points))
    for one, km, index in zip(observations, far.tolist(), nearest.tolist(), strict=True):
        if km <= _INLAND_KM:
            country[found.items[index].country] += abs(one.weight)
    total = sum(weights.values())
    fighting = {party for party, weight in weights.items() if weight >= max(_LEAST, _SHARE * total)}
    owners = {holder_of(name) for name, weight in country.items() if weight >= max(_LEAST, _SHARE * total)}
    parties = tuple(sorted(fighting | {owner for owner in owners if owner}))
    if len(parties) < 2:
        return None
    kept = Settlements(tuple(s for s in found.items if s.owner in parties))
    if not len(kept):
        return None
    away = cKDTree(on_sphere(points)).query(kept.tree.data)[0]
    known = tuple(o for o in observations if o.contested or o.holder in parties)
    return Theatre(known, kept, parties, np.asarray(away), quiet(kept, known))


def around(theatre: Theatre, index: int, km: float) -> tuple[Theatre, int]:
    """Return the part of a theatre within so many km of one settlement, and that settlement's index in it.

    Observations are kept from half as far again, so that those at the rim bear on what they bore on.
    """
    here = theatre.settlements.tree.data[index]
    kept = sorted(theatre.settlements.tree.query_ball_point(here, km))
    points = on_sphere(np.array([(o.lat, o.lon) for o in theatre.observations]))
    near = np.linalg.norm(points - here, axis=1) <= 1.5 * km
    part = Theatre(
        tuple(o for o, is_near in zip(theatre.observations, near, strict=True) if is_near),
        Settlements(tuple(theatre.settlements.items[i] for i in kept)),
        theatre.parties,
        theatre.away_km[kept],
        theatre.quiet[kept],
    )
    return part, kept.index(index)


def quiet(settlements: Settlements, observations: Sequence[Observation]) -> NDArray[np.bool_]:
    """Tell which settlements are of an owner of whose land hardly any is told to be another's."""
    taken: dict[str, float] = defaultdict(float)
    outright = [o for o in observations if o.weight > 0 and (o.explicit or o.kind != "claim")]
    if outright:
        nearest = settlements.tree.query(on_sphere(np.array([(o.lat, o.lon) for o in outright])))[1]
        for one, index in zip(outright, nearest.tolist(), strict=True):
            place = settlements.items[index]
            if place.owner != one.holder:
                taken[place.owner or ""] += one.weight
    least = _STRAY * sum(taken.values())
    return np.array([taken[s.owner or ""] <= least for s in settlements.items], dtype=bool)
