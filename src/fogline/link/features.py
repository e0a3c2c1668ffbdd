"""What of a claim is compared with other claims: one flat record a claim."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

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
_LIKELY = 0.5  # score from which a place that its clause does not name is held for the claim's
_OPEN_DAYS = 14  # how far an interval without an end is taken to reach


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
    words: list[str]
    rare: list[str]
    title: list[str]
    turn: int | None


def record(stored: Stored, turn: int | None = None) -> Record:
    """Return what of a claim is compared.

    Args:
        stored: the claim, with what its document tells of itself.
        turn: where it stands among the days that its report tells, by :func:`turns`.
    """
    claim = stored.claim
    known = families()
    sure = [p for p in claim.places if _stands(p, claim)]
    spot = _spot(sure)
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
        fine=_ids(sure, fine=True),
        broad=_ids(sure, fine=False),
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
        words=sorted(words),
        rare=sorted(rare(words)),
        title=sorted(stems(stored.title or "")),
        turn=turn,
    )


def turns(claims: Iterable[Claim]) -> dict[str, int]:
    """Return how many days a report has told up to each of its claims, in their own words, by id.

    What is told between two days is mostly of the first: "on Friday …, and … The next day …".

    Args:
        claims: all claims of the reports that any of them is of.
    """
    found: dict[str, int] = {}
    told: Counter[str] = Counter()
    for claim in sorted(claims, key=lambda c: (c.document, c.evidence.start, c.evidence.end, c.id)):
        if claim.when.text is not None and claim.when.text.casefold() in claim.evidence.text.casefold():
            told[claim.document] += 1
        found[claim.id] = told[claim.document]
    return found


def records(claims: Mapping[str, Stored], turn: Mapping[str, int]) -> list[Record]:
    """Return what of claims is compared, given how many days were told up to each."""
    return [record(stored, turn.get(id)) for id, stored in claims.items()]


def columns() -> dict[str, str]:
    """Return the columns of records with their types in DuckDB."""
    kinds = {"str": "VARCHAR", "int": "BIGINT", "float": "DOUBLE", "bool": "BOOLEAN"}
    types = {
        **kinds,
        **{f"{name} | None": kind for name, kind in kinds.items()},
        **{f"list[{name}]": f"{kind}[]" for name, kind in kinds.items()},
    }
    return {name: types[str(kind)] for name, kind in Record.__annotations__.items()}


def telling_places(claims: Sequence[Stored]) -> list[tuple[Stored, Place]]:
    """Return the places of claims that can speak for where they happened; where none can, all of them."""
    every = [(stored, place) for stored in claims for place in stored.claim.places]
    return [(stored, place) for stored, place in every if _stands(place, stored.claim)] or every


def _stands(place: Place, claim: Claim) -> bool:
    """Tell whether a place can speak for or against one occurrence: its clause names it, or it is likely."""
    named = place.start is None or claim.evidence.start <= place.start < claim.evidence.end
    return named or place.score >= _LIKELY


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
