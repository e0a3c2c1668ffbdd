"""Which of two texts was copied from which, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..model import Document, Span
from .credits import Credit, credits_of, names_beside
from .outlets import Outlet, outlet_of
from .shingles import Words, words_of


@dataclass(frozen=True, slots=True)
class Sketch:
    """What comparing a document needs: what it tells of itself, its words and its credits."""

    id: str
    text: str
    outlet: Outlet | None
    published: date | None
    words: Words
    credits: tuple[Credit, ...]


def sketch(document: Document) -> Sketch:
    """Return what comparing a document needs."""
    return Sketch(
        id=document.id,
        text=document.text,
        outlet=outlet_of(document.outlet) if document.outlet else None,
        published=document.published,
        words=words_of(document.text),
        credits=credits_of(document),
    )


def credited(copy: Sketch, source: Sketch, passage: Span) -> bool:
    """Tell whether ``copy`` names the outlet of ``source`` for a passage, or for the whole report."""
    if source.outlet is None or (copy.outlet is not None and copy.outlet.key == source.outlet.key):
        return False
    if any(outlet_of(credit.outlet).key == source.outlet.key for credit in copy.credits):
        return True
    return names_beside(copy.text, passage, source.outlet.name)


def is_copy(one: Sketch, other: Sketch, mine: Span, theirs: Span) -> tuple[bool, str]:
    """Tell whether ``one`` is the copy and ``other`` the source, with the reason.

    A text that names the other's outlet is the copy, unless it came out two days or more before; else the
    later one is; else, of an agency and another outlet, the other outlet; else the shorter one.
    """
    for first, second, a, b, answer in (
        (one, other, mine, theirs, True),
        (other, one, theirs, mine, False),
    ):
        if credited(first, second, a) and not credited(second, first, b) and not _before(first, second):
            name = second.outlet.name if second.outlet else second.id
            return answer, f"it names {name}"
    if one.published and other.published and one.published != other.published:
        first_day = min(one.published, other.published)
        told = f"that came out earlier, on {first_day.day} {first_day:%B %Y}"
        return one.published > other.published, told
    for first, second, answer in ((one, other, True), (other, one, False)):
        if _agency(second) and not _agency(first):
            return answer, f"{who(second)} is an agency, and nothing tells which came out first"
    if len(one.text) != len(other.text):
        return len(one.text) < len(other.text), "which came out first is not told; it is the shorter text"
    return one.id > other.id, "which came out first is not told"


def _before(one: Sketch, other: Sketch) -> bool:
    if one.published is None or other.published is None:
        return False
    return (other.published - one.published).days > 1


def _agency(document: Sketch) -> bool:
    return document.outlet is not None and document.outlet.kind == "agency"


def who(document: Sketch) -> str:
    """Return what a document is called in a sentence: its outlet, or its id."""
    return document.outlet.name if document.outlet else f"the report {document.id}"


def whose(document: Sketch, beside: Sketch) -> str:
    """Return what a document is called beside another, which may be of the same outlet."""
    same = (
        document.outlet is not None and beside.outlet is not None and document.outlet.key == beside.outlet.key
    )
    return "another report of its own" if same else who(document)
