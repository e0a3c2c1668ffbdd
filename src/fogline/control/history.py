"""The history of one place, and what changed hands between two days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from ..model import Change, Holder, Observation, Period
from .bearings import OWN_KM
from .claimed import told_holder
from .parties import CONTESTED
from .theatres import Theatre, around
from .war import Box, Control

_SURROUNDINGS_KM = 150.0  # what lies farther hardly bears on a place
_LIKELY = 0.6  # the least probability, before and after, at which a place is said to have changed hands
_LOOK_BACK = timedelta(days=14)  # a change may have been claimed so long before it is assessed


def history(control: Control, theatre: Theatre, index: int, since: date, until: date) -> list[Period]:
    """Return the periods of one settlement, first to last: who held it, what parties said of it and why."""
    theatre, index = around(theatre, index, _SURROUNDINGS_KM)
    periods: list[list[Holder]] = []
    assessment = control.assessment(theatre, since, until)
    for day, assessed in assessment.between(since, until):
        found, _ = control.holder(theatre, assessed, index, day, why=False)
        if not periods or _version(periods[-1][-1]) != _version(found):
            periods.append([])
        periods[-1].append(found)
    bearings = control.words(theatre)
    near = bearings.outright(index) + [o for o in bearings.of(index) if o.kind != "claim"]
    return [_period(days, near) for days in periods]


def _version(found: Holder) -> tuple[object, ...]:
    return found.holder, found.disputed, tuple(found.claimed.items())


def _period(days: Sequence[Holder], observations: Sequence[Observation]) -> Period:
    first, last = days[0], days[-1]
    told = [o for o in observations if first.on <= o.latest <= last.on]
    told.sort(key=lambda o: (o.latest, -abs(o.weight)))
    return Period(
        geonameid=first.geonameid,
        name=first.name,
        since=first.on,
        until=last.on,
        holder=first.holder,
        confidence=round(sum(d.confidence for d in days) / len(days), 4),
        disputed=first.disputed,
        claimed=last.claimed,
        reasons=tuple(f"{o.latest}: {o.reason}." for o in told),
        claims=tuple(dict.fromkeys(o.claim for o in told if o.claim)),
    )


def changes(control: Control, since: date, until: date, *, box: Box | None = None) -> list[Change]:
    """Return the settlements that had another holder on the last day than on the first.

    Each with the day it passed, who first claimed that, and the first other voice of neither side, or of the
    side that lost, or sighting, to bear it out. A place that was or is without information, or whose holder
    is less likely than 0.6, is left out.
    """
    found: list[Change] = []
    for theatre in control.theatres(box, until):
        days = list(control.assessment(theatre, since, until).between(since, until))
        names = (*theatre.parties, CONTESTED)
        known = control.informed(theatre, days[0][1]) & control.informed(theatre, days[-1][1])
        for end in (days[0], days[-1]):
            known &= end[1].states.max(axis=1) >= _LIKELY
        first, last = (day[1].states.argmax(axis=1) for day in (days[0], days[-1]))
        inside = set(control.shown(theatre, box))
        for index in (known & (first != last)).nonzero()[0].tolist():
            if index not in inside:
                continue
            tops = [(day, int(assessed.states[index].argmax())) for day, assessed in days]
            on = _passed(tops, int(last[index]))
            found.append(
                _change(control, theatre, index, names[int(first[index])], names[int(last[index])], on, until)
            )
    return sorted(found, key=lambda c: (c.on or until, c.name))


def _passed(tops: Iterable[tuple[date, int]], last: int) -> date:
    """Return the day from which on the last holder held the place."""
    on = None
    for day, top in tops:
        on = (on or day) if top == last else None
    assert on is not None  # the last day has the last holder
    return on


def _change(
    control: Control, theatre: Theatre, index: int, before: str, after: str, on: date, until: date
) -> Change:
    place = theatre.settlements.items[index]
    words = control.words(theatre)
    said = [o for o in words.outright(index) if told_holder(o, theatre.parties) == after]
    seen = [o for o in words.of(index, within_km=OWN_KM) if o.kind == "sighting" and o.holder == after]
    said, seen = ([o for o in told if on - _LOOK_BACK <= o.latest <= until] for told in (said, seen))
    first = said[0] if said else None
    start = first.latest if first else on - _LOOK_BACK
    others = [o for o in (*said, *seen) if first is None or o.voice != first.voice]
    bearing_out = [o for o in others if o.side != after and o.latest >= start]
    confirmed = min(bearing_out, key=lambda o: o.latest, default=None)
    return Change(
        geonameid=place.geonameid,
        name=place.name,
        lat=place.lat,
        lon=place.lon,
        before=before,
        after=after,
        on=on,
        first_claimed_by=first.voice if first else None,
        first_claimed_on=first.latest if first else None,
        confirmed_by=confirmed.voice if confirmed else None,
        confirmed_on=confirmed.latest if confirmed else None,
    )
