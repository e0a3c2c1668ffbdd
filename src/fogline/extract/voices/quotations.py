"""Find what stands in quotation marks, whatever the marks and however they are broken.

Marks are paired within a paragraph. A paragraph that ends inside a quotation and is followed by one that
opens with a mark goes on with the same quotation, as printers do; a closing mark that is missing ends its
quotation at the end of the paragraph and costs no other one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...model import Span

_MARK = re.compile(r"[\"“”„‟«»]|``|''|(?<![\w.])['‘](?=[\w\"“(\[])|(?<=[.,!?…;:\w)\]\"”])['’](?!\w)")
_PARAGRAPH = re.compile(r"[^\n]+")
_PARAGRAPH_OPENS = re.compile(r"\s*[\"“„‟«`]")
# Where a closing mark is missing, a cue behind a comma tells where the words end.
_SAID = re.compile(
    r",\s(?:[^\s,.\n]+\s){0,8}?(?:said|says|told|added|wrote|warned|insisted|claimed|according)\b"
)
_OPENS = frozenset("“„‟«") | {"``"}
_CLOSES = frozenset("”»") | {"''"}


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation: ``span`` with its marks, ``inner`` without them, ``follows`` the one it goes on from."""

    span: Span
    inner: Span
    single: bool = False
    continues: bool = False


def quotations(text: str) -> list[Quotation]:
    """Return the outermost quotations of ``text``, in order."""
    found: list[Quotation] = []
    carried = False
    for paragraph in _PARAGRAPH.finditer(text):
        in_it, still_open = _in_paragraph(text, paragraph.start(), paragraph.end(), carried)
        found.extend(in_it)
        carried = still_open
    return found


def _in_paragraph(text: str, start: int, end: int, carried: bool) -> tuple[list[Quotation], bool]:
    found: list[Quotation] = []
    opened: tuple[int, int, str] | None = None
    for mark in _MARK.finditer(text, start, end):
        sign, at = mark.group(), mark.start()
        if sign in ("'", "‘", "’"):
            opened = _single(text, found, opened, at, sign, end)
            continue
        if opened is not None and opened[2] == "'":
            opened = None  # an apostrophe after all: a double mark inside single ones is the rarer case
        low = opened is not None and text[opened[0]] in "„‟"
        if not (low and sign == "“") and _opens(text, sign, at, start, end, opened is not None):
            if opened is not None:
                found.append(_made(opened[0], opened[1], at, at))
            opened = (at, mark.end(), '"')
        elif opened is not None:
            found.append(_made(opened[0], opened[1], at, mark.end()))
            opened = None
        elif at > start and text[at - 1] in ".,!?…" and not found:
            found.append(Quotation(Span(start, mark.end()), Span(start, at), continues=carried))
    if opened is None or opened[2] == "'":
        return _marked(found, text, start, carried), False
    stop = start + len(text[start:end].rstrip())
    if not _PARAGRAPH_OPENS.match(text, end):
        said = _SAID.search(text, opened[1], stop)
        stop = said.start() + 1 if said is not None else stop
    found.append(_made(opened[0], opened[1], stop, stop))
    return _marked(found, text, start, carried), True


def _marked(found: list[Quotation], text: str, start: int, carried: bool) -> list[Quotation]:
    if carried and found and not text[start : found[0].span.start].strip():
        first = found[0]
        found[0] = Quotation(first.span, first.inner, first.single, continues=True)
    return found


def _made(at: int, inner: int, stop: int, end: int, *, single: bool = False) -> Quotation:
    return Quotation(Span(at, max(end, inner)), Span(inner, max(stop, inner)), single)


def _opens(text: str, sign: str, at: int, start: int, end: int, inside: bool) -> bool:
    if sign in _OPENS:
        return True
    before = text[at - 1] if at > start else " "
    after = text[at + len(sign)] if at + len(sign) < end else " "
    if sign in _CLOSES:
        # A closing mark used to open, as some presses do: space before it and none behind it.
        return not inside and before.isspace() and not after.isspace()
    if inside:
        return before.isspace() and not after.isspace() and after.isupper() and _ended(text, at)
    return not after.isspace() and not (before.isalnum() or before in ".,!?")


def _ended(text: str, at: int) -> bool:
    return text[:at].rstrip()[-1:] in ".!?:" if at < 200 else text[at - 200 : at].rstrip()[-1:] in ".!?:"


def _single(
    text: str, found: list[Quotation], opened: tuple[int, int, str] | None, at: int, sign: str, end: int
) -> tuple[int, int, str] | None:
    if opened is not None and opened[2] == '"':
        return opened
    before = text[at - 1] if at else " "
    opening = sign != "’" and not (before.isalnum() or before in '.,!?…;:)"”')
    if opened is None:
        return (at, at + 1, "'") if opening else None
    if opening:
        return (at, at + 1, "'")
    after_s = before in "sS" and text[at + 1 : at + 2] not in ("", ",", ".", ";", ":", ")")
    if after_s and text.find("'" if sign == "'" else "’", at + 1, min(end, at + 400)) > 0:
        return opened
    found.append(_made(opened[0], opened[1], at, at + 1, single=True))
    return None
