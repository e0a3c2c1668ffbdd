"""The settlements of the gazetteer for a base map: the largest of each part of it."""

from __future__ import annotations

import threading
from functools import cache
from typing import Any

import numpy as np

from ..resolve.gazetteer import open_gazetteer
from .selection import Box

MOST = 300
_making = threading.Lock()
_GRID = 8  # parts of a map, along each side, that get the same share of names


class Towns:
    """All settlements in arrays, the largest first."""

    def __init__(self) -> None:
        entries = open_gazetteer().settlements(-180.0, -90.0, 180.0, 90.0)
        entries.sort(key=lambda entry: (-entry.population, entry.geonameid))
        self._names = [entry.name for entry in entries]
        self._lon = np.array([entry.lon for entry in entries], np.float64)
        self._lat = np.array([entry.lat for entry in entries], np.float64)
        self._population = np.array([entry.population for entry in entries], np.int64)
        self._capital = np.array([entry.feature == "PPLC" for entry in entries], bool)
        self._ids = np.array([entry.geonameid for entry in entries], np.int64)

    def within(self, box: Box, z: float) -> list[dict[str, Any]]:
        """Return as GeoJSON features the settlements in a box that a map of zoom ``z`` may show.

        Each part of the box gives its largest, so that a crowded corner does not empty the rest.
        """
        east = (self._lon - box.west) % 360
        width = (box.east - box.west) % 360 or 360.0
        met = (self._lat >= box.south) & (self._lat <= box.north) & (east <= width)
        met &= self._population >= _least(z)
        rows = np.flatnonzero(met)
        if len(rows) > MOST:
            column = np.minimum(_GRID - 1, (east[rows] / width * _GRID).astype(int))
            height = (box.north - box.south) or 1.0
            line = np.minimum(_GRID - 1, ((self._lat[rows] - box.south) / height * _GRID).astype(int))
            part = line * _GRID + column
            order = np.argsort(part, kind="stable")
            begins = np.searchsorted(part[order], part[order])
            nth = np.empty(len(rows), np.int64)
            nth[order] = np.arange(len(rows)) - begins
            rows = np.sort(rows[np.argsort(nth, kind="stable")[:MOST]])
        return [self._feature(row) for row in rows.tolist()]

    def _feature(self, row: int) -> dict[str, Any]:
        return {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [float(self._lon[row]), float(self._lat[row])]},
            "properties": {
                "name": self._names[row],
                "population": int(self._population[row]),
                "capital": bool(self._capital[row]),
                "geonameid": int(self._ids[row]),
            },
        }


def towns() -> Towns:
    """Return the settlements of the base map, which are the same for every ledger; made once."""
    with _making:
        return _made()


@cache
def _made() -> Towns:
    return Towns()


def _least(z: float) -> int:
    """Return the population below which a settlement is not named at a zoom."""
    return int(2_000_000 / 3.2**z) if z < 12 else 0
