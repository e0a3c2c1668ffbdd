"""Take lists apart: "four generals and two firms" are two parties."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from ..model import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from ..extract.parse import Parse
    from .parties.sides import Sides

_JOINTS = frozenset({"and", "or", "&"})
_NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_OPENING = _NOUNS | {"DET", "ADJ"}
_NAMES = frozenset({"GPE", "ORG", "PERSON", "NORP"})
_LEANING = frozenset({"compound", "amod", "nmod", "poss", "nummod", "quantmod"})


def items(parse: Parse, span: Span) -> list[Span]:
    """Return the phrases of a list, the whole span where it is none.

    Commas part phrases only where an "and" parts the last two, so that what describes a phrase stays
    with it ("the commander, a cousin of the king"). A name keeps its "and" ("Bosnia and Herzegovina"),
    and so do words before one noun ("two police and army officers").
    """
    tokens = parse.tokens(span)
    if tokens is None:
        return [span]
    doc = parse.doc
    joints = [t.i for t in tokens if t.lower_ in _JOINTS and _parts(doc, t.i, tokens.start, tokens.end)]
    if not joints:
        return [span]
    cuts = [
        t.i
        for t in tokens
        if t.i < joints[-1] and t.text == "," and _parts(doc, t.i, tokens.start, tokens.end)
    ]
    edges = sorted({tokens.start - 1, *joints, *cuts, tokens.end})
    found = []
    for before, after in pairwise(edges):
        words = [t for t in doc[before + 1 : after] if not t.is_space]
        while words and (words[0].is_punct or words[0].lower_ in _JOINTS):
            words = words[1:]
        while words and words[-1].is_punct:
            words = words[:-1]
        if words:
            found.append(Span(max(span.start, words[0].idx), min(span.end, words[-1].idx + len(words[-1]))))
    found = [s for s in found if s.start < s.end]
    return [span] if any(_describes(parse, s) for s in found[1:]) or not found else found


def of_two_sides(sides: Sides, span: Span) -> list[Span]:
    """Return the parts of a phrase that names two sides before one noun: "Russian and Ukrainian forces"."""
    tokens = sides.parse.tokens(span)
    for joint in tokens or ():
        before, behind = joint.i - 1, joint.i + 1
        if (
            tokens is None
            or joint.lower_ not in {"and", ","}
            or before < tokens.start
            or behind + 1 >= tokens.end
        ):
            continue
        one, two = sides.names.name_at(before), sides.names.name_at(behind)
        noun = any(t.pos_ in _NOUNS for t in sides.doc[behind + 1 : tokens.end])
        if noun and one is not None and two is not None and one.entry.side != two.entry.side:
            rest = Span(sides.doc[behind].idx, span.end)
            return [Span(max(span.start, one.start), one.end), *of_two_sides(sides, rest)]
    return [span]


def _describes(parse: Parse, span: Span) -> bool:
    """Tell whether a phrase says what another is: "the displaced, women and children"."""
    tokens = parse.tokens(span)
    return tokens is not None and any(t.dep_ == "appos" for t in tokens if t.head not in tokens)


def _parts(doc: Doc, i: int, start: int, end: int) -> bool:
    """Tell whether a phrase ends before a comma or "and" and another begins behind it."""
    left = _last(doc, i, start)
    if left is None or i + 1 >= end:
        return False
    right = next((t for t in doc[i + 1 : end] if not (t.is_punct or t.is_space or t.lower_ in _JOINTS)), None)
    if right is None or (doc[i].ent_iob_ == "I" and doc[i].ent_type_ in _NAMES):
        return False
    if left.pos_ not in _NOUNS or (left.dep_ in _LEANING and left.head.i > i):
        return False
    return right.pos_ in _OPENING and any(t.pos_ in _NOUNS for t in doc[right.i : end])


def _last(doc: Doc, i: int, start: int) -> Token | None:
    return next((t for t in reversed(doc[start:i]) if not (t.is_punct or t.is_space)), None)
