"""Voices: who speaks, how often, about what."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from ..answers import Voices
from ..asking import PAGE, Asking, AtDesk, Cursor, Limit, Viewing, answer, page
from ..schema import told

router = APIRouter(tags=["voices"])


@router.get("/voices", summary="Who speaks in the claims that meet the filters", responses=told(Voices))
def voices(
    request: Request, desk: AtDesk, view: Viewing, asked: Asking, limit: Limit = PAGE, cursor: Cursor = None
) -> Response:
    """List voices, the most heard first; an outlet in its own words has no name."""
    found = view.answers.get(("voices", asked), lambda: desk.voices(view, view.claims(asked)))
    places = {f"{voice.name or ''}\n{voice.outlet or ''}": at for at, voice in enumerate(found)}
    names = list(places)
    rows, following = page(range(len(found)), limit, cursor, name=names.__getitem__, at=places.get)
    return answer(request, Voices(items=[found[row] for row in rows], next=following, total=len(found)))
