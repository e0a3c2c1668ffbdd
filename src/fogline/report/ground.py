"""The ground of a map: lands and borders in a window, from the page's base map where it was built."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from .frame import Frame

# Made by `npm run build` in web/; packed into every wheel.
BASE = Path(__file__).resolve().parent.parent / "serve" / "page" / "base"
CREDIT = (
    "Borders as internationally recognised, disputed lines dashed; made from Natural Earth through "
    "world-atlas."
)
_DETAIL_DEGREES = 14.0  # a window narrower than this is drawn from the finer files
_FINE = 0.4  # of a pixel: what simplifying may move a line by
_LAYERS = (("countries", "land"), ("borders", "border"), ("disputed", "disputed"))


def ground(frame: Frame) -> list[str]:
    """Return the shapes of lands and borders in a window; none where the page was not built."""
    fine = "detail-" if frame.east - frame.west < _DETAIL_DEGREES else ""
    parts = []
    for name, look in _LAYERS:
        file = BASE / f"{fine}{name}.json"
        if file.is_file() and (path := _path(_shapes(file), frame)):
            parts.append(f'<path class="{look}" d="{path}"/>')
    return parts


@lru_cache(maxsize=6)
def _shapes(file: Path) -> tuple[Any, ...]:
    """Return the shapes of a file, in degrees."""
    import shapely

    features = msgspec.json.decode(file.read_bytes())["features"]
    return tuple(shapely.geometry.shape(feature["geometry"]) for feature in features)


def _path(shapes: tuple[Any, ...], frame: Frame) -> str:
    """Return what of the shapes is in the window, as the data of an SVG path."""
    import shapely

    parts = []
    for turn in (-360.0, 0.0, 360.0):
        west, east = frame.west + turn, frame.east + turn
        if east <= -180 or west >= 180:
            continue
        for shape in shapes:
            cut = shapely.clip_by_rect(shape, west, frame.south, east, frame.north)
            if cut.is_empty:
                continue
            drawn = shapely.transform(
                cut, lambda points, turn=turn: frame.points(points[:, 0] - turn, points[:, 1])
            )
            parts += _drawn(drawn.simplify(_FINE, preserve_topology=False))
    return "".join(parts)


def _drawn(shape: Any) -> list[str]:
    """Return the rings and lines of a shape in pixels."""
    if hasattr(shape, "geoms"):
        return [part for one in shape.geoms for part in _drawn(one)]
    if shape.is_empty or shape.geom_type == "Point":
        return []
    if shape.geom_type == "Polygon":
        return [_line(ring.coords, "Z") for ring in (shape.exterior, *shape.interiors)]
    return [_line(shape.coords, "")]


def _line(points: Any, end: str) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + end
