"""Printed lines to paragraphs: running heads dropped, words that a line end broke joined."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

_BROKEN = "\ufffe\u00ad\x02"  # what PDFium gives for a hyphen at a line's end, and the soft hyphen
_HYPHENS = _BROKEN + "-\u2010"
_SENTENCE_END = re.compile(r"[.!?…:][\"'”’»)\]]*$")
_PAGE_NUMBER = re.compile(r"\W*(?:page\s+)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*", re.IGNORECASE)
_BULLET = re.compile(r"[•▪‣◦●■–—]\s|\(?\d{1,2}[.)]\s")
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_DIGITS = re.compile(r"\d+")
_WIDE_GAP = 1.35  # of the usual distance between two lines
_SHORT = 0.8  # of the usual width of a line
_OTHER_SIZE = 1.12
_FEWEST_PAGES = 3  # on which a running head must stand


class Line(NamedTuple):
    """A printed line and where it stands, in points."""

    text: str
    left: float
    right: float
    bottom: float
    size: float


def join(pages: Sequence[Sequence[Line]]) -> str:
    """Return the text of printed pages with one paragraph a line.

    A paragraph ends where the next line stands lower than usual, is indented, or is set in another
    size, and where a short line ends a sentence. A hyphen at a line's end goes where the word is
    not written with one elsewhere in the text.

    Args:
        pages: the lines of each page in reading order.
    """
    body = _without_running_heads(pages)
    lines = [line for page in body for line in page]
    if not lines:
        return ""
    pitches = [
        above.bottom - line.bottom
        for page in body
        for above, line in pairwise(page)
        if 0 < above.bottom - line.bottom < 4 * max(line.size, 1.0)
    ]
    pitch = median(pitches) if pitches else 0.0
    width = median(line.right - line.left for line in lines)
    paragraphs: list[list[str]] = []
    previous: Line | None = None
    for line in lines:
        if previous is None or _begins(line, previous, pitch, width):
            paragraphs.append([])
        paragraphs[-1].append(line.text)
        previous = line
    hyphenated = _hyphenated(lines)
    return "\n".join(_paragraph(parts, hyphenated) for parts in paragraphs)


def _begins(line: Line, previous: Line, pitch: float, width: float) -> bool:
    """Tell whether a line begins a paragraph."""
    ended = _SENTENCE_END.search(previous.text) is not None
    if previous.text[-1] in _BROKEN:
        return False
    if max(line.size, previous.size) > _OTHER_SIZE * min(line.size, previous.size):
        return True
    if _BULLET.match(line.text):
        return True
    if line.bottom >= previous.bottom:  # a new column or page
        return ended and previous.right - previous.left < _SHORT * width
    if pitch and previous.bottom - line.bottom > _WIDE_GAP * pitch:
        return True
    indented = line.left > previous.left + max(line.size, 1.0)
    return ended and (indented or previous.right - previous.left < _SHORT * width)


def _without_running_heads(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Drop page numbers, and what stands first or last on most pages but for its digits."""
    edges = Counter(key for page in pages for key in {_masked(line) for line in _edge(page)})
    often = max(_FEWEST_PAGES, len(pages) // 2 + 1)
    return [
        [
            line
            for place, line in enumerate(page)
            if place not in (0, 1, len(page) - 2, len(page) - 1)
            or (edges[_masked(line)] < often and not (place in (0, len(page) - 1) and _is_number(line, page)))
        ]
        for page in pages
    ]


def _edge(page: Sequence[Line]) -> Iterable[Line]:
    return {*page[:2], *page[-2:]}


def _masked(line: Line) -> str:
    return _DIGITS.sub("#", line.text)


def _is_number(line: Line, page: Sequence[Line]) -> bool:
    return len(page) > 1 and _PAGE_NUMBER.fullmatch(line.text) is not None


def _hyphenated(lines: Iterable[Line]) -> frozenset[str]:
    """Return the words that the text writes with a hyphen inside a line."""
    return frozenset(
        word.casefold().replace("\u2010", "-")
        for line in lines
        for word in _WORD.findall(line.text)
        if "-" in word or "\u2010" in word
    )


def _paragraph(parts: Sequence[str], hyphenated: frozenset[str]) -> str:
    text = parts[0]
    for part in parts[1:]:
        if text[-1] in _HYPHENS and part[0].isalpha() and len(text) > 1 and text[-2].isalpha():
            text = _joined(text[:-1], part, hyphenated)
        elif text[-1] in "-\u2010\u2013/" and len(text) > 1 and not text[-2].isspace():
            text += part
        else:
            text += " " + part
    for mark in _BROKEN:
        text = text.replace(mark, "-" if mark != "\u00ad" else "")
    return text


def _joined(text: str, part: str, hyphenated: frozenset[str]) -> str:
    """Join the two halves of a word with or without the hyphen between them."""
    first, second = _WORD.findall(text)[-1:], _WORD.match(part)
    if not first or second is None:
        return f"{text}-{part}"
    if part[0].isupper() or f"{first[0]}-{second.group()}".casefold() in hyphenated:
        return f"{text}-{part}"
    return text + part
