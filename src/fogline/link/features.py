"""What of a claim is compared with other claims: one flat record a claim."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

from ..model import Claim, Party, Place
from ..store import Stored
from .parameters import families
from .words import rare, stems
from .words import sides as names_of_sides

_FINE = ("point", "settlement", "near")
_ROLES = ("at", "to", "near", "from")  # where an occurrence is, the likeliest first
_RADIUS_KM = {"point": 1.0, "settlement": 3.0, "near": 10.0, "district": 30.0, "region": 90.0,
              "country": 500.0, "area": 60.0, "unknown": 50.0}  # fmt: skip
_OPEN_DAYS = 30  # how far an interval without an end is taken to reach
_NAME = re.compile(r"(?<![.!?“\"]\s)(?<!^)\b[A-Z][\w'’-]{2,}")


class Record(Struct, frozen=True, kw_only=True):
    """A claim as it is compared: plain values and lists, days as ordinals."""

    id: str
    document: str
    type: str
    sides_of: list[str]
    parts_of: list[str]
    status: str
    voice: str
    agents: list[str]
    targets: list[str]
    sides: list[str]
    spot: str
    fine: list[str]
    broad: list[str]
    country: str | None
    lat: float | None
    lon: float | None
    radius: float | None
    first: int | None
    last: int | None
    dated: bool
    told: int | None
    start: int
    end: int
    kinds: list[str]
    figures: list[str]
    names: list[str]
    words: list[str]
    rare: list[str]
    title: list[str]


def record(stored: Stored) -> Record:
    """Return what of a claim is compared."""
    claim = stored.claim
    known = families()
    spot = _spot(claim.places)
    first, last = _days(claim)
    agents, targets = _sides(claim.agents), _sides(claim.targets)
    told = [q for q in claim.quantities if q.low is not None or q.high is not None]
    places = {word for place in claim.places for word in stems(f"{place.text} {place.name or ''}")}
    words = stems(claim.evidence.text) - places - names_of_sides()
    return Record(
        id=claim.id,
        document=claim.document,
        type=claim.event,
        sides_of=list(known.sides.get(claim.event, ())),
        parts_of=list(known.parts.get(claim.event, ())),
        status=claim.status,
        voice=_voice(claim),
        agents=agents,
        targets=targets,
        sides=sorted({*agents, *targets}),
        spot=(spot.name or spot.text) if spot else "",
        fine=_ids(claim.places, fine=True),
        broad=_ids(claim.places, fine=False),
        country=spot.country if spot else None,
        lat=spot.lat if spot else None,
        lon=spot.lon if spot else None,
        radius=(spot.radius_km or _RADIUS_KM[spot.precision]) if spot else None,
        first=first,
        last=last,
        dated=claim.when.text is not None,
        told=stored.published.toordinal() if stored.published else None,
        start=claim.evidence.start,
        end=claim.evidence.end,
        kinds=sorted({q.kind for q in told}),
        figures=sorted({f"{q.kind} {q.low:g}" for q in told if q.low is not None}),
        names=_names(claim, places),
        words=sorted(words),
        rare=sorted(rare(words)),
        title=sorted(stems(stored.title or "")),
    )


def columns() -> dict[str, str]:
    """Return the columns of records with their types in DuckDB."""
    kinds = {"str": "VARCHAR", "int": "BIGINT", "float": "DOUBLE", "bool": "BOOLEAN"}
    types = {
        **kinds,
        **{f"{name} | None": kind for name, kind in kinds.items()},
        **{f"list[{name}]": f"{kind}[]" for name, kind in kinds.items()},
    }
    return {name: types[str(kind)] for name, kind in Record.__annotations__.items()}


def _spot(places: Iterable[Place]) -> Place | None:
    """Return the place that says best where an occurrence is: told finely, and "at" before "from"."""
    located = [p for p in places if p.lat is not None and p.lon is not None]
    return min(located, key=lambda p: (p.precision not in _FINE, _ROLES.index(p.role)), default=None)


def _ids(places: Iterable[Place], *, fine: bool) -> list[str]:
    """Return places by their GeoNames id, or by their point where they have none."""
    found = set()
    for p in places:
        if (p.precision in _FINE) is fine and (p.geonameid is not None or p.lat is not None):
            found.add(str(p.geonameid) if p.geonameid is not None else f"{p.lat:.2f},{p.lon:.2f}")
    return sorted(found)


def _days(claim: Claim) -> tuple[int | None, int | None]:
    first, last = claim.when.earliest, claim.when.latest
    if first is not None:
        end = last.toordinal() if last is not None else first.toordinal() + _OPEN_DAYS
        return first.toordinal(), end
    if last is not None:
        return last.toordinal() - _OPEN_DAYS, last.toordinal()
    return None, None


def _sides(parties: Iterable[Party]) -> list[str]:
    return sorted({party.side for party in parties if party.side})


def _voice(claim: Claim) -> str:
    speaker = claim.speaker
    return (speaker.name or speaker.text).casefold() if speaker else ""


def _names(claim: Claim, places: set[str]) -> list[str]:
    """Return the proper names in a claim's words, without its places: persons, units, ships, operations."""
    found = {word for name in _NAME.findall(claim.evidence.text) for word in stems(name)}
    return sorted(found - places)
