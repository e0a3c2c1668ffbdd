"""Kinds of work that one thread of a process does at a time."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager


class Works:
    """Locks by the name of a kind of work; a thread that has one may take it again."""

    def __init__(self) -> None:
        self._locks: defaultdict[str, threading.RLock] = defaultdict(threading.RLock)
        self._depth: defaultdict[str, int] = defaultdict(int)
        self._naming = threading.Lock()

    @contextmanager
    def alone(self, work: str) -> Iterator[bool]:
        """Hold one kind of work, and tell whether this thread held it already."""
        with self._naming:
            lock = self._locks[work]
        with lock:
            self._depth[work] += 1
            try:
                yield self._depth[work] > 1
            finally:
                self._depth[work] -= 1
