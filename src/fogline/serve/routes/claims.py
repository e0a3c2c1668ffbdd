"""Claims: listed, and one in full with the text that it stands in."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
import numpy as np
from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from ...errors import LedgerError
from ...export.geojson import features
from ..answers import Claims, ClaimWhole, DocumentShown, Provenance, Source
from ..asking import GEOJSON, PAGE, Asking, AtDesk, Cursor, Limit, Viewing, answer, page, wants_geojson
from ..items import amended_item
from ..marks import marks
from ..problems import Refused
from ..schema import told
from ..view import View
from ..words import Mask
from .checks import checks_of

router = APIRouter(tags=["claims"])

Order = Annotated[
    Literal["published", "-published", "day", "-day", "-confidence"],
    Query(description="by publication, by day of the event, or by confidence; - for the last first"),
]
Id = Annotated[str, Path(min_length=1, max_length=100)]


@router.get("/claims", summary="The claims that meet the filters", responses=told(Claims, geojson=True))
def claims(
    request: Request,
    desk: AtDesk,
    view: Viewing,
    asked: Asking,
    sort: Order = "published",
    limit: Limit = PAGE,
    cursor: Cursor = None,
) -> Response:
    """List claims; as GeoJSON, with a feature for each place, where that is what is accepted."""
    index = view.index
    order = view.answers.get(("claims", asked, sort), lambda: ordered(view, view.claims(asked), sort))

    def at(id: str) -> int | None:
        row = index.row_of.get(id)
        found = np.flatnonzero(order == row) if row is not None else None
        return int(found[0]) if found is not None and len(found) else None

    rows, following = page(order, limit, cursor, name=lambda row: index.ids[row], at=at)
    if wants_geojson(request):
        stored = desk.stored([index.ids[row] for row in rows])
        collection = {
            "type": "FeatureCollection",
            "features": [feature for one in stored for feature in features(one)],
            "next": following,
        }
        return answer(request, collection, media=GEOJSON)
    return answer(request, {"items": desk.items(view, rows), "next": following, "total": len(order)})


@router.get("/claims/{id}", summary="One claim in full", responses=told(ClaimWhole))
def claim(request: Request, desk: AtDesk, view: Viewing, id: Id) -> Response:
    """Tell all of a claim: its document's text, what is marked in it and why, and where it came from."""
    try:
        with desk.reading:
            shown = desk.ledger.show(id)
    except LedgerError:
        raise Refused(404, f"There is no claim {id!r} to be shown. GET /api/v1/claims lists them.") from None
    claim, document = shown.claim, shown.document
    row = view.index.row_of.get(claim.id)
    told: dict[str, Any] = msgspec.to_builtins(claim)
    told |= {
        "document": DocumentShown(
            id=document.id,
            title=document.title,
            published=document.published,
            outlet=document.outlet,
            author=document.author,
            url=document.url,
            text=document.text,
        ),
        "marks": marks(claim, document.text),
        "provenance": Provenance(
            raw=document.raw,
            sources=[
                Source(whence=one.whence, fetched=one.fetched, size=one.size, media_type=one.media_type)
                for one in shown.sources
            ],
            extractor=claim.extractor,
        ),
        "amended": amended_item(shown.amended),
        "event_id": view.index.event_id(row) if row is not None else None,
        "checks": checks_of(view, claim.id),
        "reviews": desk.reviews({claim.id}),
    }
    return answer(request, told)


def ordered(view: View, met: Mask, sort: str) -> np.ndarray[Any, np.dtype[np.intp]]:
    """Return the rows that are met in the order that is asked for; what has no day comes last."""
    rows = np.flatnonzero(met)
    index = view.index
    if sort == "published":
        return rows
    if sort == "-confidence":
        return rows[np.argsort(-np.nan_to_num(index.confidence[rows], nan=-1.0), kind="stable")]
    first = np.where(index.earliest > 0, index.earliest, index.latest)
    days = (index.published if sort.endswith("published") else first)[rows].astype(np.int64)
    key = -days if sort.startswith("-") else np.where(days > 0, days, 1 << 40)
    return rows[np.argsort(key, kind="stable")]
