"""Rivers: which settlements they part, and which lie on the bank that a claim tells of (``rivers.yml``)."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import msgspec
import numpy as np
import yaml
from msgspec import Struct
from numpy.typing import NDArray

from ..errors import DataError
from .settlements import EARTH_KM, Floats

_SIDES = "west|east|north|south|right|left"
_FILE = Path(__file__).with_name("rivers.yml")


class River(Struct, frozen=True, forbid_unknown_fields=True):
    """A river as a line of points, latitude first, from its source down."""

    name: str
    names: tuple[str, ...]
    points: tuple[tuple[float, float], ...]


class _Rivers(Struct, frozen=True, forbid_unknown_fields=True):
    rivers: tuple[River, ...]


@lru_cache(maxsize=1)
def rivers() -> tuple[River, ...]:
    """Return the rivers.

    Raises:
        DataError: the file is missing, or a row does not fit.
    """
    try:
        return msgspec.convert(yaml.load(_FILE.read_bytes(), yaml.CSafeLoader), _Rivers).rivers
    except (OSError, yaml.YAMLError, msgspec.ValidationError) as error:
        raise DataError(f"The data file {_FILE.name} is missing or wrong: {error}. Mend that row.") from error


def parted(points: Floats, pairs: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell for each pair of points (degrees, latitude first) whether a river flows between them."""
    import shapely

    lines = [shapely.LineString([(lon, lat) for lat, lon in river.points]) for river in rivers()]
    west, south, east, north = points[:, 1].min(), points[:, 0].min(), points[:, 1].max(), points[:, 0].max()
    here = [line for line in lines if line.intersects(shapely.box(west, south, east, north))]
    if not here or not len(pairs):
        return np.zeros(len(pairs), dtype=bool)
    tree = shapely.STRtree(here)
    found = np.zeros(len(pairs), dtype=bool)
    ways = shapely.linestrings(points[:, ::-1][pairs])
    found[tree.query(ways, predicate="intersects")[0]] = True
    return found


def bank_told(text: str) -> tuple[str, str] | None:
    """Return the side of a river that words tell of, as in "west of the Oskil": the side and the river.

    Sides are ``west``, ``east``, ``north`` and ``south``, or ``right`` and ``left`` looking downstream.
    """
    found = _told().search(text)
    return (found[1].casefold(), _names()[found[2].casefold()].name) if found else None


def on_bank(points: Floats, bank: tuple[str, str]) -> tuple[NDArray[np.bool_], Floats]:
    """Tell which points (degrees, latitude first) lie on a bank, and how far each is from the river, in km.

    Args:
        points: one row a point.
        bank: the side and the river, as :func:`bank_told` gives them.
    """
    import shapely

    side, name = bank
    line = np.array(_names()[name.casefold()].points)
    scale = np.array([1.0, np.cos(np.radians(line[:, 0].mean()))])
    way = shapely.LineString((line * scale)[:, ::-1])
    here = shapely.points((points * scale)[:, ::-1])
    km = np.radians(shapely.distance(here, way)) * EARTH_KM
    if side in ("left", "right"):
        starts, ends = line[:-1] * scale, line[1:] * scale
        middle = (starts + ends) / 2
        nearest = np.linalg.norm((points * scale)[:, None, :] - middle[None], axis=2).argmin(axis=1)
        way_of, to = (ends - starts)[nearest], points * scale - starts[nearest]
        turn = way_of[:, 1] * to[:, 0] - way_of[:, 0] * to[:, 1]  # positive to the left, north being up
        return np.asarray(turn > 0 if side == "left" else turn < 0), np.asarray(km)
    across = 1 if side in ("west", "east") else 0
    along = line[np.argsort(line[:, 1 - across], kind="stable")]
    there = np.interp(points[:, 1 - across], along[:, 1 - across], along[:, across])
    beyond = points[:, across] > there
    return np.asarray(beyond if side in ("east", "north") else ~beyond), np.asarray(km)


@lru_cache(maxsize=1)
def _names() -> dict[str, River]:
    return {name.casefold(): river for river in rivers() for name in (river.name, *river.names)}


@lru_cache(maxsize=1)
def _told() -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(_names(), key=len, reverse=True))
    return re.compile(
        rf"\b({_SIDES})(?:ern)?(?:[ -]bank| side)? of (?:the )?(?:river )?({names})\b",
        re.IGNORECASE,
    )
