"""What a page needs to know first."""

from __future__ import annotations

import numpy as np
from fastapi import APIRouter, Request
from fastapi.responses import Response

from ... import __version__
from ...store.filters import EVENTS, STATUSES
from ..answers import Counts, Days, Meta, SideCount
from ..asking import AtDesk, answer
from ..schema import told
from ..sessions import Reading, set_cookie
from ..tokens import ROLES
from ..view import View

router = APIRouter(tags=["session"])

ATTRIBUTION = (
    "Places: GeoNames (CC BY 4.0). Borders: Natural Earth by way of world-atlas (public domain), drawn as "
    "internationally recognised; disputed lands have dashed lines."
)


@router.get("/meta", summary="What the ledger holds, and what the asker may do", responses=told(Meta))
def meta(request: Request, session: Reading, desk: AtDesk) -> Response:
    """Tell what is there; where no token is needed, this begins the session that writing needs."""
    sessions, served = request.app.state.sessions, request.app.state.served
    begun = session is None
    if session is None:
        session = sessions.begin(sessions.local, "add")
    view = desk.current()
    first, last = view.index.days()
    told = answer(
        request,
        Meta(
            version=__version__,
            ledger=Counts(
                documents=len(desk.documents(view)),
                claims=len(view.index),
                events=len(view.index.events),
                voices=sum(speaker.name is not None for speaker in view.index.speakers),
            ),
            days=Days(first=first, last=last),
            event_types=EVENTS,
            statuses=STATUSES,
            sides=_sides(view),
            embargo_hours=served.embargo_hours,
            coarsen=served.coarsen,
            roles=tuple(role for role in ROLES if session.may(role)),
            reviewer=session.name,
            csrf=session.csrf or None,
            token_needed=not sessions.open,
            tiles=served.tiles,
            attribution=ATTRIBUTION,
        ),
    )
    if begun:
        set_cookie(request, told, session)
    return told


def _sides(view: View) -> list[SideCount]:
    """Count the claims in which each side acts or is acted upon, the most frequent first."""
    index = view.index
    pairs = np.unique(index.party_claim.astype(np.int64) * max(len(index.sides), 1) + index.party_side)
    counts = np.bincount(pairs % max(len(index.sides), 1), minlength=len(index.sides))
    found = [SideCount(side=side, claims=int(counts[code])) for code, side in enumerate(index.sides)]
    return sorted((one for one in found if one.claims), key=lambda one: (-one.claims, one.side))
