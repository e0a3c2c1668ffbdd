"""Find claims without a trained reader: words that carry an event, and the clause around each.

``triggers.json`` says of each lemma how often it stands for an event of a type in annotated reports
(``training/triggers.py`` counts them). A verb or noun that does so often enough opens a claim, and its
clause is the evidence. Status, parties, places, days and figures are then found by the rules alone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from ..model import EventType, Span
from .reader import Reading
from .reader.gate import gate
from .sentences import sentences

if TYPE_CHECKING:
    from spacy.tokens import Token

    from .parse import Parse

LEAST = 0.2  # share of its uses in which a word has to carry an event
_CONTENT = frozenset({"VERB", "NOUN"})
_OTHER_CLAUSES = frozenset({"advcl", "relcl", "ccomp", "parataxis", "acl", "csubj", "mark", "punct", "cc"})
_LONGEST = 45  # tokens of a clause


def key(token: Token) -> str:
    """Return the name under which a word's uses are counted: its lemma and part of speech."""
    return f"{token.lemma_.lower()}/{token.pos_}"


def may_carry(token: Token) -> bool:
    """Tell whether a token stands where a word can carry an event: a verb, or a noun that is no modifier."""
    return token.pos_ in _CONTENT and token.dep_ not in {"amod", "compound", "aux", "auxpass", "npadvmod"}


def wanted(text: str) -> bool:
    """Tell whether a text may hold a claim at all."""
    return any(gate().wanted(text, sentences(text)))


def read_by_rules(parse: Parse) -> list[Reading]:
    """Return the claims of a document, told by trigger words and clauses alone, in order."""
    text = parse.document.text
    may = gate().wanted(text, parse.sentences)
    found = []
    for number, sentence in enumerate(parse.sentences):
        tokens = parse.tokens(sentence) if may[number] else None
        for token in tokens if tokens is not None else ():
            event, share = _carried(token)
            if event is None or share < LEAST or _under(token):
                continue
            evidence = _evidence(token, sentence)
            found.append(
                Reading(
                    evidence=evidence, sentence=number, event=event, score=share, statuses={},
                    attributed=0.5, parts=None,
                )
            )  # fmt: skip
    return list(_apart(found))


@dataclass(frozen=True, slots=True)
class Triggers:
    """What each word carries, and the SHA-256 of the data, which is part of a claim's identity."""

    carries: dict[str, tuple[EventType, float]]
    identity: str


@lru_cache(maxsize=1)
def triggers() -> Triggers:
    """Load the trigger words that ship."""
    text = files(__package__).joinpath("triggers.json").read_text(encoding="utf-8")
    carries = {word: (event, share) for word, (event, share) in json.loads(text).items()}
    return Triggers(carries, hashlib.sha256(text.encode()).hexdigest())


def _carried(token: Token) -> tuple[EventType | None, float]:
    return triggers().carries.get(key(token), (None, 0.0)) if may_carry(token) else (None, 0.0)


def _under(noun: Token) -> bool:
    """Tell whether a noun belongs to the clause of a verb that carries the event itself."""
    if noun.pos_ != "NOUN":
        return False
    head = noun.head
    while head.pos_ == "ADP" and head.head.i != head.i:
        head = head.head
    return head.pos_ == "VERB" and _carried(head)[1] >= LEAST


def _evidence(trigger: Token, sentence: Span) -> Span:
    """Return the clause of a verb; of a noun its phrase, with the verb above it where it is a part of one."""
    root = trigger
    if (
        trigger.pos_ == "NOUN"
        and trigger.dep_ in {"nsubj", "nsubjpass", "dobj"}
        and trigger.head.pos_ == "VERB"
    ):
        root = trigger.head
    kept = [root]
    for child in root.children:
        if child.dep_ in _OTHER_CLAUSES or (child.dep_ == "conj" and child.pos_ == "VERB"):
            continue
        kept += child.subtree
    kept = sorted((t for t in kept if sentence.start <= t.idx < sentence.end), key=lambda t: t.i)
    run = [trigger]
    at = kept.index(trigger)
    for token in reversed(kept[:at]):  # the stretch around the trigger, without what lies beyond a gap
        if run[0].i - token.i > 3 or len(run) >= _LONGEST:
            break
        run.insert(0, token)
    for token in kept[at + 1 :]:
        if token.i - run[-1].i > 3 or len(run) >= _LONGEST:
            break
        run.append(token)
    while len(run) > 1 and (run[-1].is_punct or run[-1].is_space):
        run.pop()
    while len(run) > 1 and (run[0].is_punct or run[0].is_space):
        run.pop(0)
    return Span(run[0].idx, run[-1].idx + len(run[-1]))


def _apart(found: list[Reading]) -> Iterator[Reading]:
    """Yield the readings without those that tell the same type in mostly the same words as a surer one."""
    kept: list[Reading] = []
    for reading in sorted(found, key=lambda r: -r.score):
        if not any(_much(reading.evidence, k.evidence) for k in kept):
            kept.append(reading)
    yield from sorted(kept, key=lambda r: (r.evidence, r.event))


def _much(one: Span, other: Span) -> bool:
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared > 0.6 * min(one.end - one.start, other.end - other.start)
