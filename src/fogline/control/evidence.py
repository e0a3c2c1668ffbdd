"""Observations as numbers: for each day, which settlements they bear on and how strongly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from ..model import Observation
from .parameters import Parameters
from .rivers import on_bank
from .settlements import Floats, Settlements, on_sphere

_FAINT = 0.02  # a share of its weight below which an observation is left out of account
BANK_KM = 40.0  # how far from the river its bank reaches, where no region is named
_PLAIN = 3.0  # the weight of a change told plainly


Entries = tuple[NDArray[np.int64], NDArray[np.int64], Floats]


@dataclass(frozen=True, slots=True)
class Bearing:
    """How observations bear on settlements: parallel arrays, one entry a pair."""

    observation: NDArray[np.int64]
    settlement: NDArray[np.int64]
    share: Floats  # of the observation's weight, 0 to 1
    km: Floats


@dataclass(frozen=True, slots=True)
class Evidence:
    """Log likelihoods by day (settlements, states, weights), and by day what is told of changes to a state.

    Those of ``maps`` count in full; all others of a day together no more than the model's cap.
    """

    entries: dict[int, Entries]
    changes: dict[int, Entries]
    maps: dict[int, Entries] = field(default_factory=dict)


def bearing(settlements: Settlements, observations: Sequence[Observation], *, scale_km: float) -> Bearing:
    """Return which settlements observations bear on, by a Gaussian of the distance beyond their radius.

    One that is said of a whole region, or of a river's bank, bears on the settlements there, and on no
    others. One that reaches none bears on the nearest, if that lies within three times its reach.

    Args:
        settlements: those to be looked at.
        observations: at least their points; one with a ``radius_km`` of 0 and a GeoNames id bears on that
            settlement alone.
        scale_km: the Gaussian's standard deviation.
    """
    if not len(settlements) or not observations:
        return Bearing(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0), np.zeros(0))
    from scipy.spatial import cKDTree

    radius = np.array([o.radius_km for o in observations])
    reach = radius + scale_km * (-2 * np.log(_FAINT)) ** 0.5
    own = settlements.by_id
    exact = np.array([own.get(o.geonameid or -1, -1) if o.radius_km == 0 else -1 for o in observations])
    wide = np.zeros(len(observations), dtype=bool)
    known = set(settlements.regions.tolist())
    wide[:] = [o.bank is not None or o.region in known for o in observations]
    tree = cKDTree(on_sphere(np.array([(o.lat, o.lon) for o in observations])))
    pairs = tree.sparse_distance_matrix(settlements.tree, float(reach.max()), output_type="coo_matrix")
    o, s, km = pairs.row.astype(np.int64), pairs.col.astype(np.int64), pairs.data
    met = (km <= reach[o]) & (radius[o] > 0) & ~wide[o]
    o, s, km = o[met], s[met], km[met]
    share = np.exp(-0.5 * (np.maximum(0.0, km - radius[o]) / scale_km) ** 2)
    lone = np.flatnonzero((np.bincount(o, minlength=len(observations)) == 0) & (radius > 0) & ~wide)
    far, nearest = settlements.tree.query(tree.data[lone])
    close = far <= 3 * reach[lone]
    lone, far, nearest = lone[close], far[close], nearest[close]
    alone = np.flatnonzero(exact >= 0)
    there = [(i, _there(settlements, observations[i])) for i in np.flatnonzero(wide).tolist()]
    members = np.concatenate([found for _, found in there]) if there else alone[:0]
    whole = np.repeat([i for i, _ in there], [len(found) for _, found in there]).astype(np.int64)
    away = np.linalg.norm(tree.data[whole] - settlements.tree.data[members], axis=1)
    return Bearing(
        np.concatenate([o, lone, alone, whole]),
        np.concatenate([s, nearest.astype(np.int64), exact[alone], members]),
        np.concatenate([share, np.ones(len(lone) + len(alone) + len(whole))]),
        np.concatenate([km, far, np.zeros(len(alone)), away]),
    )


def _there(settlements: Settlements, observation: Observation) -> NDArray[np.int64]:
    """Return the settlements of the region, of the river's bank, or of the one within the other."""
    inside = np.ones(len(settlements), dtype=bool)
    if observation.region is not None:
        inside &= settlements.regions == observation.region
    if observation.bank is not None:
        side, km = on_bank(settlements.points, observation.bank)
        inside &= side & (km <= BANK_KM if observation.region is None else True)
    return np.flatnonzero(inside)


def evidence_of(
    settlements: Settlements,
    observations: Sequence[Observation],
    parties: Sequence[str],
    first: date,
    model: Parameters,
) -> Evidence:
    """Return the log likelihoods of all days.

    The states are the parties in order and, last, *contested*. An observation adds its weight to its
    party's state, or to *contested* where it tells of fighting; half of it on the first and half on the last
    day of its interval.
    """
    number = {party: i for i, party in enumerate(parties)}
    scale = {"claim": model.claims, "sighting": model.sightings, "baseline": 1.0}
    known = [o for o in observations if o.contested or o.holder in number]
    bears = bearing(settlements, known, scale_km=model.observation_km)
    state = np.array([len(parties) if o.contested else number[o.holder] for o in known], dtype=np.int64)
    weight = np.array([o.weight * scale[o.kind] / 2 for o in known])
    ends = np.array([((o.earliest - first).days, (o.latest - first).days) for o in known]).reshape(-1, 2)
    o = bears.observation
    days = np.concatenate([ends[o, 0], ends[o, 1]])
    settlement, states = np.tile(bears.settlement, 2), np.tile(state[o], 2)
    weights = np.tile(weight[o] * bears.share, 2)
    drawn = np.tile(np.array([one.kind == "baseline" for one in known], dtype=bool)[o], 2)
    entries, maps = (
        {day: (settlement[kept][at], states[kept][at], weights[kept][at]) for day, at in _by_day(days[kept])}
        for kept in (~drawn, drawn)
    )
    return Evidence(entries, _changes(settlements, known, number, first, model), maps)


def _changes(
    settlements: Settlements,
    observations: Sequence[Observation],
    number: Mapping[str, int],
    first: date,
    model: Parameters,
) -> dict[int, Entries]:
    """Return by day how much is told of a party taking places around each settlement, or of fights there.

    That a party lost a place says that any other took it.
    """
    moving = [(o, *to) for o in observations if o.change for to in _toward(o, number)]
    last = np.array([(o.latest - first).days for o, _, _ in moving], dtype=np.int64)
    state = np.array([to for _, to, _ in moving], dtype=np.int64)
    size = np.array([share * min(1.0, abs(o.weight) / _PLAIN) for o, _, share in moving])
    told = range(-1, model.change_days)
    bears = bearing(settlements, [o for o, _, _ in moving], scale_km=model.change_km)
    o = bears.observation
    days = np.concatenate([last[o] + ahead for ahead in told])
    weight = np.tile(size[o] * bears.share, len(told))
    settlement, states = np.tile(bears.settlement, len(told)), np.tile(state[o], len(told))
    return {day: (settlement[at], states[at], weight[at]) for day, at in _by_day(days)}


def _toward(observation: Observation, number: Mapping[str, int]) -> list[tuple[int, float]]:
    """Return the states that a change leads to, each with its share."""
    if observation.contested:
        return [(len(number), 1.0)]
    holder = number[observation.holder]
    if observation.weight > 0:
        return [(holder, 1.0)]
    return [(other, 1 / (len(number) - 1)) for other in number.values() if other != holder]


def _by_day(days: NDArray[np.int64]) -> Iterator[tuple[int, NDArray[np.int64]]]:
    """Give each day with the positions it stands at."""
    if not len(days):
        return
    order = np.argsort(days, kind="stable")
    found, starts = np.unique(days[order], return_index=True)
    yield from zip(found.tolist(), np.split(order, starts[1:]), strict=True)
