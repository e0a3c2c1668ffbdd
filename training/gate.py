"""Make the gate: which sentences may hold a claim.

    python training/gate.py [--train DIR] [--recall 0.995]

Writes ``src/fogline/extract/reader/gate.json``. Weights are log ratios of how often a stem occurs inside
the evidence of the training claims and in English at large (the package wordfreq). The threshold keeps
the wished share of sentences with claims in five-fold cross-validation over reports.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import Counter
from pathlib import Path

import numpy as np
from wordfreq import get_frequency_dict

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from data import Report, load
from fogline.extract.reader.gate import STEM, Gate, stems

LEAST_REPORTS = 3  # in which a stem must occur
LEAST, MOST = 1.0, 4.0  # log ratios that count, and the cap


def english() -> dict[str, float]:
    """Return the share of each stem in English at large."""
    out: Counter[str] = Counter()
    for word, share in get_frequency_dict("en", "large").items():
        if word.isalpha():
            out[word[:STEM]] += share
    return out


def fit(reports: list[Report], general: dict[str, float]) -> dict[str, float]:
    """Return the weights of the stems that mark claims."""
    counts: Counter[str] = Counter()
    within: Counter[str] = Counter()
    for report in reports:
        seen: Counter[str] = Counter()
        for claim in report.claims:
            seen.update(stems(claim["evidence"]["text"]))
        counts.update(seen)
        within.update(seen.keys())
    total = sum(counts.values())
    ratios = {
        s: math.log((n + 0.5) / total / (general.get(s, 0.0) + 1e-7))
        for s, n in counts.items()
        if within[s] >= LEAST_REPORTS
    }
    return {s: round(min(r, MOST), 2) for s, r in sorted(ratios.items()) if r > LEAST}


def main() -> None:
    """Fit, cross-validate, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--train", type=Path, default=Path("../shared/gold/train"))
    parser.add_argument("--recall", type=float, default=0.995)
    args = parser.parse_args()
    reports, general = load(args.train), english()
    scores, held = [], []
    for fold in range(5):
        gate = Gate(fit([r for i, r in enumerate(reports) if i % 5 != fold], general), 0.0)
        for report in (r for i, r in enumerate(reports) if i % 5 == fold):
            scores.append(gate.scores(report.text, report.spans))
            held += [
                any(s.start <= c["evidence"]["start"] < s.end for c in report.claims) for s in report.spans
            ]
    score, claims = np.concatenate(scores), np.array(held)
    threshold = round(float(np.quantile(score[claims], 1 - args.recall)), 2)
    print(
        f"{len(score)} sentences, {claims.sum()} with claims; threshold {threshold} lets through "
        f"{(score[~claims] >= threshold).mean():.3f} of those without"
    )
    out = Path(__file__).resolve().parent.parent / "src/fogline/extract/reader/gate.json"
    record = {"threshold": threshold, "weights": fit(reports, general)}
    out.write_text(json.dumps(record, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
