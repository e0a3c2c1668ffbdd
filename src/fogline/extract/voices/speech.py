"""What an utterance is, and how content grows to the quotations that it touches."""

from __future__ import annotations

import re

from ...model import Span
from .finding import Finding, Quotes
from .quotations import Quotation

_WORDS = re.compile(r"\w+")


def is_speech(text: str, quotation: Quotation) -> bool:
    """Tell whether a quotation is an utterance, not a word or two in quotation marks."""
    inner = quotation.inner.of(text).strip()
    words = len(_WORDS.findall(inner[:400]))
    if quotation.continues:
        return True
    ended = inner[-1:] in ",.!?…" or text[quotation.span.end : quotation.span.end + 1] in (",", ".")
    return (words >= 3 and ended and (inner[:1].isupper() or words >= 6)) or (
        words >= 2 and inner[-1:] in ".!?," and inner[:1].isupper()
    )


def whole_quotations(text: str, finding: Finding, quotes: Quotes) -> Finding:
    """Return the finding with its content grown to the quotations that it touches, or kept inside its own."""
    cue = finding.cue or (finding.content[0] if finding.content else None)
    home = quotes.at(cue.start) if cue is not None else None
    grown: list[Span] = []
    for piece in finding.content:
        if home is not None:
            if piece.overlaps(home.span):
                start, end = max(piece.start, home.inner.start), min(piece.end, home.inner.end)
                grown.append(Span(start, end))
            continue
        for q in quotes.touching(piece):
            outside = finding.source is None or not q.span.covers(finding.source)
            if outside and (finding.cue is None or not q.span.covers(finding.cue)):
                piece = piece.union(q.span)
        grown.append(piece)
    return finding.with_content(without(joined(text, grown), finding))


def joined(text: str, spans: list[Span]) -> tuple[Span, ...]:
    """Return the spans in order, those that touch or overlap made one."""
    out: list[Span] = []
    for span in sorted(s for s in spans if s.end > s.start):
        if out and (span.start <= out[-1].end or not text[out[-1].end : span.start].strip()):
            out[-1] = out[-1].union(span)
        else:
            out.append(span)
    return tuple(out)


def without(spans: tuple[Span, ...], finding: Finding) -> tuple[Span, ...]:
    """Return the spans less the cue of the finding."""
    hole = finding.cue
    if hole is None:
        return spans
    cut: list[Span] = []
    for s in spans:
        if not s.overlaps(hole):
            cut.append(s)
            continue
        if s.start < hole.start:
            cut.append(Span(s.start, hole.start))
        if hole.end < s.end:
            cut.append(Span(hole.end, s.end))
    return tuple(cut)
