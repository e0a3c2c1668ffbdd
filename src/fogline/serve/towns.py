"""The settlements of the gazetteer for a base map: the largest of each part of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from ..resolve.gazetteer import Entry, open_gazetteer
from .selection import Box

MOST = 300
_GRID = 8  # parts of a map, along each side, that get the same share of names


def towns(box: Box, z: float) -> list[dict[str, Any]]:
    """Return as GeoJSON features the settlements in a box that a map of this zoom may show, largest first.

    Each part of the box gives its largest, so that a crowded corner does not empty the rest.
    """
    turns = ((box.west, 180.0), (-180.0, box.east)) if box.west > box.east else ((box.west, box.east),)
    gazetteer, found = open_gazetteer(), []
    for west, east in turns:
        found += gazetteer.settlements(west, box.south, east, box.north, least=_least(z))
    found.sort(key=lambda entry: (-entry.population, entry.geonameid))
    return [_feature(entry) for entry in _spread(found, box)]


def _spread(entries: list[Entry], box: Box) -> Iterator[Entry]:
    """Give the first of each part of the box, then the second, and so on, as many as there is room for."""
    width = (box.east - box.west) % 360 or 360.0
    height = (box.north - box.south) or 1.0
    met: Counter[tuple[int, int]] = Counter()
    ranked = []
    for nth, entry in enumerate(entries):
        column = int((entry.lon - box.west) % 360 / width * _GRID)
        line = int((entry.lat - box.south) / height * _GRID)
        part = min(column, _GRID - 1), min(line, _GRID - 1)
        ranked.append((met[part], nth))
        met[part] += 1
    for nth in sorted(nth for _, nth in sorted(ranked)[:MOST]):
        yield entries[nth]


def _feature(entry: Entry) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [entry.lon, entry.lat]},
        "properties": {
            "name": entry.name,
            "population": entry.population,
            "capital": entry.feature == "PPLC",
            "geonameid": entry.geonameid,
        },
    }


def _least(z: float) -> int:
    """Return the population below which a settlement is not named at a zoom."""
    return int(2_000_000 / 3.2**z) if z < 12 else 0
