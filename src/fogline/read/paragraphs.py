"""Printed lines to paragraphs: running heads dropped, words that a line end broke joined."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

_BROKEN = "\ufffe\u00ad\x02"  # what PDFium gives for a hyphen at a line's end, and the soft hyphen
_HYPHENS = _BROKEN + "-\u2010"
_TIGHT = _HYPHENS + "\u2013/"  # what stands between two words without a space
_AS_HYPHEN = str.maketrans("\ufffe\x02", "--")
_SENTENCE_END = re.compile(r"[.!?…:][\"'”’»)\]]*$")
_PAGE_NUMBER = re.compile(r"\W*(?:page\s+)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*", re.IGNORECASE)
_BULLET = re.compile(r"[•▪‣◦●■–—]\s|\(?\d{1,2}[.)]\s")
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_DIGITS = re.compile(r"\d+")
_WIDE_GAP = 1.35  # of the usual distance between two lines
_ROOM = 1.2  # times the width of a word, so that it surely fits
_OTHER_SIZE = 1.12
_STANDS_OFF = 1.8  # times the size of the letters between text and page number
_FEWEST_PAGES = 3  # on which a running head must stand,
_SHARE_OF_PAGES = 0.2  # and the share of all pages


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
    pitch = _quantile(pitches, 0.25)
    width = _quantile([line.right - line.left for line in lines], 0.75)
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
        return ended and _would_fit(line, previous, width)
    if pitch and previous.bottom - line.bottom > _WIDE_GAP * pitch:
        return True
    indented = line.left > previous.left + max(line.size, 1.0)
    return ended and (indented or _would_fit(line, previous, width))


def _would_fit(line: Line, previous: Line, width: float) -> bool:
    """Tell whether the first word of a line had room in the line before, so that somebody ended that."""
    first = len(line.text.split(maxsplit=1)[0]) + 1
    letter = (line.right - line.left) / len(line.text)
    return width - (previous.right - previous.left) > _ROOM * first * letter


def _quantile(values: Sequence[float], share: float) -> float:
    return sorted(values)[int(share * (len(values) - 1))] if values else 0.0


def _without_running_heads(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Drop page numbers, and what stands first or last on many pages but for its digits."""
    edges = Counter(key for page in pages for key in {_masked(line) for line in _edge(page)})
    often = max(_FEWEST_PAGES, _SHARE_OF_PAGES * len(pages))
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
    """Tell whether the first or last line of a page is its number, standing off from the text."""
    if len(page) < 2 or _PAGE_NUMBER.fullmatch(line.text) is None:
        return False
    neighbour = page[1] if line is page[0] else page[-2]
    return abs(line.bottom - neighbour.bottom) > _STANDS_OFF * neighbour.size


def _hyphenated(lines: Iterable[Line]) -> frozenset[str]:
    """Return the words that the text writes with a hyphen inside a line."""
    return frozenset(
        word.casefold().replace("\u2010", "-")
        for line in lines
        for word in _WORD.findall(line.text)
        if "-" in word or "\u2010" in word
    )


def _paragraph(parts: Sequence[str], hyphenated: frozenset[str]) -> str:
    pieces = list(parts)
    for place in range(1, len(pieces)):
        before, part = pieces[place - 1], pieces[place]
        if before[-1] in _HYPHENS and part[0].isalpha() and before[-2:-1].isalpha():
            pieces[place - 1] = before[:-1] + ("-" if _keeps_hyphen(before[:-1], part, hyphenated) else "")
        elif before[-1] not in _TIGHT or not before[-2:-1].strip():
            pieces[place - 1] = before + " "
    return "".join(pieces).replace("\u00ad", "").translate(_AS_HYPHEN)


def _keeps_hyphen(before: str, part: str, hyphenated: frozenset[str]) -> bool:
    """Tell whether a word that a line end broke at a hyphen is written with it."""
    first, second = _WORD.findall(before)[-1:], _WORD.match(part)
    if not first or second is None or part[0].isupper():
        return True
    return f"{first[0]}-{second.group()}".casefold() in hyphenated
