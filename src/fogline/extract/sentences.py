"""Split a report into sentences without parsing it.

Quick, and the same for every reader of the text: the trained reader, the parser and the layers all
see these sentences. A sentence ends at a full stop, question or exclamation mark (with the closing
quotation marks and brackets behind it) that is followed by white space and something that can begin
a sentence, and at every line break.
"""

from __future__ import annotations

import re

from ..model import Span

_SHORTENED = """
    mr mrs ms dr prof gen lt col maj capt sgt cpl brig adm cmdr rep sen gov pres st mt ft no vs etc
    jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun
    al jr sr inc ltd co corp dept est approx fig vol op cit ed eds art sec rev hon supt insp
    col-gen maj-gen lt-gen lt-col brig-gen u.s u.k u.n u.s.a e.u d.c a.m p.m i.e e.g
"""
_ABBREVIATIONS = frozenset(_SHORTENED.split())
# These may close a sentence as well; titles and initials never do.
_CLOSING = frozenset({"a.m", "p.m", "u.s", "u.k", "u.n", "e.u", "d.c", "u.s.a", "etc"})
_END = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’»)\]]*+(?=\s+[\"'“‘«(\[]*[^\s])|\n\s*")
_BEGINS = re.compile(r"\s+[\"'“‘«(\[—–-]*\s*([^\s])")
_LAST_WORD = re.compile(r"([\w.\-’']+)[.!?…]+[\"'”’»)\]]*$")


def sentence_starts(text: str) -> list[int]:
    """Return the offset at which each sentence of ``text`` begins, in order."""
    starts = [0]
    for match in _END.finditer(text):
        stop = match.end()
        if "\n" not in match.group() and not _ends_sentence(text, match.start(), stop):
            continue
        while stop < len(text) and text[stop].isspace():
            stop += 1
        if starts[-1] < stop < len(text):
            starts.append(stop)
    return starts


def sentences(text: str) -> list[Span]:
    """Return the spans of the sentences of ``text``, without the white space around them."""
    starts = sentence_starts(text)
    spans = []
    for start, stop in zip(starts, [*starts[1:], len(text)], strict=True):
        piece = text[start:stop]
        body = piece.strip()
        if body:
            begin = start + len(piece) - len(piece.lstrip())
            spans.append(Span(begin, begin + len(body)))
    return spans


def _ends_sentence(text: str, start: int, stop: int) -> bool:
    following = _BEGINS.match(text, stop)
    if following is None:
        return False
    first = following.group(1)
    marks = text[start:stop]
    if first.islower():
        return False
    if "." not in marks or marks.startswith(("..", "…")) or len(marks.rstrip("\"'”’»)]")) > 1:
        return True
    before = _LAST_WORD.search(text, max(0, start - 24), stop)
    if before is None:
        return True
    word = before.group(1).casefold().strip(".’'")
    if word in _ABBREVIATIONS:
        return word in _CLOSING and _starts_clause(text, stop)
    return not (len(word) == 1 and word.isalpha())


_CLAUSE = re.compile(
    r"\s+[\"'“‘«(\[]*(?:The|A|An|In|On|At|It|He|She|They|We|But|And|This|That|These|Those|There|His|Her|Its|Their|"
    r"After|Before|Since|When|While|As|For|By|From|With|However|Meanwhile|According|Officials|Residents)\b"
)


def _starts_clause(text: str, stop: int) -> bool:
    return _CLAUSE.match(text, stop) is not None
