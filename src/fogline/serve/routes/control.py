"""Control: who held which place on which day, what changed hands, and how much land."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date
from typing import Annotated, Literal, TypeVar

import msgspec
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from ...errors import QueryError
from ...export.control_rows import features, shape_features
from ...model import Area, Change, Period
from ..answers import Areas, Changes, FeatureCollection, HolderShown, Periods
from ..asking import DAY, GEOJSON, AtDesk, Bounds, Viewing, answer, box, encoded, wants_geojson
from ..desk import Desk
from ..problems import Refused
from ..schema import told
from ..view import View

T = TypeVar("T")

router = APIRouter(tags=["control"])

On = Annotated[str | None, Query(pattern=DAY, description="the day; the last that claims tell of by default")]
Of = Annotated[str, Query(max_length=80, description="assessed, disputed, or a party: what that one claims")]
First = Annotated[str, Query(alias="from", pattern=DAY)]
Last = Annotated[str, Query(alias="to", pattern=DAY)]
LONGEST = 400  # days of areas that are worked out at once
_AROUND = 0.2  # degrees around a settlement that is asked for; more than rounding moves it


@router.get(
    "/control", summary="Who held each settlement on a day", responses=told(FeatureCollection, geojson=True)
)
def control(
    request: Request,
    desk: AtDesk,
    view: Viewing,
    on: On = None,
    view_: Annotated[Of, Query(alias="view")] = "assessed",
    bbox: Bounds = None,
) -> Response:
    """Return settlements as points with holder, confidence, what each party claims, and whether they part."""
    day, within = _day(view, on), _within(bbox)

    def made() -> bytes:
        found = desk.ledger.control(day, view=view_, within=within, why=False)
        return _collection(features(found))

    body = _once(desk, view, ("control", day, view_, within), made)
    return encoded(request, body, media=GEOJSON if wants_geojson(request) else "application/json")


@router.get(
    "/control/areas",
    summary="The land of each holder on a day",
    responses=told(FeatureCollection, geojson=True),
)
def control_areas(
    request: Request,
    desk: AtDesk,
    view: Viewing,
    on: On = None,
    view_: Annotated[Of, Query(alias="view")] = "assessed",
    bbox: Bounds = None,
    layer: Literal["areas", "lines"] = "areas",
) -> Response:
    """Return polygons with their holder and km², or the lines between holders."""
    day, within = _day(view, on), _within(bbox)

    def made() -> bytes:
        return _collection(shape_features(desk.ledger.control_shapes(day, view=view_, within=within), layer))

    body = _once(desk, view, ("shapes", day, view_, within, layer), made)
    return encoded(request, body, media=GEOJSON if wants_geojson(request) else "application/json")


@router.get("/control/why", summary="Why a settlement is shown as held", responses=told(HolderShown))
def why(
    request: Request,
    desk: AtDesk,
    view: Viewing,
    geonameid: Annotated[int, Query(ge=1, le=2**53)],
    on: On = None,
) -> Response:
    """Return who held a settlement on a day, with the reasons and the claims they rest on."""
    day = _day(view, on)
    key = ("held", day)
    held = _once(desk, view, key, lambda: {one.geonameid: one for one in desk.ledger.control(day, why=False)})
    at = held.get(geonameid)
    if at is None:
        raise Refused(404, f"Nothing was told of the settlement {geonameid} or close to it on {day}.")
    around = (at.lon - _AROUND, at.lat - _AROUND, at.lon + _AROUND, at.lat + _AROUND)
    found = desk.ledger.control(day, within=around)
    return answer(request, next((one for one in found if one.geonameid == geonameid), at))


@router.get("/control/history", summary="Who held a settlement, period by period", responses=told(Periods))
def history(
    request: Request,
    desk: AtDesk,
    view: Viewing,
    place: Annotated[str, Query(min_length=1, max_length=200, description="a name, or lat,lon")],
    since: Annotated[str | None, Query(alias="from", pattern=DAY)] = None,
    until: Annotated[str | None, Query(alias="to", pattern=DAY)] = None,
) -> Response:
    """Return the periods of one settlement with holder, confidence, reasons and claims."""

    def made() -> list[Period]:
        return desk.ledger.control_history(place, since=since, until=until)

    items = _once(desk, view, ("history", place, since, until), made)
    return answer(request, Periods(items=items, next=None, total=len(items)))


@router.get("/control/changes", summary="What changed hands between two days", responses=told(Changes))
def changes(
    request: Request, desk: AtDesk, view: Viewing, since: First, until: Last, bbox: Bounds = None
) -> Response:
    """Return settlements that changed hands: who claimed it first, and who bore it out when."""

    def made() -> list[Change]:
        return desk.ledger.changes(since, until, within=_within(bbox))

    items = _once(desk, view, ("changes", since, until, bbox), made)
    return answer(request, Changes(items=items, next=None, total=len(items)))


@router.get("/areas", summary="How much land each party held, by day", responses=told(Areas))
def areas(
    request: Request, desk: AtDesk, view: Viewing, since: First, until: Last, bbox: Bounds = None
) -> Response:
    """Return by day and party the land held in km², with an interval."""
    if (date.fromisoformat(_real(until)) - date.fromisoformat(_real(since))).days > LONGEST:
        raise QueryError(f"From {since} to {until} is more than {LONGEST} days. Ask for fewer at once.")

    def made() -> list[Area]:
        return desk.ledger.areas(since, until, within=_within(bbox))

    items = _once(desk, view, ("areas", since, until, bbox), made)
    return answer(request, Areas(items=items, next=None, total=len(items)))


def _once(desk: Desk, view: View, key: Hashable, make: Callable[[], T]) -> T:
    """Return what is asked for, worked out where it was not; one request at a time works something out."""

    def alone() -> T:
        with desk.working:
            held = view.answers.peek(key)
            return make() if held is None else held

    return view.answers.get(key, alone)


def _collection(found: list[dict[str, object]]) -> bytes:
    return msgspec.json.encode({"type": "FeatureCollection", "features": found})


def _day(view: View, on: str | None) -> str:
    return on or str(view.index.days()[1] or date.today())


def _real(day: str) -> str:
    try:
        return str(date.fromisoformat(day))
    except ValueError:
        raise QueryError(f"{day!r} is no day. Write it as in 2022-09-10.") from None


def _within(bbox: str | None) -> tuple[float, float, float, float] | None:
    found = box(bbox)
    if found is None or found.west > found.east:
        return None
    return found.west, found.south, found.east, found.north
