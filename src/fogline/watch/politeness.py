"""When a host may be asked: one request at a time, with a pause, and not while it asked to be left alone."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import UTC
from email.utils import parsedate_to_datetime

from .state import State

_FIRST = 60.0  # seconds of the first wait after a failure
_LONGEST = 86_400.0
_SLOWEST = 600.0  # the longest pause that a robots.txt may ask for


def back_off(failures: int, *, least: float = _FIRST, chance: Callable[[], float] = random.random) -> float:
    """Return how long to wait after so many failures in a row, in seconds.

    It doubles each time up to a day, and a part of it is left to chance, so that what failed together does
    not come back together.

    Args:
        failures: how many, 1 or more.
        least: the first wait.
        chance: gives a number from 0 to 1.
    """
    most = min(_LONGEST, least * 2.0 ** min(failures - 1, 30))
    return most * (0.75 + 0.25 * chance())


def retry_after(told: str | None, *, now: float) -> float:
    """Return how many seconds a ``Retry-After`` asks to wait, at most a day; 0 where it tells nothing.

    Source: RFC 9110, 10.2.3: a number of seconds or a date.
    """
    text = (told or "").strip()
    if text.isascii() and text.isdigit():
        return min(_LONGEST, float(text[:9]))
    try:
        when = parsedate_to_datetime(text)
        when = when if when.tzinfo else when.replace(tzinfo=UTC)
        return min(_LONGEST, max(0.0, when.timestamp() - now))
    except (ValueError, OverflowError, TypeError):
        return 0.0


class Hosts:
    """The hosts that are asked, and when each may be asked again.

    Args:
        state: keeps which hosts asked to be left alone.
        delay: the least time between two requests to one host, in seconds.
    """

    def __init__(self, state: State, delay: float) -> None:
        self._state = state
        self._delay = delay
        self._busy: set[str] = set()
        self._next: dict[str, float] = {}  # in time.monotonic()

    def wait(self, host: str) -> float | None:
        """Return how many seconds to wait for a host, None while a request to it is under way."""
        if host in self._busy:
            return None
        return max(0.0, self._next.get(host, 0.0) - time.monotonic())

    def left_alone(self, host: str) -> float:
        """Return for how many seconds a host asked to be left alone; a day at most, however clocks jump."""
        row = self._state.one("SELECT until FROM hosts WHERE host = ?", [host])
        left = row[0] - time.time() if row else 0.0
        return left if 0 < left <= _LONGEST else 0.0

    def begin(self, host: str) -> None:
        """Note that a request to a host is under way."""
        self._busy.add(host)

    def end(self, host: str, *, pause: float = 0.0) -> None:
        """Note that it is over; the next waits for the delay, or for the site's own pause."""
        self._busy.discard(host)
        self._next[host] = time.monotonic() + max(self._delay, min(pause, _SLOWEST))

    def leave(self, host: str, seconds: float) -> None:
        """Leave a host alone for some time, also after a restart."""
        self._state.run(
            "INSERT INTO hosts (host, until) VALUES (?, ?) "
            "ON CONFLICT (host) DO UPDATE SET until = excluded.until",
            [host, time.time() + seconds],
        )
