"""Which observations bear on one settlement on a day, and by how much: what reasons are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from ..model import Observation
from .evidence import bearing
from .parameters import Parameters
from .settlements import Settlements

OWN_KM = 5.0  # what is told within so many km of a settlement is about that settlement


@dataclass(frozen=True, slots=True)
class Weighed:
    """An observation as it bears on one settlement on one day; ``weight`` is what is left of its own."""

    observation: Observation
    weight: float
    km: float


class Bearings:
    """The observations of a theatre by settlement.

    Args:
        settlements: those to be asked for.
        observations: all that may bear on them.
        model: the parameters.
    """

    def __init__(
        self, settlements: Settlements, observations: Sequence[Observation], model: Parameters
    ) -> None:
        self._observations = observations
        self._persistence = model.persistence_days
        found = bearing(settlements, observations, scale_km=model.observation_km)
        order = np.argsort(found.settlement, kind="stable")
        scale = {"claim": model.claims, "sighting": model.sightings, "baseline": 1.0}
        weight = np.array([o.weight * scale[o.kind] for o in observations])
        days = np.array([(o.earliest.toordinal(), o.latest.toordinal()) for o in observations])
        explicit = np.array([o.explicit for o in observations], dtype=bool)
        named = np.array([o.geonameid or 0 for o in observations])
        ids = np.array([s.geonameid for s in settlements.items])
        self._number = found.observation[order]
        self._weight = (weight[found.observation] * found.share)[order] if len(order) else np.zeros(0)
        self._km = found.km[order]
        self._days = days.reshape(-1, 2)[self._number]
        own = named[self._number] == ids[found.settlement[order]]
        own |= (named[self._number] == 0) & (self._km <= OWN_KM)
        self._outright = own & explicit[self._number]
        self._starts = np.searchsorted(found.settlement[order], np.arange(len(settlements) + 1))

    def of(self, settlement: int, *, within_km: float | None = None) -> list[Observation]:
        """Return the observations that bear on a settlement, by day; only the near ones where so asked."""
        part = slice(*self._starts[settlement : settlement + 2])
        number = self._number[part]
        return self._ordered(number if within_km is None else number[self._km[part] <= within_km])

    def outright(self, settlement: int) -> list[Observation]:
        """Return the observations in which a voice says who holds this very settlement, by day."""
        part = slice(*self._starts[settlement : settlement + 2])
        return self._ordered(self._number[part][self._outright[part]])

    def weighed(
        self, settlement: int, on: date, *, most: int, later: bool = False
    ) -> tuple[list[Weighed], int]:
        """Return the weightiest observations on a settlement, with what is left of each on a day.

        Args:
            settlement: its index.
            on: the day.
            most: how many at most.
            later: whether what is told of later days counts.

        Returns:
            At most ``most`` of them, the weightiest first, and how many count at all.
        """
        part = slice(*self._starts[settlement : settlement + 2])
        first, last = self._days[part].T
        day = on.toordinal()
        age = np.maximum(0, np.maximum(day - last, first - day))
        left = self._weight[part] * np.exp(-age / self._persistence)
        if not later:
            left = np.where(first <= day, left, 0.0)
        order = np.argsort(-np.abs(left), kind="stable")
        count = int((np.abs(left) >= LEAST).sum())
        return [
            Weighed(self._observations[int(self._number[part][i])], float(left[i]), float(self._km[part][i]))
            for i in order[: min(most, count)].tolist()
        ], count

    def _ordered(self, numbers: np.ndarray[tuple[int], np.dtype[np.int64]]) -> list[Observation]:
        found = (self._observations[i] for i in numbers.tolist())
        return sorted(found, key=lambda o: (o.latest, abs(o.weight), o.id))


LEAST = 0.05  # a weight below which an observation is no reason
