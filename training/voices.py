"""Train the choice of a claim's voice among the attributions around it.

    python training/voices.py GOLD_DIR OUT.json [--folds N]

GOLD_DIR holds annotated reports (<id>.json beside <id>.txt, also in subfolders). A linear score for each
voice that a claim may have, the outlet's own included, trained so that the annotated speaker wins; the same
data and seed give the same weights. With --folds it trains on all but every N-th report in turn and prints
how often the voice chosen is the annotated one, beside what the rules alone choose.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from fogline.extract.parse import Parse, parse_all
from fogline.extract.voices import attributions
from fogline.model import Attribution, Document, Span
from fogline.resolve.references import References
from fogline.resolve.voices import Voices, named

_STOP = frozenset({"the", "of", "a", "an", "and", "for", "in", "on", "his", "her", "its", "mr", "mrs"})


@dataclass(frozen=True, slots=True)
class Example:
    """The options of one claim: the features of each and whether it is right; ``rule`` is the rules' own."""

    report: int
    rows: list[tuple[tuple[str, ...], bool]]
    rule: int


def _words(name: str | None) -> set[str]:
    return {w for w in re.findall(r"\w+", (name or "").casefold()) if w not in _STOP}


def _same(a: str | None, b: str | None) -> bool:
    x, y = _words(a), _words(b)
    return bool(x & y) and len(x & y) >= min(len(x), len(y)) / 2


def agrees(speaker: dict[str, Any] | None, option: Attribution | None, text: str) -> bool:
    """Tell whether an option is the annotated speaker: by name, or by the words in the text."""
    if speaker is None or option is None:
        return speaker is None and option is None
    source = option.source.of(text) if option.source is not None else None
    return _same(speaker.get("name"), option.name) or _same(speaker.get("text"), source)


def _reports(folder: Path) -> Iterator[tuple[Document, list[dict[str, Any]]]]:
    for path in sorted(folder.rglob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        head = gold["doc"]
        published = date.fromisoformat(head["published"]) if head.get("published") else None
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        yield (
            Document(id=path.stem, text=text, outlet=head.get("outlet"), published=published),
            gold["claims"],
        )


def examples(folder: Path) -> list[Example]:
    """Read the claims with the features of each voice they may have."""
    reports = list(_reports(folder))
    parses = parse_all(document for document, _ in reports)
    out: list[Example] = []
    for number, (parse, (_, claims)) in enumerate(zip(parses, reports, strict=True)):
        out.extend(_of_report(number, parse, claims))
    return out


def _of_report(number: int, parse: Parse, claims: list[dict[str, Any]]) -> Iterator[Example]:
    voices = Voices(parse, named(attributions(parse), References(parse)))
    text = parse.document.text
    for claim in claims:
        evidence = Span(claim["evidence"]["start"], claim["evidence"]["end"])
        options = voices.choices(evidence, status=claim["status"])
        ruled, _ = voices.ruled(evidence)
        rows = [(o.features, agrees(claim["speaker"], o.attribution, text)) for o in options]
        rule = next((i for i, o in enumerate(options) if o.attribution is ruled), 0)
        yield Example(number, rows, rule)


def train(claims: list[Example], *, steps: int = 200, decay: float = 1e-3) -> dict[str, float]:
    """Fit the weights by gradient steps on the log chance of the voices that agree."""
    usable = [c for c in claims if any(good for _, good in c.rows) and len(c.rows) > 1]
    counts = Counter(f for c in usable for fs, _ in c.rows for f in fs)
    index = {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= 4))}
    rows = [r for c in usable for r in c.rows]
    sizes = [len(c.rows) for c in usable]
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    group = np.repeat(np.arange(len(usable)), sizes)
    known = [np.array([index[f] for f in fs if f in index], dtype=np.int64) for fs, _ in rows]
    row_of, column_of = np.repeat(np.arange(len(rows)), [len(k) for k in known]), np.concatenate(known)
    good = np.array([float(g) for _, g in rows])
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


def right(weights: dict[str, float], claims: list[Example]) -> int:
    """Count the claims whose best option is the annotated speaker."""
    good = 0
    for claim in claims:
        scores = [sum(weights.get(f, 0.0) for f in fs) for fs, _ in claim.rows]
        good += claim.rows[int(np.argmax(scores))][1]
    return good


def main() -> None:
    """Train, print what was reached, write the weights."""
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("gold", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--folds", type=int, default=0)
    args = parser.parse_args()
    claims = examples(args.gold)
    reachable = sum(any(good for _, good in c.rows) for c in claims) / len(claims)
    ruled = sum(c.rows[c.rule][1] for c in claims) / len(claims)
    print(f"{len(claims)} claims; the right voice among those looked at {reachable:.4f}, by rule {ruled:.4f}")
    good = 0
    for fold in range(args.folds):
        weights = train([c for c in claims if c.report % args.folds != fold])
        good += right(weights, [c for c in claims if c.report % args.folds == fold])
    if args.folds:
        print(f"held out: voice right {good / len(claims):.4f}")
    weights = train(claims)
    print(f"on its own data: {right(weights, claims) / len(claims):.4f}")
    written = json.dumps(weights, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    args.out.write_text(written + "\n", encoding="utf-8")
    print(f"{len(weights)} features, {args.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
