"""Make copies of articles as papers make them: shortened, reordered, reworded, under another headline.

Every sentence of a made copy remembers where it comes from, so what a finder reports can be held against it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from fogline.model import Document

SYNONYMS = {
    "about": "around", "additional": "further", "after": "following", "agreed": "consented",
    "aid": "assistance", "allowed": "let", "also": "too", "although": "though", "announced": "declared",
    "approximately": "roughly", "asked": "requested", "attack": "assault", "attacks": "assaults",
    "because": "since", "began": "started", "believed": "thought", "big": "large", "bought": "purchased",
    "but": "yet", "called": "termed", "children": "kids", "close": "near", "company": "firm",
    "country": "nation", "crash": "accident", "dead": "killed", "decided": "chose", "different": "other",
    "during": "amid", "early": "first", "end": "close", "entire": "whole", "expected": "awaited",
    "famous": "renowned", "fire": "blaze", "found": "discovered", "gave": "handed", "government": "cabinet",
    "group": "band", "happened": "occurred", "help": "assist", "hospital": "clinic", "huge": "vast",
    "however": "still", "important": "key", "including": "among them", "injured": "hurt", "issue": "matter",
    "killed": "slain", "large": "big", "last": "past", "later": "afterwards", "leader": "head",
    "leaders": "heads", "made": "produced", "many": "numerous", "near": "close to", "nearly": "almost",
    "new": "fresh", "officials": "authorities", "old": "former", "people": "persons", "place": "spot",
    "plans": "schemes", "police": "officers", "policy": "line", "prior": "earlier", "problem": "trouble",
    "quickly": "fast", "reported": "noted", "result": "outcome", "said": "stated", "saw": "watched",
    "says": "states", "several": "some", "show": "display", "showed": "displayed", "since": "as",
    "small": "little", "started": "began", "statement": "communique", "strong": "firm", "talks": "parley",
    "told": "informed", "took": "grabbed", "tried": "sought", "under": "beneath", "use": "employ",
    "used": "employed", "very": "most", "wanted": "wished", "war": "conflict", "while": "as",
    "will": "shall", "without": "lacking", "woman": "lady", "world": "globe", "wrote": "penned",
    "year": "twelvemonth", "years": "annums",
}  # fmt: skip
HEADLINES = (
    "What we know so far", "A day of many questions", "Editors' choice", "In short", "News from abroad",
    "The story behind the pictures", "Morning briefing", "From our wires", "Around the globe",
)  # fmt: skip
DATELINES = ("LONDON (Wire) - ", "(Wire Service) — ", "NAIROBI, Kenya — ", "By our staff\n\n", "")
LEAST = 12  # words of a sentence that is dropped or moved by itself no more than longer ones
_SENTENCE = re.compile(r"[^\n]+?(?:[.!?][\"'”’)]*(?=\s)|(?=\n)|\Z)", re.DOTALL)
_WORD = re.compile(r"[A-Za-z]+")
KINDS = ("shortened", "reordered", "reworded", "all of it")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a text: its offsets, and those it was taken from in an original."""

    start: int
    end: int
    original: str
    original_start: int
    original_end: int


@dataclass(frozen=True, slots=True)
class Made:
    """A text with the provenance of its sentences; ``source`` and ``kind`` where it is a made copy."""

    document: Document
    sentences: tuple[Sentence, ...]
    source: str | None = None
    kind: str | None = None


def original(document: Document) -> Made:
    """Return an article as its own source."""
    spans = [(m.start(), m.end()) for m in _SENTENCE.finditer(document.text) if _WORD.search(m.group())]
    return Made(document, tuple(Sentence(a, b, document.id, a, b) for a, b in spans))


def copy_of(source: Made, host: Made, kind: str, number: int, draw: random.Random) -> Made:
    """Return a made copy of ``source`` inside text of ``host``, an article on something else.

    Args:
        kind: ``shortened`` drops a third of the sentences, in runs; ``reordered`` moves blocks of them;
            ``reworded`` puts synonyms, drops words and changes punctuation; the last does all three.
    """
    taken = _run(source.sentences, draw)
    if kind in ("shortened", "all of it"):
        taken = _shortened(taken, draw)
    if kind in ("reordered", "all of it"):
        taken = _reordered(taken, draw)
    reword = kind in ("reworded", "all of it")
    before, after = _around(host.sentences, draw)
    text, kept = draw.choice(HEADLINES) + "\n\n" + draw.choice(DATELINES), []
    for sentence in (*before, *taken, *after):
        parent = source if sentence in taken else host
        words = parent.document.text[sentence.start : sentence.end].strip()
        words = _punctuated(_reworded(words, draw) if reword and parent is source else words, draw)
        kept.append(replace(sentence, start=len(text), end=len(text) + len(words)))
        text += words + draw.choice((" ", " ", "\n"))
    told = source.document.published
    document = Document(
        id=f"copy-{number}",
        text=text,
        outlet=draw.choice(("Morning Paper", "Evening Post", "City Herald", None)),
        published=told + timedelta(days=draw.randint(0, 2)) if told else None,
    )
    return Made(document, tuple(kept), source.document.id, kind)


def _run(sentences: Sequence[Sentence], draw: random.Random) -> list[Sentence]:
    """Return a run of 5 to 25 sentences."""
    length = min(len(sentences), draw.randint(5, 25))
    start = draw.randint(0, len(sentences) - length)
    return list(sentences[start : start + length])


def _shortened(sentences: list[Sentence], draw: random.Random) -> list[Sentence]:
    kept: list[Sentence] = []
    index = 0
    while index < len(sentences):
        run = draw.randint(2, 6)
        kept += sentences[index : index + run]
        index += run + draw.randint(1, 3)
    return kept


def _reordered(sentences: list[Sentence], draw: random.Random) -> list[Sentence]:
    blocks, index = [], 0
    while index < len(sentences):
        size = draw.randint(2, 5)
        blocks.append(sentences[index : index + size])
        index += size
    draw.shuffle(blocks)
    return [sentence for block in blocks for sentence in block]


def _around(sentences: Sequence[Sentence], draw: random.Random) -> tuple[list[Sentence], list[Sentence]]:
    """Return a few sentences of another article to stand before and after a copy."""
    some = _run(sentences, draw)[: draw.randint(0, 10)]
    cut = draw.randint(0, len(some))
    return some[:cut], some[cut:]


def _reworded(words: str, draw: random.Random) -> str:
    """Put synonyms for two thirds of the words that have one, and drop one word in forty."""

    def word(match: re.Match[str]) -> str:
        old = match.group()
        new = SYNONYMS.get(old.casefold())
        if new is not None and draw.random() < 0.67:
            return new.capitalize() if old[0].isupper() else new
        return "" if len(old) > 3 and draw.random() < 0.025 else old

    return " ".join(_WORD.sub(word, words).split())


def _punctuated(words: str, draw: random.Random) -> str:
    """Put other quotation marks and dashes, and one comma less, as another house's style does."""
    if draw.random() < 0.5:
        words = words.replace("“", '"').replace("”", '"').replace("’", "'")
    if draw.random() < 0.5:
        words = words.replace(" – ", " -- ").replace(" — ", ", ")
    return words.replace(", ", " ", 1) if draw.random() < 0.3 else words
