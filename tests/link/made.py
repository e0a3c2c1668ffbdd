"""Claims made by hand, as short as a test can tell them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from fogline.model import (
    Claim,
    EventType,
    Mode,
    Origin,
    Party,
    Place,
    PlaceRole,
    Quantity,
    QuantityKind,
    Status,
    Voice,
    VoiceKind,
    When,
    Words,
)  # fmt: skip
from fogline.store import Stored

Count = tuple[QuantityKind, float | None, float | None]

PLACES: dict[str, tuple[float, float, str, str]] = {
    "Goma": (-1.67, 29.22, "COD", "settlement"),
    "Sake": (-1.57, 29.04, "COD", "settlement"),
    "Palmyra": (34.55, 38.28, "SYR", "settlement"),
    "Aleppo": (36.20, 37.16, "SYR", "settlement"),
    "Izium": (49.21, 37.25, "UKR", "settlement"),
    "Kharkiv": (49.99, 36.23, "UKR", "settlement"),
    "Kherson": (46.64, 32.62, "UKR", "settlement"),
    "Khartoum": (15.55, 32.53, "SDN", "settlement"),
    "Marawi": (8.00, 124.29, "PHL", "settlement"),
    "Kharkiv region": (49.59, 36.43, "UKR", "region"),
    "Oskil River": (49.1, 37.4, "UKR", "area"),
}


def place(name: str, role: PlaceRole = "at", *, start: int | None = None) -> Place:
    """Return a place by name."""
    lat, lon, country, precision = PLACES[name]
    return Place(
        text=name, name=name, role=role, lat=lat, lon=lon, country=country, precision=precision,  # type: ignore[arg-type]
        radius_km=91.0 if precision == "region" else 3.0, start=start,
        end=None if start is None else start + len(name),
    )  # fmt: skip


def party(text: str, side: str | None) -> Party:
    """Return a party."""
    return Party(text=text, start=0, end=len(text), side=side)


def said(
    text: str,
    event: EventType,
    *,
    by: str | None = None,
    side: str | None = None,
    kind: VoiceKind = "official",
    agents: Sequence[tuple[str, str | None]] = (),
    targets: Sequence[tuple[str, str | None]] = (),
    at: Sequence[str | tuple[str, PlaceRole]] = (),
    on: tuple[date | None, date | None] | date | None = None,
    words_for_day: str | None = None,
    counts: Sequence[Count | Quantity] = (),
    status: Status = "happened",
    hedge: str | None = None,
    mode: Mode = "indirect",
    flags: Sequence[str] = (),
    outlet: str | None = "Lake Wire",
    document: str | None = None,
    told: date | None = date(2023, 2, 10),
) -> Stored:
    """Return one claim with what its document tells of itself."""
    first, last = on if isinstance(on, tuple) else (on, on)
    quantities = tuple(
        q
        if isinstance(q, Quantity)
        else Quantity(
            text=text, start=0, end=len(text), kind=q[0], low=q[1], high=q[2],
            unit={"area": "km2", "distance": "km", "settlements": "settlements"}.get(q[0], "people"),
        )
        for q in counts
    )  # fmt: skip
    claim = Claim(
        document=document or f"{outlet}-{told}",
        evidence=Words(0, len(text), text),
        event=event,
        status=status,
        hedge=hedge,
        agents=tuple(party(*one) for one in agents),
        targets=tuple(party(*one) for one in targets),
        places=tuple(place(*(one if isinstance(one, tuple) else (one,))) for one in at),
        when=When(
            text=words_for_day, earliest=first, latest=last,
            precision="day" if first and first == last else "days", flags=tuple(flags),
        ),
        quantities=quantities,
        speaker=Voice(text=by, name=by, side=side, kind=kind) if by else None,
        mode=mode if by else "narrated",
    ).identified()  # fmt: skip
    return Stored(claim=claim, outlet=outlet, published=told)


def origin(id: str, *claims: Stored, voice: str | None = None, independent: bool = True) -> Origin:
    """Return an origin whose first telling is the first of the claims."""
    speaker = claims[0].claim.speaker
    return Origin(
        id=id,
        claim=claims[0].claim.id,
        voice=voice or (speaker.name if speaker else None),
        side=speaker.side if speaker else None,
        claims=tuple(stored.claim.id for stored in claims),
        documents=tuple(dict.fromkeys(stored.claim.document for stored in claims)),
        outlets=tuple(dict.fromkeys(stored.outlet for stored in claims if stored.outlet)),
        independent=independent,
    )
