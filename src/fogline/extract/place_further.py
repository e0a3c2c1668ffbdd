"""Names that tagger and gazetteer do not both vouch for: the tagger alone, the theatre, another reader."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ..model import Span
from .parse import Parse
from .place_runs import (
    PLACE_LABELS,
    PlaceName,
    PlaceNames,
    asked_of,
    before,
    entity_at,
    in_operation,
    linked,
    personal,
    runs,
    slice_of,
    stands_alone,
    torn,
)
from .place_sense import kind_of
from .place_words import place_words

if TYPE_CHECKING:
    from spacy.tokens import Doc

_LOOSE_LETTERS = 6  # that a name needs to be met by another spelling
_NAME = re.compile(r"[^\W\d_]")
_JOINING = frozenset({"and", "or", "at", "&"})  # within a name only where the gazetteer knows it whole


def apart(doc: Doc, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Yield the names that tokens between two indexes join: "Dessie and Kombolcha" is two."""
    for i in range(start, stop):
        if doc[i].lower_ in _JOINING:
            yield start, i
            start = i + 1
    yield start, stop


def tagged_only(doc: Doc, start: int, stop: int) -> PlaceName | None:
    """Return a place that only the tagger sees, where words beside it bear the tagger out."""
    words = place_words()
    while start < stop and doc[start].text.lower() in {"the", "a"}:
        start += 1
    while stop > start and (doc[stop - 1].text in {"'s", "’s", "'", "’"} or doc[stop - 1].is_punct):
        stop -= 1
    if start >= stop or not _NAME.match(doc[start].text) or not doc[start].text[0].isupper():
        return None
    if doc[stop - 1].lower_ in words.occasions or in_operation(doc, start) or linked(doc, start, stop):
        return None
    if slice_of(doc, start, stop) in words.peoples or slice_of(doc, start, stop).lower() in words.features:
        return None
    located = start > 0 and before(doc, start).lemma_.lower() in words.locative
    name, asked = asked_of(doc, start, stop)
    single = stop - start == 1
    if single and (doc[start].text in words.ambiguous or not (located or asked)):
        return None
    if not single and not (located or asked or doc[start].ent_type_ == "FAC"):
        return None
    begin, end = doc[start].idx, doc[stop - 1].idx + len(doc[stop - 1])
    return PlaceName(
        slice_of(doc, start, stop),
        begin,
        end,
        name,
        kind_of(doc, start, stop),
        asked,
        known=False,
        sure=False,
    )


def of_the_theatre(
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
    for start, stop in runs(doc):
        alone = stands_alone(doc, start, stop)
        if any(taken[start:stop]) or (doc[start].pos_ != "PROPN" and not alone):
            continue
        name, asked = asked_of(doc, start, stop)
        loose = len(name) >= _LOOSE_LETTERS and doc[start].pos_ == "PROPN"
        if len(name) < 4 or not (
            theatre & names.countries_of(name, loose=loose)
            or (loose and _placing(doc, start, stop, asked, taken) and theatre & names.respelt_in(name))
        ):
            continue
        if name.isupper() and len(name) < 5:
            continue
        single = stop - start == 1
        if single and (doc[start].text in place_words().ambiguous or doc[start].text.title() in persons):
            continue
        if names.weight(name) < 6 and torn(doc, start, stop, {}, names):
            continue
        entity_start, entity_stop = entity_at(doc, start)
        if doc[start].ent_type_ in {"PERSON", "ORG"} and (entity_stop > stop + 1 or entity_start < start - 1):
            continue
        begin, end = doc[start].idx, doc[stop - 1].idx + len(doc[stop - 1])
        more.append(
            PlaceName(
                slice_of(doc, start, stop), begin, end, name, kind_of(doc, start, stop), asked, True, False
            )
        )
        for i in range(start, stop):
            taken[i] = True
    return more


def _placing(doc: Doc, start: int, stop: int, asked: str | None, taken: list[bool]) -> bool:
    """Tell whether the words around a name put something there ("in …", "village of …")."""
    word = before(doc, start).lemma_.lower() if start else ""
    if asked is not None or word in place_words().placing:
        return True
    within = (
        stop + 2 < len(doc) and doc[stop].lower_ == "in" and taken[stop + 1 + (doc[stop + 1].lower_ == "the")]
    )
    labels = {t.ent_type_ for t in doc[start:stop]} - PLACE_LABELS - {""}
    if labels and not (within and labels == {"ORG"}):
        return False
    return within or word in place_words().locative or stands_alone(doc, start, stop)


def hinted(
    parse: Parse,
    hints: Sequence[Span],
    taken: list[bool],
    names: PlaceNames,
    people: dict[str, str],
    persons: set[str],
) -> list[PlaceName]:
    """Return the names in the words that another reader takes for places, where nothing stands yet."""
    doc, words = parse.doc, place_words()
    inside = [False] * len(doc)
    for hint in hints:
        tokens = parse.tokens(hint)
        for token in tokens or ():
            inside[token.i] = True
    more: list[PlaceName] = []
    for start, stop in runs(doc) if any(inside) else ():
        if not all(inside[start:stop]) or any(taken[start:stop]) or not _proper(doc, start, stop):
            continue
        name, asked = asked_of(doc, start, stop)
        if name in people or name in words.peoples or len(name) < 3:
            continue
        if name.lower() in words.directions or name.lower() in words.features:
            continue
        if stop - start == 1 and personal(doc, start, persons, names.weight(name)):
            continue
        known = names.weight(name) >= 0 or names.loose_weight(name) >= 0
        longest = stop == len(doc) or not (inside[stop] and doc[stop].pos_ == "PROPN")
        if not known and doc[stop - 1].lower_ in words.occasions:
            continue
        if not known and any(t.lower_ in _JOINING for t in doc[start:stop]):
            continue
        if not known and not (
            longest and (start == 0 or not inside[start - 1] or doc[start - 1].pos_ != "PROPN")
        ):
            continue
        begin, end = doc[start].idx, doc[stop - 1].idx + len(doc[stop - 1])
        more.append(PlaceName(slice_of(doc, start, stop), begin, end, name, "literal", asked, known, False))
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
