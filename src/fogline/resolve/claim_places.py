"""Say where a claim's occurrence is: which of the document's places, in which role."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import msgspec
import numpy as np
from numpy.typing import NDArray

from ..extract.parse import Parse
from ..model import EventType, Place, PlaceMention, PlaceRole, Span
from .claim_anaphors import Anaphor, anaphors, claim_words
from .claim_candidates import FEATURES, ClaimCandidate, claim_candidates, point_of
from .gazetteer import kilometres

_LIKELY = 0.5
_MOST = 3
_MOST_OUTSIDE = 2  # with the one that the clause inherits
_READER = 0.2  # log odds that a reader's certainty adds to a place: reports held back bear little more
_NARROW = frozenset({"point", "settlement", "near"})
_OUTRIGHT = 0.6  # log odds that a clause's one name adds where it says outright that it is there
_SURE = 0.5  # a reader's probability from which a place outside the clause may be a second one


def claim_places(
    parse: Parse,
    sentence: Span,
    evidence: Span,
    mentions: Sequence[PlaceMention],
    *,
    event: EventType,
    spans: Sequence[tuple[Span, float]] | None = None,
) -> tuple[Place, ...]:
    """Return the places of a claim, the surest first.

    The most specific places of the clause; where it names none, the place that its sentence, the
    sentence before or the report so far gives. "The city", "the capital", "there" stand for the last
    such place.

    Args:
        parse: the document.
        sentence: the claim's sentence.
        evidence: the claim's clause.
        mentions: the document's place names, as ``places`` returns them, with its unnamed capitals.
        event: the claim's type: talks and treaties need not be anywhere.
        spans: the words that a trained reader takes for the claim's places, each with a probability.
    """
    back = anaphors(parse, evidence, mentions)
    candidates = claim_candidates(parse, sentence, evidence, mentions, back, event=event)
    seen = [_seen(c.mention, spans or (), back) for c in candidates]
    told = zip(chances(candidates), candidates, seen, strict=True)
    ranked = sorted(((_lifted(p, s), c, s) for p, c, s in told), key=lambda r: -r[0])
    if re.search(claim_words()["wide"], evidence.of(parse.document.text)):
        ranked = [r for r in ranked if r[1].inside or r[1].mention.precision not in _NARROW]
    if not ranked or not _wanted(ranked[0][:2], event):
        return ()
    least, certain = _network().least, _network().certain
    first = ranked[0]
    chosen = [_place(parse, first[1].mention, first[0], evidence, back)]
    for probability, candidate, sure in ranked[1:]:
        room = _MOST if candidate.inside else _MOST_OUTSIDE
        if (candidate.inside or sure >= _SURE) and probability >= certain and len(chosen) < room:
            chosen.append(_place(parse, candidate.mention, probability, evidence, back))
    return _unique(chosen) if first[0] >= least else ()


def _seen(mention: PlaceMention, spans: Sequence[tuple[Span, float]], back: Sequence[Anaphor]) -> float:
    """Return how surely a reader takes a place, or words that stand for it, for one of the claim's."""
    words = [Span(mention.start, mention.end)]
    words += [Span(a.start, a.end) for a in back if a.target is not None and _together(a.target, mention)]
    return max((score for span, score in spans for w in words if span.overlaps(w)), default=0.0)


def _lifted(probability: float, seen: float) -> float:
    """Return a probability whose odds a reader's word has raised."""
    odds = probability / max(1 - probability, 1e-9) * math.exp(_READER * seen)
    return odds / (1 + odds)


def chances(candidates: Sequence[ClaimCandidate]) -> list[float]:
    """Return for each candidate the probability that it is a place of its claim."""
    if not candidates:
        return []
    network = _network()
    rows = np.array([c.features for c in candidates])
    scores = rows @ network.direct + np.tanh(rows @ network.inner + network.start) @ network.outer
    told = (
        score + network.bias + _OUTRIGHT * _is_outright(c)
        for score, c in zip(scores.tolist(), candidates, strict=True)
    )
    return [1 / (1 + math.exp(-max(-30.0, min(30.0, score)))) for score in told]


def _is_outright(candidate: ClaimCandidate) -> bool:
    """Tell whether a candidate is the clause's one name, led by "in" or "at", or where its teller stands."""
    named, alone, at, teller = (
        candidate.features[FEATURES.index(name)]
        for name in ("in evidence", "alone in evidence", "at", "teller")
    )
    return bool(at and (teller or (named and alone)))


@dataclass(frozen=True, slots=True)
class _Network:
    """A hidden layer of tanh with a linear way past it, and from which probabilities a place is given."""

    inner: NDArray[np.float64]
    start: NDArray[np.float64]
    outer: NDArray[np.float64]
    direct: NDArray[np.float64]
    bias: float
    least: float
    certain: float


@cache
def _network() -> _Network:
    """Read ``claim_places.json`` once."""
    data = json.loads((files(__package__) / "claim_places.json").read_text(encoding="utf-8"))
    table = np.array([data["weights"][name] for name in FEATURES])
    return _Network(
        inner=table[:, 1:], start=np.array(data["start"]), outer=np.array(data["outer"]), direct=table[:, 0],
        bias=data["bias"], least=data["least"], certain=data["certain"],
    )  # fmt: skip


def _wanted(best: tuple[float, ClaimCandidate], event: EventType) -> bool:
    """Tell whether a place from outside the sentence may stand for an event of this type.

    Talks, treaties and aid need not be anywhere: only where the place is more likely than not.
    """
    probability, candidate = best
    near = candidate.features[FEATURES.index("farther")] < math.log1p(1.5)
    return candidate.inside or near or event not in claim_words()["events"]["talks"] or probability >= _LIKELY


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
            if m.relative is not None and m.relative.shape == "part":
                m = msgspec.structs.replace(m, relative=None)  # "the country" is the whole of it
            return _as_place(m, text, words, _role(parse, words), probability * m.score, reason)
    reason = f"The clause names no place; the report speaks of {m.name or m.text} here. {m.reason}"
    return _as_place(m, m.text, span, "at", probability * m.score, reason)


def _as_place(m: PlaceMention, text: str, span: Span, role: PlaceRole, score: float, reason: str) -> Place:
    """Return a mention as a claim's place: "northern Iraq" is not in the middle of Iraq."""
    if role == "at" and m.precision == "near":
        role = "near"
    lat, lon = (None, None) if m.lat is None else point_of(m)
    radius = m.radius_km if (lat, lon) == (m.lat, m.lon) or m.relative is None else m.relative.radius_km
    return Place(
        text=text, role=role, lat=lat, lon=lon, start=span.start, end=span.end, name=m.name,
        geonameid=m.geonameid, country=m.country, precision=m.precision, radius_km=radius,
        score=round(score, 4), alternatives=m.alternatives, reason=reason, relative=m.relative,
    )  # fmt: skip


@cache
def _role_patterns() -> tuple[tuple[PlaceRole, re.Pattern[str]], ...]:
    return tuple(
        (role, re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\w{{0,3}}$", re.IGNORECASE))
        for role, words in claim_words()["roles"].items()
    )


_LOOSE_WORDS = re.compile(
    r"(?:[\s,]++|\b(?:the|a|an|its|their|his|of|city|town|village|settlement|capital|region|area|port|"
    r"(?:north|south|east|west|central)\w*|key|strategic|nearby|occupied|besieged)\b)++$",
    re.IGNORECASE,
)


def _role(parse: Parse, span: Span) -> PlaceRole:
    """Return the role that the words before a place give it, or before the first that it is listed with."""
    start = _listed_from(parse, span)
    before = parse.document.text[max(0, start - 60) : start]
    for _ in range(2):
        before = before.rstrip()
        for role, pattern in _role_patterns():
            if pattern.search(before):
                return role
        before = _LOOSE_WORDS.sub("", before)
    return "at"


def _listed_from(parse: Parse, span: Span) -> int:
    """Return where the first name begins that a name is joined to: "towards Erbil and Sulaymaniyah"."""
    tokens = parse.tokens(span)
    if tokens is None:
        return span.start
    first = tokens.root
    while first.dep_ == "conj" and first.head.pos_ == "PROPN" and first.head.i < first.i:
        first = first.head
    return span.start if first is tokens.root else first.doc[first.left_edge.i].idx


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
