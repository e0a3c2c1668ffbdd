"""Reviews: people's judgements, made and taken back."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from ...errors import LedgerBusyError, LedgerError
from ..answers import Review, Reviews
from ..asking import PAGE, AtDesk, Cursor, Limit, Viewing, answer, page
from ..problems import Refused
from ..schema import told
from ..sessions import Reviewing

router = APIRouter(tags=["reviews"])


class Judged(BaseModel):
    """A judgement: of two claims, of a claim's field, of a voice, or of an earlier judgement."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["same", "not-same", "wrong", "reliability", "undo"]
    subject: str = Field(
        min_length=1, max_length=300, description="a claim, a voice, or the review taken back"
    )
    other: str | None = Field(None, max_length=300, description="the second claim of same and not-same")
    field: str | None = Field(None, max_length=60, description="the field that is wrong")
    value: str | None = Field(None, max_length=1000, description="what is right, or the reliability A to F")
    reason: str = Field("", max_length=2000)


@router.get("/reviews", summary="What people judged, the last first", responses=told(Reviews))
def reviews(
    request: Request, desk: AtDesk, view: Viewing, limit: Limit = PAGE, cursor: Cursor = None
) -> Response:
    """List judgements, also those that were taken back."""
    found = desk.reviews()
    places = {one.id: at for at, one in enumerate(found)}
    rows, following = page(range(len(found)), limit, cursor, name=lambda row: found[row].id, at=places.get)
    return answer(request, Reviews(items=[found[row] for row in rows], next=following, total=len(found)))


@router.post("/reviews", status_code=201, summary="Judge", responses=told(Review, status=201))
def judge(request: Request, desk: AtDesk, session: Reviewing, judged: Judged) -> Response:
    """Write a judgement down under the name of the session; what it bears on is worked out anew."""
    given = {"other": judged.other, "field": judged.field, "value": judged.value}
    try:
        made = desk.judge(judged.kind, judged.subject, reviewer=session.name, reason=judged.reason, **given)
    except LedgerBusyError:
        raise
    except LedgerError as error:
        raise Refused(404, str(error)) from None
    return answer(request, made, status=201)
