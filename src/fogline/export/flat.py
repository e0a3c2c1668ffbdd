"""A claim as one flat row: the columns of CSV, of data frames and of a feature's properties, as data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from ..model import Place
from ..store import Stored
from .cells import quantity

Kind = Literal["text", "texts", "real", "integer", "date"]


@dataclass(frozen=True, slots=True)
class Field:
    """One column: what kind of value it holds, and how a claim gives it."""

    kind: Kind
    of: Callable[[Stored], Any]


def located(stored: Stored) -> Place | None:
    """Return the first place of a claim that has coordinates, else its first place."""
    places = stored.claim.places
    return next((place for place in places if place.lat is not None), places[0] if places else None)


def _voice(stored: Stored, attribute: str) -> Any:
    speaker = stored.claim.speaker
    if speaker is None:
        return None
    return (speaker.name or speaker.text) if attribute == "name" else getattr(speaker, attribute)


def _place(attribute: str) -> Callable[[Stored], Any]:
    return lambda stored: getattr(located(stored), attribute, None)


def _certainty(attribute: str) -> Callable[[Stored], Any]:
    return lambda stored: getattr(stored.claim.certainty, attribute, None)


FLAT: dict[str, Field] = {
    "id": Field("text", lambda s: s.claim.id),
    "document": Field("text", lambda s: s.claim.document),
    "published": Field("date", lambda s: s.published),
    "outlet": Field("text", lambda s: s.outlet),
    "voice": Field("text", lambda s: _voice(s, "name")),
    "voice_side": Field("text", lambda s: _voice(s, "side")),
    "voice_kind": Field("text", lambda s: _voice(s, "kind")),
    "relays": Field("texts", lambda s: s.claim.relays),
    "mode": Field("text", lambda s: s.claim.mode),
    "status": Field("text", lambda s: s.claim.status),
    "hedge": Field("text", lambda s: s.claim.hedge),
    "event": Field("text", lambda s: s.claim.event),
    "agents": Field("texts", lambda s: tuple(party.text for party in s.claim.agents)),
    "agent_sides": Field("texts", lambda s: tuple(party.side for party in s.claim.agents)),
    "targets": Field("texts", lambda s: tuple(party.text for party in s.claim.targets)),
    "target_sides": Field("texts", lambda s: tuple(party.side for party in s.claim.targets)),
    "places": Field("texts", lambda s: tuple(place.text for place in s.claim.places)),
    "place": Field("text", lambda s: _place("name")(s) or _place("text")(s)),
    "role": Field("text", _place("role")),
    "lat": Field("real", _place("lat")),
    "lon": Field("real", _place("lon")),
    "geonameid": Field("integer", _place("geonameid")),
    "precision": Field("text", _place("precision")),
    "radius_km": Field("real", _place("radius_km")),
    "country": Field("text", _place("country")),
    "earliest": Field("date", lambda s: s.claim.when.earliest),
    "latest": Field("date", lambda s: s.claim.when.latest),
    "when": Field("text", lambda s: s.claim.when.text),
    "quantities": Field("texts", lambda s: tuple(map(quantity, s.claim.quantities))),
    "certainty_low": Field("real", _certainty("low")),
    "certainty_high": Field("real", _certainty("high")),
    "confidence": Field("real", lambda s: s.claim.confidence),
    "flags": Field("texts", lambda s: s.claim.flags),
    "evidence": Field("text", lambda s: s.claim.evidence.text),
    "start": Field("integer", lambda s: s.claim.evidence.start),
    "end": Field("integer", lambda s: s.claim.evidence.end),
    "url": Field("text", lambda s: s.url),
    "extractor": Field("text", lambda s: s.claim.extractor),
}


def flat(stored: Stored) -> dict[str, Any]:
    """Return a claim as one flat row, by the names of :data:`FLAT`."""
    return {name: field.of(stored) for name, field in FLAT.items()}
