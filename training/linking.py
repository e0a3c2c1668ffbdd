"""Estimate the weights by which claims are linked, from labelled pairs.

    python training/linking.py [--write]

Every comparison of ``src/fogline/link/comparisons.yml`` comes to one of its levels; what a level adds to
the log odds that two claims tell of one occurrence is estimated by logistic regression, over the pairs of
``evals/pairs`` whose half is ``weights``, with a penalty on what departs from ``training/linking.yml``.
Unlike Fellegi and Sunter's own estimate, that allows for comparisons that say the same thing twice (words and
figures, place and day).

The prior is then set so that claims, gathered into events by it, agree best with sets left out in turn (each
with all that share a report with it) and with the reports of one story of the half ``stories``, by which no
weight is estimated. Those hardly tell -1.6 from -0.7 apart (mean F1 .433 to .444), so the weights in use were
made with ``--cut -0.9``; what days that overlap weigh between two reports (``close_apart``), and the prior
after it, were then set as ``docs/decisions/0012`` tells, so that no figure of ``evals/linking.py`` falls
below its floor. Weights are in bits, as Splink keeps them.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import yaml

ROOT = Path(__file__).resolve().parent.parent
LINK = ROOT / "src" / "fogline" / "link"
WEIGHTS = LINK / "weights.json"
FOLDS = 6
CUTS = np.arange(-1.6, 0.05, 0.1)  # log odds from which on a pair is linked

Array = Any


@dataclass(frozen=True)
class Labelled:
    """Labelled pairs of one ledger, and all pairs that linking compares in it.

    ``matrix`` has a row for each of ``pairs`` with the levels it comes to; ``rows`` says which row a labelled
    pair is, ``same`` what its label is, ``sets`` the set it is of; ``compared`` which rows linking compares.
    """

    matrix: Array
    pairs: list[tuple[str, str]]
    rows: Array
    same: Array
    sets: list[str]
    compared: Array
    claims: list[str]
    printed: list[tuple[str, str, float]]


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


def pairs(half: str, ledger: Path) -> Labelled:
    """Return the labelled pairs of a half, as the reports of a ledger come to them."""
    from fogline.link.copies import copies_of
    from fogline.link.features import records, turns
    from fogline.link.pairs import Pairs, entries
    from fogline.link.printed import printed_twice
    from fogline.store.duckdb import DuckDBStore
    from labelled import claims_in, labelled, matched

    sets = labelled(half)
    stored, _ = claims_in(ledger)
    by_id = {s.claim.id: s for s in stored}
    store = DuckDBStore(ledger, read_only=True)
    printed = [(link.one, link.other, link.weight) for link in printed_twice(stored, copies_of(store))]
    store.close()
    told = records(by_id, turns(s.claim for s in stored))
    found = matched(sets, stored)
    listed = [
        (min(found[a], found[b]), max(found[a], found[b]), a.group == b.group, one.name)
        for one in sets
        for a, b in combinations([label for label in one.claims if label in found], 2)
        if found[a] != found[b]
    ]
    comparing = Pairs(entries(told))
    compared = set(comparing.pairs())
    every = sorted(compared | {(one, other) for one, other, _, _ in listed})
    comparing.load(told)
    column = {name: nth for nth, name in enumerate(levels())}
    matrix = np.zeros((len(every), len(column)), dtype=np.float32)
    for nth, row in enumerate(comparing.levels(every)):
        for level in row.items():
            if level in column:
                matrix[nth, column[level]] = 1
    comparing.close()
    at = {pair: nth for nth, pair in enumerate(every)}
    return Labelled(
        matrix=matrix,
        pairs=every,
        rows=np.array([at[one, other] for one, other, _, _ in listed]),
        same=np.array([same for _, _, same, _ in listed]),
        sets=[name for *_, name in listed],
        compared=np.array([pair in compared for pair in every]),
        claims=sorted(by_id),
        printed=printed,
    )


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
        off = chance - same
        slope = np.r_[off.sum(), matrix.T @ off + penalty * (w - start)[1:]]
        return -np.log(told + 1e-12).sum() + penalty * ((w - start)[1:] ** 2).sum() / 2, slope

    return minimize(loss, start, jac=True, method="L-BFGS-B").x


def folds(sets: list[str]) -> dict[str, int]:
    """Return the fold of each set: sets that share a report go together, and folds weigh about as much."""
    from labelled import labelled

    reports = {one.name: {claim.document for claim in one.claims} for one in labelled()}
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


def gathered(half: Labelled, weights: Array, cut: float) -> Array:
    """Tell which labelled pairs come to be in one event, claims being linked from these log odds on."""
    from fogline.link.clusters import clusters, parted
    from fogline.link.parameters import settings

    bits = (half.matrix @ weights[1:] + weights[0] - cut) / math.log(2)
    least = settings().clusters.least
    weight = {half.pairs[nth]: max(float(bits[nth]), least) for nth in np.flatnonzero(half.compared)}
    weight |= {(one, other): bits for one, other, bits in half.printed}
    found = clusters(half.claims, [(*pair, bits) for pair, bits in weight.items() if bits >= 0])

    def weigh(groups: Sequence[Sequence[str]]) -> list[tuple[str, str, float]]:
        inside = (pair for group in groups for pair in combinations(sorted(group), 2))
        return [(*pair, weight[pair]) for pair in inside if pair in weight]

    event = {claim: nth for nth, claims in enumerate(parted(found, weigh)) for claim in claims}
    return np.array([event[half.pairs[nth][0]] == event[half.pairs[nth][1]] for nth in half.rows])


def f1(half: Labelled, together: Array) -> float:
    """Return F1 over labelled pairs."""
    both = int((half.same & together).sum())
    return 2 * both / max(1, int(half.same.sum()) + int(together.sum()))


def scores(sets: Labelled, stories: Labelled, penalty: float) -> dict[float, float]:
    """Return the mean F1 on sets left out and on stories for each log odds from which on pairs are linked."""
    matrix = sets.matrix[sets.rows].astype(float)
    fold_of = folds(sets.sets)
    mine = np.array([fold_of[name] for name in sets.sets])
    every = fit(matrix, sets.same, penalty)
    left_out = [fit(matrix[mine != fold], sets.same[mine != fold], penalty) for fold in range(FOLDS)]
    found: dict[float, float] = {}
    for cut in CUTS:
        together = np.zeros(len(mine), dtype=bool)
        for fold, weights in enumerate(left_out):
            together[mine == fold] = gathered(sets, weights, cut)[mine == fold]
        told = f1(sets, together), f1(stories, gathered(stories, every, cut))
        found[float(cut)] = sum(told) / 2
        print(f"linked from {cut:+.1f}: F1 on sets left out {told[0]:.3f}, on stories {told[1]:.3f}")
    return found


def main() -> int:
    """Estimate, say how well, and write the weights."""
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("--penalty", type=float, default=40.0)
    parser.add_argument(
        "--cut", type=float, help="log odds from which on pairs are linked; else by the sets left out"
    )
    parser.add_argument("--write", action="store_true", help="write src/fogline/link/weights.json")
    options = parser.parse_args()
    sys.path.insert(0, str(ROOT / "evals"))
    from labelled import ledger_of_labels, ledger_of_stories

    blank()
    sets = pairs("weights", ledger_of_labels())
    print(f"{len(sets.same)} pairs, {sets.same.sum()} of them the same")
    cut = options.cut
    if cut is None:
        told = scores(sets, pairs("stories", ledger_of_stories()), options.penalty)
        cut = max(told, key=lambda cut: told[cut])
    bits = fit(sets.matrix[sets.rows].astype(float), sets.same, options.penalty) / math.log(2)
    found: dict[str, dict[str, float]] = {}
    for (comparison, level), weight in zip(levels(), bits[1:], strict=True):
        found.setdefault(comparison, {})[level] = round(float(weight), 3)
    prior = round(float(bits[0] - cut / math.log(2)), 3)
    if options.write:
        WEIGHTS.write_text(json.dumps({"prior": prior, "weights": found}, indent=1) + "\n", encoding="utf-8")
    print(json.dumps({"prior": prior, "weights": found}, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
