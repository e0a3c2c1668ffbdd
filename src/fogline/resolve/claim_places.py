"""The places of a claim: those of its clause that a reader chose, with the part each plays."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..model import EventType, Place, PlaceMention, PlaceRole, Span

if TYPE_CHECKING:
    from ..extract.parse import Parse

_FROM = re.compile(r"\b(?:from|out of|away from|left|leave|leaving|of)\s+(?:the\s+)?$", re.I)
_TO = re.compile(r"\b(?:to|into|towards?|onto|enter(?:ed|ing)?)\s+(?:the\s+)?$", re.I)
_NEAR = re.compile(r"\b(?:near|around|outside|close to|\w+ of)\s+(?:the\s+)?(?:city of |town of |village of )?$", re.I)


def claim_places(
    parse: Parse,
    sentence: Span,
    evidence: Span,
    mentions: list[PlaceMention],
    *,
    event: EventType,
    spans: Sequence[Span] | None,
) -> tuple[Place, ...]:
    """Return the places of one claim."""
    text = parse.document.text
    literal = [m for m in mentions if m.kind == "literal"]
    chosen = [m for m in literal if any(Span(m.start, m.end).overlaps(s) for s in spans or ())]
    if not chosen and spans is None:
        chosen = [m for m in literal if evidence.start <= m.start < evidence.end]
    if not chosen:
        chosen = [m for m in literal if evidence.start <= m.start < evidence.end][:1]
    return tuple(
        Place(
            text=m.text, role=_role(text[max(0, m.start - 24) : m.start]), lat=m.lat, lon=m.lon, start=m.start,
            end=m.end, name=m.name, geonameid=m.geonameid, country=m.country, precision=m.precision,
            radius_km=m.radius_km, score=m.score, alternatives=m.alternatives, reason=m.reason,
        )
        for m in chosen
    )  # fmt: skip


def _role(before: str) -> PlaceRole:
    if _FROM.search(before) and not before.endswith(" of "):
        return "from"
    if _TO.search(before):
        return "to"
    return "near" if _NEAR.search(before) else "at"
