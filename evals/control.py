"""Who held what: 321 settlements of two oblasts on five days, against the official periods of occupation.

The ledger holds the claims of ``corpora/wikipedia`` (without the table ``territorial_control…``, which is
nearly the answer) and the sightings of ``corpora/owlmaps``; of each day only what is told of days up to it.
Nothing is estimated on these days; ``estimate_control.py`` names those that are.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

import fogline
from shared import OUT, SHARED, write_jsonl

if TYPE_CHECKING:
    from numpy.typing import NDArray

DAYS = ("2022-08-31", "2022-09-07", "2022-09-12", "2022-09-20", "2022-09-30")
BASELINE, AFTER = "2022-09-05", "2022-09-13"
INVADER, STATE = "RUS", "UKR"
BOX = (34.7, 47.7, 40.4, 50.6)  # holds all settlements of the truth
_BINS = 10
_WORKED_ON = OUT / "evals"

Truth = dict[int, tuple[float, float, list[tuple[date, date]]]]


def truth() -> Truth:
    """Return the settlements by GeoNames id: latitude, longitude, and the periods of occupation."""
    found: Truth = {}
    path = SHARED / "corpora" / "control" / "settlements-kharkiv-luhansk.csv"
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            periods = [tuple(part.split("/")) for part in row["occupied"].split(";") if part]
            spans = [(date.fromisoformat(a), date.fromisoformat(b) if b else date.max) for a, b in periods]
            found[int(row["geonameid"])] = (float(row["lat"]), float(row["lon"]), spans)
    return found


def occupied(periods: Iterable[tuple[date, date]], on: str) -> bool:
    """Tell whether one of the periods holds a day; the day it ends is a day of freedom."""
    return any(first <= date.fromisoformat(on) < last for first, last in periods)


def ledger_of_claims() -> Path:
    """Return a ledger of the articles' claims; made once for each extractor and text."""
    documents = [
        {
            "id": path.stem,
            "title": f"{path.stem[0].upper()}{path.stem[1:]}".replace("_", " "),
            "text": path.read_text(encoding="utf-8"),
            "published": "2023-07-19",
            "outlet": "Wikipedia",
            "language": "en",
        }
        for path in sorted((SHARED / "corpora" / "wikipedia").glob("*.md"))
        if not path.stem.startswith("territorial_control")
    ]
    from fogline.ledger import default_reader

    given = json.dumps([default_reader().identity, documents], sort_keys=True)
    made = _WORKED_ON / f"control-{hashlib.sha256(given.encode()).hexdigest()[:16]}.duckdb"
    if not made.exists():
        part = made.with_suffix(".part.duckdb")
        part.unlink(missing_ok=True)
        source = write_jsonl(_WORKED_ON / "control.documents.jsonl", documents)
        with fogline.connect(part) as book:
            book.add(source)
        part.replace(made)
    return made


def copy_of(ledger: Path, name: str) -> Path:
    """Return a copy of a ledger to import into."""
    copy = _WORKED_ON / f"{name}.duckdb"
    copy.write_bytes(ledger.read_bytes())
    return copy


def likely(book: fogline.Ledger, on: str, places: Iterable[int]) -> dict[int, tuple[float, bool]]:
    """Return for each settlement how likely the invader held it, and whether there was information."""
    held = {h.geonameid: h for h in book.control(on, known_by=on, within=BOX, why=False)}
    told = {}
    for place in places:
        found = held.get(place)
        p = found.probabilities if found else {}
        invader, state = p.get(INVADER, 0.0), p.get(STATE, 0.0)
        share = invader / (invader + state) if invader + state else 0.5
        told[place] = share, found is not None and found.holder is not None
    return told


def scored(
    told: Mapping[int, tuple[float, bool]], settlements: Truth, on: str
) -> tuple[float, float, NDArray[np.float64]]:
    """Return the share right (no information is wrong), the Brier score, and pairs for the calibration."""
    pairs = [(told[place][0], float(occupied(row[2], on))) for place, row in settlements.items()]
    known = np.array([told[place][1] for place in settlements])
    p, y = np.array(pairs).T
    right = known & ((p > 0.5) == (y > 0.5))
    return float(right.mean()), float(((p - y) ** 2).mean()), np.array(pairs)


def baseline_map(settlements: Truth, on: str) -> Path:
    """Write a coarse map of a day from the truth: a polygon around the occupied settlements.

    Each settlement gets its Voronoi cell, no farther than 15 km; the outline is smoothed by 3 km.
    """
    import shapely

    scale = np.cos(np.radians(49.3))
    points = np.array([(lon * scale, lat) for lat, lon, _ in settlements.values()])
    held = [occupied(periods, on) for _, _, periods in settlements.values()]
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(points)))
    near = shapely.buffer(shapely.points(points), 15 / 111.2)
    tree = shapely.STRtree(cells)
    mine = [cells[tree.nearest(shapely.Point(p))].intersection(n) for p, n in zip(points, near, strict=True)]
    whole = shapely.union_all([cell for cell, is_held in zip(mine, held, strict=True) if is_held])
    coarse = shapely.transform(whole.simplify(3 / 111.2), lambda p: p / [scale, 1.0])
    feature = {
        "type": "Feature",
        "properties": {"side": INVADER, "date": on, "source": "a coarse map"},
        "geometry": json.loads(shapely.to_geojson(shapely.make_valid(coarse))),
    }
    path = _WORKED_ON / "baseline.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    return path


def calibration(pairs: NDArray[np.float64]) -> list[tuple[float, float, int]]:
    """Return for each tenth of the probabilities: their mean, how often it was so, and how many there are."""
    p, y = pairs.T
    at = np.minimum((p * _BINS).astype(int), _BINS - 1)
    return [
        (float(p[at == i].mean()), float(y[at == i].mean()), int((at == i).sum()))
        for i in range(_BINS)
        if (at == i).any()
    ]


def plot(bins: Iterable[tuple[float, float, int]]) -> str:
    """Return the calibration as a drawing (SVG): a point a tenth, as large as it has settlements."""
    size, left = 360, 50
    dots = "".join(
        f'<circle cx="{left + p * size:.1f}" cy="{20 + (1 - y) * size:.1f}" r="{3 + n**0.5 / 3:.1f}" '
        f'fill="#0072b2" fill-opacity="0.6"><title>{p:.2f} told, {y:.2f} so, {n} settlements</title></circle>'
        for p, y, n in bins
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size + 80} {size + 70}" '
        'font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="white"/>'
        f'<rect x="{left}" y="20" width="{size}" height="{size}" fill="none" stroke="#999"/>'
        f'<line x1="{left}" y1="{20 + size}" x2="{left + size}" y2="20" stroke="#999"/>{dots}'
        f'<text x="{left}" y="{size + 45}">probability told that the place was occupied (0 to 1)</text>'
        f'<text x="14" y="{size + 15}" transform="rotate(-90 14 {size + 15})">share that was (0 to 1)</text>'
        "</svg>\n"
    )


def measure() -> tuple[dict[str, float], list[tuple[float, float, int]]]:
    """Return all figures, and the calibration over the five days; the plot goes to ``out/evals``."""
    settlements = truth()
    claims = ledger_of_claims()
    figures: dict[str, float] = {}
    pairs = []
    with fogline.connect(copy_of(claims, "control-sightings")) as book:
        book.import_control(SHARED / "corpora" / "owlmaps" / "positions-2022.jsonl", source="Project Owl")
        for on in DAYS:
            right, brier, told = scored(likely(book, on, settlements), settlements, on)
            figures |= {f"control.right.{on}": right, f"control.1-brier.{on}": 1 - brier}
            pairs.append(told)
    with fogline.connect(copy_of(claims, "control-baseline")) as book:
        book.import_control(baseline_map(settlements, BASELINE))
        right, brier, _ = scored(likely(book, AFTER, settlements), settlements, AFTER)
        figures |= {f"control.baseline.right.{AFTER}": right, f"control.baseline.1-brier.{AFTER}": 1 - brier}
    bins = calibration(np.concatenate(pairs))
    total = sum(n for _, _, n in bins)
    figures["control.calibration"] = 1 - sum(n * abs(p - y) for p, y, n in bins) / total
    (_WORKED_ON / "control-calibration.svg").write_text(plot(bins), encoding="utf-8")
    return figures, bins


if __name__ == "__main__":
    measured, table = measure()
    for name, value in measured.items():
        print(f"{name:40} {value:.3f}")
    for probability, share, count in table:
        print(f"told {probability:.2f}  so {share:.2f}  of {count}")
