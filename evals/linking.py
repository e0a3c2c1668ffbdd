"""Measure how well claims are linked into events, and reports of one event are brought together by them.

    python evals/linking.py [--ledger out/evals/linking]

Pairs of claims that share an event are compared with labelled ones (``evals/pairs``, the half for measuring):
F1 over pairs, and B³ over the claims of each set. Reports of ``news-clusters`` on conflict and attack are
brought together where they share enough of their events, and compared with the clusters they are of: B³. Some
of those clusters are topics rather than events (a country's missile tests from 2016 to 2017), so reports of
one cluster count as reports of one event where no more than a week lies between one and the next; the figures
for whole clusters stand beside them as ``topics``.

B³: Bagga and Baldwin, "Algorithms for Scoring Coreference Chains" (1998): the mean, over items, of the share
of an item's cluster that belongs with it (precision) and of what belongs with it that its cluster has
(recall).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path

import fogline
from fogline.model import Document
from fogline.store import Filters, Stored, stored_claims
from shared import OUT, ROOT, SHARED, read_jsonl

PAIRS = Path(__file__).with_name("pairs")
NEWS = (  # clusters of news-clusters on conflict and attack; the others are outside what claims are
    "north_Korea_hokkaido_missile",
    "las_vegas_shooting",
    "truck_attack_in_nice",
    "boko_haram_21_schoolgirls_freed",
    "Benghazi_US_consulate_attack",
    "israel_indicts_palestinian_teenage_girl_who_punched_soldier_army",
    "north_Korea_Launches_satellite",
    "north_korea_received_oil_from_russia_in_violation_of_un_sanctions_report",
    "kim_jong_un_offers_rare_olive_branch_to_south_korea",
)
OVERLAP = 0.5  # of the characters of two pieces of evidence, for them to be one claim's
TOGETHER = 0.1  # how alike the events of two reports have to be (cosine), for them to be on one event
APART = 7  # days between two reports of a cluster that part it into events


@dataclass(frozen=True, slots=True)
class Labelled:
    """A claim of a set, as it was labelled: where it stands, its type, and the group it is of."""

    document: str
    start: int
    end: int
    event: str
    group: str


@dataclass(frozen=True, slots=True)
class Set:
    """Claims that were labelled together."""

    name: str
    half: str
    claims: tuple[Labelled, ...]


def labelled(half: str | None = None) -> list[Set]:
    """Return the labelled sets, all or those for ``weights`` or to ``measure``."""
    sets = [
        Set(row["set"], row["half"], tuple(Labelled(**claim) for claim in row["claims"]))
        for path in sorted(PAIRS.glob("*.jsonl"))
        for row in read_jsonl(path)
    ]
    return [one for one in sets if half in (None, one.half)]


def documents(names: Iterable[str]) -> list[Document | str]:
    """Return the reports with these ids: of the gold, of the Wikipedia articles, of the examples."""
    found: list[Document | str] = []
    for name in sorted(set(names)):
        example = next((p for p in (ROOT / "examples").glob(f"{name}.*") if p.suffix != ".json"), None)
        article = SHARED / "corpora" / "wikipedia" / f"{name}.md"
        gold = next((SHARED / "gold").rglob(f"{name}.json"), None)
        if example is not None:
            found.append(str(example))
        elif gold is not None:
            told = json.loads(gold.read_text(encoding="utf-8"))["doc"]
            text = gold.with_suffix(".txt").read_bytes().decode("utf-8")
            found.append(_document(told, text))
        elif article.exists():
            told = {
                "id": name,
                "title": name.replace("_", " "),
                "published": "2023-07-01",
                "outlet": "Wikipedia",
            }
            found.append(_document(told, article.read_text(encoding="utf-8")))
    return found


def news() -> list[tuple[Document, str]]:
    """Return the reports of the clusters on conflict and attack, each with its cluster."""
    rows = read_jsonl(SHARED / "corpora" / "news-clusters" / "articles.jsonl")
    return [(_document(row, row["text"]), row["cluster"]) for row in rows if row["cluster"] in NEWS]


def _document(told: Mapping[str, str | None], text: str) -> Document:
    published = told.get("published")
    return Document(
        id=str(told["id"]),
        text=text,
        title=told.get("title"),
        published=date.fromisoformat(published[:10]) if published else None,
        outlet=told.get("outlet"),
        language="en",
    )


def read(path: Path, sources: Sequence[Document | str]) -> None:
    """Read reports into a ledger and link them afresh; what was read before is not read again."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with fogline.connect(path) as ledger:
        ledger.add(sources)
        ledger.link(afresh=True)


def claims_in(path: Path) -> tuple[list[Stored], dict[str, str]]:
    """Return the claims of a ledger, and the event of each."""
    from fogline.store.duckdb import DuckDBStore

    store = DuckDBStore(path, read_only=True)
    stored = list(stored_claims(store, Filters()))
    events = dict(store.rows("SELECT claim, event FROM event_claims"))
    store.close()
    return stored, events


def matched(sets: Sequence[Set], claims: Iterable[Stored]) -> dict[Labelled, str]:
    """Return the claim that was read where a labelled one stands, by the most of its evidence."""
    by_document: dict[str, list[Stored]] = defaultdict(list)
    for stored in claims:
        by_document[stored.claim.document].append(stored)
    by_place: dict[tuple[str, int, int, str], list[Labelled]] = defaultdict(list)
    for label in (label for one in sets for label in one.claims):  # a claim may stand in several sets
        by_place[label.document, label.start, label.end, label.event].append(label)
    found: dict[Labelled, str] = {}
    taken: set[str] = set()
    for _, labels in sorted(by_place.items()):
        label = labels[0]
        best = max(
            (s for s in by_document[label.document] if s.claim.id not in taken),
            key=lambda s: (_overlap(label, s), s.claim.event == label.event),
            default=None,
        )
        if best is not None and _overlap(label, best) >= OVERLAP:
            found.update(dict.fromkeys(labels, best.claim.id))
            taken.add(best.claim.id)
    return found


def _overlap(label: Labelled, stored: Stored) -> float:
    evidence = stored.claim.evidence
    shared = min(label.end, evidence.end) - max(label.start, evidence.start)
    return max(0, shared) / (max(label.end, evidence.end) - min(label.start, evidence.start))


def pairwise(sets: Sequence[Set], found: Mapping[Labelled, str], events: Mapping[str, str]) -> Counter[str]:
    """Count labelled pairs: rightly linked, wrongly linked, missed, rightly apart."""
    counts: Counter[str] = Counter()
    for one in sets:
        for a, b in combinations([label for label in one.claims if label in found], 2):
            same, linked = a.group == b.group, events[found[a]] == events[found[b]]
            counts["hit" if same and linked else "missed" if same else "wrong" if linked else "apart"] += 1
    return counts


def f1(counts: Mapping[str, int]) -> tuple[float, float, float]:
    """Return precision, recall and F1."""
    precision = counts["hit"] / max(1, counts["hit"] + counts["wrong"])
    recall = counts["hit"] / max(1, counts["hit"] + counts["missed"])
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def b_cubed(items: Iterable[tuple[str, str]]) -> tuple[float, float, float]:
    """Return B³ precision, recall and F1 of items, each given by its true and its found cluster."""
    listed = list(items)
    true, found = Counter(t for t, _ in listed), Counter(f for _, f in listed)
    both = Counter(listed)
    precision = sum(both[item] / found[item[1]] for item in listed) / max(1, len(listed))
    recall = sum(both[item] / true[item[0]] for item in listed) / max(1, len(listed))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def in_sets(
    sets: Sequence[Set], found: Mapping[Labelled, str], events: Mapping[str, str]
) -> list[tuple[str, str]]:
    """Return the true and the found cluster of each labelled claim, within its set."""
    return [
        (f"{one.name} {label.group}", f"{one.name} {events[found[label]]}")
        for one in sets
        for label in one.claims
        if label in found
    ]


def together(stored: Sequence[Stored], events: Mapping[str, str]) -> dict[str, int]:
    """Return a number for each report, the same for reports that are on one event.

    Two reports are brought together by the events they share: what they share of all their weight, where an
    event weighs by how many claims of a report it has, and less where it comes late in it; then by average
    linkage.
    """
    weights: dict[str, Counter[str]] = defaultdict(Counter)
    for s in stored:
        event = events.get(s.claim.id)
        if event is not None:
            weights[s.claim.document][event] += 1 / (1 + s.claim.evidence.start / 500)
    several = Counter(event for its in weights.values() for event in its)
    shared: dict[str, dict[str, float]] = {
        document: {e: w for e, w in its.items() if several[e] > 1} for document, its in weights.items()
    }
    return _average_linkage(shared)


def _average_linkage(weights: Mapping[str, Mapping[str, float]]) -> dict[str, int]:
    names = sorted(weights)
    norm = {name: sum(w * w for w in weights[name].values()) ** 0.5 or 1.0 for name in names}
    alike = {
        (a, b): sum(w * weights[b].get(e, 0.0) for e, w in weights[a].items()) / (norm[a] * norm[b])
        for a, b in combinations(names, 2)
    }
    clusters = [[name] for name in names]
    while len(clusters) > 1:
        score, one, other = max(
            (
                sum(alike[min(a, b), max(a, b)] for a in clusters[i] for b in clusters[j])
                / (len(clusters[i]) * len(clusters[j])),
                i,
                j,
            )
            for i, j in combinations(range(len(clusters)), 2)
        )
        if score < TOGETHER:
            break
        clusters[one] += clusters.pop(other)
    return {name: nth for nth, cluster in enumerate(clusters) for name in cluster}


def measure(folder: Path = OUT / "evals" / "linking") -> dict[str, float]:
    """Read, link and compare; return the figures by name."""
    sets = labelled("measure")
    pairs, articles = folder / "pairs.duckdb", folder / "news.duckdb"
    read(pairs, documents(label.document for one in labelled() for label in one.claims))
    read(articles, [document for document, _ in news()])
    return {**_of_pairs(sets, pairs), **_of_news(articles)}


def _of_pairs(sets: Sequence[Set], path: Path) -> dict[str, float]:
    stored, events = claims_in(path)
    found = matched(sets, stored)
    figures: dict[str, float] = {}
    for name, value in zip(("p", "r", "f1"), f1(pairwise(sets, found, events)), strict=True):
        figures[f"linking.pairs.{name}"] = value
    for name, value in zip(("p", "r", "f1"), b_cubed(in_sets(sets, found, events)), strict=True):
        figures[f"linking.b_cubed.{name}"] = value
    labels = [label for one in sets for label in one.claims]
    figures["linking.found"] = sum(label in found for label in labels) / max(1, len(labels))
    return figures


def _of_news(path: Path) -> dict[str, float]:
    stored, events = claims_in(path)
    found = together(stored, events)
    topics = {document.id: name for document, name in news()}
    alone = {id: -nth for nth, id in enumerate(topics, 1)}
    figures: dict[str, float] = {}
    for what, true in (("news", _by_week(news())), ("topics", topics)):
        scores = b_cubed((name, str(found.get(id, alone[id]))) for id, name in true.items())
        figures |= {f"linking.{what}.{name}": v for name, v in zip(("p", "r", "f1"), scores, strict=True)}
    return figures


def _by_week(articles: Sequence[tuple[Document, str]]) -> dict[str, str]:
    """Return the cluster of each report, parted where more than a week lies between one and the next."""
    found: dict[str, str] = {}
    last: dict[str, tuple[date, int]] = {}
    for document, cluster in sorted(articles, key=lambda a: a[0].published or date.min):
        told = document.published or date.min
        before, part = last.get(cluster, (told, 0))
        part += (told - before).days > APART
        last[cluster] = told, part
        found[document.id] = f"{cluster} {part}"
    return found


def main() -> int:
    """Print the figures."""
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument(
        "--ledger", type=Path, default=OUT / "evals" / "linking", help="folder of the ledgers"
    )
    for name, value in measure(parser.parse_args().ledger).items():
        print(f"{name:24} {value:6.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
