"""Reports that are being added: one job after the other, each with its events for those who watch."""

from __future__ import annotations

import logging
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from queue import Full, Queue
from typing import Any, Literal

from msgspec import Struct

from ..errors import FoglineError
from .problems import Refused

Kind = Literal["progress", "problem", "done"]
Tell = Callable[[Kind, dict[str, Any]], None]

_WAITING = 20
_KEPT = 100
_GRACE = 10.0  # seconds
_PROBLEMS = 500  # of one job that are told
_log = logging.getLogger("fogline.serve")


class Told(Struct, frozen=True, kw_only=True):
    """One event of a job."""

    number: int
    kind: Kind
    body: dict[str, Any]


class Job:
    """One addition; ``events`` grow until one of the kind ``done``."""

    def __init__(self, work: Callable[[Tell], dict[str, Any]]) -> None:
        self.id = secrets.token_urlsafe(12)
        self.work = work
        self._events: list[Told] = []
        self._lock = threading.Lock()

    def tell(self, kind: Kind, body: dict[str, Any]) -> None:
        """Add an event; one of progress stands for all before it, and the first problems are enough."""
        with self._lock:
            number = self._events[-1].number + 1 if self._events else 1
            if kind == "progress":
                self._events = [one for one in self._events if one.kind != "progress"]
            elif kind == "problem" and len(self._events) >= _PROBLEMS:
                return
            self._events.append(Told(number=number, kind=kind, body=body))

    def after(self, number: int) -> list[Told]:
        """Return the events behind a number."""
        with self._lock:
            return [one for one in self._events if one.number > number]


class Jobs:
    """The jobs of one server: a queue, and one thread that works it off."""

    def __init__(self) -> None:
        self._queue: Queue[Job | None] = Queue(_WAITING)
        self._held: OrderedDict[str, Job] = OrderedDict()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def begin(self, work: Callable[[Tell], dict[str, Any]]) -> Job:
        """Put a job into the queue.

        Args:
            work: does it, tells of it, and returns what it came to.

        Raises:
            Refused: too many wait.
        """
        job = Job(work)
        try:
            self._queue.put_nowait(job)
        except Full:
            raise Refused(
                503,
                f"{_WAITING} additions wait already. Try again when they are done.",
                headers={"Retry-After": "30"},
            ) from None
        with self._lock:
            self._held[job.id] = job
            while len(self._held) > _KEPT:
                self._held.popitem(last=False)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="fogline-jobs", daemon=True)
                self._thread.start()
        return job

    def find(self, id: str) -> Job | None:
        """Return a job by its id."""
        with self._lock:
            return self._held.get(id)

    def close(self) -> None:
        """Let no other job begin, and give the one that is being worked on some seconds to end.

        What it wrote is whole even where it does not: adding goes on where it was when it is asked for again.
        """
        with self._lock:
            thread, self._thread = self._thread, None
        while not self._queue.empty():
            self._queue.get_nowait()
        if thread is not None:
            self._queue.put(None)
            thread.join(_GRACE)

    def _run(self) -> None:
        while (job := self._queue.get()) is not None:
            try:
                told = job.work(job.tell)
            except FoglineError as error:
                job.tell("problem", {"object": "ledger", "message": str(error)})
                told = {"failed": True}
            except Exception:
                _log.exception("A job failed")
                message = "Something went wrong while this was added; the server's log tells what."
                job.tell("problem", {"object": "server", "message": message})
                told = {"failed": True}
            job.tell("done", told)
