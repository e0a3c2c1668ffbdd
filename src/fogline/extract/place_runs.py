"""Words of a text that may be a place's name: where such runs begin and end, and what stands beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from ..model import PlaceKind
from .place_words import place_words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
LISTING = frozenset({"and", "or", ",", "&"})
LARGE = 6.0  # weight of a city of a million, which is itself where a person of its name is spoken of
_LONGEST = 6
_ARTICLES = frozenset({"al-", "el-", "ad-", "as-", "at-", "ar-", "ash", "an-", "az-", "ez-"})


class PlaceNames(Protocol):
    """What recognition asks of a gazetteer."""

    def weight(self, name: str) -> float:
        """Return how well known a place of that name is, about 0 (hamlet) to 10 (country); -1: none."""

    def loose_weight(self, name: str) -> float:
        """Return the same for names that are spelt about so."""

    def countries_of(self, name: str, *, loose: bool = False) -> frozenset[str]:
        """Return the countries that have a place of that name, or of one that is spelt about so."""

    def respelt_in(self, name: str) -> frozenset[str]:
        """Return the countries that have a place which another language of theirs spells so."""

    def people(self) -> dict[str, str]:
        """Return adjectives and names of peoples with their country's name."""


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A place name in a text, not yet resolved.

    ``text`` is the mention, ``name`` what to look up. ``asked`` is the kind of place that a word beside
    it asks for ("ADM", "PPL", "STM"…), ``known`` tells that the gazetteer has the name, ``sure`` that
    both the tagger and the gazetteer take it for a place.
    """

    text: str
    start: int
    end: int
    name: str
    kind: PlaceKind = "literal"
    asked: str | None = None
    known: bool = True
    sure: bool = True


def runs(doc: Doc) -> Iterator[tuple[int, int]]:
    """Yield token ranges that may be names, at each start the longest first."""
    features, connectors = place_words().features, place_words().connectors
    n = len(doc)
    for i in range(n):
        token = doc[i]
        text = token.text
        if not (text[0].isupper() or text[:3] in _ARTICLES or (text in {"al", "el"} and i + 2 < n)):
            continue
        if text.lower() in {"the", "a", "an"} or in_operation(doc, i):
            continue
        stops: list[int] = []
        j = i
        while j < n and j - i < _LONGEST:
            word = doc[j].text
            if (
                word[0].isupper()
                or (word[:3] in _ARTICLES and word[3:4].isupper())
                or (j > i and word[0].isdigit() and len(word) < 3)
            ) or (j > i and word.lower() in features and stops and stops[-1] == j):
                stops.append(j + 1)
            elif word.lower() not in connectors:
                break
            j += 1
            if j < n and "\n" in doc[j].text:
                break
        for stop in reversed(stops):
            yield i, stop


def in_operation(doc: Doc, i: int) -> bool:
    """Tell whether a token stands in the name of an operation: "Operation Olive Branch"."""
    words = place_words().operations
    first = i
    while first > max(0, i - 3) and doc[first - 1].text[0].isupper():
        first -= 1
    return any(token.text in words for token in doc[first : i + 1])


def slice_of(doc: Doc, start: int, stop: int) -> str:
    """Return the text of some tokens; ``doc.text`` would join the whole document each time."""
    return doc[start:stop].text


def asked_of(doc: Doc, start: int, stop: int) -> tuple[str, str | None]:
    """Return the name to look up and the kind of place that words inside or beside it ask for."""
    features = place_words().features
    name = slice_of(doc, start, stop)
    last = doc[stop - 1]
    if stop - start > 1 and last.text.lower() in features and not last.text[0].isupper():
        return slice_of(doc, start, stop - 1), features[last.text.lower()]
    if stop - start > 1 and last.text.lower() in features:
        return name, features[last.text.lower()]
    before = start - 1
    if before >= 1 and doc[before].text == "the":
        before -= 1
    if before >= 1 and doc[before].text == "of" and doc[before - 1].text.lower() in features:
        if before >= 2 and doc[before - 2].text[0].isupper() and doc[before - 2].text != "The":
            return name, None  # "Kirovsky district of Donetsk": the district has a name of its own
        return name, features[doc[before - 1].text.lower()]
    return name, None


def torn(doc: Doc, start: int, stop: int, people: dict[str, str], names: PlaceNames) -> bool:
    """Tell whether the tokens are only a piece of a longer name ("Bab" of "Bab Sharqi")."""
    if linked(doc, start, stop):
        return True
    for i, step in ((start - 1, -1), (stop, 1)):
        if not 0 <= i < len(doc):
            continue
        token = doc[i]
        if step < 0 and token.whitespace_ == "" and token.text in {"-", "–"} and i > 0:
            token = doc[i - 1]
        if step > 0 and token.text in {"-", "–"} and doc[stop - 1].whitespace_ == "" and i + 1 < len(doc):
            token = doc[i + 1]
        if step < 0 and (token.text in people or names.weight(token.text) >= 6):
            continue
        if step > 0 and _names_region(doc, i) and names.weight(token.text) >= 6:
            continue
        if _joins(token) and doc[min(i, i - step)].is_space is False:
            return True
    return False


def tail(doc: Doc, start: int, stop: int) -> bool:
    """Tell whether a single token is the last of a longer tagged place ("Strip" of "Las Vegas Strip")."""
    if stop - start != 1 or start == 0:
        return False
    first, token = doc[start - 1], doc[start]
    inside = token.ent_iob_ == "I" and token.ent_type_ in PLACE_LABELS
    last = stop == len(doc) or doc[stop].ent_iob_ != "I"
    return inside and last and first.text[0].isupper() and _joins(first) and token.pos_ == "PROPN"


def linked(doc: Doc, start: int, stop: int) -> bool:
    """Tell whether a little word links the tokens to more of a name ("Nawa-i-Barakzai", "Rostov-na-Donu")."""
    return any(_links(doc, i) for i in (start - 2, stop + 1))


def _links(doc: Doc, i: int) -> bool:
    if not 1 < i < len(doc) - 1 or not doc[i].text.islower() or len(doc[i]) > 3:
        return False
    hyphens = {doc[i - 1].text, doc[i + 1].text} <= {"-", "–"}
    return hyphens and not any(t.whitespace_ for t in doc[i - 2 : i + 2])


def named_person(doc: Doc, start: int, stop: int) -> bool:
    """Tell whether a single word is a person's name by its title or its surname ("Mr. Washington")."""
    words = place_words()
    if stop - start != 1:
        return False
    if start and doc[start - 1].text in words.titles:
        return True
    if doc[start].text not in words.given or stop == len(doc) or not _joins(doc[stop]):
        return False
    named = doc[start].ent_type_ == doc[stop].ent_type_ == "PERSON"
    acting = doc[stop].dep_ == "nsubj" and not any(t.dep_ == "det" for t in doc[stop].lefts)
    return doc[stop].ent_iob_ == "I" and (named or (acting and doc[start].ent_type_ == "ORG"))


def _names_region(doc: Doc, i: int) -> bool:
    """Tell whether a word that says what a region is follows a token ("Luhansk region")."""
    return i + 1 < len(doc) and place_words().features.get(doc[i + 1].text.lower()) in {"ADM", "ADM2"}


def _joins(token: Token) -> bool:
    text = token.text
    words = place_words()
    return (
        text[0].isupper()
        and token.pos_ == "PROPN"
        and not text.isupper()
        and text not in words.ambiguous
        and text not in words.institutions
        and text.lower() not in words.features
        and token.ent_type_ not in {"DATE", "TIME", "CARDINAL"}
    )


def before(doc: Doc, i: int) -> Token:
    """Return the word before token ``i``, articles and adjectives of direction left out."""
    j = i - 1
    while j > 0 and (
        doc[j].text.lower() in {"the", "northern", "southern", "eastern", "western", "central", "occupied"}
    ):
        j -= 1
    return doc[j]


def entity_at(doc: Doc, i: int) -> tuple[int, int]:
    """Return the range of the entity at a token; a list of names is not one ("Izyum and Balakliya")."""
    if doc[i].ent_iob_ == "O":
        return i, i + 1
    start = i
    while start > 0 and doc[start].ent_iob_ == "I" and doc[start - 1].lower_ not in LISTING:
        start -= 1
    stop = i + 1
    while stop < len(doc) and doc[stop].ent_iob_ == "I" and doc[stop].lower_ not in LISTING:
        stop += 1
    return start, stop


def heads_dateline(doc: Doc, start: int, stop: int) -> bool:
    """Tell whether tokens in capitals head a line as the place that a report is from ("GORIS, Armenia —")."""
    return (
        (start == 0 or "\n" in doc[start - 1].text)
        and stop < len(doc)
        and doc[start:stop].text.isupper()
        and doc[stop].text in {",", "(", "-", "–", "—", ":", "/", "--"}
    )


def stands_alone(doc: Doc, start: int, stop: int) -> bool:
    """Tell whether tokens are a line by themselves, as in a list of places or a table's cell."""
    before = start == 0 or "\n" in doc[start - 1].text
    return before and (stop == len(doc) or "\n" in doc[stop].text or doc[stop].text in {".", ",", ";", ":"})


def personal(doc: Doc, at: int, persons: set[str], weight: float) -> bool:
    """Tell whether a token is a person's: "Morsi" after "Mohamed Morsi", the first of "VLADIMIR Putin".

    Args:
        doc: the parsed document.
        at: the token.
        persons: the words of full personal names in the document.
        weight: how well known a place of that name is; a great city is itself beside its namesake.
    """
    follows = doc[at + 1] if at + 1 < len(doc) else None
    if follows is not None and follows.ent_type_ == "PERSON" and follows.ent_iob_ == "B":
        return not doc[at].ent_type_
    return weight < LARGE and doc[at].text.title() in persons
