"""Errors as ``application/problem+json`` (RFC 9457): what happened and the next step, never a traceback."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import msgspec
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from ..errors import FoglineError, LedgerBusyError, LedgerError, QueryError, SourceError

MEDIA = "application/problem+json"
SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
    },
}
_STATUS: tuple[tuple[type[FoglineError], int], ...] = (
    (QueryError, 400),
    (SourceError, 400),
    (LedgerBusyError, 503),
    (LedgerError, 500),
)
_log = logging.getLogger("fogline.serve")


class Refused(Exception):
    """A request that is answered with a problem.

    Args:
        status: the HTTP status.
        detail: what is wrong, and what to do.
        headers: more headers of the answer.
    """

    def __init__(self, status: int, detail: str, *, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = dict(headers or {})


def body(status: int, detail: str) -> bytes:
    """Return a problem as JSON."""
    title = HTTPStatus(status).phrase
    return msgspec.json.encode({"type": "about:blank", "title": title, "status": status, "detail": detail})


def problem(status: int, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    """Return a problem as a response."""
    return Response(body(status, detail), status, dict(headers or {}), media_type=MEDIA)


def install(app: FastAPI) -> None:
    """Let every error of an app be answered with a problem."""

    @app.exception_handler(Refused)
    async def refused(_: Request, error: Refused) -> Response:
        return problem(error.status, error.detail, error.headers)

    @app.exception_handler(FoglineError)
    async def ours(_: Request, error: FoglineError) -> Response:
        return problem(next((status for kind, status in _STATUS if isinstance(error, kind)), 500), str(error))

    @app.exception_handler(RequestValidationError)
    async def invalid(_: Request, error: RequestValidationError) -> Response:
        told = "; ".join(f"{'.'.join(map(str, one['loc'][1:]))}: {_wrong(one)}" for one in error.errors()[:5])
        return problem(422, f"The request will not do ({told}). See /api/v1/openapi.json.")

    @app.exception_handler(HTTPException)
    async def theirs(_: Request, error: HTTPException) -> Response:
        detail = {
            404: "There is nothing at this address. /api/v1/openapi.json lists those there are.",
            405: "This address does not take this method. See /api/v1/openapi.json.",
        }.get(error.status_code, str(error.detail))
        return problem(error.status_code, detail, error.headers)

    @app.exception_handler(Exception)
    async def unforeseen(request: Request, error: Exception) -> Response:
        _log.error("%s %s failed", request.method, request.url.path, exc_info=error)
        return problem(500, "Something went wrong in the server; its log tells what. Please report it.")


def _wrong(fault: Mapping[str, Any]) -> str:
    """Return what is wrong with a value; of an expression that it has to match nobody learns anything."""
    if fault["type"] == "string_pattern_mismatch":
        return f"{str(fault['input'])[:40]!r} is not written as it has to be"
    return str(fault["msg"])
