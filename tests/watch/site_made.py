"""A web server whose pages change, break and redirect, and a watch that looks at it."""

from __future__ import annotations

import contextlib
import hashlib
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import yaml
from stub import StubReader

from fogline.ledger import Ledger, connect
from fogline.settings import Settings
from fogline.watch import Feeds, Metrics, Round, Setting, State, Watch, outputs_of

FILLER = "It was a quiet day in the valley and nobody could say for how long it would stay so. "


def page(
    text: str, *, title: str = "From the front", published: str = "2022-09-11", outlet: str = ""
) -> bytes:
    """Return a news page with this text."""
    name = f'<meta property="og:site_name" content="{outlet}">' if outlet else ""
    return (
        f"<!doctype html><html><head><title>{title}</title>{name}"
        f'<meta property="article:published_time" content="{published}"></head>'
        f"<body><article><h1>{title}</h1><p>{text}</p><p>{FILLER * 3}</p></article></body></html>"
    ).encode()


def rss(*entries: Mapping[str, str]) -> bytes:
    """Return a feed with these entries: link, and guid, title, date where given."""
    names = {"link": "link", "guid": "guid", "title": "title", "date": "pubDate", "text": "description"}
    items = "".join(
        "<item>" + "".join(f"<{names[n]}>{v}</{names[n]}>" for n, v in entry.items()) + "</item>"
        for entry in entries
    )
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>{items}</channel></rss>'.encode()
    )


class Answer:
    """How the site answers a path; headers with underscores for hyphens."""

    def __init__(self, body: bytes | str = b"", status: int = 200, **headers: str) -> None:
        self.body = body.encode() if isinstance(body, str) else body
        self.status = status
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


class Handler(BaseHTTPRequestHandler):
    """Answers what the site says; a request with the ETag of the body gets a 304."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Answer a request."""
        self._answer("GET", b"")

    def do_POST(self) -> None:
        """Take a body."""
        self._answer("POST", self.rfile.read(int(self.headers.get("Content-Length", "0"))))

    def _answer(self, method: str, body: bytes) -> None:
        site: Site = self.server.site  # type: ignore[attr-defined]
        with site.lock:
            site.now += 1
            site.most = max(site.most, site.now)
            site.requests.append((method, self.path, dict(self.headers), body, time.monotonic()))
        try:
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                self._send(site)
        finally:
            with site.lock:
                site.now -= 1

    def _send(self, site: Site) -> None:
        given = site.pages.get(self.path, Answer("no", 404))
        answer = given() if callable(given) else given
        if answer == "endless":
            self.send_response(200)
            self.end_headers()
            self.close_connection = True
            end = time.monotonic() + 10
            while time.monotonic() < end:
                self.wfile.write(b"x" * 1000)
                time.sleep(0.05)
            return
        if not isinstance(answer, Answer):
            answer = Answer(answer)
        tag = f'"{hashlib.sha256(answer.body).hexdigest()[:16]}"'
        status, body = answer.status, answer.body
        if status == 200 and self.headers.get("If-None-Match") == tag:
            status, body = 304, b""
        self.send_response(status)
        told = {"ETag": tag, "Content-Type": "text/html; charset=utf-8", **answer.headers}
        for name, value in {**told, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


class Site:
    """A loopback server; ``pages`` maps paths to bodies, answers or functions that give one."""

    def __init__(self, host: str = "127.0.0.1") -> None:
        self.pages: dict[str, Any] = {"/robots.txt": Answer("", 404)}
        self.requests: list[tuple[str, str, dict[str, str], bytes, float]] = []
        self.lock = threading.Lock()
        self.now = self.most = 0
        self._server = ThreadingHTTPServer((host, 0), Handler)
        self._server.daemon_threads = True
        self._server.site = self  # type: ignore[attr-defined]
        self.host = f"{host}:{self._server.server_address[1]}"
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        ).start()

    def url(self, path: str) -> str:
        """Return the address of a path."""
        return f"http://{self.host}{path}"

    def feed(self, *numbers: int, path: str = "/rss", text: str = "captured") -> None:
        """Serve a feed of numbered reports, and the reports."""
        for number in numbers:
            told = f"The garrison {text} Novaya Niva, Colonel Orr said, report {number} of the day."
            self.pages.setdefault(f"/r{number}", page(told, title=f"Report {number}"))
        self.pages[path] = rss(*({"link": self.url(f"/r{n}"), "guid": f"g{n}"} for n in numbers))

    def asked(self) -> Counter[str]:
        """Count the requests by path."""
        return Counter(path for _, path, _, _, _ in self.requests)

    def close(self) -> None:
        """End it."""
        self._server.shutdown()
        self._server.server_close()


class Events:
    """A log that keeps what it is told."""

    def __init__(self) -> None:
        self.all: list[tuple[str, str, dict[str, Any]]] = []

    def info(self, event: str, **fields: Any) -> None:
        """Keep it."""
        self.all.append(("info", event, fields))

    def warning(self, event: str, **fields: Any) -> None:
        """Keep it."""
        self.all.append(("warning", event, fields))

    def error(self, event: str, **fields: Any) -> None:
        """Keep it."""
        self.all.append(("error", event, fields))

    def problems(self) -> list[str]:
        """Return the problems told of."""
        return [fields["problem"] for _, _, fields in self.all if fields.get("problem")]

    def named(self, event: str) -> list[dict[str, Any]]:
        """Return the fields of the events of a name."""
        return [fields for _, name, fields in self.all if name == event]


class Desk:
    """A watch over a feeds file, with a ledger and the stub reader."""

    def __init__(
        self,
        folder: Path,
        feeds: str,
        *,
        outputs: Mapping[str, Any] | None = None,
        environment: Mapping[str, str] | None = None,
        **settings: Any,
    ) -> None:
        self.folder = folder
        self.reader = StubReader()
        self.settings = Settings(**settings)
        self.feeds = Feeds.model_validate(
            {"allow_private": True, "delay": 0, "deadline": 3, **yaml.safe_load(feeds)}
        )
        self.log = Events()
        self.metrics = Metrics()
        with self.ledger() as ledger:
            self.archive = ledger.archive
        self.state = State(folder / "watch.sqlite")
        self.setting = Setting(
            connect=lambda reader: connect(folder / "l.duckdb", reader=reader, settings=self.settings),
            archive=self.archive,
            reader=self.reader,
            embargo_hours=self.settings.embargo_hours,
            coarsen=self.settings.coarsen,
            patience=0.3,
        )
        self.watch = Watch(
            self.feeds,
            self.state,
            self.setting,
            outputs=outputs if outputs is not None else outputs_of(self.feeds, environment or {}),
            log=self.log,
            metrics=self.metrics,
        )

    def ledger(self) -> Ledger:
        """Open the ledger."""
        return connect(self.folder / "l.duckdb", reader=self.reader, settings=self.settings)

    def round(self, **options: bool) -> Round:
        """Run a round."""
        return self.watch.round(**options)

    def later(self) -> None:
        """Let all time pass that anything waits for."""
        for table in ("sources", "items", "alerts"):
            self.state.run(f"UPDATE {table} SET due = 0")
        self.state.run("UPDATE hosts SET until = 0")

    def documents(self) -> list[str]:
        """Return the titles of the documents in the ledger."""
        with self.ledger() as ledger:
            return sorted(one.title or "" for one in ledger.documents())

    def close(self) -> None:
        """Let go of the state."""
        self.state.close()


Make = Callable[..., Desk]
