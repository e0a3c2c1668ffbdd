"""The office that a text gives a person, and the body that the office speaks for."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ..model import Span
from .bodies import BodyMention, ministries, official_name
from .parties.data import nouns
from .people import Person
from .roles import is_office, roles

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_MOST = 12  # offices of one person that are looked at
_LONGEST = 100  # characters of an office
_LEAD = re.compile(r"^(?:(?:the|a|an|its|their|his|her|our|also|now|who|'s|’s)\s+)+", re.IGNORECASE)
_MINISTER = re.compile(r"\b((?:[A-Za-z]+ )?[A-Za-z]+) minister\b(?! of\b)", re.IGNORECASE)
_MINISTER_OF = re.compile(r"\bminister (?:of|for) (?=[A-Za-z])", re.IGNORECASE)


def office_of(doc: Doc, person: Person, before: int) -> Span | None:
    """Return where the text gives a person's office, None where it gives none.

    The last one told up to a point of the text stands, one that says more than a rank or title first.

    Args:
        doc: the parse.
        person: the person.
        before: the character behind which an office is not yet told.
    """
    before_it = bisect_right(person.offices, before, key=lambda span: span.start)
    near = person.offices[max(0, before_it - _MOST) : before_it] or person.offices[:_MOST]
    known = [span for span in near if _offices(doc, span)]
    known = known if before_it else known[:1]
    more = [span for span in known if not _only_titles(doc, span)]
    return max(more or known, key=lambda span: span.start, default=None)


def office_words_of(text: str, span: Span) -> str:
    """Return an office as it is shown: without article or whose it is."""
    return _LEAD.sub("", " ".join(span.of(text).split()))[:_LONGEST]


def body_of(
    doc: Doc,
    text: str,
    span: Span,
    side: str | None,
    bodies: Sequence[BodyMention],
    resolve: Callable[[Token], str | None],
) -> str | None:
    """Return the full name of the body that an office speaks for, None where the text tells none.

    Args:
        doc: the parse.
        text: the text of the document.
        span: the words of the office.
        side: the person's side.
        bodies: the bodies of the document.
        resolve: tells which body a word like "ministry" takes up.
    """
    named = next((body for body in bodies if body.span.overlaps(span)), None)
    if named is not None and named.kind != "body":
        return named.name
    tokens = doc.char_span(span.start, span.end, alignment_mode="expand")
    if any(t.lower_ in nouns().local_words for t in tokens or ()):
        return None
    words = " ".join(span.of(text).split())
    for phrase in (words, _as_ministry(words)):
        found = official_name(phrase, side) if phrase is not None and side is not None else None
        if found is not None and found[0].partition(" of ")[2] != "":
            return found[0]
    organ = next((t for t in tokens or () if t.lower_ in roles().organs), None)
    if organ is not None:
        return resolve(organ)
    local = any(t.lower_ in nouns().local_offices for t in tokens or ())
    return named.name if named is not None and not local else None  # "mayor of Irpin": a place


def _offices(doc: Doc, span: Span) -> bool:
    return any(is_office(t) for t in doc.char_span(span.start, span.end, alignment_mode="expand") or ())


def _only_titles(doc: Doc, span: Span) -> bool:
    tokens = doc.char_span(span.start, span.end, alignment_mode="expand") or ()
    return all(t.lower_.rstrip(".") in roles().titles or t.is_punct or t.pos_ == "DET" for t in tokens)


def _as_ministry(words: str) -> str | None:
    """Return the ministry of a minister, as it would be written: "deputy defence minister"."""
    if _MINISTER_OF.search(words):
        return _MINISTER_OF.sub("ministry of ", words)
    found = _MINISTER.search(words)
    if found is None:
        return None
    matter = found.group(1).casefold()
    known = {*ministries().names, *ministries().matters}
    for name in (matter, matter.split()[-1]):
        if name in known:
            return f"{name} ministry"
    return None
