"""A web server on the loopback address that misbehaves in every way that matters."""

from __future__ import annotations

import contextlib
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # for what is made beside the tests

PAGE = b"<html><body><p>Shells fell on the harbour of Sirte on Monday.</p></body></html>"


class Handler(BaseHTTPRequestHandler):
    """Answers by path."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def answer(self, body: bytes, status: int = 200, **headers: str) -> None:
        """Send a whole response."""
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def drip(self, piece: bytes) -> None:
        """Send until the other side hangs up, or ten seconds are over."""
        end = time.monotonic() + 10
        while time.monotonic() < end:
            self.wfile.write(piece)
            self.wfile.flush()
            time.sleep(0.05)

    def do_GET(self) -> None:
        """Answer a request."""
        self.server.requests.append((self.path, dict(self.headers)))  # type: ignore[attr-defined]
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self._respond()

    def _respond(self) -> None:
        path, _, query = self.path.partition("?")
        if path == "/page":
            self.answer(PAGE, Content_Type="Text/HTML; charset=utf-8")
        elif path == "/status":
            self.answer(b"no", int(query))
        elif path == "/to":
            self.answer(b"", 302, Location=query)
        elif path == "/loop":
            self.answer(b"", 302, Location="/loop")
        elif path == "/told-large":
            self.send_response(200)
            self.send_header("Content-Length", "999999999")
            self.end_headers()
        elif path == "/endless":
            self.send_response(200)
            self.end_headers()
            while True:
                self.wfile.write(b"x" * 65536)
        elif path == "/slow-body":
            self.send_response(200)
            self.end_headers()
            self.drip(b"x")
        elif path == "/slow-head":
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            self.drip(b"x")
        elif path == "/silent":
            time.sleep(2)
        elif path == "/cut-off":
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(b"only this")
            self.close_connection = True
        elif path == "/not-gzip":
            self.answer(b"plain", Content_Encoding="gzip")


class Server(ThreadingHTTPServer):
    """Keeps the requests, and says nothing when the other side hangs up."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.requests: list[tuple[str, dict[str, str]]] = []

    def handle_error(self, *_: object) -> None:
        """Say nothing."""


class Site:
    """The running server."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.port = server.server_address[1]

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """Return the address of a path."""
        return f"http://{host}:{self.port}{path}"

    @property
    def requests(self) -> list[tuple[str, dict[str, str]]]:
        """The paths and headers that were asked so far."""
        return self.server.requests


@pytest.fixture
def site() -> Iterator[Site]:
    server = Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield Site(server)
    server.shutdown()
    server.server_close()
