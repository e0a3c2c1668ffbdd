"""Find the content of a cue that the parse left without any, from the order of words alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...model import Span
from .finding import Finding
from .grammar import opens_clause, sentence, spans

if TYPE_CHECKING:
    from spacy.tokens import Doc

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_COMMAS = frozenset({",", "-", "–", "—", "--", ";", ":"})


def fill(doc: Doc, finding: Finding) -> Finding | None:
    """Return a saying that has a source and no content with what stands before or behind it in its sentence.

    "…, the mayor said." takes what comes before the comma, "…, he said, …" both sides, "He said …" the rest;
    None where nothing there can be a clause.
    """
    if finding.content:
        return finding
    if (
        finding.entry.needs_that
        or finding.token is None
        or finding.source is None
        or finding.cue is None
        or finding.entry.kind not in ("saying", "thinking")
    ):
        return None
    verb = doc[finding.token]
    begins, ends = sentence(verb)
    block = finding.source.union(finding.cue)
    tokens = doc.char_span(block.start, block.end, alignment_mode="expand")
    if tokens is None or tokens.start < begins or tokens.end > ends + 1 or len(tokens) > 40:
        return None
    that = _that_after(doc, tokens.end, ends + 1)
    if that is not None:
        content = spans(doc, [(that, ends)])
        return finding.with_content(content) if content else None
    before, after = (begins, tokens.start - 1), (tokens.end, ends)
    pieces = []
    if tokens.start - 1 > begins and doc[tokens.start - 1].text in _COMMAS and _clause(doc, *before):
        pieces.append((before[0], before[1] - 1))
        if (
            after[0] < after[1]
            and doc[after[0]].text == ","
            and _clause(doc, *after)
            and doc[after[0] + 1].lower_ not in ("who", "which", "adding")
        ):
            pieces.append(after)
    elif after[0] <= after[1] and _begins(doc, after[0]) and _clause(doc, *after):
        pieces.append(after)
    content = spans(doc, pieces)
    return finding.with_content(content) if content else None


def _clause(doc: Doc, first: int, last: int) -> bool:
    return last - first >= 2 and any(t.tag_ in _FINITE for t in doc[first : last + 1])


def _that_after(doc: Doc, first: int, stop: int) -> int | None:
    """Return where "that" opens a clause behind a cue, with an adverbial at most between the two."""
    for i in range(first, min(stop, first + 18)):
        if doc[i].text in (";", ":", '"', "“", "”") or (doc[i].text == "," and i > first + 6):
            return None
        if opens_clause(doc, i) and (doc[i].dep_ == "mark" or i == first):
            return i
    return None


def _begins(doc: Doc, at: int) -> bool:
    token = doc[at]
    return token.pos_ in ("DET", "NOUN", "PROPN", "PRON", "NUM") or token.lower_ in (
        "that",
        "there",
        ":",
    )


def inside(span: Span, spans_: tuple[Span, ...]) -> bool:
    """Tell whether ``span`` begins inside one of ``spans_``."""
    return any(s.start <= span.start < s.end for s in spans_)
