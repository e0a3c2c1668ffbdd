"""Learn how sure a claim is once its clause is parsed, and from which confidence it is kept.

    python training/plausible.py --weights FOLDER --fold 0/6 [--ordinary FOLDER]

FOLDER holds a reader that has not seen the reports of the fold, as for ``confidence.py``, whose figures in
the shipped ``reader.json`` come first. What `fogline.extract.plausible` tells of each of its claims goes
into a ridge logistic regression. Prints for each least confidence, every report judged by what was learned
on the others, found and typed F1 on the fold, how many claims are made of news without conflict, and the
expected calibration error (ten bins); keeps the least confidence with the best F1, found and typed
together, where claims in news without conflict count as false. Writes
``src/fogline/extract/plausible.json``, whose counts of stems are of all reports.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np

from confidence import Held, held, learn, options, record, right
from data import Report, load
from fogline.extract.clauses import complete_all
from fogline.extract.parse import parse_all
from fogline.extract.plausible import Plausibility, apart, features
from fogline.extract.reader import Reading
from fogline.extract.reader.gate import stems
from fogline.extract.reader.trained import Confidence
from fogline.extract.turned import turned
from fogline.model import Document
from measure import scorer

OUT = Path("src/fogline/extract/plausible.json")
_READER = Path("src/fogline/extract/reader/weights/reader.json")
LEAST_USES = 3  # of a stem in annotated claims
RIDGE = 3.0
FOLDS = 11
STEPS = np.arange(0.2, 0.51, 0.05)  # finer ones differ by less than the fold can tell
SECOND = 0.4


def counted(reports: list[Report]) -> Plausibility:
    """Return how often each stem stands in the evidence of each event; weights are learned later."""
    events: Counter[str] = Counter()
    words: dict[str, Counter[str]] = defaultdict(Counter)
    for report in reports:
        for claim in report.claims:
            events[claim["event"]] += 1
            for stem in stems(report.text[claim["evidence"]["start"] : claim["evidence"]["end"]]):
                words[stem][claim["event"]] += 1
    common = {s: dict(sorted(n.items())) for s, n in sorted(words.items()) if n.total() >= LEAST_USES}
    return Plausibility({}, 0.0, 0.0, dict(sorted(events.items())), common)


def table(told: list[dict[str, float]], names: list[str]) -> np.ndarray:
    """Return features as rows."""
    return np.array([[t.get(name, 0.0) for name in names] for t in told]).reshape(-1, len(names))


def error(sure: np.ndarray, right: np.ndarray, bins: int = 10) -> float:
    """Return the expected calibration error: the mean gap between confidence and share right, by bins."""
    place = np.minimum((sure * bins).astype(int), bins - 1)
    gaps = [abs(sure[place == b].mean() - right[place == b].mean()) * (place == b).sum() for b in set(place)]
    return float(sum(gaps) / len(sure))


def figures(unseen: Held, claims: list[list[Reading]], sure: list[np.ndarray], score: Any) -> float:
    """Print F1 for each least confidence; return the one with the best."""
    best = (0.0, 0.0)
    for least in STEPS:
        gold = predicted = found = typed = false = 0
        for number, (readings, p) in enumerate(zip(claims, sure, strict=True)):
            kept = [replace(r, score=float(s)) for r, s in zip(readings, p, strict=True) if s >= least]
            kept = apart(kept, SECOND)
            if number >= len(unseen.reports):
                false += len(kept)
                continue
            annotated = unseen.reports[number].claims
            gold, predicted = gold + len(annotated), predicted + len(kept)
            found += len(score.match(annotated, record(kept), False))
            typed += len(score.match(annotated, record(kept), True))
        f1 = (2 * found / (gold + predicted + false), 2 * typed / (gold + predicted + false))
        print(
            f"{least:.2f} found {f1[0]:.3f} typed {f1[1]:.3f} predicted {predicted}/{gold}, {false} in plain"
        )
        best = max(best, (sum(f1), float(least)))
    return best[1]


def main() -> None:
    """Parse the command line, learn, print, write."""
    arguments = options(__doc__).parse_args()
    unseen, score = held(arguments), scorer()
    unseen.reader.confidence = Confidence(**json.loads(_READER.read_text(encoding="utf-8"))["confidence"])
    known = counted(unseen.seen)
    documents = [*unseen.reports, *unseen.plain]
    claims: list[list[Reading]] = []
    told: list[list[dict[str, float]]] = []
    for report, parse in zip(
        documents, parse_all(Document(id=r.id, text=r.text) for r in documents), strict=True
    ):
        found = complete_all(parse, turned(parse, unseen.reader.read(report.text, report.spans)))
        claims.append(found)
        told.append([features(parse, reading, known) for reading in found])
    names = list(dict.fromkeys(["bias", "score", "fit", *sorted({n for t in told for f in t for n in f})]))
    x = [table(t, names) for t in told]
    y = [right(report, found, score) for report, found in zip(documents, claims, strict=True)]
    place = np.random.default_rng(0).permutation(np.arange(len(documents)) % FOLDS)

    def learned_without(fold: int) -> np.ndarray:
        used = [i for i in range(len(documents)) if place[i] != fold]
        return learn(np.vstack([x[i] for i in used]), np.concatenate([y[i] for i in used]), RIDGE)

    weights = [learned_without(fold) for fold in range(FOLDS)]
    sure = [1 / (1 + np.exp(-rows @ weights[place[i]])) for i, rows in enumerate(x)]
    first = [np.array([r.score for r in readings]) for readings in claims]
    print("by the reader and the gate alone")
    figures(unseen, claims, first, score)
    print("with the parse")
    best = figures(unseen, claims, sure, score)
    every, answers = np.concatenate(sure), np.concatenate(y)
    print("expected calibration error", round(error(every, answers), 4), "of", len(answers))
    final = learn(np.vstack(x), answers, RIDGE)
    shipped = replace(
        counted(load(arguments.train)),
        weights={name: round(float(w), 4) for name, w in zip(names, final, strict=True)},
        least=round(best, 3),
        second=SECOND,
    )
    print(shipped.weights, shipped.least)
    OUT.write_text(json.dumps(asdict(shipped), indent=0, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
