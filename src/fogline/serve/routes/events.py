"""Events: listed, and one with its versions, origins, disputes, checks and claims."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from ...errors import LedgerError
from ..answers import Events, EventWhole
from ..asking import GEOJSON, PAGE, Asking, AtDesk, Cursor, Limit, Viewing, answer, page, wants_geojson
from ..desk import View, rows_of
from ..items import claim_item, event_item
from ..problems import Refused
from ..schema import told

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
    order: list[int] = view.answers.get(
        ("events", asked, sort), lambda: _ordered(view, rows_of(view.events(asked)), sort)
    )

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
    except LedgerError as error:
        raise Refused(404, str(error)) from None
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


def _ordered(view: View, rows: list[int], sort: str) -> list[int]:
    """Return rows of events in the order that is asked for; what has no day comes last."""
    events = view.index.events

    def day(row: int) -> int:
        found = events[row].earliest or events[row].latest
        return found.toordinal() if found else 0

    keys: dict[str, Any] = {
        "day": lambda row: (day(row) or 1 << 40, events[row].id),
        "-day": lambda row: (-day(row), events[row].id),
        "-documents": lambda row: (-len(events[row].documents), -day(row), events[row].id),
        "-independent": lambda row: (-events[row].independent, -day(row), events[row].id),
        "-disputed": lambda row: (-len(events[row].disputes), -day(row), events[row].id),
    }
    return sorted(rows, key=keys[sort])
