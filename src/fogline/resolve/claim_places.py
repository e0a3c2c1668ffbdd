"""Say where a claim's occurrence is: which of the document's places, in which role."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from ..extract.parse import Parse
from ..model import EventType, Place, PlaceMention, PlaceRole, Span
from .claim_anaphors import Anaphor, anaphors, claim_words
from .claim_candidates import FEATURES, ClaimCandidate, claim_candidates
from .place_features import kilometres

_MOST = 3


def claim_places(
    parse: Parse,
    sentence: Span,
    evidence: Span,
    mentions: Sequence[PlaceMention],
    *,
    event: EventType,
    spans: Sequence[Span] | None = None,
) -> tuple[Place, ...]:
    """Return the places of a claim, the surest first.

    The most specific places of the clause; where it names none, the place that its sentence, the
    sentence before or the report so far gives. "The city", "the capital", "there" stand for the last
    such place.

    Args:
        parse: the document.
        sentence: the claim's sentence.
        evidence: the claim's clause.
        mentions: the document's place names, as ``places`` returns them.
        event: the claim's type: talks and treaties need not be anywhere.
        spans: the words that a trained reader takes for the claim's places; None: found by rule.
    """
    back = anaphors(parse, evidence, mentions)
    candidates = claim_candidates(parse, sentence, evidence, mentions, back)
    ranked = sorted(((chance(c), c) for c in candidates), key=lambda pair: -pair[0])
    if spans:
        chosen = [p for s in spans if (p := _of_span(parse, s, mentions, ranked, back)) is not None]
        if chosen:
            return _unique(chosen)
    if not ranked or not _wanted(ranked[0], event):
        return ()
    least, certain = _settings()
    first = ranked[0]
    chosen = [_place(parse, first[1].mention, first[0], evidence, back)]
    for probability, candidate in ranked[1:]:
        if candidate.inside and probability >= certain and len(chosen) < _MOST:
            chosen.append(_place(parse, candidate.mention, probability, evidence, back))
    return _unique(chosen) if first[0] >= least else ()


def chance(candidate: ClaimCandidate) -> float:
    """Return the probability that a candidate is a place of its claim."""
    value = sum(w * x for w, x in zip(_weights(), candidate.features, strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))


@cache
def _data() -> dict[str, dict[str, float] | float]:
    return json.loads((files(__package__) / "claim_places.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


@cache
def _weights() -> tuple[float, ...]:
    weights = _data()["weights"]
    assert isinstance(weights, dict)
    return tuple(float(weights[name]) for name in FEATURES)


def _settings() -> tuple[float, float]:
    least, certain = _data()["least"], _data()["certain"]
    assert isinstance(least, float) and isinstance(certain, float)
    return least, certain


def _wanted(best: tuple[float, ClaimCandidate], event: EventType) -> bool:
    """Tell whether a place from outside the sentence may stand for an event of this type."""
    candidate = best[1]
    near = candidate.features[FEATURES.index("farther")] < math.log1p(1.5)
    return candidate.inside or near or event not in claim_words()["placeless"]


def _of_span(
    parse: Parse,
    span: Span,
    mentions: Sequence[PlaceMention],
    ranked: Sequence[tuple[float, ClaimCandidate]],
    back: Sequence[Anaphor],
) -> Place | None:
    """Return the place that words chosen by a reader mean: a name in them, or what they refer back to."""
    inside = [m for m in mentions if m.start < span.end and span.start < m.end and m.lat is not None]
    inside = [m for m in inside if m.kind != "demonym"] or inside
    narrow = sorted(
        inside, key=lambda m: (m.precision == "country", m.precision in {"region", "area"}, m.start)
    )
    text = span.of(parse.document.text)
    if narrow:
        return _as_place(narrow[0], text, span, _role(parse, span), narrow[0].score, narrow[0].reason)
    for anaphor in back:
        if span.start <= anaphor.start < span.end and anaphor.target is not None:
            target = anaphor.target
            reason = f"{text!r} stands for {target.name or target.text}, the last such place named before."
            return _as_place(target, text, span, _role(parse, span), 0.7 * target.score, reason)
    for probability, candidate in ranked:
        if candidate.mention.precision != "country":
            m = candidate.mention
            reason = f"{text!r} has no name; the report is about {m.name or m.text} there."
            return _as_place(m, text, span, _role(parse, span), probability * m.score, reason)
    return Place(
        text=text, role=_role(parse, span), start=span.start, end=span.end, reason="Nothing tells where."
    )


def _place(
    parse: Parse, m: PlaceMention, probability: float, evidence: Span, back: Sequence[Anaphor]
) -> Place:
    span = Span(m.start, m.end)
    if span.overlaps(evidence):
        reason = f"Named in the clause. {m.reason}"
        return _as_place(m, m.text, span, _role(parse, span), probability * m.score, reason)
    for anaphor in back:
        if anaphor.target is not None and _together(anaphor.target, m):
            words = Span(anaphor.start, anaphor.end)
            text = words.of(parse.document.text)
            reason = f"{text!r} stands for {m.name or m.text}, named before. {m.reason}"
            return _as_place(m, text, words, _role(parse, words), probability * m.score, reason)
    reason = f"The clause names no place; the report speaks of {m.name or m.text} here. {m.reason}"
    return _as_place(m, m.text, span, "at", probability * m.score, reason)


def _as_place(m: PlaceMention, text: str, span: Span, role: PlaceRole, score: float, reason: str) -> Place:
    if role == "at" and m.precision == "near":
        role = "near"
    return Place(
        text=text, role=role, lat=m.lat, lon=m.lon, start=span.start, end=span.end, name=m.name,
        geonameid=m.geonameid, country=m.country, precision=m.precision, radius_km=m.radius_km,
        score=round(score, 4), alternatives=m.alternatives, reason=reason,
    )  # fmt: skip


@cache
def _role_patterns() -> tuple[tuple[PlaceRole, re.Pattern[str]], ...]:
    return tuple(
        (role, re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\w{{0,3}}$", re.IGNORECASE))
        for role, words in claim_words()["roles"].items()
    )


_LOOSE_WORDS = re.compile(
    r"(?:[\s,]+|\b(?:the|a|an|its|their|his|of|city|town|village|settlement|capital|region|area|port|"
    r"(?:north|south|east|west|central)\w*|key|strategic|nearby|occupied|besieged)\b)+$",
    re.IGNORECASE,
)


def _role(parse: Parse, span: Span) -> PlaceRole:
    """Return the role that the words before a place give it."""
    before = parse.document.text[max(0, span.start - 60) : span.start]
    for _ in range(2):
        before = before.rstrip()
        for role, pattern in _role_patterns():
            if pattern.search(before):
                return role
        before = _LOOSE_WORDS.sub("", before)
    return "at"


def _together(a: PlaceMention, b: PlaceMention) -> bool:
    return a.lat is not None and (a.lat, a.lon) == (b.lat, b.lon)


def _unique(places: Sequence[Place]) -> tuple[Place, ...]:
    """Return the places without those that another one within a few kilometres says already."""
    kept: list[Place] = []
    for place in places:
        if (
            place.lat is None
            or place.lon is None
            or not any(
                k.lat is not None and k.lon is not None and kilometres(k.lat, k.lon, place.lat, place.lon) < 3
                for k in kept
            )
        ):
            kept.append(place)
    return tuple(kept[:_MOST])
