"""Estimate the weights by which claims are linked, from labelled pairs.

    python training/linking.py [--ledger LEDGER] [--write]

Every comparison of ``src/fogline/link/comparisons.yml`` comes to one of its levels; what a level adds to
the log odds that two claims tell of one occurrence is estimated by logistic regression, over the pairs of
``evals/pairs`` whose half is ``weights``, with a penalty on what departs from ``training/linking.yml``.
Unlike Fellegi and Sunter's own estimate, that allows for comparisons that say the same thing twice (words and
figures, place and day). The prior is then set so that a pair counts as linked where that gives the best F1 on
sets left out in turn, each with all that share a report with it. Weights are in bits, as Splink keeps them.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import yaml

ROOT = Path(__file__).resolve().parent.parent
LINK = ROOT / "src" / "fogline" / "link"
WEIGHTS = LINK / "weights.json"
FOLDS = 6
THRESHOLDS = np.arange(-2.5, 1.5, 0.05)

Array = Any


def levels() -> list[tuple[str, str]]:
    """Return each comparison with each of its levels that weighs something."""
    told = yaml.safe_load((LINK / "comparisons.yml").read_text(encoding="utf-8"))
    return [(c, level) for c, its in told.items() for level, row in its.items() if not row.get("missing")]


def blank() -> None:
    """Write weights of nought where comparisons and weights do not agree, so that pairs can be compared."""
    found: dict[str, dict[str, float]] = {}
    for comparison, level in levels():
        found.setdefault(comparison, {})[level] = 0.0
    known = json.loads(WEIGHTS.read_text(encoding="utf-8"))["weights"] if WEIGHTS.exists() else {}
    if {c: set(its) for c, its in known.items()} != {c: set(its) for c, its in found.items()}:
        WEIGHTS.write_text(json.dumps({"prior": 0.0, "weights": found}, indent=1) + "\n", encoding="utf-8")


def pairs(half: str, ledger: Path | None) -> tuple[Array, Array, list[str]]:
    """Return the labelled pairs of a half: the levels they come to, whether they are the same, their sets."""
    sys.path.insert(0, str(ROOT / "evals"))
    from fogline.link.features import record
    from fogline.link.pairs import Pairs
    from labelled import claims_in, labelled, ledger_of_labels, matched

    sets = labelled(half)
    stored, _ = claims_in(ledger or ledger_of_labels())
    by_id = {s.claim.id: s for s in stored}
    found = matched(sets, stored)
    listed = [
        (found[a], found[b], a.group == b.group, one.name)
        for one in sets
        for a, b in combinations([label for label in one.claims if label in found], 2)
    ]
    comparing = Pairs()
    comparing.load(record(by_id[id]) for id in {id for row in listed for id in row[:2]})
    rows = comparing.levels([(one, other) for one, other, _, _ in listed])
    comparing.close()
    column = {name: nth for nth, name in enumerate(levels())}
    matrix = np.zeros((len(rows), len(column)))
    for nth, row in enumerate(rows):
        for pair in row.items():
            if pair in column:
                matrix[nth, column[pair]] = 1
    return matrix, np.array([same for _, _, same, _ in listed]), [name for *_, name in listed]


def expected() -> Array:
    """Return what each level is thought to weigh beforehand, in nats."""
    told = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text(encoding="utf-8"))
    return np.array([told[comparison][level] for comparison, level in levels()]) * math.log(2)


def fit(matrix: Array, same: Array, penalty: float) -> Array:
    """Return the intercept and the weights of a logistic regression, in nats."""
    from scipy.optimize import minimize

    start = np.r_[-4.0, expected()]

    def loss(w: Array) -> tuple[float, Array]:
        chance = 1 / (1 + np.exp(-(matrix @ w[1:] + w[0])))
        told = np.where(same, chance, 1 - chance)
        slope = np.r_[(chance - same).sum(), matrix.T @ (chance - same) + penalty * (w - start)[1:]]
        return -np.log(told + 1e-12).sum() + penalty * ((w - start)[1:] ** 2).sum() / 2, slope

    return minimize(loss, start, jac=True, method="L-BFGS-B").x


def folds(sets: list[str]) -> dict[str, int]:
    """Return the fold of each set: sets that share a report go together, and folds weigh about as much."""
    from labelled import labelled

    reports = {one.name: {claim.document for claim in one.claims} for one in labelled("weights")}
    together: list[set[str]] = []
    for name in sorted(set(sets)):
        joined = [group for group in together if any(reports[name] & reports[other] for other in group)]
        together = [group for group in together if group not in joined] + [{name}.union(*joined)]
    size = Counter(sets)
    found: dict[str, int] = {}
    pairs_in = [0] * FOLDS
    for group in sorted(together, key=lambda group: (-sum(size[name] for name in group), min(group))):
        fold = pairs_in.index(min(pairs_in))
        pairs_in[fold] += sum(size[name] for name in group)
        found.update(dict.fromkeys(group, fold))
    return found


def left_out(matrix: Array, same: Array, sets: list[str], penalty: float) -> Array:
    """Return the log odds of pairs by weights that were estimated without their set and its reports."""
    fold_of = folds(sets)
    odds = np.zeros(len(same))
    for fold in range(FOLDS):
        out = np.array([fold_of[name] == fold for name in sets])
        weights = fit(matrix[~out], same[~out], penalty)
        odds[out] = matrix[out] @ weights[1:] + weights[0]
    return odds


def best(odds: Array, same: Array) -> tuple[float, float]:
    """Return the best F1 and the log odds from which on pairs are linked for it."""
    scores = [
        (2 * (same & (odds >= t)).sum() / max(1, same.sum() + (odds >= t).sum()), t) for t in THRESHOLDS
    ]
    return max(scores)


def main() -> int:
    """Estimate, say how well, and write the weights."""
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("--ledger", type=Path, help="of the labelled reports; made where None is given")
    parser.add_argument("--penalty", type=float, default=40.0)
    parser.add_argument("--write", action="store_true", help="write src/fogline/link/weights.json")
    options = parser.parse_args()
    blank()
    matrix, same, sets = pairs("weights", options.ledger)
    score, threshold = best(left_out(matrix, same, sets, options.penalty), same)
    print(f"{len(same)} pairs, {same.sum()} of them the same")
    print(f"F1 on sets left out {score:.3f}, from log odds of {threshold:+.2f}")
    weights = fit(matrix, same, options.penalty)
    bits = weights / math.log(2)
    found: dict[str, dict[str, float]] = {}
    for (comparison, level), weight in zip(levels(), bits[1:], strict=True):
        found.setdefault(comparison, {})[level] = round(float(weight), 3)
    prior = round(float(bits[0] - threshold / math.log(2)), 3)
    if options.write:
        WEIGHTS.write_text(json.dumps({"prior": prior, "weights": found}, indent=1) + "\n", encoding="utf-8")
    print(json.dumps({"prior": prior, "weights": found}, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
