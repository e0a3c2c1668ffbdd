"""Measure how well passages that were copied are found, on articles and on copies made from them.

    python evals/copies.py [--copies 400] [--seed 1]

A copied passage is a run of sentences in the order of their source, others left out or not. One of 50 words
or more is found where nine tenths of its words lie in passages rightly reported. A reported passage is right
where seven tenths of its words stand in runs of four that the reported source has too: both as they were
before they were reworded, compared without sampling. So articles that print the same agency text count as
each other's source, and rewording counts against who does not find it.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from fogline.link.copies import find_copies
from fogline.model import Copy, Document
from made_copies import KINDS, Made, Sentence, copy_of, original
from shared import SHARED

ENOUGH = 0.9  # of the words
LONG = 50  # words
SAME = 0.7  # of a reported passage's words have to stand in runs of four that its source has too
RUN = 4  # words
_WORD = re.compile(r"\w+")


def articles() -> list[Made]:
    """Return the articles of ``news-clusters`` that have five sentences or more."""
    path = SHARED / "corpora" / "news-clusters" / "articles.jsonl"
    found = []
    for record in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        published = record["published"]
        document = Document(
            id=record["id"],
            text=record["text"],
            outlet=record["outlet"],
            published=date.fromisoformat(published[:10]) if published else None,
        )
        made = original(document)
        if len(made.sentences) >= 5:
            found.append(made)
    return found


def corpus(copies: int, seed: int) -> list[Made]:
    """Return the articles and copies made from them, a quarter of each kind."""
    draw = random.Random(seed)
    originals = articles()
    made = [
        copy_of(*draw.sample(originals, 2), KINDS[number % len(KINDS)], number, draw)
        for number in range(copies)
    ]
    return [*originals, *made]


def count(text: str) -> int:
    """Count the words of a text."""
    return len(_WORD.findall(text))


class Judge:
    """Says what a passage really was copied from."""

    def __init__(self, made: Sequence[Made]) -> None:
        self._made = {m.document.id: m for m in made}

    def unchanged(self, document: str, start: int, end: int) -> list[str]:
        """Return the words of a span as they stood in the articles that its sentences were taken from."""
        made = self._made[document]
        words: list[str] = []
        for s in made.sentences:
            if s.start < end and start < s.end:
                if made.source is None:
                    text = made.document.text[max(start, s.start) : min(end, s.end)]
                else:
                    text = self._made[s.original].document.text[s.original_start : s.original_end]
                words += (word.casefold() for word in _WORD.findall(text))
        return words

    def right(self, copy: Copy) -> bool:
        """Tell whether most words of a reported passage stand in runs that its source has too."""
        mine = self.unchanged(copy.document, copy.start, copy.end)
        theirs = self.unchanged(copy.source, copy.source_start, copy.source_end)
        runs = {tuple(theirs[i : i + RUN]) for i in range(len(theirs) - RUN + 1)}
        shared = [False] * len(mine)
        for i in range(len(mine) - RUN + 1):
            if tuple(mine[i : i + RUN]) in runs:
                shared[i : i + RUN] = [True] * RUN
        whole = min(len(mine), count(self._made[copy.document].document.text[copy.start : copy.end]))
        return sum(shared) >= SAME * whole


def gold(made: Made) -> Iterator[tuple[int, int]]:
    """Give the copied passages of a made copy: runs of sentences in the order of their source, as spans."""
    run: list[Sentence] = []
    for sentence in made.sentences:
        own = sentence.original == made.source
        if run and not (own and sentence.original_start >= run[-1].original_end):
            yield run[0].start, run[-1].end
            run = []
        if own:
            run.append(sentence)
    if run:
        yield run[0].start, run[-1].end


def measure(copies: int = 400, seed: int = 1) -> dict[str, float]:
    """Return recall and precision over passages of 50 words or more, and the recall of each kind."""
    made = corpus(copies, seed)
    judge = Judge(made)
    reported: dict[str, list[Copy]] = defaultdict(list)
    judged = []
    for copy in find_copies([m.document for m in made]):
        right = judge.right(copy)
        if right:
            reported[copy.document].append(copy)
            reported[copy.source].append(copy)
        judged.append((right, copy.words))
    found: dict[str, list[bool]] = defaultdict(list)
    for m in made:
        if m.source is None or m.kind is None:
            continue
        for start, end in gold(m):
            if count(m.document.text[start:end]) >= LONG:
                found[m.kind].append(_found(m, start, end, reported[m.document.id]))
    every = [hit for hits in found.values() for hit in hits]
    return {
        "copies.recall": _share(every),
        "copies.precision": _share(right for right, words in judged if words >= LONG),
        "copies.precision.any_length": _share(right for right, _ in judged),
        **{f"copies.recall.{kind.replace(' ', '_')}": _share(hits) for kind, hits in found.items()},
    }


def _found(made: Made, start: int, end: int, reported: Sequence[Copy]) -> bool:
    text = made.document.text
    held = total = 0
    for match in _WORD.finditer(text, start, end):
        total += 1
        for copy in reported:
            mine = copy.document == made.document.id
            a, b = (copy.start, copy.end) if mine else (copy.source_start, copy.source_end)
            if a <= match.start() < b:
                held += 1
                break
    return held >= ENOUGH * total


def _share(answers: Iterable[bool]) -> float:
    given = list(answers)
    return sum(given) / max(1, len(given))


def main() -> int:
    """Print the figures."""
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("--copies", type=int, default=400, help="how many copies are made")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if not SHARED.is_dir():
        print(f"Not run: the articles are not at {SHARED}; EVALS_SHARED can name their folder.")
        return 0
    for name, value in measure(options.copies, options.seed).items():
        print(f"{name:34} {value:6.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
