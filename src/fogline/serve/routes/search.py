"""Search as one types: claims, events, documents and voices by the beginnings of words."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
import numpy as np
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from numpy.typing import NDArray

from ..answers import Found
from ..asking import Asking, AtDesk, Viewing, encoded
from ..desk import Desk
from ..index import NO_DAY, Index
from ..items import event_item
from ..schema import told
from ..selection import Asked
from ..view import View
from ..words import tokens

router = APIRouter(tags=["search"])

_FEW = 20


@router.get("/search", summary="Search in everything", responses=told(Found))
async def search(
    request: Request,
    desk: AtDesk,
    view: Viewing,
    asked: Asking,
    limit: Annotated[int, Query(ge=1, le=100, description="how many claims at most")] = 50,
) -> Response:
    """Find claims by ``q`` within the filters, the last published first, with the events they belong to.

    Documents and voices are found by their own names.
    """
    key = ("search", asked, limit)
    return encoded(
        request, view.answers.get(key, lambda: msgspec.json.encode(found(desk, view, asked, limit)))
    )


def found(desk: Desk, view: View, asked: Asked, limit: int) -> dict[str, Any]:
    """Return what a search finds, as :class:`Found` has it."""
    index = view.index
    met = view.claims(asked)
    rows = np.flatnonzero(met)
    events = np.flatnonzero(view.events(asked))
    largest = events[np.argsort(-index.event_size[events], kind="stable")[:_FEW]].tolist()
    few = _FEW if tokens(asked.words or "") else 0
    return {
        "claims": desk.items(view, newest(index, rows, limit)),
        "events": [event_item(index.events[row]) for row in largest],
        "documents": desk.documents_named(view).beginning(asked.words, few),
        "voices": desk.voices_named(view).beginning(asked.words, few),
        "total_claims": len(rows),
        "total_events": len(events),
    }


def newest(index: Index, rows: NDArray[np.intp], limit: int) -> list[int]:
    """Return the rows published last, the last first; rows are in order of publication, undated ones last."""
    undated = int(np.searchsorted(rows, len(index) - np.count_nonzero(index.published == NO_DAY)))
    dated = rows[max(0, undated - limit) : undated][::-1].tolist()
    return [*dated, *rows[undated : undated + limit].tolist()][:limit]
