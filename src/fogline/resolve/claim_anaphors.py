"""Words of a clause that stand for a place named before: "the city", "the capital", "there"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from ..extract.parse import Parse
from ..model import PlaceMention, Span

_DETERMINERS = frozenset({"the", "this", "that", "its", "their", "these", "those"})
_FITS = {
    "settlement": frozenset({"settlement", "point", "near"}),
    "region": frozenset({"region", "district", "area"}),
    "country": frozenset({"country"}),
}

_TIMES = frozenset({"DATE", "TIME"})
_NEAR = 120  # characters between two names in one sentence, about


@dataclass(frozen=True, slots=True)
class Anaphor:
    """A phrase that refers back to a place: where it stands, what it asks for, what it means."""

    start: int
    end: int
    kind: str
    target: PlaceMention | None


@cache
def claim_words() -> dict[str, Any]:
    """Read ``claim_places.yml`` once."""
    with (files(__package__) / "claim_places.yml").open("rb") as file:
        return yaml.load(file, Loader=yaml.CSafeLoader)  # type: ignore[no-any-return]  # YAML gives Any


@cache
def _kinds() -> dict[str, tuple[str, ...]]:
    kinds: dict[str, tuple[str, ...]] = {}
    for kind, words in claim_words()["anaphors"].items():
        for word in words:
            kinds[word] = (*kinds.get(word, ()), kind)
    return kinds


def anaphors(parse: Parse, span: Span, mentions: Sequence[PlaceMention]) -> list[Anaphor]:
    """Return the phrases of a span that refer back to a place, each with the last place that fits.

    Args:
        parse: the document.
        span: where to look, as a rule a claim's clause.
        mentions: the document's place names.
    """
    tokens = parse.tokens(span)
    if tokens is None:
        return []
    found = []
    for token in tokens:
        word = token.lower_
        kinds = _kinds().get(word)
        if kinds is None or any(m.start <= token.idx < m.end for m in mentions):
            continue
        left = token.doc[token.left_edge.i]
        if word not in {"there", "here"} and left.lower_ not in _DETERMINERS:
            continue
        if (word == "there" and token.dep_ == "expl") or token.ent_type_ in _TIMES:
            continue  # "the third quarter"
        end = token.idx + len(token)
        if _named(parse.document.text, end, mentions):
            continue
        same = _same_word(word, token.idx, mentions)
        for kind in kinds[:1] if same is not None else kinds:
            target = same or _target(kind, word, token.idx, mentions)
            found.append(Anaphor(left.idx, end, kind, target))
    return found


def _named(text: str, end: int, mentions: Sequence[PlaceMention]) -> bool:
    """Tell whether what is meant stands behind the word: "the town of Banki", "the capital Kyiv"."""
    return text.startswith(" of ", end) or any(m.start == end + 1 and m.kind == "literal" for m in mentions)


def _same_word(word: str, before: int, mentions: Sequence[PlaceMention]) -> PlaceMention | None:
    """Return the last place whose own name has the word ("the airport" for "Antonov Airport")."""
    for m in reversed(mentions):
        if (
            m.start < before
            and m.lat is not None
            and word in (*m.text.lower().split(), *(m.name or "").lower().split())
        ):
            return m
    return None


def _target(kind: str, word: str, before: int, mentions: Sequence[PlaceMention]) -> PlaceMention | None:
    """Return the last place named before an offset that a word of that kind may stand for.

    "There" is no capital where another place is as near: "left the region, the ministry in Moscow said".
    "The village" is no city where the report has named something smaller.
    """
    fits = _FITS.get(kind)
    widest = claim_words()["widest"].get(word)
    last: PlaceMention | None = None
    small: PlaceMention | None = None
    for m in mentions:
        if m.start >= before:
            break
        if m.lat is None or m.kind not in {"literal", "associative"}:
            continue
        if fits is None and m.feature == "PPLC" and last is not None and m.start - last.end < _NEAR:
            continue
        if (fits is None and m.precision != "country") or (fits is not None and m.precision in fits):
            last = m
            if widest is not None and m.feature != "PPLC" and (m.radius_km or 0.0) <= widest:
                small = m
    return small or last
