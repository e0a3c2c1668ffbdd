"""A limit on the whole of an exchange, however slowly the other side drips."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

_OPENED = frozenset(("connection.connect_tcp.complete", "connection.start_tls.complete"))


class Deadline:
    """Shuts down the connections opened inside it once its seconds are over.

    Time-outs of sockets begin anew with each byte, so a server that sends one byte a second would
    never run into them; here a timer ends the connection that is being read.
    """

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self._timer = threading.Timer(seconds, self._shut)
        self._timer.daemon = True
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()

    @property
    def passed(self) -> bool:
        """Whether the seconds are over."""
        return time.monotonic() >= self._end

    def watch(self, event: str, info: Mapping[str, Any]) -> None:
        """Take note of a connection; to be given to httpx as the extension ``trace``."""
        if event in _OPENED:
            with self._lock:
                self._socket = info["return_value"].get_extra_info("socket")
            if self.passed:
                self._shut()

    def _shut(self) -> None:
        with self._lock:
            if self._socket is not None:
                with contextlib.suppress(OSError):
                    socket.socket.shutdown(self._socket, socket.SHUT_RDWR)
