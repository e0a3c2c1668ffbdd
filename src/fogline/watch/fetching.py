"""Requests beside the main thread: one a host, some at a time, each with its own deadline."""

from __future__ import annotations

import queue
import threading

import msgspec
from msgspec import Struct

from ..errors import FetchError
from ..ingest import GatherOptions, Item
from ..ingest.web import Web

MOST = 8  # requests at a time


class Task(Struct, frozen=True, kw_only=True):
    """A request: ``what`` says whether for robots.txt, a source or a page, ``key`` for which."""

    what: str
    host: str
    url: str
    key: str = ""
    headers: dict[str, str] = {}
    robots: bool = True
    most: int = 0  # bytes, no more than the options allow; 0 for those


class Result(Struct, frozen=True, kw_only=True):
    """What came of a request: an item, or an error."""

    task: Task
    item: Item | None = None
    error: FetchError | None = None


class Fetching:
    """Requests that are under way.

    Their threads are daemons: a watch that is stopped does not wait for a server that drips, as nothing
    that has not come whole is kept anyhow.

    Args:
        options: limits and permissions.
    """

    def __init__(self, options: GatherOptions) -> None:
        self._options = options
        self._done: queue.SimpleQueue[Result] = queue.SimpleQueue()
        self.running = 0

    def begin(self, task: Task) -> None:
        """Begin a request."""
        self.running += 1
        threading.Thread(target=self._fetch, args=[task], daemon=True, name=f"fetch {task.host}").start()

    def next(self, seconds: float) -> Result | None:
        """Return what came of a request, waiting so long for it."""
        try:
            result = self._done.get(timeout=max(0.0, seconds))
        except queue.Empty:
            return None
        self.running -= 1
        return result

    def _fetch(self, task: Task) -> None:
        options = self._options
        if 0 < task.most < options.max_bytes:
            options = msgspec.structs.replace(options, max_bytes=task.most)
        try:
            self._done.put(Result(task=task, item=Web(options).fetch(task.url, task.headers)))
        except FetchError as error:
            self._done.put(Result(task=task, error=error))
        except Exception as error:  # a thread that ended in silence would be waited for in vain
            told = f"{task.url} could not be fetched ({type(error).__name__}: {error}). Please report this."
            self._done.put(Result(task=task, error=FetchError(told)))
