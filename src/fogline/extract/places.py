"""Recognise place names: where the words of a report name a place, and in which sense.

The tagger's entities are one witness, a gazetteer's names found in the text are the other. The tagger
misses names, takes them for persons, organisations or nationalities, and splits them; the gazetteer
knows villages called "Police". A name counts where the two agree, or where one of them is sure enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ..model import Span
from .parse import Parse
from .place_further import apart, hinted, of_the_theatre, tagged_only
from .place_runs import (
    LISTING,
    PLACE_LABELS,
    PlaceName,
    PlaceNames,
    asked_of,
    before,
    entity_at,
    heads_dateline,
    named_person,
    personal,
    runs,
    slice_of,
    tail,
    torn,
)
from .place_sense import kind_of
from .place_vessels import ashore
from .place_words import demonyms_of, place_words

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["PlaceName", "PlaceNames", "recognise"]

_LISTED = 3.0  # weight in the gazetteer (a thousand people) from which a name in a list of places is one
_DEMONYMS: dict[int, dict[str, str]] = {}


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
    for start, stop in runs(doc):
        if any(taken[start:stop]):
            continue
        listed = start > 1 and doc[start - 1].lower_ in LISTING and taken[start - 2]
        place = _judge(doc, start, stop, names, people, persons, listed)
        if place is not None:
            found.append(place)
            for i in range(start, stop):
                taken[i] = True
    for entity in doc.ents:
        if entity.label_ in PLACE_LABELS and not any(taken[entity.start : entity.end]):
            for part in apart(doc, entity.start, entity.end):
                place = tagged_only(doc, *part)
                if place is not None:
                    found.append(place)
                    taken[slice(*part)] = [True] * (part[1] - part[0])
    found += hinted(parse, hints, taken, names, people, persons)
    found += of_the_theatre(doc, found, taken, names, persons)
    found.sort(key=lambda p: p.start)
    return _same_names(ashore(doc, found))


def _demonyms(names: PlaceNames) -> dict[str, str]:
    cached = _DEMONYMS.get(id(names))
    if cached is None:
        cached = _DEMONYMS[id(names)] = demonyms_of(names.people())
    return cached


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
    text = slice_of(doc, start, stop)
    if text in people and not (text in words.ambiguous and doc[start].ent_type_ != "NORP"):
        return PlaceName(text, begin, end, people[text], kind="demonym")
    if text in words.peoples or text.lower() in words.features or named_person(doc, start, stop):
        return None
    titled = text.title() if text.isupper() and len(text) > 3 else text
    if titled in people:
        return PlaceName(text, begin, end, people[titled], kind="demonym")
    name, asked = asked_of(doc, start, stop)
    if name in people or name.lower() in place_words().directions:
        return None
    weight = names.weight(name)
    if weight < 0 and stop - start > 1 and _one_name(doc, start, stop):
        weight = names.loose_weight(name)
    if (weight < 6 and torn(doc, start, stop, people, names)) or tail(doc, start, stop):
        return None
    if weight < 0 or not _acceptable(doc, start, stop, name, weight, persons, asked):
        # A name that follows a place in a list is one as well, where it is no person's.
        proper = doc[start].pos_ == "PROPN" and doc[start].ent_type_ != "PERSON"
        if not (listed and proper and weight >= _LISTED and doc[start].text not in words.ambiguous):
            return None
    sure = all(t.ent_type_ in PLACE_LABELS for t in doc[start:stop] if t.text[0].isupper())
    return PlaceName(text, begin, end, name, kind_of(doc, start, stop), asked, True, sure)


def _one_name(doc: Doc, start: int, stop: int) -> bool:
    """Tell whether the tokens are one tagged place, or follow a preposition of place with no word between."""
    first, last = doc[start], doc[stop - 1]
    tagged = all(t.ent_type_ in PLACE_LABELS for t in doc[start:stop])
    words = place_words()
    plain = not any(t.text in words.ambiguous for t in doc[start:stop])
    return plain and (
        tagged or (first.pos_ == last.pos_ == "PROPN" and before(doc, start).lemma_ in words.locative)
    )


def _acceptable(
    doc: Doc, start: int, stop: int, name: str, weight: float, persons: set[str], asked: str | None
) -> bool:
    words = place_words()
    tokens = doc[start:stop]
    labels = {t.ent_type_ for t in tokens if t.text[0].isupper()}
    first = doc[start]
    located = start > 0 and before(doc, start).lemma_.lower() in words.locative
    if len(tokens) == 1 and not located and personal(doc, start, persons, weight):
        return False
    located = located or (weight >= 0 and heads_dateline(doc, start, stop))
    entity_start, entity_stop = entity_at(doc, start)
    whole = entity_start >= start - 1 and entity_stop <= stop + 1
    tagged = labels <= PLACE_LABELS and bool(labels)
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
        if single and first.text.title() in persons:
            return False
        return weight >= 8 or (located and weight >= 2) or asked == "ADM"
    if "ORG" in labels and not whole:
        return weight >= 4.5 and (single is False or first.text not in words.ambiguous)
    if located or asked in {"ADM", "PPL", "STM"}:
        return weight >= 2
    if name.isupper() and len(name) < 5 and weight < 10:
        return False
    return weight >= (4 if labels & {"ORG", "NORP", "PRODUCT"} else 4.5)


def _person_words(doc: Doc) -> set[str]:
    """Return the words of full personal names in the document."""
    return {
        token.text.title()
        for entity in doc.ents
        if entity.label_ == "PERSON" and len(entity) > 1
        for token in entity
    }


def _same_names(found: list[PlaceName]) -> list[PlaceName]:
    """Take a name that is sure in one place for sure wherever it stands."""
    sure = {p.name for p in found if p.sure}
    return [replace(p, sure=True) if p.name in sure else p for p in found]
