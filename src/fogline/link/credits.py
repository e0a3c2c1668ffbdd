"""Whose text a report says it prints: datelines, bylines and source lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from ..model import Document, Span
from ..resolve.parties.lexicon import fold
from .outlets import media_in, names, outlet_of

_HEAD, _TAIL = 600, 400  # characters at the beginning and the end where a whole report is credited
_LINES = 4  # lines at the beginning and the end that may be a byline or source line
_SHORT = 8  # words of a line of nothing but outlets
_AROUND = 160  # characters beside a passage where its outlet is named
_BEFORE_DASH = re.compile(r"^([^\n()]{0,80})\(([^()\n]{2,40})\)[^\S\n]*[-–—―]", re.MULTILINE)
_AT_END = re.compile(r"\(([^()\n]{2,40})\)[^\S\n]*$", re.MULTILINE)
_BYLINE = re.compile(r"^(?:by|source|sources|from|via|text|©|copyright)\b[\s:©]*", re.IGNORECASE)
_FILLER = re.compile(r"^(?:and|with|news|agency|agencies|staff|the|wire|\d{4}|[\W_])*$", re.IGNORECASE)
_SPLIT = re.compile(r"[/,;]| and | with ")


class Credit(Struct, frozen=True, kw_only=True):
    """Words of a report that name the outlet whose text it prints."""

    document: str
    outlet: str
    start: int
    end: int


def credits_of(document: Document) -> tuple[Credit, ...]:
    """Return the outlets that a report names as those whose text it prints, in the order of the text.

    A dateline's bracket ("KYIV (Reuters) -"), a byline or source line of nothing but outlets, and a known
    outlet in brackets at the end of a line count, at the beginning and the end of the report. The outlet's
    own name is no credit.
    """
    own = outlet_of(document.outlet).key if document.outlet else None
    found: dict[str, Credit] = {}
    for name, span in sorted(_named(document.text), key=lambda pair: pair[1].start):
        outlet = outlet_of(name)
        if outlet.key != own:
            credit = Credit(document=document.id, outlet=outlet.name, start=span.start, end=span.end)
            found.setdefault(outlet.key, credit)
    return tuple(found.values())


def _named(text: str) -> Iterator[tuple[str, Span]]:
    head = text[:_HEAD]
    for match in _BEFORE_DASH.finditer(head):
        known = {name for _, name in media_in(match[2])}
        place = match[1].strip(" ,.")
        for part in _SPLIT.split(match[2]):
            name = part.strip()
            if outlet_of(name).name in known or (_may_be_outlet(name) and (not place or place.isupper())):
                yield name, Span(match.start(2), match.end(2))
    for match in _AT_END.finditer(head):
        yield from _known(match[1], match.start(1))
    offset = max(len(text) - _TAIL, 0)
    for match in _AT_END.finditer(text[offset:]):
        yield from _known(match[1], offset + match.start(1))
    for start, line in (*_lines(head, 0)[:_LINES], *_lines(text[offset:], offset)[-_LINES:]):
        byline = _BYLINE.match(line)
        if byline and len(line) <= 100:
            for span, name in media_in(line):
                yield name, Span(start + span.start, start + span.end)
        elif line.count(" ") < _SHORT:
            yield from _known(line, start)


def _may_be_outlet(name: str) -> bool:
    """Tell whether a dateline's bracket may name an outlet that is not known: no date, no "Staff"."""
    if not name[:1].isupper() or any(c.isdigit() for c in name):
        return False
    return name.casefold() not in names().unnamed


def _known(words: str, offset: int) -> Iterator[tuple[str, Span]]:
    """Yield the known outlets of words that hold nothing else."""
    hits = media_in(words)
    rest, last = "", 0
    for span, _ in hits:
        rest += words[last : span.start] + " "
        last = span.end
    if hits and _FILLER.match(rest + words[last:]):
        for span, name in hits:
            yield name, Span(offset + span.start, offset + span.end)


def _lines(text: str, offset: int) -> list[tuple[int, str]]:
    """Return the lines of a text that are not blank, with their offsets."""
    found = []
    start = 0
    for line in text.split("\n"):
        if clean := line.strip():
            found.append((offset + start + line.index(clean), clean))
        start += len(line) + 1
    return found


def names_beside(text: str, passage: Span, outlet: str) -> bool:
    """Tell whether a text names an outlet in a passage's first or last words or beside them."""
    named = outlet_of(outlet)
    whole = re.compile(rf"\b{re.escape(named.key)}\b")
    reach = _AROUND
    for start, end in (
        (passage.start - reach, passage.start + reach),
        (passage.end - reach, passage.end + reach),
    ):
        window = text[max(start, 0) : max(end, 0)]
        if whole.search(fold(window)) or any(found == named.name for _, found in media_in(window)):
            return True
    return False
