"""Claims that were labelled, the reports they stand in, and the ledgers these are read into."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec

import fogline
from fogline.causes import PACKAGE, PARTS, digest
from fogline.model import Document
from fogline.store import Filters, Stored, stored_claims
from shared import OUT, ROOT, SHARED, read_jsonl

PAIRS = Path(__file__).with_name("pairs")
OVERLAP = 0.5  # of the characters of two pieces of evidence, for them to be one claim's


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
    """Return the labelled sets: all, or those of a half (``evals/pairs/README.md`` says which there are)."""
    sets = [
        Set(row["set"], row["half"], tuple(Labelled(**claim) for claim in row["claims"]))
        for path in sorted(PAIRS.glob("*.jsonl"))
        for row in read_jsonl(path)
    ]
    return [one for one in sets if half in (None, one.half)]


def documents(names: Iterable[str]) -> list[Document | str]:
    """Return the reports with these ids: of the gold, Wikipedia, the examples, the news clusters."""
    found: list[Document | str] = []
    news = {row["id"]: row for row in read_jsonl(SHARED / "corpora" / "news-clusters" / "articles.jsonl")}
    for name in sorted(set(names)):
        example = next((p for p in (ROOT / "examples").glob(f"{name}.*") if p.suffix != ".json"), None)
        article = SHARED / "corpora" / "wikipedia" / f"{name}.md"
        gold = next((SHARED / "gold").rglob(f"{name}.json"), None)
        if example is not None:
            found.append(str(example))
        elif gold is not None:
            told = json.loads(gold.read_text(encoding="utf-8"))["doc"]
            text = gold.with_suffix(".txt").read_bytes().decode("utf-8")
            found.append(as_document(told, text))
        elif article.exists():
            told = {
                "id": name,
                "title": name.replace("_", " "),
                "published": "2023-07-01",
                "outlet": "Wikipedia",
            }
            found.append(as_document(told, article.read_text(encoding="utf-8")))
        elif name in news:
            found.append(as_document(news[name], news[name]["text"]))
    return found


def as_document(told: Mapping[str, str | None], text: str) -> Document:
    published = told.get("published")
    return Document(
        id=str(told["id"]),
        text=text,
        title=told.get("title"),
        published=date.fromisoformat(published[:10]) if published else None,
        outlet=told.get("outlet"),
        language="en",
    )


def ledger_of(name: str, sources: Sequence[Document | str]) -> Path:
    """Return a ledger of these reports, linked afresh; read once for each extractor, its code, and text."""
    from fogline.ledger import default_reader

    told = [s if isinstance(s, str) else msgspec.to_builtins(s) for s in sources]
    given = json.dumps([default_reader().identity, _code(), told], sort_keys=True, default=str)
    made = OUT / "evals" / f"linking-{name}-{hashlib.sha256(given.encode()).hexdigest()[:16]}.duckdb"
    made.parent.mkdir(parents=True, exist_ok=True)
    if not made.exists():
        part = made.with_suffix(".part.duckdb")
        part.unlink(missing_ok=True)
        with fogline.connect(part) as ledger:
            ledger.add(sources)
        part.replace(made)
    with fogline.connect(made) as ledger:
        ledger.link(afresh=True)
    return made


def _code() -> str:
    """Return the SHA-256 of the code that reads, which an extractor's name has by its version alone."""
    below = [path for part in PARTS for path in (PACKAGE / part).rglob("*.py")]
    return digest([*below, PACKAGE / "assembly.py", PACKAGE / "pipeline.py"], PACKAGE)


def ledger_of_labels() -> Path:
    """Return a ledger of the reports whose claims were labelled in sets, for weights or to measure."""
    sets = [*labelled("weights"), *labelled("measure")]
    return ledger_of("pairs", documents(label.document for one in sets for label in one.claims))


def ledger_of_reports() -> Path:
    """Return a ledger of the reports that were labelled whole."""
    return ledger_of("reports", documents(one.claims[0].document for one in labelled("reports")))


def ledger_of_stories() -> Path:
    """Return a ledger of the reports that were labelled whole with others on the same story."""
    sets = [*labelled("stories"), *labelled("wide")]
    return ledger_of("stories", documents(label.document for one in sets for label in one.claims))


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
