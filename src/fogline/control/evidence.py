"""Observations as numbers: for each day, which settlements they bear on and how strongly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from ..model import Observation
from .parameters import Parameters
from .settlements import Floats, Settlements, on_sphere

_FAINT = 0.02  # a share of its weight below which an observation is left out of account
_PLAIN = 3.0  # the weight of a change told plainly


@dataclass(frozen=True, slots=True)
class Bearing:
    """How observations bear on settlements: parallel arrays, one entry a pair."""

    observation: NDArray[np.int64]
    settlement: NDArray[np.int64]
    share: Floats  # of the observation's weight, 0 to 1
    km: Floats


@dataclass(frozen=True, slots=True)
class Evidence:
    """Log likelihoods by day (settlements, states, weights), and what changes are told of by day."""

    entries: dict[int, tuple[NDArray[np.int64], NDArray[np.int64], Floats]]
    changes: dict[int, tuple[NDArray[np.int64], Floats]]


def bearing(settlements: Settlements, observations: Sequence[Observation], *, scale_km: float) -> Bearing:
    """Return which settlements observations bear on, by a Gaussian of the distance beyond their radius.

    An observation that reaches none bears on the nearest one, if that lies within three times its reach.

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
    tree = cKDTree(on_sphere(np.array([(o.lat, o.lon) for o in observations])))
    pairs = tree.sparse_distance_matrix(settlements.tree, float(reach.max()), output_type="coo_matrix")
    o, s, km = pairs.row.astype(np.int64), pairs.col.astype(np.int64), pairs.data
    met = (km <= reach[o]) & (radius[o] > 0)
    o, s, km = o[met], s[met], km[met]
    share = np.exp(-0.5 * (np.maximum(0.0, km - radius[o]) / scale_km) ** 2)
    lone = np.flatnonzero((np.bincount(o, minlength=len(observations)) == 0) & (radius > 0))
    far, nearest = settlements.tree.query(tree.data[lone])
    close = far <= 3 * reach[lone]
    lone, far, nearest = lone[close], far[close], nearest[close]
    alone = np.flatnonzero(exact >= 0)
    return Bearing(
        np.concatenate([o, lone, alone]),
        np.concatenate([s, nearest.astype(np.int64), exact[alone]]),
        np.concatenate([share, np.ones(len(lone) + len(alone))]),
        np.concatenate([km, far, np.zeros(len(alone))]),
    )


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
    entries = {day: (settlement[at], states[at], weights[at]) for day, at in _by_day(days)}
    return Evidence(entries, _changes(settlements, observations, first, model))


def _changes(
    settlements: Settlements, observations: Sequence[Observation], first: date, model: Parameters
) -> dict[int, tuple[NDArray[np.int64], Floats]]:
    """Return by day how much is told of places around each settlement changing hands."""
    moving = [o for o in observations if o.change]
    bears = bearing(settlements, moving, scale_km=model.change_km)
    last = np.array([(o.latest - first).days for o in moving], dtype=np.int64)
    size = np.array([min(1.0, abs(o.weight) / _PLAIN) for o in moving])
    told = range(-1, model.change_days)
    o = bears.observation
    days = np.concatenate([last[o] + ahead for ahead in told])
    weight = np.tile(size[o] * bears.share, len(told))
    settlement = np.tile(bears.settlement, len(told))
    return {day: (settlement[at], weight[at]) for day, at in _by_day(days)}


def _by_day(days: NDArray[np.int64]) -> Iterator[tuple[int, NDArray[np.int64]]]:
    """Give each day with the positions it stands at."""
    if not len(days):
        return
    order = np.argsort(days, kind="stable")
    found, starts = np.unique(days[order], return_index=True)
    yield from zip(found.tolist(), np.split(order, starts[1:]), strict=True)
