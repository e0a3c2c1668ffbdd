"""Events: listed, and one with its versions, origins, disputes, checks and claims."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Literal

import msgspec
import numpy as np
from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response
from numpy.typing import NDArray

from ...errors import LedgerError
from ...model.event import Event
from ..answers import Events, EventWhole
from ..asking import GEOJSON, PAGE, Asking, AtDesk, Cursor, Limit, Viewing, answer, page, wants_geojson
from ..index import Index
from ..items import claim_item, event_item
from ..problems import Refused
from ..schema import told
from ..view import View
from ..words import Mask

router = APIRouter(tags=["events"])

Order = Annotated[
    Literal["day", "-day", "-documents", "-independent", "-disputed"],
    Query(description="by day, or by how many documents, independent origins or disputed fields there are"),
]
Id = Annotated[str, Path(min_length=1, max_length=100)]


@router.get(
    "/events", summary="The events with a claim that meets the filters", responses=told(Events, geojson=True)
)
def events(
    request: Request,
    view: Viewing,
    asked: Asking,
    sort: Order = "day",
    limit: Limit = PAGE,
    cursor: Cursor = None,
) -> Response:
    """List events; as GeoJSON, a point each, where that is what is accepted."""
    index = view.index
    order = view.answers.get(("events", asked, sort), lambda: ordered(view, view.events(asked), sort))

    def at(id: str) -> int | None:
        row = index.event_row.get(id)
        return order.index(row) if row is not None and row in order else None

    rows, following = page(order, limit, cursor, name=lambda row: index.events[row].id, at=at)
    items = [event_item(index.events[row]) for row in rows]
    if wants_geojson(request):
        collection = {
            "type": "FeatureCollection",
            "features": [_feature(item) for item in items],
            "next": following,
        }
        return answer(request, collection, media=GEOJSON)
    return answer(request, Events(items=items, next=following, total=len(order)))


@router.get("/events/{id}", summary="One event in full", responses=told(EventWhole))
def event(request: Request, desk: AtDesk, view: Viewing, id: Id) -> Response:
    """Tell all of an event: versions, origins with their chains, disputes, figures, grade, claims."""
    try:
        with desk.reading:
            shown = desk.ledger.show_event(id)
    except LedgerError:
        raise Refused(404, f"There is no event {id!r} to be shown. GET /api/v1/events lists them.") from None
    whole: dict[str, Any] = msgspec.to_builtins(shown.event)
    whole |= {
        "claim_items": [claim_item(stored, shown.event.id) for stored in shown.claims],
        "links": shown.links,
        "reviews": desk.reviews(set(shown.event.claims)),
    }
    return answer(request, whole)


def _feature(item: Any) -> dict[str, Any]:
    located = item.lat is not None and item.lon is not None
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [item.lon, item.lat]} if located else None,
        "properties": item,
    }


def ordered(view: View, met: Mask, sort: str) -> list[int]:
    """Return the rows that are met in the order that is asked for; what has no day comes last."""
    rank = view.answers.get(("rank", sort), lambda: _rank(view.index, sort))
    rows = np.flatnonzero(met)
    order: list[int] = rows[np.argsort(rank[rows])].tolist()
    return order


def _rank(index: Index, sort: str) -> NDArray[np.intp]:
    """Return the place of each event among all, by day where it is no other order that is asked for."""
    days = np.array([(e.earliest or e.latest or date.min).toordinal() for e in index.events], np.int64)
    counts: dict[str, Callable[[Event], int]] = {
        "-documents": lambda event: len(event.documents),
        "-independent": lambda event: event.independent,
        "-disputed": lambda event: len(event.disputes),
    }
    by = np.where(days > 1, days, 1 << 40) if sort == "day" else -days
    count = counts.get(sort)
    first = np.array([-count(event) if count else 0 for event in index.events], np.int64)
    order = np.lexsort((np.array(index.event_ids, str), by, first))
    rank = np.empty(len(order), np.intp)
    rank[order] = np.arange(len(order))
    return rank
