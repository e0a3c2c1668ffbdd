"""Who speaks by a colon: headlines, the labels of a script, the entries of a log."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...model import Span
from .finding import Finding, Page
from .grammar import VERBAL
from .lexicon import Cue, Lexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc

_SAYING = Cue("saying", frozenset({"clause"}))
_HEADLINE = re.compile(
    r"^[^\S\n]*(?P<source>[A-Z][^\n:.!?]{1,60}?)(?P<mark>:|\s[-–—])\s+(?P<content>[^\n]{8,200}?)[ \t.]*$",
    re.M,
)
_ENTRY = re.compile(r"(?P<source>[A-Z][^\n:;.!?\"“”«,]{1,60})(?P<mark>:) (?P<content>[^\n]{6,400})$")
_LABEL = re.compile(
    r"^[^\S\n]{0,8}(?:(?:CLIP|SOT|SOUNDBITE|CUT|ACTUALITY|VIDEO|\d{1,2}[:.]\d{2}|[•*–—-])[,:.]?[^\S\n]{0,8}){0,3}"
    r"(?:(?P<source>[A-Z][^\n:\"“”«(]{1,90})(?:\([^)\n]{1,60}\))?"
    r"|\((?P<named>[^)\n:\"“”«,]{2,60}(?:,(?! (?:in|voiced|translated|through)\b)[^)\n:\"“”«,]{1,60}){0,3})"
    r"[^)\n]{0,60}\)):[^\S\n]{0,8}(?P<quote>[\"“«])",
    re.M,
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
    if found["source"].isupper() and first_line.rstrip().endswith("."):
        return  # "KIDAL: Rebels took …": where it was written
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


def entry_findings(page: Page) -> Iterator[Finding]:
    """Yield what an entry of a log gives to a body by a colon: "Police: one soldier killed"."""
    doc, text = page.doc, page.text
    first_line = text.find("\n")
    for sent in doc.sents:
        line = text[sent.start_char : sent.end_char].rstrip()
        found = _ENTRY.match(line)
        if (
            found is None
            or sent.start_char <= first_line
            or not _body(doc, sent.start, sent.start_char + found.end("source"), page.words)
        ):
            continue
        at = sent.start_char
        source = Span(at + found.start("source"), at + found.end("source"))
        mark = Span(at + found.start("mark"), at + found.end("mark"))
        yield Finding(source, mark, (Span(at + found.start("content"), at + len(line)),), _SAYING, "entry")


def _body(doc: Doc, first: int, end: int, words: Lexicon) -> bool:
    """Tell whether words before a colon name a body or people, not a place or a heading."""
    tokens = [t for t in doc[first : first + 9] if t.idx < end]
    if (
        not 0 < len(tokens) < 7
        or tokens[-1].idx + len(tokens[-1]) != end
        or any(t.pos_ in VERBAL for t in tokens)
    ):
        return False
    stop = next((i for i, t in enumerate(tokens) if t.pos_ == "ADP"), len(tokens))
    head = tokens[stop - 1] if stop else tokens[0]
    if head.lower_ in words.speaking:
        return True
    return (
        head.ent_type_ in ("ORG", "PERSON") and head.pos_ == "PROPN" and not (head.is_upper and len(head) > 6)
    )


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
