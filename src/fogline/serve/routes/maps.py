"""Claims and events on the map: clusters for a part of it, or for a tile.

They are worked out where requests are taken in, not in a thread: handing them over takes longer, and where
many ask at once, threads wait for each other.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from fastapi import APIRouter, Path, Request
from fastapi.responses import Response

from ..answers import FeatureCollection
from ..asking import GEOJSON, Asking, Viewing, Zoom, encoded
from ..clusters import MAX_ZOOM, Window, clusters, tile, window
from ..problems import Refused
from ..schema import told
from ..selection import Asked, Box
from ..view import View

router = APIRouter(tags=["map"])

Layer = Literal["claims", "events"]
_WORLD = Box(-180.0, -85.0, 180.0, 85.0)


@router.get(
    "/map/{layer}",
    summary="What is on a part of the map, in clusters",
    responses=told(FeatureCollection, geojson=True),
)
async def part(request: Request, view: Viewing, asked: Asking, layer: Layer, z: Zoom = 4.0) -> Response:
    """Return clusters of claims or events within ``bbox``, as fine as zoom ``z`` shows them apart."""
    everywhere = msgspec.structs.replace(asked, box=None)
    return _answer(request, view, everywhere, layer, window(asked.box or _WORLD), z)


@router.get(
    "/tiles/{layer}/{z}/{x}/{y}.json",
    summary="What is on a tile, in clusters",
    responses=told(FeatureCollection, geojson=True),
)
async def of_tile(
    request: Request,
    view: Viewing,
    asked: Asking,
    layer: Layer,
    z: Annotated[int, Path(ge=0, le=MAX_ZOOM)],
    x: Annotated[int, Path(ge=0)],
    y: Annotated[int, Path(ge=0)],
) -> Response:
    """Return clusters on a tile of 256 pixels; tiles are numbered as on the web, from the north-west."""
    if x >= 1 << z or y >= 1 << z:
        raise Refused(404, f"There is no tile {x}, {y} at zoom {z}: there are {1 << z} in each direction.")
    return _answer(request, view, asked, layer, tile(z, x, y), z)


def _answer(request: Request, view: View, asked: Asked, layer: Layer, at: Window, z: float) -> Response:
    body = view.answers.get(
        ("map", layer, asked, at, int(z)), lambda: msgspec.json.encode(_features(view, asked, layer, at, z))
    )
    media = GEOJSON if GEOJSON in request.headers.get("accept", "") else "application/json"
    return encoded(request, body, media=media)


def _features(view: View, asked: Asked, layer: Layer, at: Window, z: float) -> dict[str, object]:
    index = view.index
    if layer == "claims":
        points = view.claim_points
        found = clusters(points, view.claims(asked), at, z, ids=index.ids, sides=index.sides)
    else:
        points = view.event_points
        found = clusters(points, view.events(asked), at, z, ids=index.event_ids, sides=index.sides)
    return {"type": "FeatureCollection", "features": found}
