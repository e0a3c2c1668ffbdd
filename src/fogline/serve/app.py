"""The whole server at a glance: the gate, the addresses, the page."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

from fastapi import Depends, FastAPI, Request
from fastapi.responses import Response
from msgspec import Struct
from starlette.middleware.gzip import GZipMiddleware

from .. import __version__
from ..ledger import Ledger
from ..logs import Log
from . import page, problems, schema
from .asking import NotModified, only_known
from .desk import Desk
from .gate import Gate, Hosts, Limits, is_loopback
from .jobs import Jobs
from .observed import Figures, Observed
from .routes import ROUTERS
from .sessions import Sessions
from .tokens import Tokens

API = "/api/v1"


class Served(Struct, frozen=True, kw_only=True):
    """How a ledger is served.

    ``host`` is what the server is bound to and ``names`` other names it is known by; ``reviewer`` whose
    judgements they are that come without a token; ``tiles`` the address of a tile server's style, for a
    map in place of the built one; ``embargo_hours`` and ``coarsen`` are told to the page, the ledger heeds
    them itself; ``log`` is where a line a request is written.
    """

    host: str = "127.0.0.1"
    names: tuple[str, ...] = ()
    reviewer: str = "local"
    embargo_hours: float = 0.0
    coarsen: bool = False
    tiles: str | None = None
    limits: Limits = Limits()
    page: Path = page.FOLDER
    log: Log | None = None


def create_app(ledger: Ledger, tokens: Tokens, served: Served | None = None) -> Observed:
    """Return the server of a ledger as an ASGI app.

    Args:
        ledger: the ledger, open for writing.
        tokens: who may come in; everybody who can connect where there are none.
        served: how it is served.
    """
    served = served or Served()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        yield
        app.state.jobs.close()
        app.state.desk.close()

    app = FastAPI(
        title="Fogline",
        version=__version__,
        description="A ledger of claims from reports on armed conflict.",
        openapi_url=f"{API}/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.desk = Desk(ledger, embargoed=served.embargo_hours > 0)
    app.state.sessions = Sessions(tokens, local=served.reviewer)
    app.state.jobs = Jobs()
    app.state.served = served
    problems.install(app)
    schema.install(app)

    @app.exception_handler(NotModified)
    async def not_modified(request: Request, _: Exception) -> Response:
        return Response(
            status_code=304, headers={"ETag": request.state.etag, "Cache-Control": "private, no-cache"}
        )

    for router in ROUTERS:
        app.include_router(router, prefix=API, dependencies=[Depends(only_known)])
    figures = Figures()
    figures.install(app)
    page.install(app, served.page)
    if not is_loopback(served.host):  # on this machine it would cost more than it saves
        app.add_middleware(GZipMiddleware, minimum_size=2000, compresslevel=3)
    parts = urlsplit(served.tiles or "")
    tiles = f"{parts.scheme}://{parts.netloc}" if parts.netloc else None
    gate = Gate(app, hosts=Hosts(served.host, served.names), limits=served.limits, tiles=tiles)
    return Observed(gate, figures, prefix=API, log=served.log)
