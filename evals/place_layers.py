"""Places further: are the confident ones right, and do a data set's place words lead to its coordinates."""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

from shared import OUT, SHARED, Record, predict

CONFIDENT = 0.9
FAR_KM = 161.0
NEAR_KM = 25.0
STEPS = 10
_FINE = {"point": 0, "settlement": 0, "near": 0, "district": 1, "area": 2, "region": 3, "country": 4}


def confidences(score: ModuleType, gold: Path, predicted: Sequence[Record]) -> list[tuple[float, bool]]:
    """Return for each found name with known coordinates its score, and whether it lies within 161 km.

    A name is found by the first prediction that overlaps it, as the scorer takes it; one without
    coordinates has the score 0.
    """
    by_document: dict[str, list[Record]] = {}
    for one in predicted:
        by_document.setdefault(str(one["document"]), []).append(one)
    told = []
    for number, (_, names) in enumerate(score.load(gold)):
        used: set[int] = set()
        found = by_document.get(str(number), [])
        for start, end, lat, lon in names:
            at = (i for i, p in enumerate(found) if i not in used and p["start"] < end and start < p["end"])
            hit = next(at, None)
            if hit is None:
                continue
            used.add(hit)
            if lat is None or lon is None:
                continue
            one = found[hit]
            placed = one["lat"] is not None
            right = placed and score.km(lat, lon, one["lat"], one["lon"]) <= FAR_KM
            told.append((float(one["score"]) if placed else 0.0, right))
    return told


def confident(told: Sequence[tuple[float, bool]]) -> tuple[float, float]:
    """Return how many of the names are confident, and how many of the confident are right."""
    sure = [right for score, right in told if score >= CONFIDENT]
    return len(sure) / max(1, len(told)), sum(sure) / max(1, len(sure))


def plot(told: dict[str, Sequence[tuple[float, bool]]], path: Path) -> None:
    """Draw how often places of each confidence are right, as an SVG file; the diagonal is calibrated.

    Args:
        told: by name of a set, score and rightness of each place.
        path: the file to write.
    """
    side, margin = 400, 50
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{side + 2 * margin}" height="{side + 2 * margin}" '
        'font-family="sans-serif" font-size="12">',
        f'<rect x="{margin}" y="{margin}" width="{side}" height="{side}" fill="none" stroke="#999"/>',
        f'<line x1="{margin}" y1="{margin + side}" x2="{margin + side}" y2="{margin}" stroke="#bbb"/>',
        f'<text x="{margin}" y="{margin - 20}">Share of places within 161 km, by confidence</text>',
        *(
            f'<text x="{margin + side * k / 4 - 8}" y="{margin + side + 18}">{k / 4:.2f}</text>'
            f'<text x="{margin - 34}" y="{margin + side - side * k / 4 + 4}">{k / 4:.2f}</text>'
            for k in range(5)
        ),
    ]
    for number, (name, pairs) in enumerate(told.items()):
        colour = ("#1f77b4", "#d62728", "#2ca02c")[number % 3]
        parts.append(f'<text x="{margin + 10}" y="{margin + 20 + 16 * number}" fill="{colour}">{name}</text>')
        for step in range(STEPS):
            inside = [p for p in pairs if min(STEPS - 1, int(p[0] * STEPS)) == step]
            if inside:
                x = margin + side * sum(p[0] for p in inside) / len(inside)
                y = margin + side - side * sum(p[1] for p in inside) / len(inside)
                size = 2 + math.sqrt(len(inside)) / 4
                parts.append(
                    f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}" fill="{colour}" opacity=".7"/>'
                )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([*parts, "</svg>"]) + "\n", encoding="utf-8")


def ucdp_rows() -> list[Record]:
    """Return the rows of UCDP's events that are placed at, or near, a named place (``where_prec`` 1 or 2)."""
    (path,) = sorted((SHARED / "corpora" / "ucdp").glob("*.csv"))
    with path.open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["where_prec"] in {"1", "2"}]


def ucdp_right(score: ModuleType) -> list[bool]:
    """Tell for each of those rows whether its words for the place lead to its coordinates, within 25 km.

    The words are the description with the district and the region. The place is the finest that the
    description names, of several as fine the one nearest to the district.
    """
    rows = ucdp_rows()
    documents = [
        {
            "id": str(i),
            "text": f"{r['where_description']}\n{r['adm_2']}, {r['adm_1']}, Ukraine.",
            "language": "en",
        }
        for i, r in enumerate(rows)
    ]
    told: dict[int, list[Record]] = {}
    for one in predict("places", "ucdp", documents):
        if one["lat"] is not None and one["kind"] != "demonym":
            told.setdefault(int(one["document"]), []).append(one)
    right = []
    for i, row in enumerate(rows):
        best = _finest(score, told.get(i, []), len(row["where_description"]))
        at = float(row["latitude"]), float(row["longitude"])
        right.append(best is not None and score.km(*at, best["lat"], best["lon"]) <= NEAR_KM)
    return right


def _finest(score: ModuleType, found: Sequence[Record], end: int) -> Record | None:
    """Return the finest place of a description that ends at ``end``; the district and region follow it."""
    described = [one for one in found if one["start"] < end] or list(found)
    district = next((one for one in found if one["start"] >= end), None)

    def order(one: Record) -> tuple[int, float]:
        away = 0.0 if district is None else score.km(one["lat"], one["lon"], district["lat"], district["lon"])
        return _FINE.get(one["precision"], 5), away

    return min(described, key=order, default=None)


PLOT = OUT / "places-confidence.svg"
