"""Cues set into the sentence they speak for: "Troops pulled back, the ministry said, after a week"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .grammar import QUOTES, VERBAL, child, opens_clause, sentence

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_EDGES = frozenset({",", "-", "–", "—", "--", ".", ";", ":", "!", "?", ")"})
_OPEN_EDGES = frozenset({",", "-", "–", "—", "--"})
_ASIDE = frozenset(
    {"who", "whose", "whom", "which", "as", "when", "while", "adding", "citing", "quoting", "speaking"}
)
_TOLD = frozenset({"tell", "inform", "assure", "remind", "warn", "advise", "notify", "brief"})
_SUBORDINATORS = frozenset(
    {"because", "which", "that", "who", "whom", "whose", "where", "although", "though", "since", "when"}
)
_REACH = 14  # tokens of adverbials that a cue may drag along ("said by telephone from the town on Monday")


def parenthesis(doc: Doc, verb: Token, source: tuple[int, int]) -> list[tuple[int, int]]:
    """Return the clause around a cue between commas, or before one at the end; empty where there is none.

    Args:
        doc: the parse.
        verb: the cue.
        source: first and last token of the source.
    """
    start, stop = sentence(verb)
    while stop > start and doc[stop].is_space:
        stop -= 1
    first = min(
        [
            source[0],
            verb.i,
            *(
                c.i
                for c in verb.lefts
                if c.dep_ in ("aux", "neg", "advmod") and verb.i - c.i < 4 and c.tag_ != "WRB"
            ),
        ]
    )
    last = _end(doc, max(source[1], verb.i), stop)
    inverted = first == verb.i and verb.i + 1 == source[0]
    if last is None or first <= start or (first < source[0] and not inverted):
        return []
    before = doc[first - 1]
    quoted = (
        before.text in QUOTES and first - 2 >= start and doc[first - 2].text in (",", "!", "?", "-", "—", ".")
    )
    if not quoted and before.text not in _OPEN_EDGES:
        return []
    left = (subordinate(doc, clause_start(doc, start, first - 1), first - 1), first - 1)
    right = (last + 1, _right(doc, last + 1, stop))
    ahead = next((t for t in doc[right[0] : right[1] + 1] if not t.is_punct), None)
    if (
        ahead is None
        or ahead.lower_ in _ASIDE
        or doc[last + 1].text not in _OPEN_EDGES
        or (quoted and not any(t.text in QUOTES for t in doc[right[0] : min(right[1] + 1, right[0] + 3)]))
    ):
        right = (right[0], right[0] - 1)
    if not quoted:
        left = (within(doc, left[0], first - 1, right), first - 1)
    if not quoted and not any(t.tag_ in _FINITE for t in doc[left[0] : left[1]]) and right[0] > right[1]:
        return []
    return [piece for piece in (left, right) if piece[0] <= piece[1]]


def as_aside(verb: Token) -> list[tuple[int, int]]:
    """Return the clause that ", as he hinted," or ", or so they announced" stands beside; else nothing."""
    doc, (start, stop) = verb.doc, sentence(verb)
    while stop > start and (doc[stop].is_space or doc[stop].text in (".", "!", "?")):
        stop -= 1
    first = _opener(verb)
    if first is None:
        return []
    last = min(max(verb.right_edge.i, verb.i), stop)
    closing = next((i for i in range(verb.i + 1, min(last, verb.i + _REACH) + 1) if doc[i].text == ","), None)
    last = closing - 1 if closing is not None else last
    if any(t.tag_ in _FINITE for t in doc[verb.i + 1 : last + 1]):
        return []
    left = (subordinate(doc, clause_start(doc, start, first), first), first - 1)
    right = (last + 1, _right(doc, last + 1, stop))
    whole = [p for p in (left, right) if any(t.tag_ in _FINITE for t in doc[p[0] : p[1] + 1])]
    return [p for p in (left, right) if p[0] <= p[1]] if len(whole) == 2 else whole


def _opener(verb: Token) -> int | None:
    """Return where the "as" or "or so" before a cue stands, None where there is none."""
    doc = verb.doc
    edge = verb.left_edge.i
    if doc[edge].lower_ == "as" and doc[edge].dep_ in ("mark", "advmod", "prep"):
        return edge if edge == 0 or doc[edge - 1].text in _EDGES or doc[edge].is_sent_start else None
    if doc[edge].lower_ == "so" and edge > 0 and doc[edge - 1].lower_ == "or":
        return edge - 1
    return None


def _end(doc: Doc, last: int, stop: int) -> int | None:
    """Return the last token of the cue with its adverbials, None where a clause follows instead."""
    for i in range(last + 1, min(stop, last + _REACH) + 1):
        token = doc[i]
        if token.text in _EDGES:
            return i - 1
        if (
            token.text in QUOTES
            or token.tag_ in _FINITE
            or token.dep_ == "mark"
            or token.lower_ == "whether"
            or opens_clause(doc, i)
        ):
            return None
        if token.dep_ in ("nsubj", "nsubjpass", "expl") or (
            token.dep_ == "dobj" and token.head.lemma_ not in _TOLD
        ):
            return None
    return stop if last + 1 > stop or stop - last < _REACH else None


def clause_start(doc: Doc, start: int, stop: int) -> int:
    """Return where the clause before a cue begins: behind a semicolon, or a colon after a clause."""
    for i in range(stop - 1, start, -1):
        text = doc[i].text
        if text == ";":
            return i + 1
        if text == ":" and i - start > 2 and any(t.tag_ in _FINITE for t in doc[start:i]) and i + 2 < stop:
            clause = any(t.tag_ in _FINITE for t in doc[i + 1 : stop])
            if clause:
                return i + 1
    return start


def subordinate(doc: Doc, start: int, stop: int) -> int:
    """Return where a clause without a verb of its own begins: "because the West, they say, arms Rwanda"."""
    for i in range(stop - 1, start, -1):
        if doc[i].tag_ in _FINITE:
            return start
        if doc[i].lower_ in _SUBORDINATORS and doc[i].dep_ not in ("prep", "det"):
            return i + (doc[i].dep_ == "mark")
    return start


def within(doc: Doc, start: int, stop: int, right: tuple[int, int]) -> int:
    """Return where a cue's clause begins, which may be one inside the clause before it.

    "They came with a man who worked, she insists, in a garage": she speaks for the relative clause alone, as
    what follows goes on with it. So do those set into a participle ("having lost, he says, two tanks").

    Args:
        doc: the parse.
        start: first token of the clause before the cue.
        stop: the token behind that clause, a comma.
        right: first and last token of what follows the cue.
    """
    at = stop - 1
    while at > start and (doc[at].is_punct or doc[at].is_space):
        at -= 1
    behind = doc[right[0] : right[1] + 1]
    if not len(behind) or behind[0].text not in _OPEN_EDGES or all(t.is_punct or t.is_space for t in behind):
        return start
    if any(t.tag_ in _FINITE and t.dep_ != "relcl" for t in behind):
        return start
    token = doc[at]
    for _ in range(_REACH):
        inner = token.dep_ == "relcl" or (
            token.dep_ in ("advcl", "acl", "pcomp") and (token.tag_ == "VBG" or _having(token))
        )
        if inner and start < token.left_edge.i <= at:
            return int(token.left_edge.i)
        if token.head.i == token.i or token.head.i < start:
            return start
        token = token.head
    return start


def _having(participle: Token) -> bool:
    """Tell whether a participle stands with "having"."""
    return any(c.lower_ == "having" for c in participle.lefts)


def _right(doc: Doc, first: int, stop: int) -> int:
    for i in range(first, stop + 1):
        if doc[i].text == ";":
            return i - 1
    return stop


def has_complement(verb: Token) -> bool:
    """Tell whether a clause right behind ``verb`` is its own, so that no other need be looked for."""
    clause = child(verb, "ccomp")
    if clause is None or clause.i < verb.i or clause.pos_ not in VERBAL:
        return False
    first = verb.doc[clause.left_edge.i]
    before = first.i - 1
    while before > verb.i and verb.doc[before].text in QUOTES:
        before -= 1
    return first.i > verb.i and verb.doc[before].text != ","
