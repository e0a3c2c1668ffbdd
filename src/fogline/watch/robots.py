"""What sites ask of programs: robots.txt."""

from __future__ import annotations

import time
from typing import Any

from .state import State

AGENT = "Fogline"  # the name that rules are looked up under
_FRESH = 86_400.0  # seconds
_AGAIN = 3600.0  # where it could not be had
_LARGEST = 500 * 1024  # bytes that are heeded: what the standard asks for


class Robots:
    """The robots.txt of each host, kept for a day.

    Source: RFC 9309. Where a site says that it has none (4xx) everything is allowed; where it cannot be had
    (5xx, no connection) nothing is, until it can.

    Args:
        state: where they are kept.
    """

    def __init__(self, state: State) -> None:
        self._state = state
        self._read: dict[str, Any] = {}

    def known(self, host: str) -> bool:
        """Tell whether the robots.txt of a host need not be asked for."""
        row = self._state.one("SELECT status, asked FROM hosts WHERE host = ?", [host])
        if row is None or row[1] is None:
            return False
        fresh = _FRESH if row[0] is not None and row[0] < 500 else _AGAIN
        return bool(0 <= time.time() - row[1] < fresh)

    def keep(self, host: str, status: int | None, body: bytes = b"") -> None:
        """Keep what a host answered; ``status`` None where it did not."""
        self._read.pop(host, None)
        self._state.run(
            "INSERT INTO hosts (host, robots, status, asked) VALUES (?, ?, ?, ?) ON CONFLICT (host) "
            "DO UPDATE SET robots = excluded.robots, status = excluded.status, asked = excluded.asked",
            [host, body[:_LARGEST], status, time.time()],
        )

    def allowed(self, host: str, url: str) -> bool:
        """Tell whether a site lets programs ask for an address."""
        status, rules = self._rules(host)
        if status is None or status >= 500:
            return False
        return bool(status >= 300 or rules.can_fetch(url, AGENT))

    def reachable(self, host: str) -> bool:
        """Tell whether the host answered at all when it was asked for its robots.txt."""
        status, _ = self._rules(host)
        return status is not None and status < 500

    def pause(self, host: str) -> float:
        """Return how many seconds a site wants between two requests; 0 where it does not say."""
        status, rules = self._rules(host)
        if status is None or status >= 300:
            return 0.0
        rate = rules.request_rate(AGENT)
        return max(rules.crawl_delay(AGENT) or 0.0, rate.seconds / rate.requests if rate else 0.0)

    def _rules(self, host: str) -> tuple[int | None, Any]:
        if host not in self._read:
            from protego import Protego

            row = self._state.one("SELECT status, robots FROM hosts WHERE host = ?", [host])
            status, body = row if row is not None else (None, b"")
            self._read[host] = status, Protego.parse((body or b"").decode("utf-8", "replace"))
        found: tuple[int | None, Any] = self._read[host]
        return found
