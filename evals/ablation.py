"""What each part of the extraction is worth: rules alone, trained clauses with fields by rules, both.

    python evals/ablation.py [--folder gold/dev]

Each variant reads the same gold reports. A row a figure, with its 95 % interval over resampled reports.
Fields are shares of the claims that the variant found with their type, so one that finds only the easy
claims looks better in them than it is.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import msgspec

from fogline.extract.reader import Reading
from fogline.model import Document
from fogline.pipeline import Extractor
from intervals import bootstrap
from layers import FIELDS, counts_of, prf, share
from shared import SHARED, Record, gold_reports, present, scorer


class ClausesOnly(Extractor):
    """Takes from the trained reader only which clauses are claims and of which type."""

    def _read(self, batch: list[Document]) -> list[list[Reading] | None]:
        read = super()._read(batch)
        return [[replace(r, statuses={}, parts=None) for r in found or ()] for found in read]


def variants() -> Iterator[tuple[str, Extractor]]:
    """Yield each variant with its name."""
    yield "rules", Extractor(finder="rules")
    yield "trained clauses, fields by rules", ClausesOnly()
    yield "both", Extractor()


def read(extractor: Extractor, reports: list[Record]) -> list[list[Record]]:
    """Return the claims that an extractor reads off each report."""
    documents = [_document(r) for r in reports]
    return [[msgspec.to_builtins(c) for c in found.claims] for found in extractor.extract_all(documents)]


def _document(report: Record) -> Document:
    told = report["doc"]
    published = date.fromisoformat(told["published"]) if told.get("published") else None
    return Document(
        id=told["id"], text=report["text"], title=told.get("title"), published=published,
        outlet=told.get("outlet"), language=told.get("language"),
    )  # fmt: skip


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--folder", default="gold/dev", help="folder of gold reports below the shared one")
    folder = parser.parse_args().folder
    if not present():
        print(f"Not run: the gold and its scorers are not at {SHARED}; EVALS_SHARED can name their folder.")
        return 0
    reports = gold_reports(SHARED / folder)
    score = scorer("score_claims")
    columns = {}
    for name, extractor in variants():
        counts = [counts_of(score, r, p) for r, p in zip(reports, read(extractor, reports), strict=True)]
        figures = {
            f"{part} F1": (lambda drawn, n=part: prf(drawn, n)["f1"])
            for part in ("found", "typed", "complete")
        } | {field: (lambda drawn, f=field: share(drawn, f, "typed")) for field in FIELDS}
        columns[name] = {k: (figure(counts), *bootstrap(counts, figure)) for k, figure in figures.items()}
    print("| figure | " + " | ".join(columns) + " |")
    print("|---|" + "---|" * len(columns))
    for row in next(iter(columns.values())):
        cells = (f"{v:.2f} ({low:.2f} to {high:.2f})" for v, low, high in (c[row] for c in columns.values()))
        print(f"| {row} | " + " | ".join(cells) + " |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
