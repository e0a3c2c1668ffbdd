"""Recognise place names: where the words of a report name a place, and in which sense.

The tagger's entities are one witness, a gazetteer's names found in the text are the other. The tagger
misses names, takes them for persons, organisations or nationalities, and splits them; the gazetteer
knows villages called "Police". A name counts where the two agree, or where one of them is sure enough.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from ..model import PlaceKind, Span
from .parse import Parse
from .place_sense import kind_of
from .place_words import place_words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_LONGEST = 6
_LISTING = frozenset({"and", "or", ",", "&"})
_LISTED = 3.0  # weight in the gazetteer (a thousand people) from which a name in a list of places is one
_LOOSE_LETTERS = 6  # that a name needs to be met by another spelling
_ARTICLES = frozenset({"al-", "el-", "ad-", "as-", "at-", "ar-", "ash", "an-", "az-", "ez-"})
_NAME = re.compile(r"[^\W\d_]")


class PlaceNames(Protocol):
    """What recognition asks of a gazetteer."""

    def weight(self, name: str) -> float:
        """Return how well known a place of that name is, about 0 (hamlet) to 10 (country); -1: none."""

    def loose_weight(self, name: str) -> float:
        """Return the same for names that are spelt about so."""

    def countries_of(self, name: str, *, loose: bool = False) -> frozenset[str]:
        """Return the countries that have a place of that name, or of one that is spelt about so."""

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


def recognise(parse: Parse, names: PlaceNames, hints: Sequence[Span] = ()) -> list[PlaceName]:
    """Return the place names of a document in order; they do not overlap.

    Args:
        parse: the parsed document.
        names: the gazetteer that says which names are known.
        hints: words that another reader takes for places; a name in them needs no other witness.
    """
    doc = parse.doc
    people = _demonyms(names)
    taken = [False] * len(doc)
    persons = _person_words(doc)
    found: list[PlaceName] = []
    for start, stop in _runs(doc):
        if any(taken[start:stop]):
            continue
        listed = start > 1 and doc[start - 1].lower_ in _LISTING and taken[start - 2]
        place = _judge(doc, start, stop, names, people, persons, listed)
        if place is not None:
            found.append(place)
            for i in range(start, stop):
                taken[i] = True
    for entity in doc.ents:
        if entity.label_ in _PLACE_LABELS and not any(taken[entity.start : entity.end]):
            place = _unknown(doc, entity.start, entity.end)
            if place is not None:
                found.append(place)
    found += _hinted(parse, hints, taken, names, people)
    found += _of_the_theatre(doc, found, taken, names, persons)
    found.sort(key=lambda p: p.start)
    return _same_names(found)


def _demonyms(names: PlaceNames) -> dict[str, str]:
    from .place_words import demonyms_of

    cached = _DEMONYMS.get(id(names))
    if cached is None:
        cached = _DEMONYMS[id(names)] = demonyms_of(names.people())
    return cached


_DEMONYMS: dict[int, dict[str, str]] = {}


def _runs(doc: Doc) -> Iterator[tuple[int, int]]:
    """Yield token ranges that may be names, at each start the longest first."""
    features, connectors = place_words().features, place_words().connectors
    n = len(doc)
    for i in range(n):
        token = doc[i]
        text = token.text
        if not (text[0].isupper() or text[:3] in _ARTICLES or (text in {"al", "el"} and i + 2 < n)):
            continue
        if i and text.lower() in {"the", "a", "an"}:
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


def _judge(
    doc: Doc,
    start: int,
    stop: int,
    names: PlaceNames,
    people: dict[str, str],
    persons: set[str],
    listed: bool,
) -> PlaceName | None:
    """Return the place that the tokens name, None where they name none."""
    words = place_words()
    begin, end = doc[start].idx, doc[stop - 1].idx + len(doc[stop - 1])
    text = _slice(doc, start, stop)
    if text in people and not (text in words.ambiguous and doc[start].ent_type_ != "NORP"):
        return PlaceName(text, begin, end, people[text], kind="demonym")
    if text in words.peoples:
        return None
    titled = text.title() if text.isupper() and len(text) > 3 else text
    if titled in people:
        return PlaceName(text, begin, end, people[titled], kind="demonym")
    name, asked = _asked(doc, start, stop)
    if name in people or name.lower() in place_words().directions:
        return None
    weight = names.weight(name)
    if weight < 0 and stop - start > 1 and _one_name(doc, start, stop):
        weight = names.loose_weight(name)
    if weight < 6 and _torn(doc, start, stop, people, names):
        return None
    if weight < 0 or not _acceptable(doc, start, stop, name, weight, persons, asked):
        # A name that follows a place in a list is one as well, where it is no person's.
        proper = doc[start].pos_ == "PROPN" and doc[start].ent_type_ != "PERSON"
        if not (listed and proper and weight >= _LISTED and doc[start].text not in words.ambiguous):
            return None
    sure = all(t.ent_type_ in _PLACE_LABELS for t in doc[start:stop] if t.text[0].isupper())
    return PlaceName(text, begin, end, name, kind_of(doc, start, stop), asked, True, sure)


def _slice(doc: Doc, start: int, stop: int) -> str:
    """Return the text of some tokens; ``doc.text`` would join the whole document each time."""
    return doc[start:stop].text


def _asked(doc: Doc, start: int, stop: int) -> tuple[str, str | None]:
    """Return the name to look up and the kind of place that words inside or beside it ask for."""
    features = place_words().features
    name = _slice(doc, start, stop)
    last = doc[stop - 1]
    if stop - start > 1 and last.text.lower() in features and not last.text[0].isupper():
        return _slice(doc, start, stop - 1), features[last.text.lower()]
    if stop - start > 1 and last.text.lower() in features:
        return name, features[last.text.lower()]
    before = start - 1
    if before >= 1 and doc[before].text == "the":
        before -= 1
    if before >= 1 and doc[before].text == "of" and doc[before - 1].text.lower() in features:
        return name, features[doc[before - 1].text.lower()]
    return name, None


def _one_name(doc: Doc, start: int, stop: int) -> bool:
    """Tell whether the tokens are one tagged place, or follow a preposition of place with no word between."""
    first, last = doc[start], doc[stop - 1]
    tagged = all(t.ent_type_ in _PLACE_LABELS for t in doc[start:stop])
    words = place_words()
    plain = not any(t.text in words.ambiguous for t in doc[start:stop])
    return plain and (
        tagged or (first.pos_ == last.pos_ == "PROPN" and _before(doc, start).lemma_ in words.locative)
    )


def _torn(doc: Doc, start: int, stop: int, people: dict[str, str], names: PlaceNames) -> bool:
    """Tell whether the tokens are only a piece of a longer name ("Bab" of "Bab Sharqi")."""
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
        if _joins(token) and doc[min(i, i - step)].is_space is False:
            return True
    return False


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


def _acceptable(
    doc: Doc, start: int, stop: int, name: str, weight: float, persons: set[str], asked: str | None
) -> bool:
    words = place_words()
    tokens = doc[start:stop]
    labels = {t.ent_type_ for t in tokens if t.text[0].isupper()}
    first = doc[start]
    located = (start > 0 and _before(doc, start).lemma_.lower() in words.locative) or (
        weight >= 0 and _dateline(doc, start, stop)
    )
    entity_start, entity_stop = _entity(doc, start)
    whole = entity_start >= start - 1 and entity_stop <= stop + 1
    tagged = labels <= _PLACE_LABELS and bool(labels)
    if len(name) < 3 and not (name.isupper() and weight >= 10):
        return False
    if name.endswith(".") and len(name) < 6 and weight < 10:
        return start > 0 and doc[start - 1].text == ","
    if len(tokens) == 1 and first.text in words.ambiguous:
        return tagged and whole and weight >= 4 and first.pos_ == "PROPN" and (located or weight >= 7)
    if tagged:
        return weight >= 3 or located or asked is not None or whole
    if first.pos_ not in {"PROPN", "NOUN", "ADJ", "X", "INTJ"} and weight < 8:
        return False
    single = len(tokens) == 1
    if "PERSON" in labels:
        if not whole:
            return weight >= 8 and located
        if single and first.text in persons:
            return False
        return weight >= 8 or (located and weight >= 2) or asked == "ADM"
    if "ORG" in labels and not whole:
        return weight >= 4.5 and (single is False or first.text not in words.ambiguous)
    if located or asked in {"ADM", "PPL", "STM"}:
        return weight >= 2
    if name.isupper() and len(name) < 5 and weight < 10:
        return False
    return weight >= (4 if labels & {"ORG", "NORP", "PRODUCT"} else 4.5)


def _dateline(doc: Doc, start: int, stop: int) -> bool:
    """Tell whether tokens in capitals head a line as the place that a report is from ("GORIS, Armenia —")."""
    return (
        (start == 0 or "\n" in doc[start - 1].text)
        and stop < len(doc)
        and doc[start:stop].text.isupper()
        and doc[stop].text in {",", "(", "-", "–", "—", ":", "/", "--"}
    )


def _before(doc: Doc, i: int) -> Token:
    """Return the word before token ``i``, articles and adjectives of direction left out."""
    j = i - 1
    while j > 0 and (
        doc[j].text.lower() in {"the", "northern", "southern", "eastern", "western", "central", "occupied"}
    ):
        j -= 1
    return doc[j]


def _entity(doc: Doc, i: int) -> tuple[int, int]:
    """Return the range of the entity at a token; a list of names is not one ("Izyum and Balakliya")."""
    if doc[i].ent_iob_ == "O":
        return i, i + 1
    start = i
    while start > 0 and doc[start].ent_iob_ == "I" and doc[start - 1].lower_ not in _LISTING:
        start -= 1
    stop = i + 1
    while stop < len(doc) and doc[stop].ent_iob_ == "I" and doc[stop].lower_ not in _LISTING:
        stop += 1
    return start, stop


def _person_words(doc: Doc) -> set[str]:
    """Return the words of full personal names in the document."""
    return {
        token.text for entity in doc.ents if entity.label_ == "PERSON" and len(entity) > 1 for token in entity
    }


def _unknown(doc: Doc, start: int, stop: int) -> PlaceName | None:
    """Return a place that only the tagger sees, where words beside it bear the tagger out."""
    words = place_words()
    while start < stop and doc[start].text.lower() in {"the", "a"}:
        start += 1
    while stop > start and (doc[stop - 1].text in {"'s", "’s", "'", "’"} or doc[stop - 1].is_punct):
        stop -= 1
    if start >= stop or not _NAME.match(doc[start].text) or not doc[start].text[0].isupper():
        return None
    located = start > 0 and _before(doc, start).lemma_.lower() in words.locative
    name, asked = _asked(doc, start, stop)
    single = stop - start == 1
    if single and (doc[start].text in words.ambiguous or not (located or asked)):
        return None
    if not single and not (located or asked or doc[start].ent_type_ == "FAC"):
        return None
    begin, end = doc[start].idx, doc[stop - 1].idx + len(doc[stop - 1])
    return PlaceName(
        _slice(doc, start, stop), begin, end, name, kind_of(doc, start, stop), asked, known=False, sure=False
    )


def _of_the_theatre(
    doc: Doc, found: list[PlaceName], taken: list[bool], names: PlaceNames, persons: set[str]
) -> list[PlaceName]:
    """Return further names that lie in the countries which the names found so far are of.

    A name that few know is taken for a place where the report is about its country.
    """
    counts: Counter[str] = Counter()
    for place in found:
        if place.known:
            homes = names.countries_of(place.name)
            if len(homes) <= 3:
                counts.update(homes)
    theatre = {c for c, n in counts.items() if n >= 2 and n >= 0.2 * sum(counts.values())}
    more: list[PlaceName] = []
    if not theatre:
        return more
    for start, stop in _runs(doc):
        alone = _alone(doc, start, stop)
        if any(taken[start:stop]) or (doc[start].pos_ != "PROPN" and not alone):
            continue
        name, asked = _asked(doc, start, stop)
        loose = len(name) >= _LOOSE_LETTERS and doc[start].pos_ == "PROPN"
        if len(name) < 4 or not theatre & names.countries_of(name, loose=loose):
            continue
        if name.isupper() and len(name) < 5:
            continue
        single = stop - start == 1
        if single and (doc[start].text in place_words().ambiguous or doc[start].text in persons):
            continue
        if names.weight(name) < 6 and _torn(doc, start, stop, {}, names):
            continue
        entity_start, entity_stop = _entity(doc, start)
        if doc[start].ent_type_ in {"PERSON", "ORG"} and (entity_stop > stop + 1 or entity_start < start - 1):
            continue
        begin, end = doc[start].idx, doc[stop - 1].idx + len(doc[stop - 1])
        more.append(
            PlaceName(
                _slice(doc, start, stop), begin, end, name, kind_of(doc, start, stop), asked, True, False
            )
        )
        for i in range(start, stop):
            taken[i] = True
    return more


def _alone(doc: Doc, start: int, stop: int) -> bool:
    """Tell whether tokens are a line by themselves, as in a list of places or a table's cell."""
    before = start == 0 or "\n" in doc[start - 1].text
    return before and (stop == len(doc) or "\n" in doc[stop].text or doc[stop].text in {".", ",", ";", ":"})


def _hinted(
    parse: Parse, hints: Sequence[Span], taken: list[bool], names: PlaceNames, people: dict[str, str]
) -> list[PlaceName]:
    """Return the names in the words that another reader takes for places, where nothing stands yet."""
    doc, words = parse.doc, place_words()
    inside = [False] * len(doc)
    for hint in hints:
        tokens = parse.tokens(hint)
        for token in tokens or ():
            inside[token.i] = True
    more: list[PlaceName] = []
    for start, stop in _runs(doc) if any(inside) else ():
        if not all(inside[start:stop]) or any(taken[start:stop]) or not _proper(doc, start, stop):
            continue
        name, asked = _asked(doc, start, stop)
        if name in people or name in words.peoples or name.lower() in words.directions or len(name) < 3:
            continue
        known = names.weight(name) >= 0 or names.loose_weight(name) >= 0
        longest = stop == len(doc) or not (inside[stop] and doc[stop].pos_ == "PROPN")
        if not known and not (
            longest and (start == 0 or not inside[start - 1] or doc[start - 1].pos_ != "PROPN")
        ):
            continue
        begin, end = doc[start].idx, doc[stop - 1].idx + len(doc[stop - 1])
        more.append(PlaceName(_slice(doc, start, stop), begin, end, name, "literal", asked, known, False))
        for i in range(start, stop):
            taken[i] = True
    return more


def _proper(doc: Doc, start: int, stop: int) -> bool:
    """Tell whether the tokens can be a name: no common word alone, no number, no day."""
    first = doc[start]
    if stop - start == 1 and (
        first.text in place_words().ambiguous or (first.is_sent_start and first.pos_ != "PROPN")
    ):
        return False
    return all(
        t.ent_type_ not in {"DATE", "TIME", "CARDINAL", "NORP"}
        for t in doc[start:stop]
        if t.text[0].isupper()
    )


def _same_names(found: list[PlaceName]) -> list[PlaceName]:
    """Take a name that is sure in one place for sure wherever it stands."""
    sure = {p.name for p in found if p.sure}
    return [replace(p, sure=True) if p.name in sure else p for p in found]
