"""Measure how well claims are linked into events, and reports of one event are brought together by them.

    python evals/linking.py

Pairs of claims that share an event are compared with labelled ones (``evals/pairs``, the half for measuring):
F1 over pairs, of one report (``within``), of two (``across``) and all, and B³ over the claims of each set.

Reports of ``news-clusters`` on conflict and attack are brought together where they share enough of their
events, and compared with the clusters they are of: B³ (``topics``). Some of those clusters are topics rather
than events (a country's missile tests from 2016 to 2017). So a second figure (``news``) counts reports of one
cluster as on one event where no more days lie between one and the next than between nineteen in twenty
reports of one occurrence among the labelled pairs for setting weights (:func:`days_apart`).

The same figures stand under ``wide`` for reports of one story that were labelled whole, one beside the other:
these sets are not made of what linking compares, so they also show what it never does.

Whole reports in which every claim was put into its group (``reports``) are measured by themselves: all pairs
of one report, and how many of those of one occurrence linking compares at all (``compared``).

B³: Bagga and Baldwin, "Algorithms for Scoring Coreference Chains" (1998): the mean, over items, of the share
of an item's cluster that belongs with it (precision) and of what belongs with it that its cluster has
(recall).
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import combinations
from pathlib import Path

from fogline.model import Document
from fogline.store import Stored
from labelled import (
    Labelled,
    Set,
    as_document,
    claims_in,
    labelled,
    ledger_of,
    ledger_of_labels,
    ledger_of_reports,
    ledger_of_stories,
    matched,
)
from shared import SHARED, read_jsonl

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
TOGETHER = 0.1  # how alike the events of two reports have to be (cosine), for them to be on one event
SHARE = 0.95  # of the labelled pairs of one occurrence lie no farther apart than reports of one event may
KEPT_BACK = 30  # days; what is published later than this after another tells of it as of the past


def news() -> list[tuple[Document, str]]:
    """Return the reports of the clusters on conflict and attack, each with its cluster."""
    rows = read_jsonl(SHARED / "corpora" / "news-clusters" / "articles.jsonl")
    return [(as_document(row, row["text"]), row["cluster"]) for row in rows if row["cluster"] in NEWS]


def pairwise(
    sets: Sequence[Set], found: Mapping[Labelled, str], events: Mapping[str, str], where: str = "all"
) -> Counter[str]:
    """Count labelled pairs: rightly linked, wrongly linked, missed, rightly apart.

    Args:
        sets: the labelled claims.
        found: the claim that was read for each.
        events: the event of each claim.
        where: ``within`` one report, ``across`` two, or ``all``.
    """
    counts: Counter[str] = Counter()
    for one in sets:
        for a, b in combinations([label for label in one.claims if label in found], 2):
            if where != "all" and (where == "within") != (a.document == b.document):
                continue
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


def measure() -> dict[str, float]:
    """Read, link and compare; return the figures by name."""
    pairs = ledger_of_labels()
    articles = news()
    return {
        **_of_sets("measure", pairs, "linking.pairs", "linking.b_cubed"),
        **_of_sets("wide", ledger_of_stories(), "linking.wide", "linking.wide.b_cubed"),
        **_of_reports(ledger_of_reports()),
        **_of_news(ledger_of("news", [a for a, _ in articles]), articles, pairs),
    }


def _of_sets(half: str, path: Path, pairs: str, b_cubed_of: str) -> dict[str, float]:
    """Return the figures of the sets of a half: under ``pairs`` those over pairs, B³ under ``b_cubed_of``."""
    sets = labelled(half)
    stored, events = claims_in(path)
    found = matched(sets, stored)
    figures: dict[str, float] = {}
    for where in ("within", "across", "all"):
        scores = f1(pairwise(sets, found, events, where))
        part = "" if where == "all" else f".{where}"
        figures |= {f"{pairs}{part}.{k}": v for k, v in zip(("p", "r", "f1"), scores, strict=True)}
    scores = b_cubed(in_sets(sets, found, events))
    figures |= {f"{b_cubed_of}.{k}": v for k, v in zip(("p", "r", "f1"), scores, strict=True)}
    labels = [label for one in sets for label in one.claims]
    share = sum(label in found for label in labels) / max(1, len(labels))
    return {**figures, f"{b_cubed_of.removesuffix('.b_cubed')}.found": share}


def _of_reports(path: Path) -> dict[str, float]:
    from fogline.link.features import record
    from fogline.link.pairs import Pairs, entries

    sets = labelled("reports")
    stored, events = claims_in(path)
    found = matched(sets, stored)
    told = zip(("p", "r", "f1"), f1(pairwise(sets, found, events)), strict=True)
    figures = {f"linking.reports.{name}": value for name, value in told}
    comparing = Pairs(entries(map(record, stored)))
    compared = set(comparing.pairs())
    comparing.close()
    same = [
        tuple(sorted((found[a], found[b]))) in compared
        for one in sets
        for a, b in combinations([label for label in one.claims if label in found], 2)
        if a.group == b.group
    ]
    return {**figures, "linking.reports.compared": sum(same) / max(1, len(same))}


def _of_news(path: Path, articles: Sequence[tuple[Document, str]], pairs: Path) -> dict[str, float]:
    stored, events = claims_in(path)
    found = together(stored, events)
    topics = {document.id: name for document, name in articles}
    alone = {id: -nth for nth, id in enumerate(topics, 1)}
    figures: dict[str, float] = {}
    for what, true in (("news", _parted(articles, days_apart(pairs))), ("topics", topics)):
        scores = b_cubed((name, str(found.get(id, alone[id]))) for id, name in true.items())
        figures |= {f"linking.{what}.{name}": v for name, v in zip(("p", "r", "f1"), scores, strict=True)}
    return figures


def days_apart(path: Path) -> int:
    """Return how many days lie at most between two reports of one occurrence, by labelled pairs.

    Those for setting weights count, of reports published within a month of each other: a history of the war
    tells of everything years later.
    """
    stored, _ = claims_in(path)
    told = {s.claim.document: s.published for s in stored}
    days = sorted(
        gap
        for one in labelled("weights")
        for a, b in combinations(one.claims, 2)
        if a.group == b.group and a.document != b.document
        if (first := told.get(a.document)) and (second := told.get(b.document))
        if (gap := abs((first - second).days)) <= KEPT_BACK and first != second
    )
    return days[min(len(days) - 1, int(SHARE * len(days)))]


def _parted(articles: Sequence[tuple[Document, str]], apart: int) -> dict[str, str]:
    """Return the cluster of each report, parted where more days lie between one and the next."""
    found: dict[str, str] = {}
    last: dict[str, tuple[date, int]] = {}
    for document, cluster in sorted(articles, key=lambda a: a[0].published or date.min):
        told = document.published or date.min
        before, part = last.get(cluster, (told, 0))
        part += (told - before).days > apart
        last[cluster] = told, part
        found[document.id] = f"{cluster} {part}"
    return found


def main() -> int:
    """Print the figures."""
    raw = argparse.RawDescriptionHelpFormatter
    argparse.ArgumentParser(description=__doc__, formatter_class=raw).parse_args()
    for name, value in measure().items():
        print(f"{name:28} {value:6.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
