"""The state of a local office: the governor's of a region, the mayor's of a town."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..gazetteer import open_gazetteer
from .data import nouns
from .names import Names

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan

_WORDS = 4  # words of a place name


def local_office_side(tokens: TokenSpan, names: Names) -> str | None:
    """Return the state of the place whose governor or mayor a description tells.

    "Governor of Zaporizhzhia" speaks for Ukraine, whoever the report is about; where no place is told, the
    state where most of its towns lie is meant. None where it is no local office.

    Args:
        tokens: the description.
        names: the names of its document.
    """
    if not any(t.lower_.rstrip(".") in nouns().local_offices for t in tokens):
        return None
    if any(names.name_at(t.i) is not None for t in tokens):
        return None
    named = list[str]()
    for token in tokens:
        if token.pos_ == "PROPN" and token.lower_.rstrip(".") not in nouns().state_offices:
            named.append(token.text)
    for length in range(min(len(named), _WORDS), 0, -1):
        for i in range(len(named) - length + 1):
            found = open_gazetteer().look_up(" ".join(named[i : i + length]))
            states = [place.country for place in found if place.country]
            if states:
                return next((state for state in states if names.weights[state]), states[0])
    return names.ground
