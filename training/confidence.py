"""Learn how sure the reader's scores are before anything is parsed.

    python training/confidence.py --weights FOLDER --fold 0/6 [--ordinary FOLDER] --out …/reader/weights

FOLDER holds a reader that has not seen the reports of the fold; nor has the gate that it is given. Each
claim that it may see there, and in news without conflict, is an example, right where it matches an
annotated claim with its type; a logistic regression makes probabilities of the scores. Writes
``confidence`` into ``reader.json`` of --out; ``plausible.py`` goes on from there with what the parse tells.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from data import Report, load, ordinary
from fogline.extract.reader import Reader, Reading
from fogline.extract.reader.trained import GATE_CAP, Confidence
from gate import learned, part
from scoring import scorer

_RIDGE = 1.0
LEAST = 0.15  # below which a claim is not worth a parse
_LOW = 0.25  # score from which the reader's claims are examples


@dataclass(frozen=True)
class Held:
    """A reader and the texts it has not seen: annotated reports, news without conflict; and ``seen`` ones."""

    reader: Reader
    reports: list[Report]
    plain: list[Report]
    seen: list[Report]


def options(description: str | None) -> argparse.ArgumentParser:
    """Return the options that say which reader, which texts, and which of them it has not seen."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--train", type=Path, default=Path("../shared/gold/train"))
    parser.add_argument("--fold", default="0/6")
    parser.add_argument("--ordinary", type=Path, help="a folder of news without conflict, held back as well")
    return parser


def held(arguments: argparse.Namespace) -> Held:
    """Load a reader that lets nearly everything through, with a gate learned on what it may have seen."""
    k, n = map(int, arguments.fold.split("/"))
    reports, seen = part(load(arguments.train), k, n)
    plain, plain_seen = part(ordinary(arguments.ordinary) if arguments.ordinary else [], k, n)
    reader = Reader(arguments.weights)
    reader.thresholds = replace(reader.thresholds, accept=_LOW)
    reader.gate = learned(seen, plain_seen, [(scope.threshold, scope.slack) for scope in reader.gate.scopes])
    return Held(reader, reports, plain, seen)


def record(claims: list[Reading]) -> list[dict[str, Any]]:
    """Return claims as the scorer takes them, each with its ``number``."""
    return [
        {"evidence": {"start": r.evidence.start, "end": r.evidence.end}, "event": r.event, "number": number}
        for number, r in enumerate(claims)
    ]


def right(report: Report, claims: list[Reading], score: Any) -> np.ndarray:
    """Return 1 for each claim that matches an annotated one with its type, else 0."""
    found = np.zeros(len(claims))
    found[[c["number"] for _, c in score.match(report.claims, record(claims), True)]] = 1
    return found


def learn(x: np.ndarray, y: np.ndarray, counts: np.ndarray, ridge: float = _RIDGE) -> np.ndarray:
    """Return the weights of a ridge logistic regression (Newton's method), rows counting by ``counts``."""
    weights = np.zeros(x.shape[1])
    for _ in range(20):
        p = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (counts * (p - y)) + ridge * weights
        curve = (x * (counts * p * (1 - p))[:, None]).T @ x + ridge * np.eye(len(weights))
        weights -= np.linalg.solve(curve, slope)
    return weights


def main() -> None:
    """Parse the command line, learn, write."""
    parser = options(__doc__)
    parser.add_argument("--out", type=Path, default=Path("src/fogline/extract/reader/weights"))
    arguments = parser.parse_args()
    unseen, score = held(arguments), scorer()
    unseen.reader.confidence = Confidence()
    x, y = [], []
    for report in (*unseen.reports, *unseen.plain):
        found = unseen.reader.read(report.text, report.spans)
        at_gate = np.minimum(unseen.reader.gate.scores(report.text, report.spans), GATE_CAP)
        x += [(1.0, np.log(r.score / (1 - r.score)), at_gate[r.sentence]) for r in found]
        y += list(right(report, found, score))
    weights = learn(np.array(x), np.array(y), np.ones(len(y)))
    confidence = Confidence(*(round(float(w), 4) for w in weights), least=LEAST)
    print(len(y), "claims", confidence)
    path = arguments.out / "reader.json"
    told = json.loads(path.read_text(encoding="utf-8")) | {"confidence": asdict(confidence)}
    path.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
