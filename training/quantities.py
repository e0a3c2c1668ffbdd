"""Train the choice of a claim's figures: which of a clause's numbers are its quantities, of which kind.

    python training/quantities.py GOLD_DIR OUT.json [--folds N]

GOLD_DIR holds annotated reports (<id>.json beside <id>.txt, also in subfolders). A softmax regression over
sparse features, trained by full-batch gradient steps; the same data and seed give the same weights.
With --folds it trains on all but every N-th report in turn and prints how often a claim's figures are right.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from fogline.extract.quantities import quantities
from fogline.extract.sentences import sentences
from fogline.model import Document, Span
from fogline.resolve.quantities import candidates
from fogline.resolve.quantity_features import features

KINDS = [
    "none", "killed", "wounded", "killed_or_wounded", "detained", "displaced", "missing", "troops",
    "area", "distance", "equipment", "settlements", "duration", "other",
]  # fmt: skip


def close(one: float | None, two: float | None) -> bool:
    if one is None or two is None:
        return one is None and two is None
    return abs(one - two) <= 0.02 * max(abs(one), abs(two), 1e-9)


def examples(folder: Path) -> list[dict[str, Any]]:
    """Read the claims with the features and the right kind of each figure in their clauses."""
    out = []
    for k, path in enumerate(sorted(folder.rglob("*.json"))):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        published = gold["doc"].get("published")
        document = Document(
            id=path.stem, text=text, published=date.fromisoformat(published) if published else None
        )
        mentions = quantities(document)
        spans = sentences(text)
        for claim in gold["claims"]:
            evidence = Span(claim["evidence"]["start"], claim["evidence"]["end"])
            sentence = next((s for s in spans if s.start <= evidence.start < s.end), evidence)
            wanted = list(claim["quantities"])
            rows = []
            for quantity in candidates(evidence, mentions):
                kind = "none"
                same = [
                    q for q in wanted if close(q["low"], quantity.low) and close(q["high"], quantity.high)
                ]
                if same:
                    best = next(
                        (q for q in same if q["text"] in quantity.text or quantity.text in q["text"]), same[0]
                    )
                    kind = best["kind"]
                    wanted.remove(best)
                rows.append((features(text, sentence, evidence, quantity, claim["event"]), kind, quantity))
            out.append({"report": k, "rows": rows, "missed": len(wanted)})
    return out


def train(rows: list[tuple[list[str], str, Any]], *, steps: int = 150, decay: float = 2e-3) -> dict[str, Any]:
    """Fit the softmax regression; features seen fewer than three times are left out."""
    counts = Counter(f for fs, _, _ in rows for f in set(fs))
    index = {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= 3))}
    x_rows = [np.array(sorted({index[f] for f in fs if f in index}), dtype=np.int64) for fs, _, _ in rows]
    row_of = np.repeat(np.arange(len(rows)), [len(r) for r in x_rows])
    column_of = np.concatenate(x_rows)
    y = np.array([KINDS.index(kind) for _, kind, _ in rows])
    target = np.eye(len(KINDS))[y]
    weights = np.zeros((len(index), len(KINDS)))
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, steps + 1):
        scores = np.zeros((len(rows), len(KINDS)))
        np.add.at(scores, row_of, weights[column_of])
        scores -= scores.max(axis=1, keepdims=True)
        chance = np.exp(scores)
        chance /= chance.sum(axis=1, keepdims=True)
        gradient = np.zeros_like(weights)
        np.add.at(gradient, column_of, (chance - target)[row_of] / len(rows))
        gradient += decay * weights
        first = 0.9 * first + 0.1 * gradient
        second = 0.999 * second + 0.001 * gradient**2
        rate = 0.05 * (1 - step / (steps + 1))
        weights -= rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    kept = {f: {KINDS[j]: round(float(w), 2) for j, w in enumerate(weights[i]) if abs(w) >= 0.08}
            for f, i in index.items()}  # fmt: skip
    return {f: row for f, row in kept.items() if row}


def choose(model: dict[str, Any], fs: list[str]) -> str:
    scores: Counter[str] = Counter(dict.fromkeys(KINDS, 0.0))
    for f in set(fs):
        for kind, weight in model.get(f, {}).items():
            scores[kind] += weight
    return max(KINDS, key=lambda kind: scores[kind])


def right(model: dict[str, Any], claims: list[dict[str, Any]]) -> tuple[int, int]:
    good = sum(
        c["missed"] == 0 and all(choose(model, fs) == kind for fs, kind, _ in c["rows"]) for c in claims
    )
    return good, len(claims)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--folds", type=int, default=0)
    args = parser.parse_args()
    claims = examples(args.gold)
    print(f"{len(claims)} claims, figures out of reach in {sum(c['missed'] > 0 for c in claims)}")
    good = total = 0
    for fold in range(args.folds):
        model = train([r for c in claims if c["report"] % args.folds != fold for r in c["rows"]])
        g, n = right(model, [c for c in claims if c["report"] % args.folds == fold])
        good, total = good + g, total + n
    if total:
        print(f"held out: figures of a claim right {good / total:.4f}")
    model = train([r for c in claims for r in c["rows"]])
    written = json.dumps(model, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    args.out.write_text(written + "\n", encoding="utf-8")
    print(f"{len(model)} features, {args.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
