"""Learn the weights of ``resolve/claim_places.json``: which place of a report a claim is about.

    python training/claim_places.py FOLDER_OF_GOLD… --out src/fogline/resolve/claim_places.json

Each candidate of a claim with placed gold is an example, right where it lies within 25 km of a gold place.
Logistic regression with a small ridge (Newton's method); one document in five is held out
for the printed figures, then everything is learned.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

import numpy as np

from fogline.extract.parse import Parse, parse
from fogline.model import Document, PlaceMention, Span
from fogline.resolve.claim_anaphors import anaphors
from fogline.resolve.claim_candidates import FEATURES, claim_candidates, point_of
from fogline.resolve.claim_capitals import with_capitals
from fogline.resolve.gazetteer import kilometres
from fogline.resolve.places import places

Example = tuple[np.ndarray, np.ndarray, int]
_RIDGE = 1.0


def examples(parsed: Parse, mentions: list[PlaceMention], claims: list[dict]) -> list[Example]:
    """Return features, right answers and the number of gold places of each placed claim."""
    found = []
    for claim in claims:
        gold = [p for p in claim["places"] if p["lat"] is not None]
        evidence = Span(claim["evidence"]["start"], claim["evidence"]["end"])
        sentence = next((s for s in parsed.sentences if s.start <= evidence.start < s.end), evidence)
        known = with_capitals(parsed.document.text, mentions, sentence)
        back = anaphors(parsed, evidence, known)
        candidates = claim_candidates(parsed, sentence, evidence, known, back)
        if not gold or not candidates:
            continue
        right = [
            any(kilometres(p["lat"], p["lon"], *point_of(c.mention)) <= 25 for p in gold) for c in candidates
        ]
        found.append((np.array([c.features for c in candidates]), np.array(right, dtype=float), len(gold)))
    return found


def learn(found: list[Example]) -> np.ndarray:
    """Return the weights of a ridge logistic regression."""
    rows = np.vstack([f[0] for f in found])
    right = np.concatenate([f[1] for f in found])
    weights = np.zeros(len(FEATURES))
    for _ in range(12):
        p = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (p - right) + _RIDGE * weights
        curve = (rows * (p * (1 - p))[:, None]).T @ rows + _RIDGE * np.eye(len(FEATURES))
        weights -= np.linalg.solve(curve, slope)
    return weights


def measure(found: list[Example], weights: np.ndarray) -> float:
    """Return the share of placed claims whose best candidate is right."""
    return sum(bool(f[1][int((f[0] @ weights).argmax())]) for f in found) / len(found)


def run(documents: list[tuple[Parse, list[dict]]], out: Path) -> None:
    """Learn from documents with claims and write the weights."""
    random.Random(7).shuffle(documents)
    each = [examples(p, places(p), claims) for p, claims in documents]
    train = [e for i, d in enumerate(each) if i % 5 for e in d]
    test = [e for d in each[::5] for e in d]
    print("held out:", round(measure(test, learn(train)), 4), "of", len(test))
    weights = learn(train + test)
    data = json.loads(out.read_text(encoding="utf-8"))
    data["weights"] = {name: round(float(v), 3) for name, v in zip(FEATURES, weights, strict=True)}
    out.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Read the folders and learn."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    documents = []
    for path in sorted(p for folder in arguments.folders for p in folder.glob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        document = Document(id=data["doc"]["id"], title=data["doc"].get("title"), text=text)
        documents.append((parse(document), data["claims"]))
    run(documents, arguments.out)


if __name__ == "__main__":
    main()
