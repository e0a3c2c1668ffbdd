"""The land around each settlement: Voronoi cells, cut where nobody lives near.

A country's land is the cells of its own settlements: those of its neighbours' settlements stand on the
other side of the border. So no outline of any country is needed; the border is as exact as settlements lie
close (some km). A cell ends ``REACH_KM`` from its settlement.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from .settlements import Floats, Settlements, centre, flattened, plane, settlements_in

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

REACH_KM = 20.0
_ROUND = 8  # segments of a quarter of the circle that ends a cell
_MARGIN = 0.6  # degrees around the settlements whose neighbours bound their cells


@dataclass(frozen=True)
class Cells:
    """The cells of settlements."""

    settlements: Settlements

    @cached_property
    def flat(self) -> NDArray[Any]:
        """The cells on a plane around the settlements' middle, in m, in the settlements' order."""
        import shapely

        middle = centre(self.settlements.points)
        mine = flattened(self.settlements.points, middle)
        others = [s for s in _around(self.settlements).items if s.geonameid not in self.settlements.by_id]
        points = mine
        if others:
            points = np.concatenate([mine, flattened(np.array([(s.lat, s.lon) for s in others]), middle)])
        sites, site = np.unique(points.round(1), axis=0, return_inverse=True)
        discs = shapely.buffer(shapely.points(mine), REACH_KM * 1000, quad_segs=_ROUND)
        if len(sites) < 2:
            return np.asarray(discs)
        margin = shapely.box(*_grown(sites, REACH_KM * 1000))
        cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(sites), extend_to=margin))
        tree = shapely.STRtree(cells)
        of_site = np.full(len(sites), -1)
        which, found = tree.query(shapely.points(sites), predicate="intersects")
        of_site[which] = found
        cut = shapely.intersection(cells[of_site[site.reshape(-1)[: len(mine)]]], discs)
        first = np.unique(site.reshape(-1)[: len(mine)], return_index=True)[1]
        twice = np.setdiff1d(np.arange(len(mine)), first)
        cut[twice] = shapely.Polygon()  # a settlement at the very place of another has no land of its own
        return np.asarray(cut)

    @cached_property
    def km2(self) -> Floats:
        """Each cell's area on the ellipsoid WGS 84."""
        return np.array([area_km2(shape) for shape in self.on_earth(self.flat)])

    def on_earth(self, shapes: Sequence[BaseGeometry] | NDArray[Any]) -> NDArray[Any]:
        """Return shapes of the plane in degrees, longitude first."""
        import shapely

        back = plane(*centre(self.settlements.points))

        def turn(points: Floats) -> Floats:
            lon, lat = back.transform(points[:, 0], points[:, 1], direction="INVERSE")
            return np.stack([lon, lat], axis=1)

        return np.asarray(shapely.make_valid(shapely.transform(np.asarray(shapes, dtype=object), turn)))

    def joined(self, indexes: Iterable[int]) -> BaseGeometry:
        """Return the land of several settlements as one shape of the plane."""
        import shapely

        return shapely.union_all(self.flat[list(indexes)])

    def polygons(self, held: Mapping[str, Sequence[int]]) -> dict[str, BaseGeometry]:
        """Return the land of each holder in degrees."""
        import shapely

        shapes = self.on_earth([self.joined(indexes) for indexes in held.values()])
        # making an outline valid can leave a stray line beside the land
        land = (shapely.union_all([p for p in _parts(s) if p.geom_type == "Polygon"]) for s in shapes)
        return dict(zip(held, land, strict=True))

    def lines(self, held: Mapping[str, Sequence[int]]) -> dict[tuple[str, str], BaseGeometry]:
        """Return the line between each two holders whose land touches, in degrees."""
        import shapely

        names = sorted(held)
        holder = np.full(len(self.settlements), -1)
        for number, name in enumerate(names):
            holder[list(held[name])] = number
        a, b = self.settlements.pairs.T
        apart = (holder[a] >= 0) & (holder[b] >= 0) & (holder[a] != holder[b])
        shared = shapely.intersection(self.flat[a[apart]], self.flat[b[apart]])
        edges: dict[tuple[str, str], list[BaseGeometry]] = {}
        for one, other, edge in zip(holder[a[apart]], holder[b[apart]], shared, strict=True):
            parts = [
                part for part in shapely.get_parts(edge) if part.geom_type == "LineString" and part.length
            ]
            pair = names[min(one, other)], names[max(one, other)]
            edges.setdefault(pair, []).extend(parts)
        merged = {pair: shapely.line_merge(shapely.MultiLineString(p)) for pair, p in edges.items() if p}
        return dict(zip(merged, self.on_earth(list(merged.values())), strict=True)) if merged else {}


def _parts(shape: BaseGeometry) -> list[BaseGeometry]:
    import shapely

    whole = shapely.get_parts(shape)
    return [part for one in whole for part in shapely.get_parts(one)]


def area_km2(shape: BaseGeometry) -> float:
    """Return the area of a shape in degrees on the ellipsoid WGS 84 (Karney 2013), in km²."""
    from pyproj import Geod

    return abs(Geod(ellps="WGS84").geometry_area_perimeter(shape)[0]) / 1e6


def _around(settlements: Settlements) -> Settlements:
    (south, west), (north, east) = settlements.points.min(axis=0), settlements.points.max(axis=0)
    return settlements_in(west - _MARGIN, south - _MARGIN, east + _MARGIN, north + _MARGIN)


def _grown(points: Floats, by: float) -> tuple[float, float, float, float]:
    (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
    return west - by, south - by, east + by, north + by
