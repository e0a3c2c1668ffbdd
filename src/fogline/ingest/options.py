"""What a user may set when sources are taken in."""

from __future__ import annotations

from msgspec import Struct


class GatherOptions(Struct, frozen=True, kw_only=True):
    """Limits and permissions for fetching.

    ``timeout`` is the longest wait for a connection or for the next bytes, ``deadline`` for a whole
    page with its redirects, ``pause`` the least time between two requests to one host, all in
    seconds; ``max_bytes`` the most that is taken of one page. ``agent`` is who the requests say they
    come from, a single reader where None.
    """

    allow_private: bool = False
    timeout: float = 15.0
    deadline: float = 60.0
    pause: float = 1.0
    max_bytes: int = 25_000_000
    max_redirects: int = 8
    agent: str | None = None
