"""Train the choice of a claim's time among the expressions around it.

    python training/when.py GOLD_DIR OUT.json [--folds N]

GOLD_DIR holds annotated reports (<id>.json beside <id>.txt, also in subfolders). A linear score for each
time that a claim may have, trained so that those that agree with the annotation win together; the same
data and seed give the same weights. With --folds it trains on all but every N-th report in turn and
prints how often the time chosen agrees.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from fogline.extract.dates import dates
from fogline.extract.hindsight import looks_back
from fogline.extract.sentences import sentences
from fogline.model import Document, Span, When
from fogline.resolve.when_features import choices


def agrees(gold: dict[str, Any], when: When) -> bool:
    """Tell whether an interval touches the annotated one (a day's slack) and is not far longer."""
    first, last = when.earliest or when.latest, when.latest or when.earliest
    if first is None or last is None:
        return False
    a = date.fromisoformat(gold["earliest"] or gold["latest"])
    b = date.fromisoformat(gold["latest"] or gold["earliest"])
    slack = timedelta(days=1)
    return first <= b + slack and last >= a - slack and (last - first).days <= 3 * (b - a).days + 7


def examples(folder: Path) -> list[dict[str, Any]]:
    """Read the timed claims with the features of each time they may have, and which agree."""
    out = []
    for k, path in enumerate(sorted(folder.rglob("*.json"))):
        gold = json.loads(path.read_text(encoding="utf-8"))
        head = gold["doc"]
        document = Document(
            id=path.stem, text=path.with_suffix(".txt").read_text(encoding="utf-8"), title=head.get("title"),
            outlet=head.get("outlet"),
            published=date.fromisoformat(head["published"]) if head.get("published") else None,
        )  # fmt: skip
        mentions = dates(document)
        spans = sentences(document.text)
        back = looks_back(document)
        for claim in gold["claims"]:
            wanted = claim["when"] or {}
            if not (wanted.get("earliest") or wanted.get("latest")):
                continue
            evidence = Span(claim["evidence"]["start"], claim["evidence"]["end"])
            sentence = next((s for s in spans if s.start <= evidence.start < s.end), evidence)
            options = choices(
                document, sentence, evidence, mentions, status=claim["status"], event=claim["event"]
            )
            options = [o for o in options if not back or o.source not in ("fresh", "open")]
            words = wanted.get("text")
            rows = []
            for option in options:
                good = agrees(wanted, option.when)
                # Where the annotation names its words, the expression that holds them is the best right one.
                best = good and words is not None and option.when.text is not None and (
                    option.when.text in words or words in option.when.text)  # fmt: skip
                rows.append((option.features, 2.0 if best else 1.0 if good else 0.0))
            out.append({"report": k, "rows": rows})
    return out


def train(claims: list[dict[str, Any]], *, steps: int = 300, decay: float = 1e-3) -> dict[str, float]:
    """Fit the weights by gradient steps on the log chance of the times that agree."""
    usable = [c for c in claims if any(g > 0 for _, g in c["rows"]) and len(c["rows"]) > 1]
    counts = Counter(f for c in usable for fs, _ in c["rows"] for f in fs)
    index = {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= 4))}
    rows = [r for c in usable for r in c["rows"]]
    sizes = [len(c["rows"]) for c in usable]
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    group = np.repeat(np.arange(len(usable)), sizes)
    known = [np.array([index[f] for f in fs if f in index], dtype=np.int64) for fs, _ in rows]
    row_of, column_of = np.repeat(np.arange(len(rows)), [len(k) for k in known]), np.concatenate(known)
    good = np.array([g for _, g in rows])
    weights = np.zeros(len(index))
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, steps + 1):
        scores = np.bincount(row_of, weights[column_of], minlength=len(rows))
        scores -= np.maximum.reduceat(scores, starts)[group]
        mass = np.exp(scores)
        chance = mass / np.add.reduceat(mass, starts)[group]
        aimed = mass * good
        target = aimed / np.add.reduceat(aimed, starts)[group]
        gradient = np.bincount(column_of, ((chance - target) / len(usable))[row_of], minlength=len(index))
        gradient += decay * weights
        first, second = 0.9 * first + 0.1 * gradient, 0.999 * second + 0.001 * gradient**2
        rate = 0.05 * (1 - step / (steps + 1))
        weights -= rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return {f: round(float(weights[i]), 2) for f, i in index.items() if abs(weights[i]) >= 0.03}


def right(weights: dict[str, float], claims: list[dict[str, Any]]) -> int:
    good = 0
    for claim in claims:
        if claim["rows"]:
            scores = [sum(weights.get(f, 0.0) for f in fs) for fs, _ in claim["rows"]]
            good += claim["rows"][int(np.argmax(scores))][1] > 0
    return good


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--folds", type=int, default=0)
    args = parser.parse_args()
    claims = examples(args.gold)
    reachable = sum(any(g > 0 for _, g in c["rows"]) for c in claims)
    print(f"{len(claims)} timed claims, a right time among those looked at for {reachable / len(claims):.4f}")
    good = 0
    for fold in range(args.folds):
        weights = train([c for c in claims if c["report"] % args.folds != fold])
        good += right(weights, [c for c in claims if c["report"] % args.folds == fold])
    if args.folds:
        print(f"held out: time right {good / len(claims):.4f}")
    weights = train(claims)
    print(f"on its own data: {right(weights, claims) / len(claims):.4f}")
    written = json.dumps(weights, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    args.out.write_text(written + "\n", encoding="utf-8")
    print(f"{len(weights)} features, {args.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
