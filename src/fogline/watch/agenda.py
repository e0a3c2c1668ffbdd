"""What is to be asked for in a round, host by host: robots.txt first, one at a time, within the budget."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Literal

import msgspec
from msgspec import Struct

from ..ingest import Item
from .budget import Purse
from .fetching import MOST, Fetching, Result, Task
from .politeness import Hosts
from .robots import Robots

_AGAIN = 3600.0  # seconds until a robots.txt that could not be had is asked for again


class Refused(Struct, frozen=True, kw_only=True):
    """A task that is not carried out, and why.

    ``asked``: the host asked to be left alone for a while; ``unreachable``: its robots.txt could not be had;
    ``forbidden``: that does not allow it. ``wait`` is for how many seconds.
    """

    task: Task
    why: Literal["asked", "unreachable", "forbidden"]
    problem: str
    wait: float = 0.0


class Agenda:
    """Requests that wait, and those under way.

    Args:
        fetching: makes requests.
        hosts: when each host may be asked.
        robots: what each site asks of programs.
        purse: what is left of the budget.
        refused: called with a task that is not carried out.
    """

    def __init__(
        self,
        *,
        fetching: Fetching,
        hosts: Hosts,
        robots: Robots,
        purse: Purse,
        refused: Callable[[Refused], None],
    ) -> None:
        self._fetching = fetching
        self._hosts = hosts
        self._robots = robots
        self._purse = purse
        self._refused = refused
        self._waiting: dict[str, deque[Task]] = {}
        self._unreachable: dict[str, str] = {}
        self._pages = 0  # under way
        self._added: set[str] = set()
        self.spent = False

    def add(self, task: Task) -> None:
        """Let a task wait for its host; an address is asked for once in a round."""
        if task.url not in self._added:
            self._added.add(task.url)
            self._waiting.setdefault(task.host, deque()).append(task)

    def __bool__(self) -> bool:
        return bool(self._fetching.running or any(self._waiting.values()))

    def begin(self) -> float:
        """Begin the requests that may begin now; return after how many seconds another may."""
        soonest = 1.0
        for host, tasks in self._waiting.items():
            if not tasks or self._fetching.running >= MOST:
                continue
            left = self._hosts.left_alone(host)
            if left:
                told = f"{host} asked to be left alone for {_told(left)}, and is asked again then."
                while tasks:
                    self._refused(Refused(task=tasks.popleft(), why="asked", problem=told, wait=left))
                continue
            wait = self._hosts.wait(host)
            if wait == 0.0:
                self._next(host, tasks)
            elif wait is not None:
                soonest = min(soonest, wait)
        return soonest

    def _next(self, host: str, tasks: deque[Task]) -> None:
        """Begin the next request to a host."""
        while tasks:
            requests, documents, size = self._purse.left()
            page = tasks[0].what == "page"
            if not requests or not size or (page and documents <= self._pages):
                self.spent = True
                tasks.clear()
                return
            if tasks[0].robots and not self._robots.known(host):
                self._ask(Task(what="robots", host=host, url=f"{host}/robots.txt", most=size))
                return
            task = tasks.popleft()
            if not task.robots or self._robots.allowed(host, task.url):
                self._ask(msgspec.structs.replace(task, most=size))
                self._pages += page
                return
            if self._robots.reachable(host):
                told = (
                    f"The robots.txt of {host} does not let programs ask for {task.url}, so it was left "
                    "alone. Where you may all the same, set robots: false."
                )
                self._refused(Refused(task=task, why="forbidden", problem=told))
            else:
                told = (
                    f"{host}/robots.txt could not be had, so nothing of the site is asked for until it can, "
                    f"or until you set robots: false. {self._unreachable.get(host, '')}"
                )
                self._refused(Refused(task=task, why="unreachable", problem=told.strip(), wait=_AGAIN))

    def _ask(self, task: Task) -> None:
        self._purse.spend(requests=1)
        self._hosts.begin(task.host)
        self._fetching.begin(task)

    def result(self, seconds: float) -> Result | None:
        """Return what came of a request, waiting so long; what a robots.txt says is heeded here."""
        result = self._fetching.next(seconds)
        if result is None:
            return None
        task = result.task
        self._purse.spend(size=_size(result.item))
        self._pages -= task.what == "page"
        if task.what == "robots":
            self._robots.keep(
                task.host,
                200 if result.item is not None else result.error.status if result.error else None,
                result.item.bytes() if result.item is not None else b"",
            )
            if result.error is not None and not self._robots.reachable(task.host):
                self._unreachable[task.host] = str(result.error)
        paced = task.robots and self._robots.known(task.host)
        self._hosts.end(task.host, pause=self._robots.pause(task.host) if paced else 0.0)
        return result


def _size(item: Item | None) -> int:
    return item.size() if item is not None else 0


def _told(seconds: float) -> str:
    """Write a time for people."""
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.0f} h"
