"""Which observations bear on one settlement on a day, and by how much: what reasons are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import exp

import numpy as np

from ..model import Observation
from .evidence import bearing
from .parameters import Parameters
from .settlements import Settlements


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
        self._model = model
        found = bearing(settlements, observations, scale_km=model.observation_km)
        order = np.argsort(found.settlement, kind="stable")
        self._number = found.observation[order]
        self._share = found.share[order]
        self._starts = np.searchsorted(found.settlement[order], np.arange(len(settlements) + 1))
        self._settlements = settlements

    def of(self, settlement: int) -> list[Observation]:
        """Return the observations that bear on a settlement, by day."""
        found = self._number[self._starts[settlement] : self._starts[settlement + 1]]
        return sorted((self._observations[i] for i in found.tolist()), key=lambda o: (o.latest, o.id))

    def weighed(self, settlement: int, on: date) -> list[Weighed]:
        """Return the observations that bear on a settlement with what is left of their weight on a day."""
        found = []
        place = self._settlements.items[settlement]
        scale = {"claim": self._model.claims, "sighting": self._model.sightings, "baseline": 1.0}
        for at in range(int(self._starts[settlement]), int(self._starts[settlement + 1])):
            one = self._observations[int(self._number[at])]
            days = max((on - one.latest).days, (one.earliest - on).days, 0)
            left = one.weight * float(self._share[at]) * scale[one.kind]
            left *= exp(-days / self._model.persistence_days)
            found.append(Weighed(one, left, kilometres(place.lat, place.lon, one.lat, one.lon)))
        return sorted(found, key=lambda w: (-abs(w.weight), w.observation.id))


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Return the distance of two points in km, on a sphere."""
    from .settlements import on_sphere

    one, other = on_sphere(np.array([(lat, lon), (other_lat, other_lon)]))
    return float(np.linalg.norm(one - other))
