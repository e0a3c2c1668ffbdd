"""Attributions without a verb: "according to", "in its view", "reportedly", "Moscow: troops regrouped"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...model import Span
from .finding import Finding, Page
from .grammar import VERBAL, child, mention, ranges, sentence, spans
from .lexicon import Cue
from .parenthesis import subordinate

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_BARS = frozenset({";", "–", "—", "--"})
_SAYING = Cue("saying", frozenset({"clause"}))
_HEDGED = Cue("saying", frozenset({"clause"}), hedge=True)
_HEADLINE = re.compile(
    r"^[^\S\n]*(?P<source>[A-Z][^\n:.!?]{1,60}?)(?P<mark>:|\s[-–—])\s+(?P<content>[^\n]{8,200}?)[ \t.]*$",
    re.M,
)


_LABEL = re.compile(
    r"^[^\S\n]{0,8}(?:(?:CLIP|SOT|SOUNDBITE|CUT|ACTUALITY|VIDEO|\d{1,2}[:.]\d{2}|[•*–—-])[,:.]?[^\S\n]{0,8}){0,3}"
    r"(?:(?P<source>[A-Z][^\n:\"“”«(]{1,90})(?:\([^)\n]{1,60}\))?"
    r"|\((?P<named>[^)\n:\"“”«,]{2,60}(?:,(?! (?:in|voiced|translated|through)\b)[^)\n:\"“”«,]{1,60}){0,3})"
    r"[^)\n]{0,60}\)):[^\S\n]{0,8}(?P<quote>[\"“«])",
    re.M,
)


def phrase_findings(page: Page, token: Token) -> Iterator[Finding]:
    """Yield what ``token`` gives as the first word of a preposition, as a view or as an adverb."""
    doc, words, low = page.doc, page.words, token.lower_
    finding = None
    for phrase in words.prepositions.get(low, ()):
        if all(token.i + k < len(doc) and doc[token.i + k].lower_ == w for k, w in enumerate(phrase)):
            finding = _preposition(doc, token, len(phrase))
            if finding is not None:
                break
    if finding is None and token.dep_ == "pobj" and token.lemma_.lower() in words.views:
        finding = _view(doc, token)
    elif finding is None and low in words.adverbs and token.pos_ in ("ADV", "ADJ"):
        finding = _adverb(doc, token)
    if finding is not None:
        yield finding


def _preposition(doc: Doc, token: Token, length: int) -> Finding | None:
    last = doc[token.i + length - 1]
    noun = child(last, "pobj") or child(token, "pobj")
    if token.lower_ in ("per", "so", "citing", "as") and (noun is None or not _can_speak(noun)):
        return None
    if noun is None or noun.i <= last.i:
        noun = doc[last.i + 1] if last.i + 1 < len(doc) else None
        if noun is None or noun.pos_ not in ("NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM"):
            return None
        while (
            noun.dep_ in ("compound", "amod", "det", "poss", "nummod")
            and noun.head.i > noun.i
            and noun.head.i - noun.i < 12
        ):
            noun = noun.head
    source = mention(noun)
    if source is None:
        return None
    end = max(last.i, _last_token(doc, source))
    content = _around(doc, token, token.i, end)
    if not content:
        return None
    cue = Span(token.idx, last.idx + len(last.text))
    return Finding(source, cue, spans(doc, content), _SAYING, "according to", token.i)


def _can_speak(noun: Token) -> bool:
    return noun.pos_ == "PROPN" or noun.ent_type_ in ("ORG", "PERSON", "GPE", "NORP")


def _last_token(doc: Doc, span: Span) -> int:
    touched = doc.char_span(span.start, span.end, alignment_mode="expand")
    return int(touched.end) - 1 if touched is not None else 0


def _around(doc: Doc, token: Token, first: int, last: int) -> list[tuple[int, int]]:
    """Return the clause that the phrase from ``first`` to ``last`` belongs to, without the phrase."""
    left, right = _segment(doc, token, first, last)
    if first > left and _opens(doc, first):
        return ranges(last + 1, right, [])
    head = token
    for _ in range(12):
        if head.head.i == head.i:
            break
        head = head.head
        if head.pos_ in VERBAL and head.dep_ in ("ccomp", "ROOT", "parataxis", "conj"):
            break
    inside = head.left_edge.i <= first and last <= head.right_edge.i
    if head.pos_ in VERBAL and head.dep_ == "ccomp" and inside:
        if head.head.lemma_ not in ("say", "tell"):
            left, right = max(left, head.left_edge.i), min(right, head.right_edge.i)
    elif (
        head.dep_ == "conj"
        and not _ends(doc, last, right)
        and first > head.left_edge.i
        and child(head, "nsubj", "nsubjpass") is not None
    ):
        left = max(left, head.left_edge.i)
    if first > left:
        left = subordinate(doc, left, first)
        if any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in doc[left:first]):
            # The clause before is whole: what follows is somebody else's, unless it is no clause.
            right = last if any(t.tag_ in _FINITE for t in doc[last + 1 : right + 1]) else right
    return ranges(left, right, [(first, last)])


def _segment(doc: Doc, token: Token, first: int, last: int) -> tuple[int, int]:
    """Return the bounds of the sentence part around a phrase: semicolons, or the dashes on both sides."""
    left, right = sentence(token)
    before = next((i for i in range(first - 1, left, -1) if doc[i].text in _BARS), None)
    after = next((i for i in range(last + 1, right + 1) if doc[i].text in _BARS), None)
    dashes = before is not None and after is not None and doc[before].text == doc[after].text
    if before is not None and (doc[before].text == ";" or dashes):
        left = before + 1
    if after is not None and (doc[after].text == ";" or dashes):
        right = after - 1
    return left, right


def _ends(doc: Doc, last: int, right: int) -> bool:
    """Tell whether nothing but marks follows ``last`` in its part of the sentence."""
    return all(t.is_punct or t.is_space for t in doc[last + 1 : right + 1])


def _opens(doc: Doc, first: int) -> bool:
    """Tell whether a phrase opens its clause: behind "and", "but", or a relative "where"."""
    i = first - 1
    if doc[i].text == ",":
        i -= 1
    return i >= 0 and doc[i].lower_ in ("and", "but", "while", "that", "where", "because", "although")


def _view(doc: Doc, noun: Token) -> Finding | None:
    owner = child(noun, "poss")
    prep = noun.head
    if owner is None or prep.lower_ not in ("in", "by", "to", "on") or prep.i > owner.left_edge.i:
        return None
    source = mention(owner)
    content = _around(doc, prep, prep.i, noun.right_edge.i)
    if source is None or not content:
        return None
    if doc[owner.right_edge.i].dep_ == "case":
        source = Span(source.start, source.end - len(doc[owner.right_edge.i]))
    return Finding(
        source, Span(prep.idx, noun.idx + len(noun.text)), spans(doc, content), _SAYING, "view", prep.i
    )


def _adverb(doc: Doc, adverb: Token) -> Finding | None:
    head = adverb.head
    if head.pos_ not in VERBAL:
        left, right = head.left_edge.i, head.right_edge.i
    else:
        while head.dep_ in ("xcomp", "aux") and head.head.pos_ in VERBAL and head.head.i != head.i:
            head = head.head
        left, right = head.left_edge.i, head.right_edge.i
    content = spans(doc, ranges(left, right, [(adverb.i, adverb.i)]))
    if not content:
        return None
    return Finding(
        None, Span(adverb.idx, adverb.idx + len(adverb.text)), content, _HEDGED, "adverb", adverb.i
    )


def headline_findings(page: Page) -> Iterator[Finding]:
    """Yield "Moscow: troops regrouped" and "Troops regrouped - Moscow" of the title line."""
    doc, text = page.doc, page.text
    first_line = text.lstrip().split("\n", 1)[0]
    if len(first_line) > 220 or not first_line:
        return
    at = len(text) - len(text.lstrip())
    found = _HEADLINE.match(text, at, at + len(first_line))
    if found is None or not _source_like(doc, found):
        return
    source = Span(found.start("source"), found.end("source"))
    content = Span(found.start("content"), found.end("content"))
    yield Finding(source, Span(found.start("mark"), found.end("mark")), (content,), _SAYING, "headline")


def label_findings(page: Page) -> Iterator[Finding]:
    """Yield what a script gives to a speaker by a label: "CLIP, MAYOR (translated): “We left.”"."""
    for found in _LABEL.finditer(page.text):
        who = "source" if found["source"] is not None else "named"
        source = Span(found.start(who), found.start(who) + len(found[who].rstrip()))
        quote = page.quotes.at(found.start("quote"))
        tokens = page.doc.char_span(source.start, source.end, alignment_mode="expand")
        if quote is None or tokens is None:
            continue
        if any(t.tag_ in ("VBD", "VBZ", "VBP") and t.is_lower for t in tokens):
            continue
        yield Finding(source, Span(source.end, found.start("quote")), (quote.span,), _SAYING, "label")


def _source_like(doc: Doc, found: re.Match[str]) -> bool:
    tokens = doc.char_span(found.start("source"), found.end("source"), alignment_mode="expand")
    if tokens is None or len(tokens) > 6:
        return False
    if any(t.pos_ in VERBAL for t in tokens):
        return False
    last = tokens[-1]
    return bool(
        last.ent_type_ in ("ORG", "PERSON", "GPE", "NORP") or last.pos_ == "PROPN" or last.tag_ == "NNS"
    )
