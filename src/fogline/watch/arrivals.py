"""What is asked for, and what is done with what comes: feeds, sitemaps, pages, and what went wrong."""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import UTC, datetime

import msgspec

from ..errors import FoglineError
from ..ingest import Item, Problem
from .address import host_of, name_of
from .agenda import Agenda, Refused
from .budget import Purse
from .feeds import Source
from .fetching import Result, Task
from .lookout import Lookout, Standing
from .politeness import Hosts, back_off, retry_after
from .queue import Queue, Wanted
from .reporting import Reporter
from .sources import Entry, feed, sitemap

_SLOW_DOWN = frozenset((429, 503))
_ALLOWED = ("allow it with --allow-private", "set allow_private: true in the feeds file")


class Arrivals:
    """Makes tasks of what is due, and takes in what comes of them.

    Args:
        lookout: the sources.
        queue: what they told of.
        hosts: when each may be asked.
        purse: what is left of the budget.
        reporter: what is told of all this.
        pages: whether pages are fetched; else only what leads to them.
    """

    def __init__(
        self, lookout: Lookout, queue: Queue, hosts: Hosts, purse: Purse, reporter: Reporter, *, pages: bool
    ) -> None:
        self._lookout = lookout
        self._queue = queue
        self._hosts = hosts
        self._purse = purse
        self._reporter = reporter
        self._pages = pages

    def poll(self, standing: Standing) -> Task:
        """Return the request for a feed or sitemap."""
        source = standing.source
        return Task(
            what="source",
            host=host_of(source.where),
            url=source.where,
            key=source.where,
            headers=dict(standing.validators),
            robots=source.robots,
        )

    def expect(self, agenda: Agenda, sources: Iterable[str]) -> None:
        """Put what these sources told of on the agenda."""
        for wanted in self._queue.wanted([*sources]):
            if self._pages or wanted.kind == "sitemap":
                agenda.add(
                    Task(
                        what="page",
                        host=host_of(wanted.place),
                        url=wanted.place,
                        key=msgspec.json.encode(wanted).decode(),
                        headers=dict(wanted.validators),
                        robots=self._lookout.sources[wanted.source].robots,
                    )
                )

    def come(self, agenda: Agenda, result: Result) -> None:
        """Deal with what came of a request."""
        task, error = result.task, result.error
        if task.what == "robots":
            return
        wanted, source = self._meant(task)
        self._reporter.requested(source.label, result)
        wait = retry_after(error.retry_after, now=time.time()) if error is not None else 0.0
        if error is not None and error.status in _SLOW_DOWN:
            self._hosts.leave(task.host, max(wait, back_off(1)))
        try:
            if error is not None and error.status == 304:
                self._unchanged(source, wanted)
            elif error is not None:
                raise error
            elif result.item is not None:
                self._arrived(agenda, source, wanted, result.item)
        except Exception as problem:
            words = told(task.url, problem)
            if wanted is None:
                self.broke(source, words, wait=wait)
            else:
                status = getattr(problem, "status", None)
                over = self._queue.failed(wanted, words, status=status, wait=wait)
                self._reporter.missed(source.label, words, over=over)

    def answered(self, source: Source, item: Item | None, *, unchanged: bool = False) -> None:
        """Note that a source answered."""
        failures = self._lookout.standing(source.where).failures
        self._lookout.answered(source, item)
        self._reporter.answered(source.label, unchanged=unchanged, failures=failures)

    def broke(self, source: Source, problem: str, *, wait: float = 0.0) -> None:
        """Report a source that broke; it is left alone for a while, and the others go on."""
        self._reporter.broke(source.label, problem, self._lookout.failed(source, problem, wait=wait))

    def refused(self, refused: Refused) -> None:
        """Deal with what is not asked for: the host wants to be left alone, or its robots.txt forbids it."""
        wanted, source = self._meant(refused.task)
        self._reporter.refused(source.label)
        if wanted is None and refused.why != "asked":
            self.broke(source, refused.problem, wait=refused.wait)
            return
        if wanted is None:
            self._lookout.put_off(source, refused.wait)
        elif refused.why == "forbidden":
            self._queue.refused(wanted.id, refused.problem)
        else:
            self._queue.put_off(wanted.id, refused.wait)
        self._reporter.trouble(Problem(object=refused.task.host, message=refused.problem))

    def _meant(self, task: Task) -> tuple[Wanted | None, Source]:
        """Return what a task is for: a page or sitemap that a source told of, or the source itself."""
        wanted = msgspec.json.decode(task.key, type=Wanted) if task.what == "page" else None
        return wanted, self._lookout.sources[wanted.source if wanted else task.key]

    def _unchanged(self, source: Source, wanted: Wanted | None) -> None:
        if wanted is None:
            self.answered(source, None, unchanged=True)
        elif wanted.kind == "sitemap":
            self._queue.looked_through(wanted, None)
        else:
            self._queue.visited(wanted.id, source)

    def _arrived(self, agenda: Agenda, source: Source, wanted: Wanted | None, item: Item) -> None:
        """Take in a feed, a sitemap or a page."""
        if wanted is not None and wanted.kind == "page":
            if self._queue.fetched(wanted, item, [name_of(item.url)] if item.url else []):
                self._purse.spend(documents=1)
            self._queue.visited(wanted.id, source)
            return
        if source.kind == "feed":
            entries = feed.entries(item, content=source.content == "entry")
        else:
            entries = sitemap.entries(item)
        if wanted is None:
            first = self._lookout.standing(source.where).visits == 0
        else:
            first = self._queue.looked_through(wanted, item)
        news = self._queue.meet(source, entries, first=first)
        if self._pages:
            self._supply(entries)
        if wanted is None:
            self.answered(source, item)
        self._reporter.found(source.label, news, len(entries))
        self.expect(agenda, [source.where])

    def _supply(self, entries: Iterable[Entry]) -> None:
        """Keep what stands in a feed itself."""
        for entry in entries:
            if entry.data is None or not self._purse.left()[1]:
                continue
            item = Item(
                name=entry.place,
                url=entry.place,
                data=entry.data,
                media="text/html",
                retrieved=datetime.now(UTC),
            )
            if self._queue.supply(entry, item):
                self._purse.spend(documents=1)


def told(place: str, problem: Exception) -> str:
    """Say what went wrong with an address or a path."""
    if isinstance(problem, FoglineError):
        return str(problem).replace(*_ALLOWED)
    if isinstance(problem, OSError):
        return f"{place} cannot be read ({problem.strerror or problem}). Check the path and who may read it."
    return f"{place} broke what reads it ({type(problem).__name__}: {problem}). Please report this."
