"""Ships that are called after towns: "HMS Coventry", "the cruiser Vincennes" are no places."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from .place_runs import PlaceName, before
from .place_words import place_words

if TYPE_CHECKING:
    from spacy.tokens import Doc

_LISTING = frozenset({",", "and", "or"})


def ashore(doc: Doc, found: Iterable[PlaceName]) -> list[PlaceName]:
    """Return the places found, less those that are names of ships which the report calls so.

    A name that some ship has may still be a town's where something is *in* it: "in Coventry", not "in the
    Coventry".
    """
    ships = _ships(doc)
    if not ships:
        return list(found)
    starts = {token.idx: token.i for token in doc}
    return [p for p in found if p.text not in ships or _is_town(doc, starts.get(p.start))]


def _ships(doc: Doc) -> set[str]:
    """Return the names that stand behind a word for a ship, those listed with them as well."""
    vessels = place_words().vessels
    names: set[str] = set()
    for token in doc:
        if token.text not in vessels:
            continue
        i = token.i + 1
        while i < len(doc):
            first = i
            while i < len(doc) and doc[i].text[0].isupper():
                i += 1
            if i == first:
                break
            names.add(doc[first:i].text)
            while i < len(doc) and doc[i].lower_ in _LISTING | {"the"}:
                i += 1
            if doc[i - 1].lower_ not in _LISTING | {"the"} or not token.text.endswith("s"):
                break
    return names


def _is_town(doc: Doc, i: int | None) -> bool:
    if i is None or i == 0:
        return False
    located = before(doc, i).lemma_.lower() in place_words().locative
    return located and doc[i - 1].lower_ != "the"
