"""In space: what neighbours tell of places that nothing was told of.

The probabilities of a day are a smooth surface over the land: what evidence there is pulls at it with its
weight, bending it costs (a thin plate; Duchon 1977, Wahba 1990, "Spline models for observational data"), and
each settlement's own state pulls a little everywhere. So a front that is known here and there is drawn
through, and what lies behind it follows without a village that is named. Across rivers and states' borders
the plate is looser. A settlement may differ from the plate (as by a nugget in kriging): the more is told of
it alone, the more so.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from .chain import Belief
from .mesh import Mesh
from .parameters import Parameters
from .settlements import Floats, Settlements

if TYPE_CHECKING:
    from scipy.sparse import csc_array

_LEAST = 1e-3  # of a probability, before it is sharpened; a plate may swing below
_LAND_KM2 = 100.0  # what a settlement's own state is weighed by


@dataclass(frozen=True, slots=True)
class Assessed:
    """The holders of one day: probabilities (settlement, state), and the share that rests on what is known.

    Known are observations, and that a state which nothing is told to have been taken of holds its own; not
    known is whose a settlement is where only its own state's claim speaks.
    """

    states: Floats
    informed: Floats


@dataclass(frozen=True)
class Field:
    """The land of one theatre, and whose the settlements are where nothing was told.

    Args:
        settlements: the points that the surface is worked out for.
        parties: the states but the last, *contested*.
        model: the parameters.
        quiet: which settlements lie in a state that nothing was taken of.
    """

    settlements: Settlements
    parties: tuple[str, ...]
    model: Parameters
    quiet: NDArray[np.bool_]

    @cached_property
    def _mesh(self) -> Mesh:
        return Mesh(self.settlements)

    @cached_property
    def _bending(self) -> csc_array:
        """What bending the surface costs, as a matrix."""
        from scipy.sparse import diags_array

        model = self.model
        stretched = self._mesh.laplacian(river=model.river, border=model.border)
        bent = stretched @ diags_array(1 / self._mesh.land) @ stretched
        return (model.stiffness * bent).tocsc()

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
        """The weight of each settlement's own state: by its land, and firm where nothing was taken."""
        own = self.model.own_state * self._mesh.land / _LAND_KM2
        return np.asarray(np.where(self.quiet, self.model.quiet_state, own))

    def assess(self, belief: Belief) -> Assessed:
        """Return the holders of a day from what the chains of all settlements say."""
        from scipy.sparse import diags_array
        from scipy.sparse.linalg import splu

        alone = (belief.mass / (belief.mass + self.model.local))[:, None]
        own, mass = self._own, self.model.local * alone[:, 0]
        matrix = (diags_array(mass + own) + self._bending).tocsc()
        sides = np.column_stack([mass[:, None] * belief.states + own[:, None] * self._owners, mass])
        solved = splu(matrix, permc_spec="MMD_AT_PLUS_A", options={"SymmetricMode": True}).solve(sides)
        states = np.maximum(solved[:, :-1], _LEAST)
        states /= states.sum(axis=1, keepdims=True)
        states = ((1 - alone) * states + alone * belief.states) ** self.model.sharpness
        informed = (1 - alone[:, 0]) * np.clip(solved[:, -1], 0.0, 1.0) + alone[:, 0]
        informed = np.where(self.quiet, 1.0, informed)
        return Assessed(states / states.sum(axis=1, keepdims=True), informed)
