"""Learn how sure a claim is once its clause is parsed, and from which confidence it is kept.

    python training/plausible.py --weights FOLDER --fold 0/6 --ordinary FOLDER

FOLDER holds a reader that has not seen the reports of the fold, as for ``confidence.py``, whose figures in
the shipped ``reader.json`` come first. What `fogline.extract.plausible` tells of each of its claims goes
into a ridge logistic regression: of the reports, of the same cut into a few sentences each, in which a
lone claim is nothing odd, and of articles put together of news without conflict. Prints for each least
confidence, every document judged by what was learned on the others, found and typed F1 on the fold, how
many claims are made of those articles, and the expected calibration error (ten bins); keeps the highest
least confidence that costs no more than a point of the best F1, the mean of found and typed, where claims
in news without conflict count as false. Writes ``src/fogline/extract/plausible.json``, whose counts of
stems are of all reports. Seeded.
"""

from __future__ import annotations

import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
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
from fogline.extract.sentences import sentences
from fogline.extract.turned import turned
from fogline.model import Document
from scoring import scorer

OUT = Path("src/fogline/extract/plausible.json")
_READER = Path("src/fogline/extract/reader/weights/reader.json")
LEAST_USES = 3  # of a stem in annotated claims
RIDGE = 3.0
FOLDS = 11
STEPS = np.arange(0.2, 0.51, 0.05)  # finer ones differ by less than the fold can tell
SECOND = 0.4
WORTH = 0.01  # of F1, for fewer claims made of nothing
PIECES, PIECE_COUNTS = (1, 1, 2, 3, 4, 6), 0.3  # sentences of a piece of a report, and how much each counts
ITEMS, ROUNDS = 5, 3  # of which an article of other news is made, and how often each item is in one


@dataclass
class Rows:
    """A document's claims, what is told of each, which are right; the same for pieces of it; its fold."""

    report: Report
    claims: list[Reading]
    told: list[dict[str, float]]
    right: np.ndarray
    pieces: list[tuple[dict[str, float], float]]
    counts: float
    fold: int


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


def articles(plain: list[Report], rng: random.Random) -> Iterator[Report]:
    """Put items of one kind of other news together to articles, each item into ``ROUNDS`` of them."""
    kinds: dict[str, list[Report]] = defaultdict(list)
    for item in plain:
        kinds[item.id.rsplit("-", 1)[0]].append(item)
    for made in range(ROUNDS):
        for kind, items in kinds.items():
            rng.shuffle(items)
            for at in range(0, len(items), ITEMS):
                text = "\n\n".join(item.text.strip() for item in items[at : at + ITEMS])
                yield Report(f"{kind}-{made}-{at}", text, [], "ordinary", sentences(text))


def rows(unseen: Held, score: Any) -> list[Rows]:
    """Return what is told of the claims of the reports held back, of other news and of articles of it."""
    rng, known = random.Random(0), counted(unseen.seen)
    made = list(articles(unseen.plain, rng))
    documents = [*unseen.reports, *unseen.plain, *made]
    folds = np.random.default_rng(0).permutation(np.arange(len(documents)) % FOLDS)
    out = []
    parses = parse_all(Document(id=r.id, text=r.text) for r in documents)
    for report, parse, fold in zip(documents, parses, folds, strict=True):
        found = complete_all(parse, turned(parse, unseen.reader.read(report.text, report.spans)))
        answers, pieces, at = right(report, found, score), [], 0
        while at < len(report.spans) and report.claims:
            size = rng.choice(PIECES)
            inside = [k for k, reading in enumerate(found) if at <= reading.sentence < at + size]
            told = features(parse, [found[k] for k in inside], known, min(size, len(report.spans) - at))
            pieces += list(zip(told, answers[inside], strict=True))
            at += size
        told = features(parse, found, known, len(report.spans))
        counts = 1 / ROUNDS if report in made else 1.0
        out.append(Rows(report, found, told, answers, pieces, counts, int(fold)))
    return out


def table(told: list[dict[str, float]], names: list[str]) -> np.ndarray:
    """Return features as rows."""
    return np.array([[t.get(name, 0.0) for name in names] for t in told]).reshape(-1, len(names))


def fitted(documents: list[Rows], names: list[str]) -> np.ndarray:
    """Return the weights that documents and their pieces teach."""
    told = [t for d in documents for t in (*d.told, *(t for t, _ in d.pieces))]
    answers = np.concatenate([[*d.right, *(y for _, y in d.pieces)] for d in documents])
    counts = np.concatenate(
        [np.repeat([d.counts, PIECE_COUNTS], [len(d.told), len(d.pieces)]) for d in documents]
    )
    return learn(table(told, names), answers, counts, RIDGE)


def error(sure: np.ndarray, right: np.ndarray, bins: int = 10) -> float:
    """Return the expected calibration error: the mean gap between confidence and share right, by bins."""
    place = np.minimum((sure * bins).astype(int), bins - 1)
    gaps = [abs(sure[place == b].mean() - right[place == b].mean()) * (place == b).sum() for b in set(place)]
    return float(sum(gaps) / len(sure))


def figures(documents: list[Rows], sure: list[np.ndarray], score: Any) -> float:
    """Print F1 for each least confidence; return the highest within ``WORTH`` of the best."""
    reached: dict[float, float] = {}
    lines = sum(len(d.report.spans) * d.counts for d in documents if d.report.genre == "ordinary")
    for least in STEPS:
        gold = predicted = found = typed = 0
        false = 0.0
        for document, p in zip(documents, sure, strict=True):
            kept = [replace(r, score=float(s)) for r, s in zip(document.claims, p, strict=True) if s >= least]
            kept, annotated = apart(kept, SECOND), document.report.claims
            if document.report.genre == "ordinary":
                false += len(kept) * document.counts
                continue
            gold, predicted = gold + len(annotated), predicted + len(kept)
            found += len(score.match(annotated, record(kept), False))
            typed += len(score.match(annotated, record(kept), True))
        f1 = (2 * found / (gold + predicted), 2 * typed / (gold + predicted))
        print(
            f"{least:.2f} found {f1[0]:.3f} typed {f1[1]:.3f} predicted {predicted}/{gold}; "
            f"{100 * false / lines:.2f} in 100 sentences of other news"
        )
        reached[float(least)] = (found + typed) / (gold + predicted + false)
    best = max(reached.values())
    return max(least for least, f1 in reached.items() if f1 >= best - WORTH)


def main() -> None:
    """Parse the command line, learn, print, write."""
    arguments = options(__doc__).parse_args()
    unseen, score = held(arguments), scorer()
    unseen.reader.confidence = Confidence(**json.loads(_READER.read_text(encoding="utf-8"))["confidence"])
    documents = rows(unseen, score)
    names = list(
        dict.fromkeys(["bias", "score", "fit", *sorted({n for d in documents for t in d.told for n in t})])
    )
    weights = [fitted([d for d in documents if d.fold != fold], names) for fold in range(FOLDS)]
    sure = [1 / (1 + np.exp(-table(d.told, names) @ weights[d.fold])) for d in documents]
    print("by the reader and the gate alone")
    figures(documents, [np.array([r.score for r in d.claims]) for d in documents], score)
    print("with the parse")
    least = figures(documents, sure, score)
    every, answers = np.concatenate(sure), np.concatenate([d.right for d in documents])
    print("expected calibration error", round(error(every, answers), 4), "of", len(answers))
    shipped = replace(
        counted(load(arguments.train)),
        weights={name: round(float(w), 4) for name, w in zip(names, fitted(documents, names), strict=True)},
        least=round(least, 3),
        second=SECOND,
    )
    print(shipped.weights, shipped.least)
    OUT.write_text(json.dumps(asdict(shipped), indent=0, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
