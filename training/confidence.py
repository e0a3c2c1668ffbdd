"""Learn how sure the reader's scores are, and from which confidence a claim is kept.

    python training/confidence.py --weights FOLDER --fold 0/6 [--ordinary FOLDER] --out …/reader/weights

FOLDER holds a reader that has not seen the reports of the fold; nor has the gate that it is given. Each
claim that it may see there, and in news without conflict, is an example, right where it matches an
annotated claim with its type; a logistic regression makes probabilities of the scores. The least
confidence is the one with the best F1 (found and typed together) on the fold, where claims in news without
conflict count as false. Prints F1 and the expected
calibration error (ten bins, each report judged by what was learned on the others), and writes
``confidence`` into ``reader.json`` of --out.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np

from data import Report, load, ordinary
from fogline.extract.reader import Reader
from fogline.extract.reader.trained import GATE_CAP, Confidence
from gate import learned, part
from measure import scorer

_RIDGE = 1.0
SECOND = 0.4  # the best on the same reports
STEPS = np.arange(0.2, 0.66, 0.05)  # finer ones differ by less than the fold can tell
_LOW = 0.25  # score from which the reader's claims are examples
Rows = tuple[np.ndarray, np.ndarray]


def rows(reader: Reader, report: Report, score: object) -> tuple[np.ndarray, np.ndarray, list[dict]]:
    """Return features and right answers of a report's claims as the reader sees them, and the claims."""
    found = reader.read(report.text, report.spans)
    at_gate = np.minimum(reader.gate.scores(report.text, report.spans), GATE_CAP)
    predicted = [
        {"evidence": {"start": r.evidence.start, "end": r.evidence.end}, "event": r.event} for r in found
    ]
    for number, claim in enumerate(predicted):
        claim["number"] = number
    right = np.zeros(len(found))
    for _, claim in score.match(report.claims, predicted, True):  # type: ignore[attr-defined]
        right[claim["number"]] = 1
    features = np.array([(1.0, np.log(r.score / (1 - r.score)), at_gate[r.sentence]) for r in found]).reshape(
        -1, 3
    )
    return features, right, predicted


def learn(examples: list[Rows]) -> np.ndarray:
    """Return the weights of a ridge logistic regression (Newton's method)."""
    x = np.vstack([e[0] for e in examples])
    y = np.concatenate([e[1] for e in examples])
    weights = np.zeros(x.shape[1])
    for _ in range(20):
        p = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (p - y) + _RIDGE * weights
        weights -= np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + _RIDGE * np.eye(len(weights)), slope)
    return weights


def error(sure: np.ndarray, right: np.ndarray, bins: int = 10) -> float:
    """Return the expected calibration error: the mean gap between confidence and share right, by bins."""
    place = np.minimum((sure * bins).astype(int), bins - 1)
    gaps = [abs(sure[place == b].mean() - right[place == b].mean()) * (place == b).sum() for b in set(place)]
    return float(sum(gaps) / len(sure))


def main() -> None:
    """Learn, print, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--train", type=Path, default=Path("../shared/gold/train"))
    parser.add_argument("--fold", default="0/6")
    parser.add_argument("--ordinary", type=Path, help="a folder of news without conflict, held back as well")
    parser.add_argument("--out", type=Path, default=Path("src/fogline/extract/reader/weights"))
    arguments = parser.parse_args()
    k, n = map(int, arguments.fold.split("/"))
    reports = load(arguments.train)
    held, seen = part(reports, k, n)
    other, other_seen = part(ordinary(arguments.ordinary) if arguments.ordinary else [], k, n)
    reader, score = Reader(arguments.weights), scorer()
    reader.thresholds = replace(reader.thresholds, accept=_LOW)
    reader.confidence = Confidence()
    reader.gate = learned(seen, other_seen, [(scope.threshold, scope.slack) for scope in reader.gate.scopes])
    of_reports = [rows(reader, r, score) for r in held]
    plain = [rows(reader, r, score) for r in other]
    examples = [(x, y) for x, y, _ in (*of_reports, *plain) if len(x)]
    weights = learn(examples)
    apart = [
        (1 / (1 + np.exp(-x @ learn([e for j, e in enumerate(examples) if j != i]))), y)
        for i, (x, y) in enumerate(examples)
    ]
    sure, right = np.concatenate([a[0] for a in apart]), np.concatenate([a[1] for a in apart])
    best = (0.0, 0.0)
    for least in STEPS:
        gold = predicted = found = typed = 0
        for report, (x, _, claims) in zip(held, of_reports, strict=True):
            kept = [c for c, p in zip(claims, 1 / (1 + np.exp(-x @ weights)), strict=True) if p >= least]
            gold, predicted = gold + len(report.claims), predicted + len(kept)
            found += len(score.match(report.claims, kept, False))
            typed += len(score.match(report.claims, kept, True))
        false = sum(int((1 / (1 + np.exp(-x @ weights)) >= least).sum()) for x, _, _ in plain)
        f1 = (2 * found / (gold + predicted + false), 2 * typed / (gold + predicted + false))
        print(
            f"{least:.3f} found {f1[0]:.3f} typed {f1[1]:.3f} predicted {predicted}/{gold}, {false} in plain"
        )
        best = max(best, (sum(f1), float(least)))
    confidence = Confidence(*(round(float(w), 4) for w in weights), least=round(best[1], 3), second=SECOND)
    print("expected calibration error", round(error(sure, right), 4), "of", len(right), confidence)
    path = arguments.out / "reader.json"
    record = json.loads(path.read_text(encoding="utf-8")) | {"confidence": asdict(confidence)}
    path.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
