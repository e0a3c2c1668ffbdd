"""What an event can befall: not where it is, nor anybody where forces only move or hold a place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ..model import EventType, Span
from .frames import frames
from .parties.data import nouns

if TYPE_CHECKING:
    from spacy.tokens import Token

    from ..extract.parse import Parse


def befallen(
    parse: Parse, spans: Iterable[Span], *, event: EventType, settlements: Sequence[Span] = ()
) -> list[Span]:
    """Return the spans that an event of a type can befall.

    Nobody where forces only move or hold a place; and "the city" or its name is where shells land, not
    whom they hit.

    Args:
        parse: the parsed document.
        spans: phrases that may be targets.
        event: the type of the event.
        settlements: names of settlements in the text, in order.
    """
    frame = frames()[event]
    if frame.alone:
        return []
    heads = ((span, tokens.root) for span in spans if (tokens := parse.tokens(span)) is not None)
    if not frame.lands:
        return [span for span, _ in heads]
    return [span for span, head in heads if not (_only_where(head) or _names(span, settlements))]


def _names(span: Span, settlements: Sequence[Span]) -> bool:
    """Tell whether a phrase is the name of a settlement and nothing more."""
    at = bisect_left(settlements, span)
    return at < len(settlements) and settlements[at] == span


def _only_where(noun: Token) -> bool:
    """Tell whether a noun is a bare word for an area: "the city", "the city centre", not "rebel towns"."""
    areas = nouns().areas
    return noun.lower_ in areas and all(c.dep_ == "det" or c.lower_ in areas for c in noun.lefts)
