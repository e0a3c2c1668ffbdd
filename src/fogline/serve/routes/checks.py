"""Checks: what a good desk would stop at."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from ..answers import Checks
from ..asking import PAGE, Asking, AtDesk, Cursor, Limit, Viewing, answer, page
from ..schema import told

router = APIRouter(tags=["checks"])


@router.get(
    "/checks", summary="The checks that stop at a claim that meets the filters", responses=told(Checks)
)
def checks(
    request: Request, desk: AtDesk, view: Viewing, asked: Asking, limit: Limit = PAGE, cursor: Cursor = None
) -> Response:
    """List checks: the rule, the sentence that explains it, and the claims it is about."""
    met, rows = view.claims(asked), view.index.row_of
    found = [one for one in desk.checks(view) if any(id in rows and met[rows[id]] for id in one.claims)]
    places = {one.id: at for at, one in enumerate(found)}
    chosen, following = page(range(len(found)), limit, cursor, name=lambda row: found[row].id, at=places.get)
    return answer(request, Checks(items=[found[row] for row in chosen], next=following, total=len(found)))
