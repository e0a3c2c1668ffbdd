"""Make the gate: which sentences may hold a claim.

    python training/gate.py [--train DIR] [--ordinary DIR]

Writes ``src/fogline/extract/reader/gate.json``: for each of ``SCOPES`` a ridge logistic regression on
the stems of a sentence and of what is around it (`fogline.extract.reader.gate.blend`). It is learned on
annotated reports and news without conflict, on both cut into short documents, and on bulletins made of
items of the one and the other. The threshold keeps a scope's share of the sentences with claims in
cross-validation over reports. Prints what all of them together let through there. Seeded.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, vstack

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from data import Report, load, ordinary
from fogline.extract.reader.gate import Gate, Scope, blend, stems

LEAST_REPORTS = 3  # in which a stem must occur
LEAST_WEIGHT = 0.02  # below which a stem is left out
SHORT, SHORT_WEIGHT = 2, 0.25  # sentences of a short document, and how much each counts
BULLETINS, BULLETIN_WEIGHT = 400, 0.5  # how many are made, and how much a sentence of one counts
FOLDS = 4

Sentences = list[
    tuple[tuple[int, ...], bool]
]  # of each, the columns of its stems, and whether it holds a claim


@dataclass(frozen=True)
class Plan:
    """How a scope is learned: its surroundings, the ridge, and the recall that sets its threshold.

    ``alone`` is the recall of single sentences with claims, which sets the slack.
    """

    share: float
    reach: int | None
    ridge: float
    recall: float
    alone: float


SCOPES = (Plan(8.0, None, 100.0, 0.995, 0.98), Plan(3.0, 3, 30.0, 0.97, 0.98))


@dataclass
class Example:
    """A document's sentences: a row of blended stems each, and whether it holds a claim."""

    stems: csr_matrix
    holds: np.ndarray
    weight: float = 1.0


def vocabulary(reports: Sequence[Report]) -> dict[str, int]:
    """Return a column for each stem that enough reports have."""
    within: Counter[str] = Counter()
    for report in reports:
        within.update({s for p in report.spans for s in stems(p.of(report.text))})
    return {s: k for k, s in enumerate(sorted(s for s, n in within.items() if n >= LEAST_REPORTS))}


def rows(report: Report, columns: dict[str, int]) -> Sentences:
    """Return a report's sentences as the regression sees them."""
    return [
        (
            tuple(sorted(columns[s] for s in stems(p.of(report.text)) if s in columns)),
            any(p.start <= c["evidence"]["start"] < p.end for c in report.claims),
        )
        for p in report.spans
    ]


def bulletins(
    reports: Sequence[Sentences], plain: Sequence[Sentences], count: int, seed: int
) -> list[Sentences]:
    """Make bulletins: two to five sentences of a report, among them a claim, between items of other news."""
    rng = random.Random(seed)
    made: list[Sentences] = []
    while len(made) < count:
        report, size = rng.choice(reports), rng.randint(2, 5)
        begin = rng.randrange(max(1, len(report) - size))
        item = report[begin : begin + size]
        others = [rng.choice(plain) for _ in range(rng.randint(2, 8))]
        others.insert(rng.randint(0, len(others)), item)
        if any(holds for _, holds in item):
            made.append([sentence for one in others for sentence in one])
    return made


def example(document: Sentences, plan: Plan, width: int, weight: float = 1.0) -> Example:
    """Return a document as an example for one scope."""
    own = np.zeros((len(document), width), np.float32)
    for row, (columns, _) in zip(own, document, strict=True):
        row[list(columns)] = 1
    holds = np.array([holds for _, holds in document], float)
    return Example(csr_matrix(blend(own, plan.share, plan.reach)), holds, weight)


def fit(
    reports: Sequence[Sentences], plain: Sequence[Sentences], plan: Plan, width: int
) -> tuple[np.ndarray, float]:
    """Return a weight a stem, and the bias."""
    whole = [*reports, *plain]
    short = [d[k : k + SHORT] for d in whole for k in range(0, len(d), SHORT)]
    chosen = [example(d, plan, width) for d in whole]
    chosen += [example(d, plan, width, SHORT_WEIGHT) for d in short]
    chosen += [example(d, plan, width, BULLETIN_WEIGHT) for d in bulletins(reports, plain, BULLETINS, 0)]
    x = vstack([e.stems for e in chosen]).tocsr()
    y = np.concatenate([e.holds for e in chosen])
    counts = np.concatenate([np.full(len(e.holds), e.weight) for e in chosen])

    def loss(v: np.ndarray) -> tuple[float, np.ndarray]:
        odds = x @ v[:-1] + v[-1]
        slope = counts * (1 / (1 + np.exp(-odds)) - y)
        value = counts @ (np.logaddexp(0, odds) - y * odds) + plan.ridge / 2 * (v[:-1] @ v[:-1])
        return float(value), np.append(x.T @ slope + plan.ridge * v[:-1], slope.sum())

    v = minimize(loss, np.zeros(width + 1), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    return v[:-1], float(v[-1])


def learned(
    reports: Sequence[Report], plain: Sequence[Report], limits: Sequence[tuple[float, float]]
) -> Gate:
    """Return the gate that reports and other news make, with threshold and slack for each of ``SCOPES``."""
    columns = vocabulary([*reports, *plain])
    told, other = ([r for r in (rows(one, columns) for one in given) if r] for given in (reports, plain))
    scopes = []
    for plan, (threshold, slack) in zip(SCOPES, limits, strict=True):
        weights, bias = fit(told, other, plan, len(columns))
        kept = {s: round(float(weights[k]), 3) for s, k in columns.items() if abs(weights[k]) >= LEAST_WEIGHT}
        scopes.append(
            Scope(kept, round(bias, 3), round(threshold, 3), plan.share, round(slack, 3), plan.reach)
        )
    return Gate(tuple(scopes))


def part(reports: Sequence[Report], k: int, n: int) -> tuple[list[Report], list[Report]]:
    """Return every nth report from the kth on, and the others."""
    return list(reports[k::n]), [r for i, r in enumerate(reports) if i % n != k]


def main() -> None:
    """Cross-validate, fit, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--train", type=Path, default=Path("../shared/gold/train"))
    parser.add_argument("--ordinary", type=Path, default=Path("training/ordinary"))
    args = parser.parse_args()
    reports, plain = load(args.train), ordinary(args.ordinary)
    margins: dict[str, list[np.ndarray]] = {
        "claims": [],
        "reports": [],
        "ordinary": [],
        "bulletins": [],
        "alone": [],
        "ordinary alone": [],
    }
    for fold in range(FOLDS):
        (held, seen), (held_plain, seen_plain) = part(reports, fold, FOLDS), part(plain, fold, FOLDS)
        gate = learned(seen, seen_plain, [(0.0, 0.0)] * len(SCOPES))

        def seen_by(told: list[set[str]], gate: Gate = gate) -> np.ndarray:
            return np.array([scope.margins(told) for scope in gate.scopes])

        for report in held:
            told = seen_by([stems(p.of(report.text)) for p in report.spans])
            holds = np.array([h for _, h in rows(report, {})])
            margins["claims"].append(told[:, holds])
            margins["reports"].append(told[:, ~holds])
            for span in (s for s, h in zip(report.spans, holds, strict=True) if h):
                margins["alone"].append(seen_by([stems(span.of(report.text))]))
        for item in held_plain:
            margins["ordinary"].append(seen_by([stems(p.of(item.text)) for p in item.spans]))
            margins["ordinary alone"] += [seen_by([stems(p.of(item.text))]) for p in item.spans]
        columns = vocabulary([*held, *held_plain])
        names = list(columns)
        told_held, told_plain = ([rows(r, columns) for r in given] for given in (held, held_plain))
        for bulletin in bulletins(told_held, told_plain, 100, 1 + fold):
            told = seen_by([{names[c] for c in one} for one, _ in bulletin])
            margins["bulletins"].append(told[:, [h for _, h in bulletin]])
    by_kind = {kind: np.concatenate(found, axis=1) for kind, found in margins.items()}
    limits = []
    for plan, told, alone in zip(SCOPES, by_kind["claims"], by_kind["alone"], strict=True):
        threshold = float(np.quantile(told, 1 - plan.recall))
        limits.append((threshold, max(0.0, threshold - float(np.quantile(alone, 1 - plan.alone)))))
    for kind, found in by_kind.items():
        least = [t - s * kind.endswith("alone") for t, s in limits]
        passed = (found >= np.array(least)[:, None]).any(axis=0)
        print(f"{kind}: {passed.mean():.4f} of {len(passed)} sentences pass")
    gate = learned(reports, plain, limits)
    out = Path(__file__).resolve().parent.parent / "src/fogline/extract/reader/gate.json"
    out.write_text(
        json.dumps([asdict(scope) for scope in gate.scopes], indent=0, ensure_ascii=False) + "\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
