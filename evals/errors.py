"""List what is wrong with the claims of gold reports, to read.

    python evals/errors.py [missed|extra|type|speaker|status|agents|targets|places|when|quantities]
                           [--folder gold/dev] [--report ID] [--fresh] [--table]

Each line: report, offset, what is wrong, what the gold says and what was predicted, and the words. Counts of
each kind come first. Predictions of the last run are used again unless ``--fresh`` is given. ``--table``
prints a table of the kinds instead, with the commonest confusions and an example of each.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from shared import OUT, SHARED, Record, as_documents, gold_reports, predict, read_jsonl, scorer

SHOWN = {
    "speaker": lambda c: (c.get("speaker") or {}).get("name") or "(outlet)",
    "status": lambda c: f"{c.get('status')} hedge {c.get('hedge')}",
    "agents": lambda c: _parties(c.get("agents")),
    "targets": lambda c: _parties(c.get("targets")),
    "places": lambda c: [
        (p["text"], p.get("role"), p.get("lat"), p.get("lon")) for p in c.get("places") or []
    ],
    "when": lambda c: [(c.get("when") or {}).get(k) for k in ("text", "earliest", "latest")],
    "quantities": lambda c: [(q["kind"], q.get("low"), q.get("high")) for q in c.get("quantities") or []],
}


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that is wrong with one claim."""

    kind: str
    report: str
    start: int
    words: str
    gold: object = ""
    predicted: object = ""


def _parties(parties: list[Record] | None) -> list[str]:
    return [f"{p['text']} [{p.get('side')}]" for p in parties or []]


def errors(report: Record, predicted: list[Record]) -> Iterator[Wrong]:
    """Yield everything that is wrong with the predicted claims of one report, in the scorer's sense."""
    score = scorer("score_claims")
    name, claims = report["doc"]["id"], report["claims"]
    typed = score.match(claims, predicted, typed=True)
    done = {id(c) for pair in typed for c in pair}
    rest = [g for g in claims if id(g) not in done], [p for p in predicted if id(p) not in done]
    for gold, told in score.match(*rest, typed=False):
        done |= {id(gold), id(told)}
        yield Wrong(
            "type", name, gold["evidence"]["start"], told["evidence"]["text"], gold["event"], told["event"]
        )
    for gold in rest[0]:
        if id(gold) not in done:
            yield Wrong("missed", name, gold["evidence"]["start"], gold["evidence"]["text"], gold["event"])
    for told in rest[1]:
        if id(told) not in done:
            yield Wrong("extra", name, told["evidence"]["start"], told["evidence"]["text"], "", told["event"])
    for gold, told in typed:
        for field, right in score.right(gold, told).items():
            if not right:
                start, words = gold["evidence"]["start"], gold["evidence"]["text"]
                yield Wrong(field, name, start, words, SHOWN[field](gold), SHOWN[field](told))


def table(found: list[Wrong]) -> str:
    """Return what is wrong by kind as a table in Markdown: how often, what for what, and an example."""
    rows = ["| kind | count | most often | example |", "|---|---|---|---|"]
    for kind, count in Counter(wrong.kind for wrong in found).most_common():
        these = [wrong for wrong in found if wrong.kind == kind]
        told = kind in {"type", "missed", "extra"}
        swaps = Counter(" → ".join(filter(None, map(str, (w.gold, w.predicted)))) for w in these if told)
        often = ", ".join(f"{swap} {n}" for swap, n in swaps.most_common(4))
        one = these[len(these) // 2]
        said = "" if told else f" (gold {one.gold}, predicted {one.predicted})"
        example = f"{' '.join(one.words.split())[:90]}{said}".replace("|", "/")
        rows.append(f"| {kind} | {count} | {often} | {example} |")
    return "\n".join(rows)


def main() -> int:
    """Print the counts and the errors that were asked for."""
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("kinds", nargs="*", choices=["missed", "extra", "type", *SHOWN, []])
    parser.add_argument("--folder", default="gold/dev", help="folder of gold reports below the shared one")
    parser.add_argument("--report", help="only this report")
    parser.add_argument("--table", action="store_true", help="a table of the kinds, with examples")
    parser.add_argument("--fresh", action="store_true", help="predict again")
    options = parser.parse_args()
    reports = gold_reports(SHARED / options.folder)
    name = options.folder.replace("/", "-")
    last = OUT / "evals" / f"{name}.extract.jsonl"
    if options.fresh or not last.exists():
        predict("extract", name, as_documents(reports))
    predicted = read_jsonl(last)
    found = [
        wrong
        for report in reports
        if options.report in (None, report["doc"]["id"])
        for wrong in errors(report, [p for p in predicted if p["document"] == report["doc"]["id"]])
    ]
    if options.table:
        print(table(found))
        return 0
    for kind, count in Counter(wrong.kind for wrong in found).most_common():
        print(f"{kind:12} {count}")
    for wrong in sorted(found, key=lambda w: (w.kind, w.report, w.start)):
        if wrong.kind in options.kinds:
            print(
                f"\n{wrong.kind} {wrong.report}:{wrong.start}  gold {wrong.gold}  predicted {wrong.predicted}"
            )
            print(f"    {wrong.words}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
