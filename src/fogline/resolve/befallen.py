"""What an event can befall: not where it is, nor anybody where forces only move or hold a place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..model import EventType, Span
from .frames import frames
from .parties.data import nouns

if TYPE_CHECKING:
    from spacy.tokens import Token

    from ..extract.parse import Parse


def befallen(parse: Parse, spans: Iterable[Span], *, event: EventType) -> list[Span]:
    """Return the spans that an event of a type can befall.

    Nobody where forces only move or hold a place; and "the city" is where shells land, not whom they hit.
    """
    frame = frames()[event]
    if frame.alone:
        return []
    heads = ((span, tokens.root) for span in spans if (tokens := parse.tokens(span)) is not None)
    return [span for span, head in heads if not (frame.lands and _only_where(head))]


def _only_where(noun: Token) -> bool:
    """Tell whether a noun is a bare word for an area: "the city", "the city centre", not "rebel towns"."""
    areas = nouns().areas
    return noun.lower_ in areas and all(c.dep_ == "det" or c.lower_ in areas for c in noun.lefts)
