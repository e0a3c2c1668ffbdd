"""Search as one types: claims, events, documents and voices by the beginnings of words."""

from __future__ import annotations

from typing import Annotated

import msgspec
import numpy as np
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from ..answers import Found, event_item
from ..asking import Asking, AtDesk, Viewing, encoded
from ..desk import Desk, View, rows_of
from ..schema import told
from ..selection import Asked
from ..words import tokens
from .documents import document_item, named

router = APIRouter(tags=["search"])

_FEW = 20


@router.get("/search", summary="Search in everything", responses=told(Found))
def search(
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


def found(desk: Desk, view: View, asked: Asked, limit: int) -> Found:
    """Return what a search finds."""
    index = view.index
    met = view.claims(asked)
    rows = np.flatnonzero(met)
    first = rows[np.argsort(-index.published[rows], kind="stable")][:limit].tolist()
    events = rows_of(view.events(asked))
    newest = sorted(events, key=lambda row: (-len(index.events[row].claims), index.events[row].id))[:_FEW]
    sought = tokens(asked.words or "")
    documents = []
    for one in desk.documents(view).values():
        if sought and named(one, asked.words or ""):
            documents.append(document_item(one))
            if len(documents) == _FEW:
                break
    voices = [
        voice
        for voice in view.answers.get("voices", lambda: desk.voices(view, np.ones(len(index), bool)))
        if sought
        and all(any(w.startswith(t) for w in tokens(voice.name or voice.outlet or "")) for t in sought)
    ]
    return Found(
        claims=desk.items(view, first),
        events=[event_item(index.events[row]) for row in newest],
        documents=documents,
        voices=voices[:_FEW],
        total_claims=len(rows),
        total_events=len(events),
    )
