"""Complete a clause that the trained reader cut short, by the parse.

A claim's evidence is the smallest clause that states the occurrence with its participants. Where the
reader marks words that state nothing by themselves (no verb, no noun of action), the clause around
them is taken: the nearest verb above them with what depends on it, less the other clauses under it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ..model import Span
from .triggers import key, triggers

if TYPE_CHECKING:
    from spacy.tokens import Token

    from .parse import Parse
    from .reader import Reading

_VERBS = frozenset({"VERB", "AUX"})
_OTHER_CLAUSES = frozenset({"advcl", "relcl", "ccomp", "parataxis", "acl", "csubj"})
_NOUN_PARTS = frozenset({"prep", "poss", "amod", "compound"})
_LONGEST = 45  # tokens of a clause that is taken whole


def completed(parse: Parse, evidence: Span) -> Span:
    """Return ``evidence``, widened to its clause where its own words state nothing.

    Args:
        parse: the parsed document.
        evidence: characters marked as a claim.
    """
    tokens = parse.tokens(evidence)
    if tokens is None or any(_states(t) for t in tokens):
        return evidence
    verb = _verb_above(tokens.root)
    if verb is None:
        return evidence
    inside = {t.i for t in tokens}
    kept = [t.i for t in _clause(verb, inside)]
    first, last = min(kept), max(kept)
    if last - first >= _LONGEST:
        return evidence
    words = list(parse.doc[first : last + 1])
    while words and _loose(words[-1]):
        words.pop()
    while words and _loose(words[0]):
        words.pop(0)
    if not words:
        return evidence
    return evidence.union(Span(words[0].idx, words[-1].idx + len(words[-1])))


def _loose(token: Token) -> bool:
    """Tell whether a token at the end of a clause belongs to none: a mark, a space, "and", "that"."""
    return bool(token.is_punct or token.is_space or token.dep_ in {"cc", "mark"})


def complete_all(parse: Parse, readings: Sequence[Reading]) -> list[Reading]:
    """Complete the evidence of all readings; of two that become one clause with one type the surer stands."""
    kept: list[Reading] = []
    for reading in sorted(readings, key=lambda r: -r.score):
        reading = replace(reading, evidence=completed(parse, reading.evidence))
        if not any(k.event == reading.event and _same(k.evidence, reading.evidence) for k in kept):
            kept.append(reading)
    return sorted(kept, key=lambda r: (r.evidence, r.event))


def _same(one: Span, other: Span) -> bool:
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared > 0.5 * (max(one.end, other.end) - min(one.start, other.start))


def _states(token: Token) -> bool:
    """Tell whether a token can state an occurrence: a verb, or a noun that is known to, with its parties."""
    if token.pos_ in _VERBS:
        return token.dep_ not in {"amod", "compound"}
    return (
        token.pos_ == "NOUN"
        and key(token) in triggers().carries
        and any(c.dep_ in _NOUN_PARTS for c in token.children)
    )


def _verb_above(token: Token) -> Token | None:
    while token.pos_ not in _VERBS:
        if token.head.i == token.i:
            return None
        token = token.head
    return token


def _clause(verb: Token, inside: set[int]) -> list[Token]:
    """Return the tokens of a verb's clause, without other clauses that hold nothing of the evidence."""
    kept = [verb]
    for child in verb.children:
        branch = list(child.subtree)
        other = child.dep_ in _OTHER_CLAUSES or (child.dep_ == "conj" and child.pos_ in _VERBS)
        if other and not any(t.i in inside for t in branch):
            continue
        kept += branch
    return kept
