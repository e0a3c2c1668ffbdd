"""How a place stands in its sentence: what governs it, and whether it sets the scene for what follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..extract.parse import Parse
from ..extract.place_words import place_words
from ..model import PlaceMention, Span
from .claim_anaphors import claim_words

if TYPE_CHECKING:
    from spacy.tokens import Token

_FRONT = 5  # tokens of a sentence within which a place is told before all else


@dataclass(frozen=True, slots=True)
class Setting:
    """How a place stands in its sentence.

    ``governed`` by any preposition, ``at`` by one that puts something there ("in", "near"), ``way`` by one
    that moves something ("from", "into") or as what is entered or left; ``subject`` of a verb; ``fronted``
    where it opens its sentence so ("In Homs, …"); ``teller`` where it only says where somebody speaks ("a
    doctor at a clinic in Homs said").
    """

    governed: bool = False
    at: bool = False
    way: bool = False
    subject: bool = False
    fronted: bool = False
    teller: bool = False


def setting_of(parse: Parse, mention: PlaceMention) -> Setting:
    """Return how a mention stands in its sentence."""
    tokens = parse.tokens(Span(mention.start, mention.end))
    if tokens is None:
        return Setting()
    head = _first_of_list(tokens.root)
    words = claim_words()["settings"]
    governed = head.dep_ == "pobj"
    preposition = head.head.lower_ if governed else ""
    at = preposition in words["at"]
    way = preposition in words["way"] or (
        head.dep_ in {"dobj", "nsubjpass"} and head.head.lemma_.lower() in words["crossed"]
    )
    fronted = at and head.head.i - head.sent.start < _FRONT and head.head.head.i > head.i
    return Setting(governed, at, way, head.dep_ in {"nsubj", "agent"}, fronted, _tells(head))


def _tells(token: Token) -> bool:
    """Tell whether a name stands within the subject of a verb of saying."""
    for above in token.ancestors:
        if above.dep_ in {"nsubj", "agent"} and above.head.lemma_.lower() in place_words().governing:
            return True
    return False


def _first_of_list(token: Token) -> Token:
    """Return the first member of the list that a name is in: what governs it governs them all."""
    while token.dep_ in {"conj", "appos"} and token.head.pos_ == "PROPN" and token.head.i < token.i:
        token = token.head
    return token
