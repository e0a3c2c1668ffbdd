"""Measure what finding copies costs, and print it against what it is held to.

    python benchmarks/copies.py [--documents 12000] [--ledger 12000]

12,000 articles of Reuters-21578 are compared with each other at once; then one more report is compared with a
ledger of so many (about 100,000 claims at eight a report). Times are of one core.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path

from fogline.link.copies import find_copies, update_copies
from fogline.model import Document
from fogline.store import migrate
from fogline.store.duckdb import DuckDBStore
from fogline.store.tables import DOCUMENTS

SHARED = Path(os.environ.get("EVALS_SHARED", Path(__file__).resolve().parents[2] / "shared"))
ARTICLES = SHARED / "corpora" / "reuters-21578" / "articles.jsonl"


def articles(count: int) -> Iterator[Document]:
    """Give articles of Reuters-21578, again from the first under other ids where more are asked for."""
    given = 0
    while given < count:
        with ARTICLES.open(encoding="utf-8") as file:
            for record in map(json.loads, islice(file, count - given)):
                # A round of its own words keeps the articles of later rounds from being copies of the first.
                text = record["text"] if not given // 12000 else f"{record['text']} {given}"
                yield Document(id=f"{record['id']}-{given}", text=text, outlet="Reuters", published=None)
                given += 1


def row(name: str, value: str, held: str, reached: bool) -> None:
    """Print one line of the table."""
    print(f"{name:58} {value:>26}  {held:10} {'reached' if reached else 'NOT REACHED'}", flush=True)


def peak() -> float:
    """Return the peak memory of this process in MB."""
    return (
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6
    )


def at_once(count: int) -> None:
    """Print what comparing many documents with each other takes."""
    began, wall = time.process_time(), time.perf_counter()
    found = find_copies(articles(count))
    spent, waited = time.process_time() - began, time.perf_counter() - wall
    told = f"{spent:.1f} s ({waited:.1f} s by the clock)"
    row(f"{count} articles, {len(found)} passages", told, "< 60 s", spent < 60)
    row(f"{count} articles: peak memory", f"{peak():.0f} MB", "< 1000 MB", peak() < 1000)


def one_more(count: int) -> None:
    """Print what comparing one document with a ledger of many takes."""
    with tempfile.TemporaryDirectory() as folder:
        store = DuckDBStore(Path(folder, "ledger.duckdb"))
        migrate(store)
        documents = list(articles(count))
        at = date(2022, 9, 1)
        for first in range(0, count, 1000):
            rows = [
                (d.id, d.id, d.id, d.text, None, at, d.outlet, None, None, "en", None, at)
                for d in documents[first : first + 1000]
            ]
            store.insert(DOCUMENTS, rows)
        began, wall = time.process_time(), time.perf_counter()
        update_copies(store)
        spent, waited = time.process_time() - began, time.perf_counter() - wall
        print(
            f"{f'a ledger of {count} reports from nothing':58} {spent:9.1f} s ({waited:.1f} s by the clock)"
        )
        times = []
        for number, document in enumerate(documents[:: max(count // 10, 1)]):
            again = Document(id=f"one-more-{number}", text=f"From our staff. {document.text}", outlet="Daily")
            began, wall = time.process_time(), time.perf_counter()
            update_copies(store, [again])
            times.append((time.perf_counter() - wall, time.process_time() - began))
        store.close()
    waited, spent = statistics.median(clock for clock, _ in times), statistics.median(cpu for _, cpu in times)
    told = f"{waited:.3f} s ({spent:.3f} s on a core)"
    row(f"one more report to {count}: median of {len(times)}", told, "< 0.3 s", waited < 0.3)


def main() -> int:
    """Measure both."""
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("--documents", type=int, default=12000, help="articles compared at once")
    parser.add_argument("--ledger", type=int, default=12000, help="reports that one more is compared with")
    options = parser.parse_args()
    if not ARTICLES.exists():
        print(f"Not run: the articles are not at {ARTICLES}; EVALS_SHARED can name the folder.")
        return 0
    at_once(options.documents)
    one_more(options.ledger)
    return 0


if __name__ == "__main__":
    sys.exit(main())
