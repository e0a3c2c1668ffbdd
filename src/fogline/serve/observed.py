"""What the server counts and logs of each request: which operation, what came of it, how long it took."""

from __future__ import annotations

import time

from fastapi import FastAPI
from fastapi.responses import Response
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from ..logs import Log
from .gate import App, Message, Receive, Send
from .sessions import Reading

_METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"))
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_NONE = "(none)"  # what was refused before it came to an operation, or is none


class Figures:
    """The figures of one server, in a registry of their own.

    Labels are operations as the server names them (``/api/v1/claims/{id}``), methods and statuses: nothing
    that a request brings along.
    """

    def __init__(self) -> None:
        self.registry = r = CollectorRegistry()
        ProcessCollector(registry=r)
        self.requests = Counter(
            "fogline_serve_requests", "Requests answered", ["method", "route", "status"], registry=r
        )
        self.seconds = Histogram(
            "fogline_serve_request_seconds",
            "How long answers took",
            ["route"],
            buckets=_SECONDS,
            registry=r,
        )
        self.bytes = Counter("fogline_serve_bytes", "Bytes of answers", ["route"], registry=r)
        self.running = Gauge("fogline_serve_requests_running", "Requests under way", registry=r)

    def install(self, app: FastAPI) -> None:
        """Let an app tell the figures, at ``/metrics``, to whoever may read the ledger."""

        @app.get("/metrics", include_in_schema=False)
        def metrics(_: Reading) -> Response:
            return Response(generate_latest(self.registry), media_type=CONTENT_TYPE_LATEST)


class Observed:
    """The outermost layer: counts every request, also those that the gate refuses.

    A line of the log has the operation and not the address, so that no word that was looked for, no token
    and no name goes into it.

    Args:
        app: what is behind it.
        figures: where requests are counted.
        prefix: what the addresses of operations begin with.
        log: where a line a request is written, None for nowhere.
    """

    def __init__(self, app: App, figures: Figures, *, prefix: str, log: Log | None = None) -> None:
        self._app = app
        self._prefix = prefix
        self._figures = figures
        self._log = log

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = time.perf_counter()
        status, size = 0, 0  # a client that goes before it is answered leaves the status at 0

        async def sending(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
            size += len(message.get("body", b""))
            await send(message)

        self._figures.running.inc()
        try:
            await self._app(scope, receive, sending)
        finally:
            self._figures.running.dec()
            self._note(scope, status, size, time.perf_counter() - begun)

    def _route(self, scope: Message) -> str:
        """Return the operation of a request; versions of FastAPI tell it with the prefix or without."""
        told: str | None = getattr(scope.get("route"), "path", None)
        if told is None:
            return _NONE
        whole = told.startswith(self._prefix) or not scope["path"].startswith(f"{self._prefix}/")
        return told if whole else self._prefix + told

    def _note(self, scope: Message, status: int, size: int, seconds: float) -> None:
        """Count a request, and write its line."""
        route = self._route(scope)
        method = scope["method"] if scope["method"] in _METHODS else "other"
        self._figures.requests.labels(method, route, str(status)).inc()
        self._figures.seconds.labels(route).observe(seconds)
        self._figures.bytes.labels(route).inc(size)
        if self._log is not None:
            write = self._log.warning if status >= 500 else self._log.info
            client = (scope.get("client") or (None,))[0]
            write(
                "request",
                method=method,
                route=route,
                status=status,
                ms=round(seconds * 1000, 1),
                bytes=size,
                client=client,
            )
