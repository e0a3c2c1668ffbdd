"""What a report is about: everything that the ledger tells of a period and a region, as it may be let out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct, structs

from ..control import box_of
from ..errors import QueryError
from ..model import Area, Change, Event, Gain
from ..query import meant
from ..store import Filters, Stored

if TYPE_CHECKING:
    from ..ledger import Ledger

Land = TypeVar("Land", Area, Gain)
Box = tuple[float, float, float, float]


class Found(Struct, frozen=True, kw_only=True):
    """What a report tells of.

    ``claims`` holds every claim that may be named, by id; ``held`` the claims that the holder of a settlement
    that changed hands rests on, by the settlement's ``geonameid``.
    """

    since: date
    until: date
    within: str | None
    box: Box | None
    events: tuple[Event, ...]
    claims: dict[str, Stored]
    changes: tuple[Change, ...] = ()
    held: dict[int, tuple[str, ...]] = {}
    areas: tuple[Area, ...] = ()
    gains: tuple[Gain, ...] = ()

    def meets(self, first: date | None, last: date | None) -> bool:
        """Tell whether an interval of days, whose ends may be open, shares one with the period."""
        return (first is None or first <= self.until) and (last is None or last >= self.since)


def gather(
    ledger: Ledger,
    since: date | str,
    until: date | str,
    *,
    within: str | None = None,
    coarsen: bool | None = None,
    embargo_hours: float | None = None,
) -> Found:
    """Ask a ledger for all that a report of these days tells.

    Args:
        ledger: the ledger.
        since: the first day.
        until: the last day.
        within: a place's name or ``west,south,east,north`` in degrees; everywhere where None. What has no
            known point, or one outside, is left out.
        coarsen: round points to town level; what the ledger's settings say where None.
        embargo_hours: leave out what was published, or happened, less than so many hours ago; what the
            ledger's settings say where None.

    Raises:
        QueryError: the days or the place make no sense.
    """
    asked = Filters.of(since=since, until=until, embargo_hours=embargo_hours)
    first, last = asked.since, asked.until
    if first is None or last is None:
        raise QueryError("A report needs its first and its last day, as in 2022-09-06 and 2022-09-12.")
    box, country = _region(within)
    found = Found(since=first, until=last, within=within, box=box, events=(), claims={})
    # A claim that meets the period may be a slip among those of an event that lies elsewhere in time.
    events = tuple(
        event
        for event in ledger.events(asked, coarsen=coarsen)
        if found.meets(event.earliest, event.latest) and _inside(event, box, country)
    )
    changes = tuple(ledger.changes(first, last, within=box, coarsen=coarsen, embargo_hours=embargo_hours))
    areas = _summed(
        ledger.areas(first, last, within=box, embargo_hours=embargo_hours),
        lambda area: (area.on, area.holder),
    )
    gains = ledger.gains(first, last, within=box, embargo_hours=embargo_hours) if areas else []
    held: dict[int, tuple[str, ...]] = {}
    if changes:
        moved = {change.geonameid for change in changes}
        holders = ledger.control(last, within=box, embargo_hours=embargo_hours)
        held = {one.geonameid: one.claims for one in holders if one.geonameid in moved}
    return structs.replace(
        found,
        events=events,
        claims=_claims(ledger, events, held.values(), coarsen, embargo_hours),
        changes=changes,
        held=held,
        areas=_summed(areas, lambda area: (area.on, area.holder)),
        gains=_summed(gains, lambda gain: (gain.holder,)),
    )


def _region(within: str | None) -> tuple[Box | None, str | None]:
    """Return the box that a user means, and the country if it is one."""
    if within is None:
        return None, None
    country = meant(Filters.of(place=within)).country if any(sign.isalpha() for sign in within) else None
    return box_of(within), country


def _summed(rows: Iterable[Land], key: Callable[[Land], tuple[date | str, ...]]) -> tuple[Land, ...]:
    """Return one row for each key: wars that have nothing to do with one another are told apart."""
    found: dict[tuple[date | str, ...], Land] = {}
    for row in rows:
        known = found.setdefault(key(row), row)
        if known is not row:
            figures = {
                name: getattr(known, name) + getattr(row, name)
                for name in row.__struct_fields__
                if isinstance(getattr(row, name), float)
            }
            found[key(row)] = structs.replace(known, **figures)
    return tuple(found.values())


def _inside(event: Event, box: Box | None, country: str | None) -> bool:
    if box is None:
        return True
    if country is not None and event.country is not None:
        return event.country == country
    if event.lat is None or event.lon is None:
        return False
    west, south, east, north = box
    return south <= event.lat <= north and (event.lon - west) % 360 <= (east - west) % 360


def _claims(
    ledger: Ledger,
    events: Iterable[Event],
    held: Iterable[tuple[str, ...]],
    coarsen: bool | None,
    embargo_hours: float | None,
) -> dict[str, Stored]:
    wanted = dict.fromkeys(claim for event in events for claim in event.claims)
    wanted |= dict.fromkeys(claim for claims in held for claim in claims)
    found = ledger.claims_of_ids(list(wanted), coarsen=coarsen, embargo_hours=embargo_hours)
    return {stored.claim.id: stored for stored in found}
