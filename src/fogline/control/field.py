"""In space: what neighbours tell of places that nothing was told of.

The probabilities of a day are a harmonic function on the graph of neighbouring settlements (Zhu,
Ghahramani and Lafferty 2003, "Semi-supervised learning using Gaussian fields and harmonic functions",
ICML): the probability that a walk from neighbour to neighbour, nearer ones first, ends at evidence for a
party. A walk may also end without any, at the settlement's own state; that share tells how little is known.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from .chain import Belief
from .parameters import Parameters
from .settlements import Floats, Settlements


@dataclass(frozen=True, slots=True)
class Assessed:
    """The holders of one day: probabilities (settlement, state), and the share that rests on observations."""

    states: Floats
    informed: Floats


@dataclass(frozen=True)
class Field:
    """The graph of neighbours of one theatre, and whose the settlements are where nothing was told.

    Args:
        settlements: the graph's nodes.
        parties: the states but the last, *contested*.
        model: the parameters.
        away_km: how far each settlement is from the nearest observation.
        quiet: which settlements lie in a state that nothing was taken of.
    """

    settlements: Settlements
    parties: tuple[str, ...]
    model: Parameters
    away_km: Floats
    quiet: NDArray[np.bool_]

    @cached_property
    def _laplacian(self) -> object:
        from scipy.sparse import coo_array, diags_array

        count = len(self.settlements)
        a, b = self.settlements.pairs.T if len(self.settlements.pairs) else (np.zeros(0, int),) * 2
        country = np.array([s.country for s in self.settlements.items])
        weight = np.exp(-self.settlements.pair_km / self.model.neighbour_km) if len(a) else np.zeros(0)
        weight = weight * np.where(country[a] == country[b], 1.0, self.model.border) * self.model.coupling
        links = coo_array((np.r_[weight, weight], (np.r_[a, b], np.r_[b, a])), shape=(count, count)).tocsc()
        return diags_array(links.sum(axis=1)) - links

    @cached_property
    def _owners(self) -> Floats:
        """Each settlement's own state as a row of probabilities; even where it takes no part."""
        number = {party: i for i, party in enumerate(self.parties)}
        rows = np.zeros((len(self.settlements), len(self.parties) + 1))
        for i, settlement in enumerate(self.settlements.items):
            owner = number.get(settlement.owner or "")
            if owner is None:
                rows[i, :-1] = 1 / len(self.parties)
            else:
                rows[i, owner] = 1.0
        return rows

    @cached_property
    def _own(self) -> Floats:
        """The weight of each settlement's own state: more where nobody tells of fighting far and wide."""
        far = 1 - np.exp(-((self.away_km / self.model.remote_km) ** 2))
        own = self.model.own_state + self.model.remote_state * far
        return np.asarray(np.where(self.quiet, self.model.quiet_state, own))

    def assess(self, belief: Belief) -> Assessed:
        """Return the holders of a day from what the chains of all settlements say."""
        from scipy.sparse import diags_array
        from scipy.sparse.linalg import splu

        own, mass = self._own, belief.mass
        matrix = (diags_array(mass + own) + self._laplacian).tocsc()
        sides = np.column_stack([mass[:, None] * belief.states + own[:, None] * self._owners, mass])
        solved = splu(matrix, permc_spec="MMD_AT_PLUS_A", options={"SymmetricMode": True}).solve(sides)
        states = np.maximum(solved[:, :-1], 1e-9) ** self.model.sharpness
        return Assessed(states / states.sum(axis=1, keepdims=True), np.clip(solved[:, -1], 0.0, 1.0))
