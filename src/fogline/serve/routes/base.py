"""The base map that is not in the page itself: settlements of the gazetteer, the larger the further out."""

from __future__ import annotations

from typing import Annotated

import msgspec
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from ..answers import FeatureCollection
from ..asking import BOX, AtDesk, Zoom, box, encoded
from ..schema import told
from ..selection import Box
from ..sessions import Reading
from ..towns import towns

router = APIRouter(tags=["map"])


@router.get(
    "/base/settlements", summary="Settlements on a part of the map", responses=told(FeatureCollection)
)
def settlements(
    request: Request, desk: AtDesk, _: Reading, bbox: Annotated[str, Query(pattern=BOX)], z: Zoom = 6.0
) -> Response:
    """Return the settlements within a box that a map of this zoom has room for, the largest first."""
    asked = box(bbox) or Box(-180.0, -90.0, 180.0, 90.0)
    key = (int(z), *(round(value, 2) for value in (asked.west, asked.south, asked.east, asked.north)))
    features = desk.base.get(key, lambda: towns(asked, z))
    made = encoded(request, msgspec.json.encode({"type": "FeatureCollection", "features": features}))
    made.headers["Cache-Control"] = "private, max-age=3600"
    return made
