"""The settlements that holders are worked out for, and who is whose neighbour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..resolve.gazetteer import countries, open_gazetteer
from .parties import holder_of
from .statements import statements

if TYPE_CHECKING:
    from scipy.spatial import cKDTree

Floats = NDArray[np.float64]
EARTH_KM = 6371.0088
_DEGREE_KM = 111.195


@dataclass(frozen=True, slots=True)
class Settlement:
    """A settlement of the gazetteer; ``country`` is ISO 3166 alpha-3, ``region`` the GeoNames id of its
    first-level region (0 where unknown).
    """

    geonameid: int
    name: str
    lat: float
    lon: float
    country: str
    population: int
    region: int = 0

    @property
    def owner(self) -> str | None:
        """Who holds it where nothing else was ever told: its state, or who has held it since before."""
        return statements().held_before.get(self.region) or holder_of(self.country)


@dataclass(frozen=True)
class Settlements:
    """Settlements in a fixed order, with distances among them (a sphere; WGS 84 degrees, km)."""

    items: tuple[Settlement, ...]

    def __len__(self) -> int:
        return len(self.items)

    @cached_property
    def points(self) -> Floats:
        """Latitude and longitude in degrees, one row a settlement."""
        return np.array([(s.lat, s.lon) for s in self.items], dtype=np.float64).reshape(-1, 2)

    @cached_property
    def tree(self) -> cKDTree:
        """A search tree over points on a sphere, in km (chords, which differ by 0.1 % at 1,000 km)."""
        from scipy.spatial import cKDTree

        return cKDTree(on_sphere(self.points))

    @cached_property
    def flat(self) -> Floats:
        """Coordinates in m on a plane around the middle of the settlements (azimuthal equidistant)."""
        return flattened(self.points, centre(self.points))

    @cached_property
    def pairs(self) -> NDArray[np.int64]:
        """Neighbours: the edges of the Delaunay triangulation, each once, as rows of two indexes."""
        return _delaunay(self.flat)

    @cached_property
    def regions(self) -> NDArray[np.int64]:
        """The GeoNames id of each settlement's first-level region."""
        return np.array([s.region for s in self.items], dtype=np.int64)

    @cached_property
    def by_id(self) -> dict[int, int]:
        """The index of each settlement by its GeoNames id."""
        return {s.geonameid: i for i, s in enumerate(self.items)}


def on_sphere(points: Floats) -> Floats:
    """Return points (degrees, latitude first) as coordinates in km from the Earth's centre."""
    lat, lon = np.radians(points[:, 0]), np.radians(points[:, 1])
    columns = (np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat))
    return np.asarray(EARTH_KM * np.stack(columns, axis=1))


def centre(points: Floats) -> tuple[float, float]:
    """Return the middle of points as latitude and longitude, also across the antimeridian."""
    x, y, z = on_sphere(points).mean(axis=0)
    return float(np.degrees(np.arctan2(z, np.hypot(x, y)))), float(np.degrees(np.arctan2(y, x)))


def flattened(points: Floats, middle: tuple[float, float]) -> Floats:
    """Return points on a plane around ``middle``, in m."""
    x, y = plane(*middle).transform(points[:, 1], points[:, 0])
    return np.stack([x, y], axis=1)


@lru_cache(maxsize=16)
def plane(lat: float, lon: float) -> Any:
    """Return the projection between degrees (longitude first) and a plane around a point."""
    from pyproj import Transformer

    local = f"+proj=aeqd +lat_0={lat} +lon_0={lon} +datum=WGS84 +units=m"
    return Transformer.from_crs("EPSG:4326", local, always_xy=True)


def settlements_near(points: Floats, within_km: float) -> Settlements:
    """Return the gazetteer's settlements within so many km of at least one of the points."""
    if not len(points):
        return Settlements(())
    from scipy.spatial import cKDTree

    south, north = points[:, 0].min(), points[:, 0].max()
    lat_margin = within_km / _DEGREE_KM
    widest = max(abs(south), abs(north)) + lat_margin
    lon_margin = lat_margin / max(0.05, np.cos(np.radians(min(89.0, widest))))
    box = (points[:, 1].min() - lon_margin, south - lat_margin, points[:, 1].max() + lon_margin)
    found = settlements_in(*box, north + lat_margin)
    if not len(found):
        return found
    near = cKDTree(on_sphere(points)).query(on_sphere(found.points), distance_upper_bound=within_km)[0]
    return Settlements(tuple(s for s, km in zip(found.items, near, strict=True) if np.isfinite(km)))


def settlements_in(west: float, south: float, east: float, north: float) -> Settlements:
    """Return the gazetteer's settlements in a box of degrees, ordered by their id."""
    known, gazetteer = countries(), open_gazetteer()
    found = sorted(gazetteer.settlements(west, south, east, north), key=lambda e: e.geonameid)
    regions = {row: gazetteer.entry(row).geonameid for row in {e.region for e in found} if row >= 0}
    unique = {entry.geonameid: entry for entry in found}
    return Settlements(
        tuple(
            Settlement(
                geonameid=e.geonameid,
                name=e.name,
                lat=e.lat,
                lon=e.lon,
                country=known[e.country].iso3 if e.country in known else "",
                population=e.population,
                region=regions.get(e.region, 0),
            )
            for e in unique.values()
        )
    )


def _delaunay(flat: Floats) -> NDArray[np.int64]:
    from scipy.spatial import Delaunay, QhullError

    count = len(flat)
    if count < 2:
        return np.zeros((0, 2), dtype=np.int64)
    try:
        corners = Delaunay(flat).simplices if count > 3 else _chain(flat)
    except QhullError:  # all on one line
        corners = _chain(flat)
    sides = [(0, 1), (1, 2), (2, 0)] if corners.shape[1] == 3 else [(0, 1)]
    edges = np.concatenate([corners[:, pair] for pair in sides])
    return np.unique(np.sort(edges.astype(np.int64), axis=1), axis=0)


def _chain(flat: Sequence[Any] | Floats) -> NDArray[np.int64]:
    order = np.lexsort(np.asarray(flat).T)
    return np.stack([order[:-1], order[1:]], axis=1)
