"""Where the words of a party begin and end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..model import Span
from .frames import verbs

if TYPE_CHECKING:
    from spacy.tokens import Token

    from ..extract.parse import Parse

_ABBREVIATED = re.compile(r"(?<![\w.])[A-Z](?:\.[A-Z]){1,4}\.$")
_RELATIVE_END = re.compile(r",? (?:who|which|whom|whose|that)$")
_CUT_OFF = re.compile(r"\w (?:on|in|at|of|from|with|for|by|to|near) ?$")
_BEFORE_NOUN = frozenset({"det", "amod", "compound"})
_DATELINE = re.compile(r"[A-Z][A-Z ,.'-]{2,40} ?[–—-]{1,2} ?(?=\w)")


def tidy(text: str, span: Span) -> Span | None:
    """Return the span without a dateline, and without blanks, marks and possessive endings at its edges."""
    start, end = span.start, min(span.end, len(text))
    dateline = _DATELINE.match(text, start, end)
    if dateline is not None:
        start = dateline.end()
    closed = text.find(")", start, end)
    if closed > 0 and "(" not in text[start:closed]:  # "CNN) militants" of "(CNN) militants"
        start = closed + 1
    while start < end and not text[start].isalnum() and text[start] not in "@#":
        start += 1
    if text[start:end].startswith(("of ", "by ")):  # "of the self-proclaimed republic"
        start += 3
    if text[max(0, start - 1) : start + 2] in {"'s ", "’s "}:  # what is left of "the city's police"
        start += 2
    relative = _RELATIVE_END.search(text, start, end)  # "the suspects who"
    if relative is not None:
        end = relative.start()
    if text.startswith("dead ", start) and text.endswith("shot ", 0, start):  # "shot dead hundreds of people"
        start += 5
    cut = _CUT_OFF.search(text, start, end)  # "gunmen on" of "gunmen on motorbikes"
    if cut is not None:
        end = cut.start() + 1
    while end > start and not text[end - 1].isalnum() and text[end - 1] not in ")%":
        end -= 1
    if text[start:end].endswith(("'s", "’s")):
        end -= 2
    if _ABBREVIATED.search(text, start, end + 1):  # "the U.S."
        end += 1
    return Span(start, end) if start < end else None


def whole(parse: Parse, span: Span) -> Span:
    """Return a span that ends before the noun of its phrase up to that noun: "the armed" of "the armed men".

    What stands before a weapon stays alone: in "the Turkish drones" it is the Turks who act.
    """
    tokens = parse.tokens(span)
    if tokens is None or tokens.root.dep_ not in _BEFORE_NOUN:
        return span
    noun = tokens.root.head
    if noun.i < tokens.end or noun.pos_ not in {"NOUN", "PROPN"} or noun.lower_ in verbs().weapons:
        return span
    return Span(span.start, noun.idx + len(noun))


def phrase(token: Token) -> Span:
    """Return the noun phrase of a head: its left side and a short "of" behind it."""
    doc = token.doc
    left = token
    for child in token.lefts:
        if child.dep_ in {
            "det",
            "amod",
            "compound",
            "nummod",
            "poss",
            "quantmod",
            "nmod",
            "predet",
            "advmod",
            "case",
        }:
            left = doc[min(left.i, child.left_edge.i)]
    right = token.i
    for child in token.rights:
        if child.dep_ == "prep" and child.lower_ == "of" and child.right_edge.i - token.i <= 8:
            right = child.right_edge.i
            break
    while left.i < token.i and (left.lower_ in {"and", "or", ","} or left.ent_type_ in {"DATE", "TIME"}):
        left = doc[left.i + 1]  # "On Tuesday security forces …"
    last = doc[right]
    return Span(left.idx, last.idx + len(last))
