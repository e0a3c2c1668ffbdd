"""Leave datelines out: "GENEVA (Reuters) - " is where and through whom a report was filed, nobody's words."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace

from ...model import Span
from .finding import Finding

_DATELINE = re.compile(
    r"^[^\S\n]*(?:\d{1,2}[:.]\d{2}[^\S\n]*)?(?:"
    r"[A-Z][\w.'’/-]*+(?:[ ,/]++[\w.'’]++){0,7}+[^\S\n]*\([^)\n]{2,40}\)[^\S\n]*(?:--|[-–—])"
    r"|[A-Z]{3}[A-Z.'’/ -]*(?:,[^\S\n]*[\w.'’ ]{2,30}){0,3}(?<![^\S\n])[^\S\n]*(?:--|[–—]|[^\S\n]-[^\S\n])"
    r")[^\S\n]*",
    re.M,
)


def datelines(text: str) -> list[Span]:
    """Return the datelines at the beginnings of lines."""
    return [Span(m.start(), m.end()) for m in _DATELINE.finditer(text)]


def without_datelines(findings: list[Finding], lines: list[Span]) -> list[Finding]:
    """Return the findings whose sources and contents begin after a dateline that they began in."""
    if not lines:
        return findings
    starts = [s.start for s in lines]

    def after(span: Span) -> Span | None:
        i = bisect_right(starts, span.start) - 1
        if i < 0 or span.start >= lines[i].end:
            return span
        return Span(lines[i].end, span.end) if span.end > lines[i].end else None

    out = []
    for f in findings:
        source = after(f.source) if f.source is not None else None
        pieces = (after(c) for c in f.content)
        out.append(replace(f, source=source, content=tuple(p for p in pieces if p is not None)))
    return out
