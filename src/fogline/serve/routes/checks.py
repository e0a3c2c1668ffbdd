"""Checks: what a good desk would stop at."""

from __future__ import annotations

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import Response

from ...model import Check
from ..answers import CheckItem, Checks
from ..asking import PAGE, Asking, Cursor, Limit, Viewing, answer, page
from ..schema import told
from ..view import View

router = APIRouter(tags=["checks"])


@router.get(
    "/checks", summary="The checks that stop at a claim that meets the filters", responses=told(Checks)
)
def checks(
    request: Request, view: Viewing, asked: Asking, limit: Limit = PAGE, cursor: Cursor = None
) -> Response:
    """List checks: the rule, the sentence that explains it, and the claims it is about."""
    met, rows = view.claims(asked), view.index.row_of
    found = [one for one in all_checks(view) if any(id in rows and met[rows[id]] for id in one.claims)]
    places = {one.id: at for at, one in enumerate(found)}
    chosen, following = page(range(len(found)), limit, cursor, name=lambda row: found[row].id, at=places.get)
    return answer(request, Checks(items=[found[row] for row in chosen], next=following, total=len(found)))


def all_checks(view: View) -> list[CheckItem]:
    """Return the checks of all events."""

    def made() -> list[CheckItem]:
        return [
            CheckItem(**msgspec.structs.asdict(check), event=event.id)
            for event in view.index.events
            for check in event.checks
        ]

    return view.answers.get("checks", made)


def checks_of(view: View, claim: str) -> list[Check]:
    """Return the checks that stop at a claim."""
    row = view.index.row_of.get(claim)
    found = int(view.index.event_of[row]) if row is not None else -1
    return [one for one in view.index.events[found].checks if claim in one.claims] if found >= 0 else []
