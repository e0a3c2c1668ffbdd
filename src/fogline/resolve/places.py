"""Resolve the place names of a document together: which place each means, how surely, how precisely."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import pairwise

import msgspec

from ..extract.parse import Parse
from ..extract.places import PlaceName, recognise
from ..model import Candidate, PlaceMention, PlacePrecision, Span
from .gazetteer import Entry, Gazetteer, countries, open_gazetteer
from .parties.lexicon import Hit, find
from .place_features import FEATURES, context_of, features_of
from .place_groups import Group, group_names
from .place_parts import WHOLE, Part, part_told, relative_part
from .place_relations import Relation, between, relation_of, says_between
from .place_strays import without_strays
from .place_within import placed_within

_ROUNDS = 3
_SIZEABLE = 6.0  # weight in the gazetteer (a million people) from which a name is a place before a group
_ALTERNATIVES = 5
_COORDINATES = re.compile(r"(?<![\d.,])(-?\d{1,2}\.\d{3,12}),\s?(-?\d{1,3}\.\d{3,14})(?![\d.])")


@dataclass(frozen=True, slots=True)
class Weights:
    """What the features count, and below which probability nothing is said."""

    values: tuple[float, ...]
    temperature: float
    calibration: float
    threshold: float


@cache
def weights() -> Weights:
    """Read ``places.json`` once."""
    data = json.loads((files(__package__) / "places.json").read_text(encoding="utf-8"))
    values = tuple(float(data["weights"][name]) for name in FEATURES)
    told = (float(data[name]) for name in ("temperature", "calibration", "threshold"))
    return Weights(values, *told)


def places(
    parse: Parse, gazetteer: Gazetteer | None = None, *, hints: Sequence[Span] = ()
) -> list[PlaceMention]:
    """Return the place names of a document, each with the place it means where that can be told.

    Args:
        parse: the parsed document.
        gazetteer: where to look names up; the project's by default.
        hints: words that a trained reader takes for places; names in them need no other witness.

    Returns:
        The mentions in order, none overlapping another. ``score`` is the probability of the place among
        those of that name; below the threshold no coordinates are given and ``reason`` says so.
    """
    gazetteer = gazetteer or open_gazetteer()
    names = _unclaimed(recognise(parse, gazetteer, hints), parse.document.text, gazetteer)
    groups = group_names(parse.document.text, names, gazetteer)
    chances = resolve_groups(groups)
    answer = {id(m): (g, p) for g, p in zip(groups, chances, strict=True) for m in g.mentions}
    mentions = []
    for name in names:
        found = answer.get(id(name))
        if found is None:
            mentions.append(_unresolved(name, "No place of this name is in the gazetteer."))
        else:
            mentions.append(_mention(parse, name, *found, gazetteer))
    mentions = placed_within(parse.document.text, without_strays(mentions, gazetteer.weight))
    mentions = _joined_by_between(parse.document.text, mentions)
    return _with_points(parse.document.text, mentions)


def _unclaimed(names: list[PlaceName], text: str, gazetteer: Gazetteer) -> list[PlaceName]:
    """Leave out names that known groups and bodies bear; a place within such a name is associative.

    A name that a group shares with a region or a sizeable town stays ("Abkhazia", "Sukhumi").
    """
    known = [hit for hit in find(text) if hit.entry.kind in {"group", "body"}]
    kept = []
    for name in names:
        hit = next((h for h in known if h.start <= name.start and name.end <= h.end), None)
        if hit is None:
            kept.append(name)
        elif hit.end - hit.start > name.end - name.start:
            only = name.kind in ("government", "demonym")
            kept.append(name if only else replace(name, kind="associative"))
        elif hit.entry.voice == "official" and name.kind == "literal":
            kept.append(replace(name, kind="government"))
        elif not _borne(name, hit, gazetteer):
            kept.append(name)
    return kept


def _borne(name: PlaceName, hit: Hit, gazetteer: Gazetteer) -> bool:
    """Tell whether a group's name of several words or acronym is all that a name is, but for some hamlet.

    A name that no place bears is the group's whatever it looks like.
    """
    if gazetteer.weight(name.name) < 0:
        return True
    own = name.text.casefold() == hit.entry.name.casefold() or " " in name.text
    return (own or name.text.isupper()) and gazetteer.weight(name.name) < _SIZEABLE


def resolve_groups(groups: list[Group], home: str | None = None) -> list[list[float]]:
    """Return for each group the probabilities of its candidates, each group told by all the others."""
    by_key = {g.key: i for i, g in enumerate(groups)}
    chances = [[1.0 / len(g.candidates)] * len(g.candidates) for g in groups]
    empty = context_of([], [])
    for turn in range(_ROUNDS):
        context = context_of(groups, chances, home) if turn else empty
        chances = [
            softmax(scores(features_of(i, groups, chances, context, by_key)), weights().temperature)
            for i in range(len(groups))
        ]
    return chances


def scores(rows: list[list[float]]) -> list[float]:
    """Return the weighted sums of features."""
    values = weights().values
    return [sum(w * x for w, x in zip(values, row, strict=True)) for row in rows]


def softmax(values: list[float], temperature: float = 1.0) -> list[float]:
    """Return probabilities from scores."""
    top = max(values)
    powers = [math.exp((v - top) / temperature) for v in values]
    total = sum(powers)
    return [p / total for p in powers]


def _mention(
    parse: Parse, name: PlaceName, group: Group, chances: list[float], gazetteer: Gazetteer
) -> PlaceMention:
    order = sorted(range(len(group.candidates)), key=lambda i: -chances[i])
    alternatives = tuple(
        gazetteer.candidate(group.candidates[i], round(chances[i], 4))
        for i in order[:_ALTERNATIVES]
        if chances[i] >= 0.01
    )
    best = group.candidates[order[0]]
    # Candidates within a few kilometres of the best are the same place to a reader.
    score = sum(chances[i] for i in order if _same(best, group.candidates[i]))
    if score < weights().threshold:
        return _unresolved(name, _doubt(len(order)), alternatives)
    part = _part(parse.document.text, name, best)
    relation = relation_of(parse, name) if part is None else None
    whole = _resolved(name, best, calibrated(score), alternatives, relation, len(order))
    told = relative_part(gazetteer, part, best) if part is not None else None
    if told is None:
        return whole
    return msgspec.structs.replace(whole, relative=told[0], reason=f"{whole.reason} {told[1]}")


def _part(text: str, name: PlaceName, best: Entry) -> Part | None:
    """Return the part of a region or country that a text speaks of, None where it means the whole."""
    if best.feature not in WHOLE or name.kind in {"demonym", "government"}:
        return None
    return part_told(text, name.start)


def probability_of(score: float) -> float:
    """Return the probability that a calibrated score was made from; the choice among places weighs it."""
    odds = math.pow(score / max(1e-6, 1 - score), weights().calibration)
    return odds / (1 + odds)


def calibrated(probability: float) -> float:
    """Return how often a place of that probability is the right one: the softmax is a little too sure."""
    odds = math.pow(probability / max(1e-6, 1 - probability), 1 / weights().calibration)
    return odds / (1 + odds)


def _resolved(
    name: PlaceName,
    best: Entry,
    score: float,
    alternatives: tuple[Candidate, ...],
    relation: Relation | None,
    of: int,
) -> PlaceMention:
    country = countries().get(best.country)
    lat, lon, radius, precision = best.lat, best.lon, best.radius_km, precision_of(best)
    reason = f"{best.name} ({best.feature}{', ' + country.name if country else ''})"
    reason += " is the only place of that name." if of == 1 else f" fits best of {of} places of that name."
    relative = None
    if relation is not None:
        relative = relation.relative(lat, lon, radius)
        if relation.kind != "surrounding":
            lat, lon, radius = relation.move(lat, lon, radius)
            precision = "near" if precision in {"point", "settlement", "near"} else precision
        reason += f" {relation.reason}"
    return PlaceMention(
        text=name.text, start=name.start, end=name.end, kind=name.kind, name=best.name,
        geonameid=best.geonameid or None, country=country.iso3 if country else None, feature=best.feature,
        lat=round(lat, 5), lon=round(lon, 5), precision=precision, radius_km=round(radius, 1),
        score=round(min(1.0, score), 4), alternatives=alternatives, reason=reason, relative=relative,
    )  # fmt: skip


def precision_of(entry: Entry) -> PlacePrecision:
    """Return how precise a place of the gazetteer is."""
    if entry.feature == "PCLI":
        return "country"
    if entry.feature == "ADM1":
        return "region"
    if entry.feature == "ADM2":
        return "district"
    if entry.feature == "PPLL":
        return "near"
    if entry.feature in {"PPL", "PPLC", "PPLX", "CMP"}:
        return "settlement"
    if entry.radius_km <= 5:
        return "point"
    return "area"


def _doubt(of: int) -> str:
    if of == 1:
        return "The only place of this name does not fit the text."
    return f"None of the {of} places of this name is likely enough."


def _same(a: Entry, b: Entry) -> bool:
    return abs(a.lat - b.lat) < 0.25 and abs(a.lon - b.lon) < 0.35


def _unresolved(name: PlaceName, reason: str, alternatives: tuple[Candidate, ...] = ()) -> PlaceMention:
    return PlaceMention(
        text=name.text,
        start=name.start,
        end=name.end,
        kind=name.kind,
        alternatives=alternatives,
        reason=reason,
    )


def _with_points(text: str, mentions: list[PlaceMention]) -> list[PlaceMention]:
    """Add the coordinates that a text writes out, to a thousandth of a degree ("49.207, 37.277") or finer."""
    points = []
    for match in _COORDINATES.finditer(text):
        lat, lon = float(match.group(1)), float(match.group(2))
        taken = any(m.start < match.end() and match.start() < m.end for m in mentions)
        if abs(lat) <= 90 and abs(lon) <= 180 and not taken:
            points.append(
                PlaceMention(
                    text=match.group(), start=match.start(), end=match.end(), name=match.group(), lat=lat,
                    lon=lon, precision="point", radius_km=0.2, score=0.95,
                    reason="The text gives these coordinates.",
                )
            )  # fmt: skip
    return sorted((*mentions, *points), key=lambda m: m.start) if points else mentions


def _joined_by_between(text: str, mentions: list[PlaceMention]) -> list[PlaceMention]:
    """Give the two names of "between A and B" the line that joins them."""
    joined = list(mentions)
    for i, (a, b) in enumerate(pairwise(mentions)):
        placed = a.lat is not None and a.lon is not None and b.lat is not None and b.lon is not None
        if placed and says_between(text, a.start, a.end, b.start):
            line = between((a.lat, a.lon), (b.lat, b.lon), text[a.start - 8 : b.end].strip())  # type: ignore[arg-type]  # placed
            joined[i] = msgspec.structs.replace(a, relative=line)
            joined[i + 1] = msgspec.structs.replace(b, relative=line, precision=_near(b.precision))
    return joined


def _near(precision: PlacePrecision) -> PlacePrecision:
    return "near" if precision in {"point", "settlement"} else precision
