"""Add what was fetched to the ledger, which is held only while it is written."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from msgspec import Struct

from ..adding import Added
from ..errors import LedgerError
from ..ingest import Problem
from ..ledger import Ledger
from ..model import Document
from ..read import Hints, read
from .ahead import Ahead
from .alerts import Alerts
from .feeds import Source
from .patience import patiently
from .queue import Held, Queue
from .state import State

BATCH = 8  # items added while the ledger is held once
_LARGE = 5_000_000  # bytes: a larger item may hold very many documents, and is read as it is added


class Taken(Struct, frozen=True, kw_only=True):
    """One item that was added, with what it came to and the problems it made."""

    held: Held
    added: Added


class Intake:
    """Adds items, links their claims and looks for what to alert of.

    Args:
        connect: opens the ledger for writing.
        ahead: the reader that the ledger is opened with.
        state: what the watch knows.
        queue: what waits.
        alerts: what to alert of.
        patience: how long to wait for a ledger that another process holds, in seconds.
        embargo_hours: how long claims may be held back.
        stop: tells when to come to an end.
        problem: called with each problem.
        held: called with how long the ledger was held, in seconds.
    """

    def __init__(
        self,
        *,
        connect: Callable[[], Ledger],
        ahead: Ahead,
        state: State,
        queue: Queue,
        alerts: Alerts,
        patience: float,
        embargo_hours: float,
        stop: Callable[[], bool],
        problem: Callable[[Problem], None],
        held: Callable[[float], None],
    ) -> None:
        self._connect = connect
        self._ahead = ahead
        self._state = state
        self._queue = queue
        self._alerts = alerts
        self._patience = patience
        self._embargo = embargo_hours
        self._stop = stop
        self._problem = problem
        self._held = held

    def waiting(self) -> bool:
        """Tell whether something that was added is yet to be looked through for alerts."""
        return self._alerts.waiting()

    def take(self, sources: Mapping[str, Source]) -> list[Taken]:
        """Add what waits, at most a batch of it; what cannot be added goes on waiting.

        Everything is whole or not at all: where the process dies, what was added is not added twice, and
        what was not is added the next time.

        Args:
            sources: the sources by place.

        Raises:
            LedgerBusyError: another process held the ledger all the time.
            LedgerError: the ledger cannot be written.
        """
        waiting = self._queue.held(BATCH)
        for held in waiting:
            if not self._stop():
                self._ahead.prepare(self._documents(held, sources), stop=self._stop)
        if self._stop():  # the document in hand is the last; what is not read waits for the next time
            waiting = [held for held in waiting if self._is_read(held, sources)]
        if not waiting and not self.waiting():
            return []
        taken: list[Taken] = []
        try:
            with self._ledger() as ledger:
                for held in waiting:
                    outlet = _outlet(held, sources)
                    added = ledger.add(
                        [held.item], published=held.published, outlet=outlet, problem=self._problem
                    )
                    self._queue.added(held, until=time.time() + self._kept_for())
                    taken.append(Taken(held=held, added=added))
                self._follow(ledger)
        finally:
            self._ahead.forget()
        return taken

    def _follow(self, ledger: Ledger) -> None:
        """Link what was added and look for alerts; where that fails, what was added is kept all the same."""
        try:
            ledger.link()
            self._alerts.look(ledger, embargoed=self._embargo > 0)
        except LedgerError:
            raise
        except Exception as error:
            told = (
                f"What was added is kept, but could not be linked and alerted of ({type(error).__name__}: "
                f"{error}); that is tried again. Run `fogline link --debug` and report what it prints."
            )
            self._problem(Problem(object="link", message=told))

    def _kept_for(self) -> float:
        """Return for how many seconds claims may be let out after they came; 0 without an embargo."""
        return (self._embargo + 72) * 3600 if self._embargo else 0.0  # days are known to the day only

    def _documents(self, held: Held, sources: Mapping[str, Source]) -> Iterator[Document]:
        """Give the documents of an item as the ledger is going to read them."""
        if held.item.size() > _LARGE:
            return
        hints = Hints(published=held.published, outlet=_outlet(held, sources))
        try:
            for found in read(held.item, hints, raw=held.raw):
                if isinstance(found, Document):
                    yield found
        except Exception:  # the ledger says what is wrong with it when it is added
            return

    def _is_read(self, held: Held, sources: Mapping[str, Source]) -> bool:
        return all(self._ahead.has(document) for document in self._documents(held, sources))

    @contextmanager
    def _ledger(self) -> Iterator[Ledger]:
        """Hold the ledger; wait for it as long as there is patience."""
        ledger = patiently(self._connect, self._patience, stop=self._stop)
        begun = time.monotonic()
        try:
            yield ledger
        finally:
            ledger.close()
            self._held(time.monotonic() - begun)


def _outlet(held: Held, sources: Mapping[str, Source]) -> str | None:
    source = sources.get(held.source)
    return source.outlet if source is not None else None
