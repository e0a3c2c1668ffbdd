"""Sessions: a token goes in, a cookie comes out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field

from ..answers import SessionTold
from ..asking import answer
from ..problems import Refused
from ..schema import nothing, told
from ..sessions import Session, asker, cookie_name, from_here, set_cookie
from ..tokens import ROLES

router = APIRouter(tags=["session"])


class Given(BaseModel):
    """A token, as the server's owner gave it."""

    token: str = Field(max_length=200)


@router.post("/session", summary="Begin a session with a token", responses=told(SessionTold))
def begin(request: Request, given: Given, _: Annotated[None, Depends(from_here)]) -> Response:
    """Begin a session: the cookie that is set stands for the token from then on."""
    sessions = request.app.state.sessions
    known = sessions.tokens.find(given.token.strip())
    if known is None:
        raise Refused(
            401, "This token is not known. Ask for another.", headers={"WWW-Authenticate": "Bearer"}
        )
    session = sessions.begin(known.name, known.role)
    roles = tuple(role for role in ROLES if session.may(role))
    begun = answer(request, SessionTold(reviewer=session.name, roles=roles, csrf=session.csrf))
    set_cookie(request, begun, session)
    return begun


@router.delete("/session", status_code=204, summary="End the session", responses=nothing())
def end(
    request: Request,
    _: Annotated[None, Depends(from_here)],
    session: Annotated[Session | None, Depends(asker)],
) -> Response:
    """End the session of the cookie; nothing happens where there is none."""
    if session is not None:
        request.app.state.sessions.end(session.id)
    ended = Response(status_code=204)
    ended.delete_cookie(cookie_name(request), path="/", httponly=True, samesite="strict")
    return ended
