"""The parameters that many addresses share: filters, paging, and what an answer may be taken from.

What requests depend on is ``async`` though it waits for nothing: FastAPI would hand it to a thread otherwise,
which takes longer than it does.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterator, Sequence
from typing import Annotated, Any, Literal

import msgspec
import numpy as np
from fastapi import Depends, Query, Request
from fastapi.dependencies.models import Dependant
from fastapi.responses import Response
from fastapi.routing import APIRoute
from numpy.typing import NDArray

from ..errors import QueryError
from ..query import meant
from ..store import Filters
from .desk import Desk
from .problems import Refused
from .selection import Asked, Box
from .sessions import Reading
from .view import View

GEOJSON = "application/geo+json"
PAGE = 50
MOST = 500
DAY = r"^\d{4}-\d\d-\d\d$"
BOX = r"^-?\d{1,3}(\.\d{1,12})?(,-?\d{1,3}(\.\d{1,12})?){3}$"
_WORDS = 300  # characters of a filter

Words = Annotated[str | None, Query(max_length=_WORDS)]
Day = Annotated[str | None, Query(pattern=DAY)]
Bounds = Annotated[
    str | None, Query(pattern=BOX, description="west,south,east,north in degrees", examples=["30,48,40,51"])
]
Limit = Annotated[int, Query(ge=1, le=MOST, description="how many at most")]
Cursor = Annotated[str | None, Query(max_length=400, description="`next` of the page before")]
Zoom = Annotated[float, Query(ge=0, le=24, description="of Web Mercator, tiles of 256 pixels")]


Rows = Sequence[int] | NDArray[np.intp]


class NotModified(Exception):
    """What is asked for is as the client has it."""


async def filters(
    place: Annotated[str | None, Query(max_length=_WORDS, description="a name, or lat,lon")] = None,
    radius: Annotated[float | None, Query(ge=0, le=20_000, description="km around the place")] = None,
    day: Day = None,
    since: Annotated[str | None, Query(alias="from", pattern=DAY)] = None,
    until: Annotated[str | None, Query(alias="to", pattern=DAY)] = None,
    by: Annotated[
        Literal["day", "report"], Query(description="which days: the event's or the report's")
    ] = "day",
    event: Annotated[list[str] | None, Query(max_length=30, description="a type; may be given again")] = None,
    status: Annotated[list[str] | None, Query(max_length=10, description="may be given again")] = None,
    side: Annotated[str | None, Query(max_length=_WORDS, description="of an agent or target")] = None,
    voice: Annotated[str | None, Query(max_length=_WORDS, description="a name in part, or narrator")] = None,
    voice_side: Words = None,
    text: Annotated[
        str | None, Query(max_length=_WORDS, description="these very words in the evidence")
    ] = None,
    q: Annotated[
        str | None,
        Query(
            max_length=_WORDS,
            description="beginnings of words in evidence, title, voice, party, place or type",
        ),
    ] = None,
    document: Words = None,
    min_confidence: Annotated[float | None, Query(ge=0, le=1)] = None,
    bbox: Bounds = None,
    grade: Annotated[
        str | None, Query(pattern="^([A-Fa-f][1-6]?|[1-6])$", description="of the claim's event")
    ] = None,
    outlet: Annotated[str | None, Query(max_length=_WORDS, description="its whole name")] = None,
) -> Asked:
    """Read the filters of a request, those of the command line, a box, a grade, an outlet and ``q``."""
    told = Filters.of(
        place=place,
        radius_km=radius,
        day=day,
        since=since,
        until=until,
        event=event,
        status=status,
        side=side,
        voice=voice,
        voice_side=voice_side,
        text=text,
        document=document,
        min_confidence=min_confidence,
    )
    return Asked(
        filters=meant(told), box=box(bbox), grade=grade, outlet=outlet, words=q, reported=by == "report"
    )


def box(text: str | None) -> Box | None:
    """Read a box of degrees.

    Raises:
        QueryError: it is none on Earth.
    """
    if text is None:
        return None
    west, south, east, north = map(float, text.split(","))
    if not (-90 <= south <= north <= 90 and -360 <= west <= 360 and -360 <= east <= 360):
        raise QueryError(
            f"{text} is no box on Earth. Give west,south,east,north in degrees, as in bbox=30,48,40,51."
        )
    if east - west >= 360:
        return Box(-180.0, south, 180.0, north)
    return Box(
        (west + 180) % 360 - 180, south, (east + 180) % 360 - 180 if east % 360 != 180 else 180.0, north
    )


async def only_known(request: Request) -> None:
    """Refuse parameters that an address does not have, as a misspelt filter would filter nothing.

    Raises:
        QueryError: there is one.
    """
    if not request.url.query:
        return
    route: APIRoute = request.scope["route"]
    known = set(_parameters(route.dependant))
    unknown = [name for name in request.query_params if name not in known]
    if unknown:
        has = f"It has {', '.join(sorted(known))}." if known else "It has none."
        raise QueryError(f"There is no parameter {unknown[0][:40]!r} at this address. {has}")


def _parameters(part: Dependant) -> Iterator[str]:
    yield from (field.alias for field in part.query_params)
    for other in part.dependencies:
        yield from _parameters(other)


async def desk_of(request: Request) -> Desk:
    """Return the ledger that is served."""
    desk: Desk = request.app.state.desk
    return desk


AtDesk = Annotated[Desk, Depends(desk_of)]


async def view_of(request: Request, desk: AtDesk, _: Reading) -> View:
    """Return the present view of the ledger to somebody who may read.

    Raises:
        NotModified: the client has the answer, as its ``If-None-Match`` tells.
    """
    view = desk.current()
    request.state.etag = f'W/"{view.revision}{"-geo" if wants_geojson(request) else ""}"'
    known = [tag.strip() for tag in request.headers.get("if-none-match", "").split(",")]
    if request.state.etag in known:
        raise NotModified
    return view


Asking = Annotated[Asked, Depends(filters)]
Viewing = Annotated[View, Depends(view_of)]


def answer(request: Request, value: Any, *, media: str = "application/json", status: int = 200) -> Response:
    """Return a value as JSON, with its tag where it was taken from a view."""
    return encoded(request, msgspec.json.encode(value), media=media, status=status)


def encoded(request: Request, body: bytes, *, media: str = "application/json", status: int = 200) -> Response:
    """Return JSON that was made before."""
    headers = {"Vary": "Accept, Cookie, Authorization"}
    if tag := getattr(request.state, "etag", None):
        headers |= {"ETag": tag, "Cache-Control": "private, no-cache"}
    return Response(body, status, headers, media_type=media)


def wants_geojson(request: Request) -> bool:
    """Tell whether a client asks for GeoJSON before JSON."""
    accept = request.headers.get("accept", "")
    geo = accept.find(GEOJSON)
    plain = accept.find("application/json")
    return geo >= 0 and (plain < 0 or geo < plain)


def page(
    order: Rows,
    limit: int,
    cursor: str | None,
    *,
    name: Callable[[int], str],
    at: Callable[[str], int | None],
) -> tuple[list[int], str | None]:
    """Return a page of rows and the cursor of the next.

    A cursor names the last thing of a page, so that paging goes on behind it though the ledger has changed;
    where that one is gone, it goes on at the same count.

    Args:
        order: all rows, in order.
        limit: how many on a page.
        cursor: where to go on; at the beginning where None.
        name: a row's name.
        at: the position in ``order`` of the thing with a name, None where it is not there.

    Raises:
        Refused: this is no cursor of ours.
    """
    start = 0
    if cursor is not None:
        count, last = _read(cursor)
        found = at(last)
        start = count if found is None else found + 1
    rows = [int(row) for row in order[start : start + limit]]
    end = start + len(rows)
    return rows, _written(end, name(rows[-1])) if rows and end < len(order) else None


def _written(count: int, name: str) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode((count, name))).decode().rstrip("=")


def _read(cursor: str) -> tuple[int, str]:
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        count, name = msgspec.json.decode(raw, type=tuple[int, str])
    except (binascii.Error, ValueError, msgspec.DecodeError):
        raise Refused(400, "This cursor is none that the server gave. Ask for the first page.") from None
    return max(0, count), name
