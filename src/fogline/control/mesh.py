"""The land between settlements: its triangles, and how strongly they hold neighbours together.

What a smooth surface over settlements costs is worked out on their Delaunay triangles with linear finite
elements, so that it depends on the land and not on how many villages the gazetteer has there (Lindgren, Rue
and Lindström 2011, "An explicit link between Gaussian fields and Gaussian Markov random fields", JRSS B 73).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from .rivers import parted
from .settlements import Floats, Settlements

if TYPE_CHECKING:
    from scipy.sparse import csc_array

_FLAT_KM2 = 1e-6  # a triangle of less has no land
_LEAST, _MOST = 1e-4, 5.0  # of a link; sharp triangles at the rim have none or too much
_LAND_KM2 = 1.0, 600.0  # of one settlement


@dataclass(frozen=True)
class Mesh:
    """Settlements as corners of triangles."""

    settlements: Settlements

    @cached_property
    def _triangles(self) -> NDArray[np.int64]:
        from scipy.spatial import Delaunay, QhullError

        if len(self.settlements) < 4:
            return np.zeros((0, 3), dtype=np.int64)
        try:
            return np.asarray(Delaunay(self.settlements.flat).simplices, dtype=np.int64)
        except QhullError:  # all on one line
            return np.zeros((0, 3), dtype=np.int64)

    @cached_property
    def _sides(self) -> tuple[NDArray[np.int64], Floats, Floats]:
        """The triangles with land, the vectors of their three sides in km, and their areas in km²."""
        corners = self.settlements.flat[self._triangles] / 1000.0
        sides = np.stack([corners[:, (i + 2) % 3] - corners[:, (i + 1) % 3] for i in range(3)], axis=1)
        area = np.abs(sides[:, 0, 0] * sides[:, 1, 1] - sides[:, 0, 1] * sides[:, 1, 0]) / 2
        kept = area > _FLAT_KM2
        return self._triangles[kept], sides[kept], area[kept]

    @cached_property
    def land(self) -> Floats:
        """How much land is each settlement's, in km²: a third of each triangle at whose corner it stands."""
        triangles, _, area = self._sides
        found = np.zeros(len(self.settlements))
        np.add.at(found, triangles.ravel(), np.repeat(area / 3, 3))
        return np.clip(found, *_LAND_KM2)

    def laplacian(self, *, river: float, border: float) -> csc_array:
        """Return the stiffness matrix of the surface.

        Args:
            river: what is left of a link across a river.
            border: what is left of one across a state's border.
        """
        from scipy.sparse import coo_array, diags_array

        count = len(self.settlements)
        pairs, weight = self._links
        a, b = pairs.T
        weight = weight * np.where(parted(self.settlements.points, pairs), river, 1.0)
        country = np.array([settlement.country for settlement in self.settlements.items])
        weight = weight * np.where(country[a] != country[b], border, 1.0)
        links = coo_array((np.r_[weight, weight], (np.r_[a, b], np.r_[b, a])), shape=(count, count)).tocsc()
        return (diags_array(links.sum(axis=1)) - links).tocsc()

    @cached_property
    def _links(self) -> tuple[NDArray[np.int64], Floats]:
        """Neighbours as rows of two indexes, and how strongly the land between holds them together."""
        from scipy.sparse import coo_array

        pairs = self.settlements.pairs
        if not len(self._sides[0]):
            return pairs, np.ones(len(pairs))
        triangles, sides, area = self._sides
        count = len(self.settlements)
        weight, ends = [], []
        for i, j in ((0, 1), (1, 2), (2, 0)):
            weight.append(-(sides[:, i] * sides[:, j]).sum(axis=1) / (4 * area))
            ends.append(np.sort(triangles[:, [i, j]], axis=1))
        a, b = np.concatenate(ends).T
        summed = coo_array((np.concatenate(weight), (a, b)), shape=(count, count)).tocsr().tocoo()
        return np.stack(summed.coords, axis=1).astype(np.int64), np.clip(summed.data, _LEAST, _MOST)
