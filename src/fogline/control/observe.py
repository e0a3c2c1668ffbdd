"""Claims become observations: what each says about who held a place, when, and how strongly."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache

import msgspec
from msgspec.structs import replace

from ..model import Claim, Observation, Party, Place
from ..resolve.gazetteer import countries
from ..store import Stored
from .parties import holder_of, party_title
from .readings import meant_in_part, readings, reread, said, share_meant
from .rivers import bank_told
from .statements import Statement, statements

TYPES: tuple[str, ...] = tuple(statements().events)
_DAY = timedelta(days=1)


def observations_of(claims: Iterable[Stored]) -> list[Observation]:
    """Return what claims say about holders, each thing that one voice says of one place and day once.

    Weights come from ``statements.yml``: by event type, status and role of the place, then by who speaks
    (a party that owns to a loss weighs more than one that boasts), hedges, the extractor's doubt, and how
    exactly the place is told. Claims that tell no day, or too long an interval, say nothing.
    """
    kept: dict[tuple[object, ...], Observation] = {}
    for stored in claims:
        for one in _of_claim(stored):
            same = (one.holder, one.weight > 0, one.contested, one.lat, one.lon, one.earliest, one.voice)
            known = kept.get(same)
            if known is None or abs(one.weight) > abs(known.weight):
                kept[same] = one
    return list(kept.values())


def _of_claim(stored: Stored) -> Iterator[Observation]:
    table = statements()
    if stored.claim.event not in table.events:
        return
    stored = replace(stored, claim=reread(stored.claim))
    claim = stored.claim
    told = table.events[claim.event].get(claim.status, ())
    days = _days(claim)
    if not told or days is None:
        return
    for place in _places(claim):
        for statement in told:
            if place.role in statement.at and _meant(claim, statement, place):
                yield from _of_statement(stored, statement, place, days)


def _meant(claim: Claim, statement: Statement, place: Place) -> bool:
    """Tell whether a statement is made of a place: of a region only where it is meant as a whole.

    Who has left all of a region, or taken it, did not hold all of it, or nothing, the day before.
    """
    if place.precision != "region":
        return True
    return statement.when != "before" and (statement.regions or share_meant(claim, place) > 0)


def _places(claim: Claim) -> Iterator[Place]:
    """Give the places that a claim says something of; the bank of a river where it names no region is one."""
    regional = any(place.precision == "region" for place in claim.places)
    exact = any(place.precision in ("settlement", "point") for place in claim.places)
    bank = bank_told(claim.evidence.text)
    for place in claim.places:
        if place.lat is None or place.lon is None:
            continue
        if place.precision == "region" and exact and share_meant(claim, place) == 0:
            continue  # the region that a town is said to lie in
        if place.precision in statements().reach_km:
            yield place
        elif bank is not None and place.name == bank[1] and not regional:
            yield replace(place, precision="region", geonameid=None)


def _days(claim: Claim) -> tuple[date, date] | None:
    first, last = claim.when.earliest, claim.when.latest
    first, last = first or last, last or first
    if first is None or last is None or (last - first).days > statements().most_days:
        return None
    return first, last


def _of_statement(
    stored: Stored, statement: Statement, place: Place, days: tuple[date, date]
) -> Iterator[Observation]:
    claim = stored.claim
    first, last = {
        "before": (days[0] - _DAY, days[0] - _DAY),
        "after": (days[1], days[1]),
        "during": days,
    }[statement.when]
    if claim.event in statements().explicit and meant_in_part(claim, place):
        statement = replace(
            statement,
            weight=statement.weight * statements().partly_weight,
            contested=statements().partly_contested if statement.when == "after" else statement.contested,
        )
    for holder in _holders(claim, statement, place):
        if statement.weight:
            factor = _factor(claim, holder, favours=statement.weight > 0, place=place)
            yield _observation(stored, place, holder, (first, last), statement, statement.weight * factor)
        if statement.contested:
            factor = _factor(claim, holder, favours=True, place=place)
            weight = statement.contested * factor
            yield _observation(stored, place, holder, (first, last), statement, weight, contested=True)


def _holders(claim: Claim, statement: Statement, place: Place) -> list[str]:
    parties: Sequence[Party] = claim.agents if statement.who == "agent" else claim.targets
    found = list(dict.fromkeys(filter(None, (holder_of(party.side) for party in parties))))
    if statement.contested and not statement.weight:
        return found[:1] or [""]  # the fighting counts once, whoever fights
    if found or statement.who != "agent" or claim.event != "CAPTURE":
        return found[:1]
    words = claim.evidence.text.casefold()
    if not said(readings().returned, words):
        return []
    speaker = holder_of(claim.speaker.side) if claim.speaker else None
    owner = holder_of(place.country)
    return [owner] if owner and (speaker is None or speaker == owner) else []


def _factor(claim: Claim, holder: str, *, favours: bool, place: Place) -> float:
    """Return by how much the weight of a statement is multiplied."""
    table = statements()
    speaker = claim.speaker
    if speaker is None:
        factor = table.voices.narrator
    else:
        side = holder_of(speaker.side)
        if side is None or not _takes_part(side, claim, holder):
            factor = table.voices.independent
        else:
            factor = table.voices.boast if (side == holder) == favours else table.voices.admission
        factor *= table.kinds.get(speaker.kind, 1.0) if speaker.kind else 1.0
    if claim.hedge:
        factor *= table.hedged
    if claim.confidence is not None:
        factor *= table.doubtful + (1 - table.doubtful) * (2 * claim.confidence - 1)
    exact = table.precision[place.precision]
    if place.precision == "region":
        exact = max(exact, table.wholly_weight * share_meant(claim, place))
    return max(0.0, factor) * exact * max(0.3, place.score or 1.0)


def _takes_part(side: str, claim: Claim, holder: str) -> bool:
    """Tell whether a speaker's side is one of those that fight over the place."""
    fighting = {holder_of(party.side) for party in (*claim.agents, *claim.targets)}
    fighting |= {holder_of(place.country) for place in claim.places}
    neighbours = {iso3 for place in claim.places for iso3 in _near(place.country)}
    return side == holder or side in fighting or side in neighbours


@lru_cache(maxsize=512)
def _near(country: str | None) -> tuple[str, ...]:
    known = countries()
    row = next((one for one in known.values() if one.iso3 == country), None)
    return tuple(known[code].iso3 for code in row.neighbours if code in known) if row else ()


def _observation(
    stored: Stored,
    place: Place,
    holder: str,
    days: tuple[date, date],
    statement: Statement,
    weight: float,
    *,
    contested: bool = False,
) -> Observation:
    claim = stored.claim
    assert place.lat is not None and place.lon is not None  # the caller has looked
    made = Observation(
        id="",
        kind="claim",
        holder=holder,
        weight=round(weight, 3),
        lat=place.lat,
        lon=place.lon,
        radius_km=_reach(place),
        earliest=days[0],
        latest=days[1],
        contested=contested,
        change=statement.change,
        explicit=claim.event in statements().explicit and statement.when != "before" and not contested,
        geonameid=place.geonameid,
        region=place.geonameid if place.precision == "region" else None,
        bank=bank_told(claim.evidence.text) if place.precision == "region" else None,
        voice=(claim.speaker.name or claim.speaker.text) if claim.speaker else stored.outlet,
        side=holder_of(claim.speaker.side) if claim.speaker else None,
        claim=claim.id,
        reason=_sentence(stored, holder, weight, contested=contested, statement=statement, place=place),
    )
    digest = hashlib.sha256(msgspec.json.encode(made, order="deterministic")).hexdigest()
    return msgspec.structs.replace(made, id=f"o{digest[:16]}")


def _reach(place: Place) -> float:
    """Return how far around its point a claim about a place speaks, in km."""
    share = statements().reach_share.get(place.precision)
    if share is None or place.radius_km is None:
        return statements().reach_km[place.precision]
    return share * place.radius_km


def _sentence(
    stored: Stored, holder: str, weight: float, *, contested: bool, statement: Statement, place: Place
) -> str:
    """Say what an observation says, and who says so."""
    claim = stored.claim
    who = (claim.speaker.name or claim.speaker.text) if claim.speaker else stored.outlet or "the outlet"
    words = " ".join(claim.evidence.text.split())
    words = words if len(words) <= 160 else f"{words[:159].rstrip()}…"
    where = place.name or place.text
    if contested:
        said = f"that {where} was fought over"
    else:
        held = "held" if weight > 0 else "did not hold"
        before = " before that" if statement.when == "before" else ""
        said = f"that {party_title(holder)} {held} {where}{before}"
    denied = "" if claim.status == "happened" else f", {claim.status}"
    return f"{who}: “{words}” ({claim.event}{denied}) says {said}"
