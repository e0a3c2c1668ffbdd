"""Places: what a name may mean, by the gazetteer."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from ...resolve.gazetteer import find, open_gazetteer
from ..answers import PlaceItem, Places
from ..asking import Viewing, answer
from ..schema import told

router = APIRouter(tags=["places"])


@router.get("/places", summary="The places that a name may mean", responses=told(Places))
def places(
    request: Request,
    view: Viewing,
    q: Annotated[str, Query(min_length=1, max_length=100, description="a name in any spelling or script")],
    limit: Annotated[int, Query(ge=1, le=50)] = 10,
) -> Response:
    """Look a name up in the gazetteer, nearest spelling and most populous first."""
    del view  # its tag holds for the gazetteer too: that does not change while the server runs
    found = find(open_gazetteer(), q, limit=limit) if q.strip() else []
    items = [PlaceItem(**{name: getattr(one, name) for name in PlaceItem.__struct_fields__}) for one in found]
    return answer(request, Places(items=items, total=len(items)))
