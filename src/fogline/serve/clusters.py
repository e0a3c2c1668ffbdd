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
_PLACES = 8  # how many places of one claim are looked through for doubles


class Window(Struct, frozen=True):
    """A part of the Mercator square: its west and north edge, and its size."""

    x: float
    y: float
    width: float
    height: float


class Points(Struct, frozen=True):
    """What is to be clustered, one entry a point: where it lies, its thing's row, and what it looks like."""

    x: Floats
    y: Floats
    radius: Floats
    row: Ints
    event: Ints
    status: Ints
    side: Ints


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
    """Return the located places of all claims."""
    at = np.flatnonzero(~np.isnan(index.place_x))
    row = index.place_claim[at]
    return Points(
        index.place_x[at],
        index.place_y[at],
        index.place_radius[at],
        row,
        index.event[row],
        index.status[row],
        index.lead_side[row],
    )


def event_points(index: Index) -> Points:
    """Return the located events."""
    at = np.flatnonzero(~np.isnan(index.event_x)).astype(np.int32)
    events = [index.events[row] for row in at.tolist()]
    sides = {side: code for code, side in enumerate(index.sides)}
    return Points(
        index.event_x[at],
        index.event_y[at],
        np.array([event.radius_km or 0.0 for event in events]),
        at,
        np.array([EVENTS.index(event.type) for event in events], np.int32),
        np.array(
            [STATUSES.index(event.versions[0].status) if event.versions else 0 for event in events], np.int32
        ),
        np.array([sides.get(event.sides[0], -1) if event.sides else -1 for event in events], np.int32),
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
    east = np.mod(points.x - view.x, 1.0)
    found = np.flatnonzero(
        chosen[points.row] & (east < view.width) & (points.y >= view.y) & (points.y < view.y + view.height)
    )
    if not len(found):
        return []
    column = np.floor((view.x + east[found]) * cells).astype(np.int64)
    line = np.floor(points.y[found] * cells).astype(np.int64)
    column -= column.min()
    line -= line.min()
    cell = line * (column.max() + 1) + column
    first = _first_of_a_thing(points.row[found], cell)
    found, cell = found[first], cell[first]
    used, cell = np.unique(cell, return_inverse=True)
    return _features(points, found, cell, len(used), view.x + east[found], ids, sides)


def _first_of_a_thing(row: Ints, cell: NDArray[np.int64]) -> Mask:
    """Return which points are not preceded by one of the same thing in the same cell."""
    first = np.ones(len(row), bool)
    for step in range(1, min(_PLACES, len(row))):
        first[step:] &= (row[step:] != row[:-step]) | (cell[step:] != cell[:-step])
    return first


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
