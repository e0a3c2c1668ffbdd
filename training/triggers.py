"""Count which words carry events of which types, for reading without a trained reader.

    python training/triggers.py ../shared/gold/train --out src/fogline/extract/triggers.json

A word's share is how many of its uses (in sentences that may hold a claim) carry an event of its commonest
type, with two uses added in which it carries none. One report in five is held out for the printed figures,
then all are counted.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from pathlib import Path

from fogline.extract.parse import Parse, parse_all
from fogline.extract.reader.gate import gate
from fogline.extract.triggers import key, may_carry
from fogline.model import Document, Span
from fogline.resolve.frames import predicates

LEAST_USES, NONE = 3, 2


def carrier(parse: Parse, claim: dict) -> str | None:
    """Return the word of a claim's evidence that carries its event: a known one, else the clause's head."""
    tokens = parse.tokens(Span(claim["evidence"]["start"], claim["evidence"]["end"]))
    if tokens is None:
        return None
    words = predicates()[claim["event"]]
    fits = [t for t in tokens if may_carry(t) and t.lemma_.lower() in words]
    fits.sort(key=lambda t: (t.pos_ != "VERB", sum(1 for _ in t.ancestors), t.i))
    best = fits[0] if fits else tokens.root
    return key(best) if may_carry(best) else None


def count(documents: list[tuple[Parse, list[dict]]]) -> dict[str, tuple[str, float]]:
    """Return the commonest event type and its share for each word that carries one at times."""
    uses: Counter[str] = Counter()
    carries: dict[str, Counter[str]] = defaultdict(Counter)
    for parsed, claims in documents:
        may = gate().wanted(parsed.document.text, parsed.sentences)
        for sentence, on in zip(parsed.sentences, may, strict=True):
            tokens = parsed.tokens(sentence) if on else None
            uses.update(key(t) for t in tokens or () if may_carry(t))
        for claim in claims:
            word = carrier(parsed, claim)
            if word is not None:
                carries[word][claim["event"]] += 1
    table = {}
    for word, types in sorted(carries.items()):
        event, n = types.most_common(1)[0]
        share = n / (max(uses[word], n) + NONE)
        if n >= LEAST_USES and share >= 0.15:
            table[word] = (event, round(share, 3))
    return table


def main() -> None:
    """Read the folder and count."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    paths = sorted(arguments.folder.rglob("*.json"))
    gold = [json.loads(p.read_text(encoding="utf-8")) for p in paths]
    texts = [p.with_suffix(".txt").read_text(encoding="utf-8") for p in paths]
    documents = (Document(id=g["doc"]["id"], text=t) for g, t in zip(gold, texts, strict=True))
    table = count(list(zip(parse_all(documents), (g["claims"] for g in gold), strict=True)))
    arguments.out.write_text(json.dumps(table, indent=0) + "\n", encoding="utf-8")
    print(len(table), "words")


if __name__ == "__main__":
    main()
