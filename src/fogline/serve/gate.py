"""What every request passes before anything else: host, rate, size; and the headers of every answer."""

from __future__ import annotations

import ipaddress
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from fastapi import HTTPException
from msgspec import Struct

from . import problems

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

_CLIENTS = 10_000  # how many are told apart at once


class Limits(Struct, frozen=True, kw_only=True):
    """Requests a second that one address may make in the long run, and at once; sizes in bytes."""

    reads: float = 200.0
    reads_at_once: int = 2000
    writes: float = 2.0
    writes_at_once: int = 60
    guesses: float = 0.1  # attempts to begin a session with a token
    guesses_at_once: int = 10
    upload: int = 50_000_000
    body: int = 100_000


class Buckets:
    """Token buckets, one a client; the one longest unused is forgotten where there are too many."""

    def __init__(self, rate: float, size: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate, self._size, self._clock = rate, size, clock
        self._held: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, client: str) -> float:
        """Take one from a client's bucket; return how many seconds it has to wait, 0 where it need not."""
        now = self._clock()
        left, then = self._held.pop(client, (float(self._size), now))
        left = min(float(self._size), left + (now - then) * self._rate)
        wait = 0.0 if left >= 1 else (1 - left) / self._rate
        self._held[client] = (left if wait else left - 1), now
        if len(self._held) > _CLIENTS:
            self._held.popitem(last=False)
        return wait


class Hosts:
    """Which Host headers are answered, so that no foreign name can be made to mean this server.

    A page of another site reaches a server on this machine by letting its own name lead here (DNS
    rebinding); its requests then carry that name. An address in figures cannot be made to mean another.

    Args:
        host: what the server is bound to.
        names: more names that it is known by.
    """

    def __init__(self, host: str, names: tuple[str, ...] = ()) -> None:
        self._loopback = is_loopback(host)
        self._names = {name.lower().rstrip(".") for name in ("localhost", host, *names)}

    def __contains__(self, header: str) -> bool:
        name = header.lower()
        name = name.partition("]")[0].removeprefix("[") if name.startswith("[") else name.partition(":")[0]
        try:
            address = ipaddress.ip_address(name)
        except ValueError:
            return name.rstrip(".") in self._names
        return address.is_loopback or not self._loopback


def is_loopback(host: str) -> bool:
    """Tell whether what is bound there is reached from this machine alone."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def headers(tiles: str | None = None) -> dict[str, str]:
    """Return the headers of every answer.

    Args:
        tiles: the origin of a tile server that the map may ask as well.
    """
    others = f" {tiles}" if tiles else ""
    policy = (
        f"default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'{others}; "
        f"img-src 'self' data: blob:{others}; connect-src 'self'{others}; worker-src 'self' blob:; "
        "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
    )
    return {
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    }


class Gate:
    """The outermost layer of the server.

    Args:
        app: what is behind it.
        hosts: the Host headers that are answered.
        limits: how much and how often.
        tiles: the origin of a tile server that the page may ask.
    """

    def __init__(self, app: App, *, hosts: Hosts, limits: Limits, tiles: str | None = None) -> None:
        self._app, self._hosts, self._limits = app, hosts, limits
        self._headers = [(name.lower().encode(), value.encode()) for name, value in headers(tiles).items()]
        self._reads = Buckets(limits.reads, limits.reads_at_once)
        self._writes = Buckets(limits.writes, limits.writes_at_once)
        self._guesses = Buckets(limits.guesses, limits.guesses_at_once)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return

        asked, scope = scope["method"], _as_get(scope)

        async def sending(message: Message) -> None:
            if asked == "HEAD" and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            if message["type"] == "http.response.start":
                told = {name for name, _ in message.setdefault("headers", [])}
                more = [pair for pair in self._headers if pair[0] not in told]
                if b"cache-control" not in told:
                    more.append((b"cache-control", b"no-store"))
                message["headers"] = [*message["headers"], *more]
            await send(message)

        given = dict(scope["headers"])
        if given.get(b"host", b"").decode("latin-1") not in self._hosts:
            await _refuse(sending, 421, "This server is not known by that name. See fogline serve --name.")
            return
        wait = self._bucket(scope).take((scope.get("client") or ("", 0))[0])
        if wait:
            seconds = str(int(wait) + 1)
            await _refuse(
                sending, 429, f"Too many requests at once. Try again in {seconds} s.", retry=seconds
            )
            return
        most = self._limits.upload if scope["path"] == "/api/v1/add" else self._limits.body
        told = given.get(b"content-length", b"0")
        if not told.isdigit() or int(told) > most:
            await _refuse(sending, 413, f"This is larger than the {most / 1e6:g} MB that are taken at once.")
            return
        await self._app(scope, _counted(receive, most), sending)

    def _bucket(self, scope: Message) -> Buckets:
        if scope["method"] in ("GET", "HEAD", "OPTIONS"):
            return self._reads
        return self._guesses if scope["path"] == "/api/v1/session" else self._writes


def _as_get(scope: Message) -> Message:
    """Return what HEAD asks for as GET does: it is answered alike, but for the body, which is not sent."""
    return {**scope, "method": "GET"} if scope["method"] == "HEAD" else scope


def _counted(receive: Receive, most: int) -> Receive:
    """Return what receives a body up to a size; where a chunked body goes on, the request is refused."""
    size = 0

    async def receiving() -> Message:
        nonlocal size
        message = await receive()
        if message["type"] == "http.request":
            size += len(message.get("body", b""))
            if size > most:
                raise HTTPException(413, f"This is larger than the {most / 1e6:g} MB that are taken at once.")
        return message

    return receiving


async def _refuse(send: Send, status: int, detail: str, *, retry: str | None = None) -> None:
    body = problems.body(status, detail)
    told = [(b"content-type", problems.MEDIA.encode()), (b"content-length", str(len(body)).encode())]
    if retry:
        told.append((b"retry-after", retry.encode()))
    await send({"type": "http.response.start", "status": status, "headers": told})
    await send({"type": "http.response.body", "body": body})
