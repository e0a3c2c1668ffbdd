"""Learn the weights of ``resolve/places.json`` from annotated claims.

    python training/places.py FOLDER_OF_GOLD… --out src/fogline/resolve/places.json [--held-out 5]

Each folder holds ``<id>.txt`` and ``<id>.json`` by the codebook. A claim's place with coordinates whose
words are a recognised name tells which candidate is right (those within 25 km, or "none of them"). The
weights maximise the probability of the right ones, held near the hand-set ones of the file that is
read first; features of a name depend on the others' resolution, so resolving and learning take turns.
Documents are split by a fixed seed; what is held out is scored and printed, then everything is learned.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

import numpy as np

from fogline.extract.parse import Parse, parse
from fogline.extract.places import recognise
from fogline.model import Document
from fogline.resolve import places as resolver
from fogline.resolve.gazetteer import kilometres, open_gazetteer
from fogline.resolve.place_features import FEATURES, context_of, features_of
from fogline.resolve.place_groups import Group, group_names

Instance = tuple[np.ndarray, np.ndarray]
_STRENGTH = 0.02  # of the pull towards the weights set by hand
_TURNS = 3


def load(folder: Path) -> list[tuple[Parse, list[dict]]]:
    """Return the documents of a folder with their claims."""
    documents = []
    for path in sorted(folder.glob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        documents.append((parse(Document(id=data["doc"]["id"], text=text)), data["claims"]))
    return documents


def truths(text: str, groups: list[Group], claims: list[dict]) -> dict[int, tuple[float, float]]:
    """Return the right coordinates of the groups that the claims tell of."""
    told: dict[int, tuple[float, float]] = {}
    for claim in claims:
        for place in claim["places"]:
            if place["lat"] is None:
                continue
            at = text.find(place["text"], max(0, claim["evidence"]["start"] - 300))
            if at < 0:
                continue
            for number, group in enumerate(groups):
                for mention in group.mentions:
                    rest = place["text"].replace(mention.text, "").replace(mention.name, "").strip()
                    inside = at <= mention.start and mention.end <= at + len(place["text"])
                    if inside and mention.kind != "demonym" and (not rest or rest.lower() in _HARMLESS):
                        told[number] = (place["lat"], place["lon"])
    return told


_HARMLESS = {
    "the",
    "city",
    "town",
    "village",
    "the town of",
    "the city of",
    "the village of",
    "province",
    "region",
}


def instances(documents: list[tuple[Parse, list[dict]]]) -> list[Instance]:
    """Return the features and right answers of the names with known coordinates, as resolved now."""
    gazetteer = open_gazetteer()
    found = []
    for parsed, claims in documents:
        groups = group_names(parsed.document.text, recognise(parsed, gazetteer), gazetteer)
        if not groups:
            continue
        chances = resolver.resolve_groups(groups)
        context = context_of(groups, chances)
        by_key = {g.key: i for i, g in enumerate(groups)}
        for number, (lat, lon) in truths(parsed.document.text, groups, claims).items():
            right = [
                kilometres(e.lat, e.lon, lat, lon) <= max(25.0, min(150.0, 0.5 * e.radius_km))
                for e in groups[number].candidates
            ]
            rows = np.array(features_of(number, groups, chances, context, by_key))
            found.append((rows, np.array([*right, not any(right)])))
    return found


def learn(found: list[Instance], start: np.ndarray, steps: int = 400) -> np.ndarray:
    """Return the weights of greatest likelihood, pulled towards ``start`` (Adam, full batches)."""
    weights = start.copy()
    first = np.zeros_like(weights)
    second = np.zeros_like(weights)
    for step in range(1, steps + 1):
        slope = _STRENGTH * len(found) / 100 * (weights - start)
        for rows, right in found:
            values = rows @ weights
            p = np.exp(values - values.max())
            p /= p.sum()
            q = p * right
            q /= max(1e-9, q.sum())
            slope += rows.T @ (p - q)
        slope /= len(found)
        first = 0.9 * first + 0.1 * slope
        second = 0.99 * second + 0.01 * slope**2
        weights -= 0.05 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return weights


def measure(found: list[Instance], weights: np.ndarray) -> tuple[float, float]:
    """Return the share of names resolved rightly, and the mean log-probability of the right answers."""
    hits, total = 0, 0.0
    for rows, right in found:
        values = rows @ weights
        p = np.exp(values - values.max())
        p /= p.sum()
        hits += bool(right[int(p.argmax())])
        total += float(np.log(max(1e-9, (p * right).sum())))
    return hits / len(found), total / len(found)


def set_weights(values: np.ndarray, threshold: float) -> None:
    """Let the resolver use these weights from now on."""
    fresh = resolver.Weights(tuple(float(v) for v in values), 1.0, resolver.weights().calibration, threshold)
    resolver.weights = lambda: fresh  # type: ignore[assignment]


def main() -> None:
    """Learn, measure on what is held out, learn from all and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--held-out", type=int, default=5, help="one document in so many is held out")
    arguments = parser.parse_args()
    documents = [d for folder in arguments.folders for d in load(folder)]
    run(documents, arguments.out, arguments.held_out)


def run(documents: list[tuple[Parse, list[dict]]], out: Path, held_out: int) -> None:
    """Learn from documents with claims and write the weights."""
    data = json.loads(out.read_text(encoding="utf-8"))
    start = np.array([data["weights"][name] for name in FEATURES])
    random.Random(7).shuffle(documents)
    test, train = documents[::held_out], [d for i, d in enumerate(documents) if i % held_out]
    for part, name in ((train, "trained without the held-out"), (documents, "trained on all")):
        weights = start
        set_weights(weights, data["threshold"])
        print("before", measure(instances(test), weights))
        for _ in range(_TURNS):
            set_weights(weights, data["threshold"])
            weights = learn(instances(part), start)
        set_weights(weights, data["threshold"])
        print(name, measure(instances(test), weights))
    data["weights"] = {name: round(float(v), 3) for name, v in zip(FEATURES, weights, strict=True)}
    out.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
