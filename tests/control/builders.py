"""Claims and observations made by hand, for the tests of control."""

from __future__ import annotations

from datetime import date

from fogline.model import Claim, Observation, Party, Place, Voice, When, Words
from fogline.store import Stored

# Towns of the gazetteer around Kirkuk, and of a stretch of the front in the Donbas.
KIRKUK = (35.46806, 44.39222)


def day(text: str) -> date:
    """Read a day."""
    return date.fromisoformat(text)


def claim(
    event: str = "CAPTURE",
    *,
    agent: str | None = "IRQ",
    target: str | None = None,
    voice: str | None = None,
    side: str | None = None,
    status: str = "happened",
    role: str = "at",
    words: str = "the army took Hawija",
    at: tuple[float, float] = (35.32583, 43.76972),
    country: str = "IRQ",
    precision: str = "settlement",
    on: str = "2017-10-05",
    until: str | None = None,
    geonameid: int | None = None,
    hedge: str | None = None,
) -> Stored:
    """Return a claim as a ledger gives it."""
    party = lambda name: (Party(text="they", start=0, end=4, side=name),)  # noqa: E731
    return Stored(
        claim=Claim(
            document="d",
            id=f"c-{event}-{agent}-{on}-{words}"[:40],
            evidence=Words(0, len(words), words),
            event=event,  # type: ignore[arg-type]
            status=status,  # type: ignore[arg-type]
            hedge=hedge,
            agents=party(agent) if agent else (),
            targets=party(target) if target else (),
            places=(
                Place(
                    text="there",
                    role=role,
                    lat=at[0],
                    lon=at[1],
                    name="Hawija",
                    country=country,  # type: ignore[arg-type]
                    precision=precision,
                    radius_km=2.0,
                    geonameid=geonameid,
                    score=1.0,
                ),
            ),
            when=When(earliest=day(on), latest=day(until or on)),
            speaker=Voice(text=voice, name=voice, side=side) if voice else None,
        ),
        outlet="The Courier",
        published=day(on),
    )


def observation(
    holder: str,
    lat: float,
    lon: float,
    on: str,
    *,
    weight: float = 3.0,
    kind: str = "sighting",
    side: str | None = None,
    explicit: bool = False,
    change: bool = False,
    geonameid: int | None = None,
    voice: str = "a team",
    claim: str | None = None,
) -> Observation:
    """Return an observation of one day at one point."""
    return Observation(
        id=f"o-{holder}-{lat}-{lon}-{on}-{side}",
        kind=kind,  # type: ignore[arg-type]
        holder=holder,
        weight=weight,
        lat=lat,
        lon=lon,
        radius_km=3.0,
        earliest=day(on),
        latest=day(on),
        voice=voice,
        side=side,
        explicit=explicit,
        change=change,
        geonameid=geonameid,
        claim=claim,
        reason=f"{voice}: seen",
    )
