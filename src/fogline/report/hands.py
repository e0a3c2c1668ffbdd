"""What changed hands and how much land each party held, each with the claims that it rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import structs

from ..model import Area, Change
from .content import Block, Bullets, Heading, Line, Paragraph, Run, Table, plain
from .gather import Found
from .notes import Notes
from .words import day_told, listed, opened, side_named

_NAMED = 40  # settlements that passed alike; the others are counted


def changed(found: Found, notes: Notes) -> Iterator[Block]:
    """Tell which settlements passed from hand to hand: who said so first, and who bore it out."""
    yield Heading(2, "What changed hands")
    if not found.areas:
        yield Paragraph(plain("Nothing that tells who holds what is known of these days."))
    elif not found.changes:
        yield Paragraph(plain("No settlement of which anything is known changed hands."))
    else:
        yield Paragraph(
            plain(
                "Worked out from all that voices and sightings say about who holds what; the notes are the "
                "weightiest claims that bear on the holder on the last day."
            )
        )
        alike: dict[Change, list[Change]] = {}
        for change in found.changes:
            key = structs.replace(change, geonameid=0, name="", lat=0.0, lon=0.0)
            alike.setdefault(key, []).append(change)
        told = sorted(alike.values(), key=lambda changes: changes[0].first_claimed_by is None)
        yield Bullets(tuple(_change(changes, found, notes) for changes in told))


def land(found: Found, notes: Notes) -> Iterator[Block]:
    """Tell how much land each party held on the first and on the last day, and what it gained."""
    if not found.areas:
        return
    rows = []
    for holder in sorted({area.holder for area in found.areas}):
        on = {area.on: area for area in found.areas if area.holder == holder}
        gain = next((gain for gain in found.gains if gain.holder == holder), None)
        net = f"{gain.net:+,.0f} ({gain.low:+,.0f} to {gain.high:+,.0f})" if gain else "0"
        ends = (_km2(on.get(day)) for day in (found.since, found.until))
        rows.append((plain(_holder(holder)), *(plain(text) for text in (*ends, net))))
    rests = notes.of(claim for claims in found.held.values() for claim in claims)
    yield Paragraph(
        (
            Run("Land held, in km², as it follows from who held each settlement", rests),
            Run("; in brackets the interval of the lines that could be drawn."),
        )
    )
    yield Table(
        ("Holder", day_told(found.since), day_told(found.until), "Balance"), tuple(rows), right=(1, 2, 3)
    )
    yield Paragraph(
        plain(
            "The land of a settlement is what lies nearer to it than to any other, up to 20 km; counted is "
            "that of states of which another party held something. The balance is that of land of which "
            "something is known on both days."
        )
    )


def _change(changes: Sequence[Change], found: Found, notes: Notes) -> Line:
    """Return what is told of settlements that passed alike."""
    change = changes[0]
    names = listed(_names(changes), _NAMED)
    them = "it" if len(changes) == 1 else "them"
    on = f" on {day_told(change.on)}" if change.on else ""
    text = f"{names} passed from {_holder(change.before)} to {_holder(change.after)}{on}."
    if change.first_claimed_by:
        day = f" on {day_told(change.first_claimed_on)}" if change.first_claimed_on else ""
        text += f" {opened(change.first_claimed_by)} claimed {them} first{day}."
    if change.confirmed_by:
        day = f" on {day_told(change.confirmed_on)}" if change.confirmed_on else ""
        text += f" {opened(change.confirmed_by)} bore that out{day}."
    elif change.first_claimed_by:
        text += " Nobody outside of that side has borne that out."
    else:
        text += f" No voice names {them}: it follows from what is told of the surroundings."
    claims = [claim for one in changes for claim in found.held.get(one.geonameid, ())]
    return (Run(text, notes.of(claims)),)


def _names(changes: Sequence[Change]) -> list[str]:
    """Return the settlements' names, each once, with how many bear it."""
    many = Counter(one.name for one in changes)
    return [name if number == 1 else f"{name} ({number} places)" for name, number in sorted(many.items())]


def _holder(holder: str | None) -> str:
    if holder is None:
        return "an unknown holder"
    return "contested" if holder == "contested" else side_named(holder)


def _km2(area: Area | None) -> str:
    if area is None:
        return "0"
    return f"{area.km2:,.0f} ({area.low:,.0f} to {area.high:,.0f})"
