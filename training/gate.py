"""Make the gate: which sentences may hold a claim.

    python training/gate.py [--train DIR] [--ordinary DIR] [--recall 0.998]

Writes ``src/fogline/extract/reader/gate.json``: a ridge logistic regression on the stems of a sentence, of
those around it and of its document (`fogline.extract.reader.gate.blend`), learned on annotated reports
and on news without conflict, whole and cut into short documents. The threshold keeps the wished share
of the sentences with claims in five-fold cross-validation over reports.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, vstack

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from data import Report, load, ordinary
from fogline.extract.reader.gate import Gate, blend, stems

LEAST_REPORTS = 3  # in which a stem must occur
LEAST_WEIGHT = 0.02  # below which a stem is left out
RIDGE = 100.0
SHORT = 2  # sentences of the short documents that each report is cut into as well
SHORT_WEIGHT = 0.25  # of a sentence of these
FOLDS = 5


@dataclass
class Example:
    """A document's sentences: a row of stems each, and whether it holds a claim."""

    stems: csr_matrix
    holds: np.ndarray
    weight: float = 1.0


def vocabulary(reports: list[Report]) -> dict[str, int]:
    """Return a column for each stem that enough reports have."""
    within: Counter[str] = Counter()
    for report in reports:
        within.update({s for p in report.spans for s in stems(p.of(report.text))})
    return {s: k for k, s in enumerate(sorted(s for s, n in within.items() if n >= LEAST_REPORTS))}


def examples(report: Report, columns: dict[str, int]) -> list[Example]:
    """Return a report as an example, whole and in short pieces."""
    told = [sorted(columns[s] for s in stems(p.of(report.text)) if s in columns) for p in report.spans]
    ends = np.cumsum([0, *map(len, told)])
    flat = np.array([c for row in told for c in row], int)
    counts = csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(told), len(columns)))
    holds = np.array(
        [any(p.start <= c["evidence"]["start"] < p.end for c in report.claims) for p in report.spans], float
    )
    pieces = [slice(k, k + SHORT) for k in range(0, len(told), SHORT)]
    return [
        Example(csr_matrix(blend(counts)), holds),
        *(Example(csr_matrix(blend(counts[p])), holds[p], SHORT_WEIGHT) for p in pieces),
    ]


def fit(chosen: list[Example]) -> tuple[np.ndarray, float]:
    """Return a weight a stem, and the bias."""
    x = vstack([e.stems for e in chosen]).tocsr()
    y = np.concatenate([e.holds for e in chosen])
    share = np.concatenate([np.full(len(e.holds), e.weight) for e in chosen])

    def loss(v: np.ndarray) -> tuple[float, np.ndarray]:
        odds = x @ v[:-1] + v[-1]
        slope = share * (1 / (1 + np.exp(-odds)) - y)
        value = share @ (np.logaddexp(0, odds) - y * odds) + RIDGE / 2 * (v[:-1] @ v[:-1])
        return float(value), np.append(x.T @ slope + RIDGE * v[:-1], slope.sum())

    v = minimize(loss, np.zeros(x.shape[1] + 1), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    return v[:-1], float(v[-1])


def gate_of(weights: np.ndarray, bias: float, threshold: float, columns: dict[str, int]) -> Gate:
    """Return a gate of what was fitted, without the stems that hardly count."""
    kept = {s: round(float(weights[k]), 3) for s, k in columns.items() if abs(weights[k]) >= LEAST_WEIGHT}
    return Gate(kept, round(bias, 3), round(threshold, 3))


def held_back(reports: list[Report], plain: list[Report], k: int, n: int, threshold: float) -> Gate:
    """Return a gate that has seen neither every nth report from the kth on nor every nth other item."""
    seen = [r for rs in (reports, plain) for i, r in enumerate(rs) if i % n != k]
    columns = vocabulary(seen)
    return gate_of(*fit([e for r in seen for e in examples(r, columns)]), threshold, columns)


def main() -> None:
    """Fit, cross-validate, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--train", type=Path, default=Path("../shared/gold/train"))
    parser.add_argument("--ordinary", type=Path, default=Path("training/ordinary"))
    parser.add_argument("--recall", type=float, default=0.998)
    args = parser.parse_args()
    reports, plain = load(args.train), ordinary(args.ordinary)
    columns = vocabulary(reports + plain)
    made = [examples(r, columns) for r in reports + plain]
    scores: list[np.ndarray] = []
    for fold in range(FOLDS):
        weights, bias = fit([e for i, m in enumerate(made) if i % FOLDS != fold for e in m])
        scores += [m[0].stems @ weights + bias for i, m in enumerate(made) if i % FOLDS == fold]
    order = [i for fold in range(FOLDS) for i in range(len(made)) if i % FOLDS == fold]
    by_report = dict(zip(order, scores, strict=True))
    told = np.concatenate([by_report[i] for i in range(len(reports))])
    holds = np.concatenate([made[i][0].holds for i in range(len(reports))]) > 0
    other = np.concatenate([by_report[i] for i in range(len(reports), len(made))])
    for recall in sorted({0.995, 0.99, 0.98, 0.97, args.recall}):
        least = np.quantile(told[holds], 1 - recall)
        print(
            f"recall {recall}: threshold {least:.2f} lets through {(told[~holds] >= least).mean():.3f} "
            f"of the other sentences of reports, {(other >= least).mean():.3f} of ordinary news"
        )
    threshold = float(np.quantile(told[holds], 1 - args.recall))
    gate = gate_of(*fit([e for m in made for e in m]), threshold, columns)
    out = Path(__file__).resolve().parent.parent / "src/fogline/extract/reader/gate.json"
    record = {"threshold": gate.threshold, "bias": gate.bias, "weights": gate.weights}
    out.write_text(json.dumps(record, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{len(told)} sentences of reports, {len(other)} of ordinary news, {len(gate.weights)} stems")


if __name__ == "__main__":
    main()
