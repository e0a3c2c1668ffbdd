"""Learn the weights of ``resolve/claim_places.json``: which place of a report a claim is about.

    python training/claim_places.py FOLDER_OF_GOLD… --out src/fogline/resolve/claim_places.json [--folds 6]

Each candidate of a claim is an example, right where it lies within 25 km of a gold place. A small network
(one hidden layer of tanh, with a linear way past it) gives each a score; it is learned so that the right
ones of a claim win together (softmax over the claim's candidates) and, with less weight, so that the score's
logistic is how likely a candidate is right. Adam with decay and dropout, the mean of a few networks with
fixed seeds. With --folds the share of placed claims whose best candidate is right is printed for reports
held out in turn.
"""

from __future__ import annotations

import argparse
import json
import random
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from fogline.extract.parse import Parse, parse
from fogline.model import Document, PlaceMention, Span
from fogline.resolve.claim_anaphors import anaphors
from fogline.resolve.claim_candidates import FEATURES, claim_candidates, point_of
from fogline.resolve.claim_capitals import with_capitals
from fogline.resolve.gazetteer import kilometres
from fogline.resolve.places import places

Example = tuple[np.ndarray, np.ndarray]
HIDDEN, ROUNDS, BATCH, RATE, DECAY, DROPPED = 32, 15, 64, 5e-3, 2e-2, 0.3
NETWORKS = 5  # whose mean is taken: one alone differs by its start as much as by what it learned
LIKELY = 0.3  # weight of each candidate's own likelihood beside its claim's choice


@dataclass
class Network:
    """Scores of candidates: ``x @ direct + tanh(x @ inner + start) @ outer + bias``."""

    inner: np.ndarray
    start: np.ndarray
    outer: np.ndarray
    direct: np.ndarray
    bias: np.ndarray

    def scores(self, rows: np.ndarray) -> np.ndarray:
        """Return the score of each row of features."""
        return rows @ self.direct + np.tanh(rows @ self.inner + self.start) @ self.outer + self.bias[0]


def examples(parsed: Parse, mentions: list[PlaceMention], claims: list[dict]) -> list[Example]:
    """Return features and right answers of each claim that has candidates."""
    found = []
    for claim in claims:
        gold = [p for p in claim["places"] if p["lat"] is not None]
        evidence = Span(claim["evidence"]["start"], claim["evidence"]["end"])
        sentence = next((s for s in parsed.sentences if s.start <= evidence.start < s.end), evidence)
        back = anaphors(parsed, evidence, mentions)
        candidates = claim_candidates(parsed, sentence, evidence, mentions, back, event=claim["event"])
        if not candidates or (claim["places"] and not gold):
            continue
        right = [
            any(kilometres(p["lat"], p["lon"], *point_of(c.mention)) <= 25 for p in gold) for c in candidates
        ]
        found.append((np.array([c.features for c in candidates]), np.array(right, dtype=float)))
    return found


def learn(found: list[Example]) -> Network:
    """Return the mean of networks that fit the examples, from different starts, as one wider network."""
    several = [learn_one(found, seed) for seed in range(NETWORKS)]
    return Network(
        np.hstack([n.inner for n in several]),
        np.concatenate([n.start for n in several]),
        np.concatenate([n.outer for n in several]) / NETWORKS,
        np.mean([n.direct for n in several], 0),
        np.mean([n.bias for n in several], 0),
    )


def learn_one(found: list[Example], seed: int) -> Network:
    """Return a network that fits the examples."""
    rng = np.random.default_rng(seed)
    rows = np.vstack([f[0] for f in found])
    right = np.concatenate([f[1] for f in found])
    first = np.cumsum([0, *(len(f[0]) for f in found)])
    mean, spread = rows.mean(0), np.maximum(rows.std(0), 0.05)
    rows = (rows - mean) / spread
    width = rows.shape[1]
    parts = [
        rng.normal(0, 1 / np.sqrt(width), (width, HIDDEN)),
        np.zeros(HIDDEN),
        rng.normal(0, 0.3, HIDDEN),
        np.zeros(width),
        np.zeros(1),
    ]
    slopes = [np.zeros_like(p) for p in parts]
    squares = [np.zeros_like(p) for p in parts]
    step = 0
    for turn in range(ROUNDS):
        order = rng.permutation(len(found))
        for at in range(0, len(order), BATCH):
            chosen = order[at : at + BATCH]
            which = np.concatenate([np.arange(first[i], first[i + 1]) for i in chosen])
            claim = np.repeat(np.arange(len(chosen)), [first[i + 1] - first[i] for i in chosen])
            kept = (rng.random((len(which), HIDDEN)) > DROPPED) / (1 - DROPPED)
            step += 1
            rate = RATE * (1 - turn / ROUNDS)
            for i, slope in enumerate(_slopes(parts, rows[which], right[which], claim, kept)):
                slopes[i] = 0.9 * slopes[i] + 0.1 * slope
                squares[i] = 0.99 * squares[i] + 0.01 * slope**2
                move = slopes[i] / (1 - 0.9**step) / (np.sqrt(squares[i] / (1 - 0.99**step)) + 1e-8)
                parts[i] = parts[i] - rate * (move + DECAY * parts[i])
    inner, start, outer, direct, bias = parts
    inner, direct = inner / spread[:, None], direct / spread
    return Network(inner, start - mean @ inner, outer, direct, bias - mean @ direct)


def _slopes(
    parts: list[np.ndarray], rows: np.ndarray, right: np.ndarray, claim: np.ndarray, kept: np.ndarray
) -> list[np.ndarray]:
    """Return the loss's slope for each part of the network; ``claim`` numbers the claim of each row."""
    inner, start, outer, direct, bias = parts
    hidden = np.tanh(rows @ inner + start)
    score = rows @ direct + (hidden * kept) @ outer + bias[0]
    claims = int(claim[-1]) + 1
    top = np.full(claims, -np.inf)
    np.maximum.at(top, claim, score)
    power = np.exp(score - top[claim])
    chance = power / np.bincount(claim, power, claims)[claim]
    won = np.bincount(claim, chance * right, claims)[claim]
    slope = np.where(won > 0, chance - chance * right / np.maximum(won, 1e-12), 0.0)
    slope += LIKELY * (1 / (1 + np.exp(-score)) - right)
    slope /= claims
    back = np.outer(slope, outer) * kept * (1 - hidden**2)
    return [
        rows.T @ back,
        back.sum(0),
        (hidden * kept).T @ slope,
        rows.T @ slope,
        np.array([LIKELY * (1 / (1 + np.exp(-score)) - right).sum() / claims]),
    ]


def measure(found: list[Example], network: Network) -> tuple[int, int]:
    """Return how many claims have a right best candidate, and how many have a right one at all."""
    placed = [f for f in found if f[1].any()]
    return sum(bool(f[1][int(network.scores(f[0]).argmax())]) for f in placed), len(placed)


def run(documents: list[tuple[Parse, list[dict]]], out: Path, folds: int) -> None:
    """Learn from documents with claims and write the weights."""
    random.Random(7).shuffle(documents)
    each = [examples(p, list(with_capitals(p.document.text, places(p))), claims) for p, claims in documents]
    hits = of = 0
    for fold in range(folds):
        network = learn([e for i, d in enumerate(each) if i % folds != fold for e in d])
        told = measure([e for d in each[fold::folds] for e in d], network)
        hits, of = hits + told[0], of + told[1]
        print(f"held out so far: {hits / of:.4f} of {of}")
    network = learn([e for d in each for e in d])
    data = json.loads(out.read_text(encoding="utf-8"))
    data["weights"] = {
        name: [round(float(v), 3) for v in (network.direct[i], *network.inner[i])]
        for i, name in enumerate(FEATURES)
    }
    data["start"] = [round(float(v), 3) for v in network.start]
    data["outer"] = [round(float(v), 3) for v in network.outer]
    data["bias"] = round(float(network.bias[0]), 3)
    out.write_text(json.dumps(data) + "\n", encoding="utf-8")


def main() -> None:
    """Read the folders and learn."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--folds", type=int, default=0, help="measure on this many parts, held out in turn")
    arguments = parser.parse_args()
    documents = []
    for path in sorted(p for folder in arguments.folders for p in folder.glob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        document = Document(id=data["doc"]["id"], title=data["doc"].get("title"), text=text)
        documents.append((parse(document), data["claims"]))
    run(documents, arguments.out, arguments.folds)


if __name__ == "__main__":
    main()
