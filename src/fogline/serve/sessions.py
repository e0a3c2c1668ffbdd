"""Who asks: a session by cookie, guarded against forged requests, or a token in a header."""

from __future__ import annotations

import hmac
import secrets
import threading
import time
from collections.abc import Awaitable, Callable
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request, Response
from msgspec import Struct

from .problems import Refused
from .tokens import ROLES, Role, Tokens

LIFETIME = 12 * 3600.0  # seconds without a request
_MOST = 1000
CSRF = "X-CSRF-Token"


class Session(Struct, frozen=True, kw_only=True):
    """Somebody who uses the server: name and role; ``id`` and ``csrf`` are empty where a header told."""

    name: str
    role: Role
    id: str = ""
    csrf: str = ""

    def may(self, role: Role) -> bool:
        """Tell whether this role includes another: who adds may review, who reviews may read."""
        return ROLES.index(self.role) >= ROLES.index(role)


class Sessions:
    """The sessions of one server, in memory: they end with it.

    Args:
        tokens: who may come in; where there are none, everybody who can connect may do everything.
        local: what to call somebody who needs no token.
        clock: seconds.
    """

    def __init__(
        self, tokens: Tokens, *, local: str = "local", clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.tokens = tokens
        self.local = local
        self._clock = clock
        self._lock = threading.Lock()
        self._held: dict[str, tuple[Session, float]] = {}

    @property
    def open(self) -> bool:
        """Whether no token is needed."""
        return not self.tokens

    def begin(self, name: str, role: Role) -> Session:
        """Begin a session; the one longest unused gives way where there are too many."""
        session = Session(name=name, role=role, id=secrets.token_urlsafe(32), csrf=secrets.token_urlsafe(32))
        with self._lock:
            now = self._clock()
            self._held = {id: held for id, held in self._held.items() if now - held[1] < LIFETIME}
            if len(self._held) >= _MOST:
                del self._held[min(self._held, key=lambda id: self._held[id][1])]
            self._held[session.id] = session, now
        return session

    def find(self, id: str) -> Session | None:
        """Return a session that goes on, and let it go on."""
        with self._lock:
            held, now = self._held.get(id), self._clock()
            if held is None or now - held[1] >= LIFETIME:
                return None
            self._held[id] = held[0], now
            return held[0]

    def end(self, id: str) -> None:
        """End a session."""
        with self._lock:
            self._held.pop(id, None)


def cookie_name(request: Request) -> str:
    """Return the cookie's name; it has the port in it, as cookies are shared by all ports of a host."""
    return f"fogline-{request.url.port or request.url.scheme}"


def set_cookie(request: Request, response: Response, session: Session) -> None:
    """Hand a session to the browser: not to scripts, and not to requests from other sites."""
    response.set_cookie(
        cookie_name(request),
        session.id,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
        path="/",
    )


def session_of(request: Request) -> Session | None:
    """Return who asks, None where that is not told."""
    sessions: Sessions = request.app.state.sessions
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        known = sessions.tokens.find(secret.strip())
        if known is None:
            raise Refused(
                401, "This token is not known. Ask for another.", headers={"WWW-Authenticate": "Bearer"}
            )
        return Session(name=known.name, role=known.role)
    return sessions.find(request.cookies.get(cookie_name(request), ""))


async def reader(request: Request) -> Session | None:
    """Let a request read.

    Raises:
        Refused: a token is needed.
    """
    session = session_of(request)
    if session is None and not request.app.state.sessions.open:
        raise Refused(
            401,
            "This ledger is read with a token. Send it to POST /api/v1/session, or as Authorization: Bearer.",
            headers={"WWW-Authenticate": "Bearer"},
        )
    return session


def same_site(request: Request) -> None:
    """Refuse a request that a page of another site caused.

    Raises:
        Refused: the browser says so.
    """
    origin = request.headers.get("origin")
    told = request.headers.get("sec-fetch-site", "same-origin")
    foreign = origin is not None and urlsplit(origin).netloc != request.headers.get("host")
    if foreign or told not in ("same-origin", "none"):
        raise Refused(403, "This request comes from another site's page, and was not carried out.")


async def holder(request: Request) -> Session:
    """Return the session of somebody who has to have one.

    Raises:
        Refused: there is none.
    """
    session = session_of(request)
    if session is None:
        raise Refused(
            401,
            "This needs a session: GET /api/v1/meta begins one and tells its csrf token, "
            "or POST /api/v1/session where a token is needed.",
            headers={"WWW-Authenticate": "Bearer"},
        )
    return session


def allowed(session: Session, role: Role) -> None:
    """Refuse what a session's role does not include.

    Raises:
        Refused: it does not.
    """
    if not session.may(role):
        raise Refused(403, f"The role {session.role} may not do this; {role} may. Ask for such a token.")


async def watcher(session: Annotated[Session, Depends(holder)]) -> Session:
    """Let somebody who may add see how far additions are."""
    allowed(session, "add")
    return session


def writer(role: Role) -> Callable[[Request, Session], Awaitable[Session]]:
    """Return the dependency that lets a request write: the role is enough, and no other site forged it."""

    async def writing(request: Request, session: Annotated[Session, Depends(holder)]) -> Session:
        if session.id:
            same_site(request)
            told = request.headers.get(CSRF, "").encode("utf-8", "replace")
            if not hmac.compare_digest(told, session.csrf.encode()):
                raise Refused(
                    403, f"The header {CSRF} is not this session's. GET /api/v1/meta tells it as csrf."
                )
        allowed(session, role)
        return session

    return writing


async def from_here(request: Request) -> None:
    """Refuse what another site's page caused."""
    same_site(request)


async def asker(request: Request) -> Session | None:
    """Give the session of whoever asks, None where there is none."""
    return session_of(request)


Reading = Annotated[Session | None, Depends(reader)]
Reviewing = Annotated[Session, Depends(writer("review"))]
Adding = Annotated[Session, Depends(writer("add"))]
Watching = Annotated[Session, Depends(watcher)]
