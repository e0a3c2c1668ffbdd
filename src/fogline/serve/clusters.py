"""Points of a map gathered into clusters on a grid, one for each square of the screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from ..store.filters import EVENTS, STATUSES
from .index import Floats, Index, Ints, mercator, unmercator
from .selection import Box
from .words import Mask

TILE = 256  # pixels along a tile's side
CELL = 32  # pixels along a cell's side
CELLS = TILE // CELL
MAX_ZOOM = 22
IDS = 20  # how many claims a cluster names
_MOST_CELLS = 1 << 16


class Window(Struct, frozen=True):
    """A part of the Mercator square: its west and north edge, and its size."""

    x: float
    y: float
    width: float
    height: float


class Points:
    """What is to be clustered, one entry a point, from west to east.

    Args:
        x: Web Mercator in the unit square, to the east; NaN where a thing is not located.
        y: the same to the south.
        radius: how far around it lies, in km.
        row: the thing's row.
        event: its type's code.
        status: its status's code.
        side: its side's code, -1 where there is none.
    """

    def __init__(
        self, x: Floats, y: Floats, radius: Floats, row: Ints, event: Ints, status: Ints, side: Ints
    ) -> None:
        at = np.argsort(x, kind="stable")[: np.count_nonzero(~np.isnan(x))]
        self.x, self.y, self.radius, self.row = x[at], y[at], radius[at], row[at]
        self.event, self.status, self.side = event[at], status[at], side[at]
        times = np.bincount(self.row, minlength=1)
        self.shared = times[self.row] > 1  # the thing has other points

    def within(self, view: Window, chosen: Mask) -> tuple[NDArray[np.intp], Floats]:
        """Return the points of chosen things in a window, and their x as the window counts it."""
        found, xs = [], []
        for turn in (0.0, 1.0) if view.x + view.width > 1 else (0.0,):
            first, last = np.searchsorted(self.x, (view.x - turn, view.x + view.width - turn))
            part = slice(first, last)
            y = self.y[part]
            met = chosen[self.row[part]]
            met &= (y >= view.y) & (y < view.y + view.height)
            at = np.flatnonzero(met) + first
            found.append(at)
            xs.append(self.x[at] + turn)
        return np.concatenate(found), np.concatenate(xs)


def tile(z: int, x: int, y: int) -> Window:
    """Return the window of a tile by its usual numbers (x from the west, y from the north)."""
    size = 1 / (1 << z)
    return Window(x * size, y * size, size, size)


def window(box: Box) -> Window:
    """Return the window of a box; one across the antimeridian goes on beyond the square's east."""
    xs, ys = mercator(np.array([box.west, box.east]), np.array([box.north, box.south]))
    width = float(xs[1] - xs[0]) % 1 or 1.0
    return Window(float(xs[0]), float(ys[0]), width, float(ys[1] - ys[0]))


def claim_points(index: Index) -> Points:
    """Return the places of all claims."""
    row = index.place_claim
    looks = index.event[row], index.status[row], index.lead_side[row]
    return Points(index.place_x, index.place_y, index.place_radius, row, *looks)


def event_points(index: Index) -> Points:
    """Return all events."""
    events = index.events
    sides = {side: code for code, side in enumerate(index.sides)}
    return Points(
        index.event_x,
        index.event_y,
        np.array([event.radius_km or 0.0 for event in events]),
        np.arange(len(events), dtype=np.int32),
        np.array([EVENTS.index(event.type) for event in events], np.int32),
        np.array([STATUSES.index(e.versions[0].status) if e.versions else 0 for e in events], np.int32),
        np.array([sides.get(e.sides[0], -1) if e.sides else -1 for e in events], np.int32),
    )


def clusters(
    points: Points, chosen: Mask, view: Window, z: float, *, ids: Sequence[str], sides: Sequence[str]
) -> list[dict[str, Any]]:
    """Return one GeoJSON feature for each cell of the grid that holds chosen points.

    A cell is some 32 pixels wide at zoom ``z``; cells lie alike on all tiles. A cluster stands at the mean of
    its points, is as its commonest type, status and side, and names its things where they are few. A thing
    with several places in one cell counts once.

    Args:
        points: all points.
        chosen: which things are wanted, by row.
        view: the part of the map.
        z: the zoom, from 0.
        ids: the ids of the things, by row.
        sides: the sides' names, by code.
    """
    cells = float(2 ** int(min(max(z, 0), MAX_ZOOM)) * CELLS)
    while view.width * view.height * cells * cells > _MOST_CELLS:
        cells /= 2
    found, x = points.within(view, chosen)
    if not len(found):
        return []
    column = np.floor(x * cells).astype(np.int64)
    line = np.floor(points.y[found] * cells).astype(np.int64)
    column -= column.min()
    line -= line.min()
    cell = line * (column.max() + 1) + column
    once = _once(points, found, cell)
    found, x, cell = found[once], x[once], cell[once]
    used, cell = np.unique(cell, return_inverse=True)
    return _features(points, found, cell, len(used), x, ids, sides)


def _once(points: Points, found: NDArray[np.intp], cell: NDArray[np.int64]) -> Mask:
    """Return which points are the first of their thing in their cell."""
    once = np.ones(len(found), bool)
    shared = np.flatnonzero(points.shared[found])
    if len(shared):
        pairs = cell[shared] * (int(points.row.max()) + 1) + points.row[found[shared]]
        once[shared] = False
        once[shared[np.unique(pairs, return_index=True)[1]]] = True
    return once


def _features(
    points: Points,
    found: NDArray[np.intp],
    cell: NDArray[np.intp],
    size: int,
    x: Floats,
    ids: Sequence[str],
    sides: Sequence[str],
) -> list[dict[str, Any]]:
    count = np.bincount(cell, minlength=size)
    lon, lat = unmercator(
        np.bincount(cell, x, minlength=size) / count,
        np.bincount(cell, points.y[found], minlength=size) / count,
    )
    radius = np.zeros(size)
    np.maximum.at(radius, cell, points.radius[found])
    event = _commonest(cell, points.event[found], size, len(EVENTS))
    status = _commonest(cell, points.status[found], size, len(STATUSES))
    side = _commonest(cell, points.side[found] + 1, size, len(sides) + 1)
    named = _named(cell, points.row[found], count, ids)
    told = zip(
        count.tolist(),
        np.round(np.mod(lon + 180, 360) - 180, 5).tolist(),
        np.round(lat, 5).tolist(),
        np.round(radius, 1).tolist(),
        event.tolist(),
        status.tolist(),
        side.tolist(),
        strict=True,
    )
    return [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [east, north]},
            "properties": {
                "count": number,
                "ids": named.get(at, []),
                "event": EVENTS[kind],
                "status": STATUSES[state],
                "side": sides[party - 1] if party else None,
                "radius_km": km,
            },
        }
        for at, (number, east, north, km, kind, state, party) in enumerate(told)
    ]


def _commonest(cell: NDArray[np.intp], code: Ints, size: int, kinds: int) -> NDArray[np.intp]:
    """Return each cell's commonest code."""
    table = np.bincount(cell * kinds + code, minlength=size * kinds).reshape(size, kinds)
    most: NDArray[np.intp] = table.argmax(axis=1)
    return most


def _named(
    cell: NDArray[np.intp], row: Ints, count: NDArray[np.intp], ids: Sequence[str]
) -> dict[int, list[str]]:
    """Return the ids of the things in the cells that hold few."""
    few = np.flatnonzero(count[cell] <= IDS)
    named: dict[int, list[str]] = {}
    for at, thing in zip(cell[few].tolist(), row[few].tolist(), strict=True):
        named.setdefault(at, []).append(ids[thing])
    return named
