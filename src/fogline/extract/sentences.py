"""Split a report into sentences without parsing it.

Quick, and the same for every reader of the text: the trained reader, the parser and the layers all
see these sentences. A sentence ends at a full stop, question or exclamation mark (with the closing
quotation marks and brackets behind it) that is followed by white space and something that can begin
a sentence, and at every line break that ends a paragraph: all of them, but for those in text set in lines
of one width, as in mails and old agency copy, where a break only ends the line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

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
_NEXT_WORD = re.compile(r"\n([^\s]+)")
_FEWEST_LINES = 4
_NARROWEST = 40  # characters of a line that holds more than a heading or an item of a list
_WIDEST = 100  # characters of a line that was set by hand or machine, and not by the reader's window
_NEARLY = 0.8  # of the width
_CLOSED = ".!?…:;\"'”’»)]"
_MOSTLY = 0.6  # share of the breaks within paragraphs that come where the line is full
_QUOTED = "\"'”’»"
# "Are you still there?" the president said: the sentence goes on behind the quotation.
_TOLD = re.compile(
    r"[ \t]+(?:[\w’'.-]+[ \t]+){1,5}?(?:said|says|asked|asks|told|tells|added|adds|wrote|writes)\b"
    r"(?! (?:that|the|a|it)\b)"
)
_LAST_WORD = re.compile(r"([\w.\-’']+)[.!?…]+[\"'”’»)\]]*$")


def sentence_starts(text: str) -> list[int]:
    """Return the offset at which each sentence of ``text`` begins, in order."""
    starts = [0]
    wrapped = _wrapped_at(text)
    for match in _END.finditer(text):
        stop = match.end()
        if match.group()[0] == "\n":
            if match.start() in wrapped:
                continue
        elif not _ends_sentence(text, match.start(), stop):
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


def _wrapped_at(text: str) -> frozenset[int]:
    """Return the line breaks at which a sentence goes on, because the line was full.

    A line is full where the next one's first word would not have fitted into the width of the text, or
    nearly (a first line lost its indent) where it also ends no sentence. Only text whose lines are mostly
    full is taken to be set in such lines; an empty or indented line opens a paragraph all the same.
    """
    lines = list(_lines(text))
    widths = sorted(width for _, width in lines if width)
    if len(widths) < _FEWEST_LINES:
        return frozenset()
    width = widths[int(len(widths) * 0.95)]
    if not _NARROWEST <= width <= _WIDEST:
        return frozenset()
    full, nearly = set[int](), set[int]()
    breaks = 0
    for at, long in lines:
        following = _NEXT_WORD.match(text, at)
        if not long or following is None:
            continue
        breaks += 1
        if long + 1 + len(following.group(1)) > width:
            full.add(at)
        elif long >= _NEARLY * width and text[at - 1] not in _CLOSED:
            nearly.add(at)
    return frozenset(full | nearly) if len(full) >= _MOSTLY * breaks else frozenset()


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield the offset of each line break with the length of the line before it."""
    start = 0
    while (stop := text.find("\n", start)) >= 0:
        yield stop, len(text[start:stop].rstrip())
        start = stop + 1


def _ends_sentence(text: str, start: int, stop: int) -> bool:
    following = _BEGINS.match(text, stop)
    if following is None:
        return False
    first = following.group(1)
    marks = text[start:stop]
    if first.islower() or (marks[0] in "?!" and marks[-1] in _QUOTED and _TOLD.match(text, stop)):
        return False
    if "." not in marks or marks.startswith(("..", "…")) or len(marks.rstrip("\"'”’»)]")) > 1:
        return True
    before = _LAST_WORD.search(text, max(0, start - 24), start + 1)
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
