"""The watch itself: round after round."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from threading import Event as Flag

from msgspec import Struct

from ..adding import Reader
from ..errors import LedgerBusyError, LedgerError
from ..ingest import Archive, GatherOptions, Item, Problem
from ..ledger import Ledger
from ..logs import Log
from .agenda import Agenda
from .ahead import Ahead
from .alerts import Alerts
from .arrivals import Arrivals, told
from .budget import Purse
from .delivery import Delivery
from .feeds import Feeds, Source
from .fetching import Fetching
from .intake import BATCH, Intake
from .lookout import Lookout
from .metrics import Metrics
from .outputs import Deliver
from .politeness import Hosts
from .queue import Queue
from .reporting import Reporter, Round
from .robots import Robots
from .sources import Entry, folder, mail
from .state import State

_IDLE = 60.0  # seconds after which what stands still is looked at again
_LONGEST = 3600.0
_SOON = 3.0  # seconds after which what was fetched is added, be it ever so little


class Setting(Struct, frozen=True, kw_only=True):
    """Where a watch works: how its ledger is opened, what reads, and what every output heeds.

    ``connect`` opens the ledger for writing with the reader that it is given; ``patience`` is how long a
    ledger that another process holds is waited for, in seconds.
    """

    connect: Callable[[Reader], Ledger]
    archive: Archive
    reader: Reader
    embargo_hours: float = 0.0
    coarsen: bool = False
    patience: float = 30.0


class Watch:
    """Looks at the sources of a feeds file, adds what is new to a ledger, and alerts.

    Args:
        feeds: the feeds file.
        state: what is known from before.
        setting: the ledger and what reads.
        outputs: where alerts go, by name.
        log: where events are written.
        metrics: where they are counted.
    """

    def __init__(
        self,
        feeds: Feeds,
        state: State,
        setting: Setting,
        *,
        outputs: Mapping[str, Deliver],
        log: Log,
        metrics: Metrics,
    ) -> None:
        self._feeds = feeds
        self._state = state
        self.stopping = Flag()
        self._reporter = Reporter(log, metrics)
        self._lookout = Lookout(state, feeds)
        self._queue = Queue(state, setting.archive)
        self._hosts = Hosts(state, feeds.delay)
        self._robots = Robots(state)
        ahead = Ahead(setting.reader)
        self._intake = Intake(
            connect=lambda: setting.connect(ahead),
            ahead=ahead,
            state=state,
            queue=self._queue,
            alerts=Alerts(state, feeds.alerts, coarsen=setting.coarsen),
            patience=setting.patience,
            embargo_hours=setting.embargo_hours,
            stop=self.stopping.is_set,
            problem=self._reporter.trouble,
            held=metrics.held.observe,
        )
        self._delivery = Delivery(state, outputs, self._reporter.delivered)

    def run(self) -> None:
        """Go on until it is stopped."""
        while not self.stopping.is_set():
            self.round(all_sound=False)
            self.stopping.wait(self._pause())

    def round(self, *, all_sound: bool = True) -> Round:
        """Look at what is due, fetch, add, link and alert; whatever breaks does not stop the rest.

        Args:
            all_sound: look at every source that is not waiting after a failure, due or not.
        """
        begun = time.monotonic()
        self._reporter.round = done = Round()
        purse = Purse(self._state, self._feeds.budget)
        arrivals = self._arrivals(purse, pages=True)
        agenda = self._agenda(purse, arrivals)
        for standing in self._lookout.due(all_sound=all_sound):
            done.sources += 1
            if standing.source.kind in ("feed", "sitemap"):
                agenda.add(arrivals.poll(standing))
            elif not self.stopping.is_set():
                self._look(standing.source, arrivals, purse)
        arrivals.expect(agenda, self._lookout.sources)
        written, last = True, time.monotonic()  # until the ledger turns out not to be
        while agenda and not self.stopping.is_set():
            soon = agenda.begin()
            result = agenda.result(soon)
            if result is not None:
                arrivals.come(agenda, result)
            held = self._held()
            if written and (held >= BATCH or (held and time.monotonic() - last > _SOON)):
                written = self._take()
                last = time.monotonic()
        while written and (self._held() or self._intake.waiting()):
            written = self._take()
        self._delivery.run(stop=self.stopping.is_set)
        if agenda.spent:
            self._reporter.spent()
        done.seconds = time.monotonic() - begun
        self._finish()
        return done

    def survey(self) -> Iterator[tuple[str, str]]:
        """Look at all sources without fetching what they tell of; give it by source."""
        purse = Purse(self._state, self._feeds.budget)
        arrivals = self._arrivals(purse, pages=False)
        agenda = self._agenda(purse, arrivals)
        for place, source in self._lookout.sources.items():
            if source.kind in ("feed", "sitemap"):
                agenda.add(arrivals.poll(self._lookout.standing(place)))
            else:
                yield from ((source.label, one.title or one.place) for one in self._unknown(source, arrivals))
        while agenda and not self.stopping.is_set():
            result = agenda.result(agenda.begin())
            if result is not None:
                arrivals.come(agenda, result)
        for wanted in self._queue.wanted([*self._lookout.sources]):
            if wanted.kind == "page":
                yield self._lookout.sources[wanted.source].label, wanted.place

    def _arrivals(self, purse: Purse, *, pages: bool) -> Arrivals:
        return Arrivals(self._lookout, self._queue, self._hosts, purse, self._reporter, pages=pages)

    def _agenda(self, purse: Purse, arrivals: Arrivals) -> Agenda:
        feeds = self._feeds
        options = GatherOptions(
            allow_private=feeds.allow_private,
            pause=feeds.delay,
            deadline=feeds.deadline,
            max_bytes=int(feeds.page_megabytes * 1e6),
            agent=f"Fogline (watches feeds{f'; {feeds.contact}' if feeds.contact else ''})",
        )
        return Agenda(
            fetching=Fetching(options),
            hosts=self._hosts,
            robots=self._robots,
            purse=purse,
            refused=arrivals.refused,
        )

    def _look(self, source: Source, arrivals: Arrivals, purse: Purse) -> None:
        """Look through a folder or mailbox."""
        try:
            for found in _local(source):
                if self.stopping.is_set():
                    return
                if isinstance(found, Problem):
                    self._reporter.trouble(found)
                    continue
                if not purse.left()[1]:
                    self._reporter.spent()
                    return
                if self._queue.hold(source.where, *found):
                    self._reporter.round.found += 1
                    purse.spend(documents=1)
                if self._held() >= BATCH and not self._take():
                    return
        except Exception as error:
            arrivals.broke(source, told(source.where, error))
            return
        arrivals.answered(source, None)

    def _unknown(self, source: Source, arrivals: Arrivals) -> Iterator[Entry]:
        """Give what is in a folder or mailbox and was not seen so."""
        try:
            for found in _local(source):
                if isinstance(found, Problem):
                    self._reporter.trouble(found)
                    continue
                known = self._queue.known(found[0])
                if known is None or known[1] != found[0].mark:
                    yield found[0]
        except Exception as error:
            arrivals.broke(source, told(source.where, error))

    def _take(self) -> bool:
        """Add a batch of what waits; tell whether there was any, and it could be added."""
        try:
            taken = self._intake.take(self._lookout.sources)
        except LedgerError as error:
            self._reporter.busy(str(error), held=isinstance(error, LedgerBusyError))
            return False
        for one in taken:
            source = self._lookout.sources.get(one.held.source)
            self._reporter.taken(source.label if source is not None else "(no longer watched)", one)
        self._delivery.run(stop=self.stopping.is_set)
        return bool(taken)

    def _held(self) -> int:
        return self._state.count("items", "held")

    def _finish(self) -> None:
        """Write down what a round came to."""
        count = self._state.count
        self._reporter.finish(
            waiting={
                "found": count("items", "found"),
                "held": self._held(),
                "alerts": count("alerts", "waiting"),
            },
            failures={
                source.label: self._lookout.standing(place).failures
                for place, source in self._lookout.sources.items()
            },
        )

    def _pause(self) -> float:
        """Return how long there is nothing to do, in seconds."""
        now = time.time()
        row = self._state.one(
            "SELECT min(due) FROM (SELECT due FROM items WHERE status IN ('found', 'again') "
            "UNION ALL SELECT due FROM alerts WHERE status = 'waiting')"
        )
        dues = [self._lookout.next() - now]
        if row is not None and row[0] is not None:
            # What is due and still stands waits for a host or the budget: it is looked at now and then.
            dues.append(row[0] - now if row[0] > now else _IDLE)
        if self._held():
            dues.append(_IDLE)
        return min(max(0.2, min(dues)), _LONGEST)


def _local(source: Source) -> Iterator[tuple[Entry, Item] | Problem]:
    """Give what is in a folder or mailbox."""
    if source.folder is not None:
        return folder.entries(source.folder)
    assert source.mail is not None  # it is one of the two
    return mail.entries(source.mail)
