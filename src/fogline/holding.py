"""The part of a ledger that tells who held what, when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from .errors import LedgerError, QueryError, SourceError
from .ingest import Archive, Item, Problem, gather
from .model import Area, Change, Check, Gain, Holder, Period
from .release import TOWN_DEGREES
from .store import Filters, SourceRecord, Store, keep_sources

if TYPE_CHECKING:
    from .control import Control, Shapes

Box = tuple[float, float, float, float]
Day = date | str
_YEAR = timedelta(days=366)
_LONGEST = timedelta(days=3700)


class Imported(Struct, frozen=True, kw_only=True):
    """What an import of sightings and baselines brought."""

    new: int
    known: int
    unread: int
    source: str


class Holding:
    """Who held what, when: the methods of a ledger that ask the model of control."""

    _store: Store
    _archive: Archive
    _embargo_hours: float
    _coarsen: bool

    def control(
        self,
        on: Day,
        *,
        view: str = "assessed",
        within: str | Box | None = None,
        known_by: Day | None = None,
        why: bool = True,
        coarsen: bool | None = None,
        embargo_hours: float | None = None,
    ) -> list[Holder]:
        """Return who held each settlement on a day, by the claims and sightings of the ledger.

        Args:
            on: the day.
            view: ``assessed``, ``disputed``, or a party: what that party claims.
            within: a place's name, or ``(west, south, east, north)`` in degrees; everywhere where None.
            known_by: leave out what is told of later days; with the day itself, the view as of that day.
            why: whether reasons are worked out.
            coarsen: round points to town level.
            embargo_hours: leave out what was published, or happened, less than so many hours ago.

        Raises:
            QueryError: the day, the place or the view makes no sense.
        """
        model = self._control(known_by, embargo_hours)
        found = model.holders(_day(on), view=_view(view), box=_box(within), why=why)
        if self._rough(coarsen):
            found = [msgspec.structs.replace(h, lat=_town(h.lat), lon=_town(h.lon)) for h in found]
        return found

    def control_shapes(
        self,
        on: Day,
        *,
        view: str = "assessed",
        within: str | Box | None = None,
        known_by: Day | None = None,
        embargo_hours: float | None = None,
    ) -> Shapes:
        """Return the land of each holder on a day, and the lines between holders, as shapes in degrees.

        The arguments are those of :meth:`control`.
        """
        from .control import shapes_on

        model = self._control(known_by, embargo_hours)
        return shapes_on(model, _day(on), view=_view(view), box=_box(within))

    def control_history(
        self,
        place: str,
        *,
        since: Day | None = None,
        until: Day | None = None,
        known_by: Day | None = None,
        embargo_hours: float | None = None,
    ) -> list[Period]:
        """Return the periods of one settlement: who held it, what the parties said, and why.

        Args:
            place: a settlement's name, or a point as in ``"49.21,37.28"``: the nearest one.
            since: the first day; that of the first observation near it where None.
            until: the last day; that of the last observation near it where None.
            known_by: leave out what is told of later days.
            embargo_hours: leave out what was published, or happened, less than so many hours ago.

        Raises:
            QueryError: there is no such settlement, or nothing was told of its surroundings.
        """
        from .control import history, settlement_named

        model = self._control(known_by, embargo_hours)
        found = settlement_named(model, place, point=Filters.of(place=place).point)
        words = model.words(found.theatre)
        days = sorted(o.latest for o in words.outright(found.index) or words.of(found.index))
        while len(days) > 1 and days[1] - days[0] > _YEAR:  # a word of another war, or a misread year
            days.pop(0)
        first = _day(since) if since else min(days, default=None)
        last = _day(until) if until else max(days, default=None)
        if first is None or last is None:
            raise QueryError(
                f"Nothing was told of {found.settlement.name} or close to it. Give a larger interval with "
                "--from and --to, to see what follows from its neighbours."
            )
        _ordered(first, last)
        return history(model, found.theatre, found.index, first, last)

    def changes(
        self,
        since: Day,
        until: Day,
        *,
        within: str | Box | None = None,
        known_by: Day | None = None,
        coarsen: bool | None = None,
        embargo_hours: float | None = None,
    ) -> list[Change]:
        """Return what changed hands between two days: who claimed it first, and who bore it out when."""
        from .control import changes

        first, last = _ordered(_day(since), _day(until))
        found = changes(self._control(known_by, embargo_hours), first, last, box=_box(within))
        if self._rough(coarsen):
            found = [msgspec.structs.replace(c, lat=_town(c.lat), lon=_town(c.lon)) for c in found]
        return found

    def areas(
        self,
        since: Day,
        until: Day,
        *,
        within: str | Box | None = None,
        known_by: Day | None = None,
        embargo_hours: float | None = None,
    ) -> list[Area]:
        """Return by day how much land each party held, in km² with an interval."""
        from .control import areas

        first, last = _ordered(_day(since), _day(until))
        return list(areas(self._control(known_by, embargo_hours), first, last, box=_box(within)))

    def gains(
        self,
        since: Day,
        until: Day,
        *,
        within: str | Box | None = None,
        known_by: Day | None = None,
        embargo_hours: float | None = None,
    ) -> list[Gain]:
        """Return what each party gained and lost between two days, in km² with an interval."""
        from .control import gains

        first, last = _ordered(_day(since), _day(until))
        return gains(self._control(known_by, embargo_hours), first, last, box=_box(within))

    def area_checks(
        self, since: Day, until: Day, *, known_by: Day | None = None, embargo_hours: float | None = None
    ) -> list[Check]:
        """Compare the areas that voices said were taken with what the settlements tell."""
        from .control import check_areas, claims_of_area

        first, last = _ordered(_day(since), _day(until))
        model = self._control(known_by, embargo_hours)
        return check_areas(model, claims_of_area(self._store, self._wanted(embargo_hours)), first, last)

    def import_control(
        self,
        file: str | PathLike[str],
        *,
        source: str | None = None,
        day: Day | None = None,
        holder: str | None = None,
        problem: Callable[[Problem], None] | None = None,
    ) -> Imported:
        """Take in geolocated sightings (CSV, JSON Lines, GeoJSON points) and maps of a day (polygons).

        Args:
            file: the file; its bytes are kept in the archive.
            source: whose it is, the voice of what it tells; its rows or its name tell where None.
            day: the day of rows that tell none.
            holder: the party of rows that tell none.
            problem: called with each row that could not be used.

        Raises:
            SourceError: the file cannot be read.
            LedgerError: the ledger is open for reading only.
        """
        from .control import ImportOptions, Unread, keep, read_rows

        if self._store.read_only:
            raise LedgerError("The ledger is open for reading only. Connect without read_only to import.")
        item = _file(Path(file))
        raw = self._archive.keep(item)
        options = ImportOptions(source=source, day=_day(day) if day else None, holder=holder)
        good, bad = [], 0
        with self._archive.open(raw) as kept:
            for row in read_rows(kept.read(), Path(file).name, options):
                if isinstance(row, Unread):
                    bad += 1
                    told = f"Row {row.row} of {file} was left out: {row.why}."
                    if problem is not None:
                        problem(Problem(object=str(file), message=told, severity="warning"))
                else:
                    good.append(row)
        keep_sources(self._store, [_record(item, raw)])
        new = keep(self._store, good, raw)
        named = source or (good[0].source if good else Path(file).stem)
        return Imported(new=new, known=len(good) - new, unread=bad, source=named)

    def _control(self, known_by: Day | None, embargo_hours: float | None) -> Control:
        from .control import Control, observations

        until = _day(known_by) if known_by else None
        return Control(observations(self._store, self._wanted(embargo_hours)), known_by=until)

    def _wanted(self, embargo_hours: float | None) -> Filters:
        hours = self._embargo_hours if embargo_hours is None else embargo_hours
        return Filters(embargo_hours=hours or None)

    def _rough(self, coarsen: bool | None) -> bool:
        return self._coarsen if coarsen is None else coarsen


def _day(value: Day) -> date:
    day = Filters.of(day=value).since
    assert day is not None  # a day was given
    return day


def _ordered(since: date, until: date) -> tuple[date, date]:
    Filters.of(since=since, until=until)
    if until - since > _LONGEST:
        raise QueryError(f"From {since} to {until} is more than {_LONGEST.days} days. Ask for fewer at once.")
    return since, until


def _box(within: str | Box | None) -> Box | None:
    from .control import box_of

    return box_of(within) if isinstance(within, str) else within


def _view(view: str) -> str:
    from .control import party_named

    return view if view in ("assessed", "disputed") else party_named(view)


def _town(degrees: float) -> float:
    return round(round(degrees / TOWN_DEGREES) * TOWN_DEGREES, 1)


def _file(path: Path) -> Item:
    """Return one file as an item.

    Raises:
        SourceError: it is no file that can be read.
    """
    if path.is_dir():
        raise SourceError(f"{path} is a folder. Name one file to import.")
    item = next(iter(gather([str(path)])))
    if isinstance(item, Problem):
        raise SourceError(item.message)
    return item


def _record(item: Item, raw: str) -> SourceRecord:
    return SourceRecord(
        raw=raw, whence=item.name, fetched=item.retrieved.replace(tzinfo=None), size=item.size()
    )
