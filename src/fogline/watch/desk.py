"""The watch itself: round after round."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from threading import Event as Flag

import msgspec
from msgspec import Struct

from ..adding import Reader
from ..errors import FoglineError, LedgerBusyError, LedgerError, SourceError
from ..ingest import Archive, GatherOptions, Item, Problem
from ..ledger import Ledger
from ..logs import Log
from .address import host_of, name_of
from .agenda import Agenda, Refused
from .ahead import Ahead
from .alerts import Alerts
from .budget import Purse
from .delivery import Delivery
from .feeds import Feeds, Source
from .fetching import Fetching, Result, Task
from .intake import BATCH, Intake
from .lookout import Lookout, Standing
from .metrics import Metrics
from .outputs import Deliver
from .politeness import Hosts, back_off, retry_after
from .queue import Queue, Wanted
from .robots import Robots
from .sources import Entry, feed, folder, mail, sitemap
from .state import State

_SLOW_DOWN = frozenset((429, 503))
_IDLE = 60.0  # seconds after which what stands still is looked at again


class Round(Struct, kw_only=True):
    """What a round came to."""

    sources: int = 0
    unchanged: int = 0
    broken: int = 0
    found: int = 0
    documents: int = 0
    known: int = 0
    claims: int = 0
    failed: int = 0
    alerts: int = 0
    busy: bool = False
    seconds: float = 0.0


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
        self._log = log
        self._metrics = metrics
        self.stopping = Flag()
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
            problem=self._trouble,
            held=metrics.held.observe,
        )
        self._delivery = Delivery(state, outputs, self._delivered)
        self._told: set[str] = set()  # problems of files, each told once
        self._purse = Purse(state, feeds.budget)
        self._round = Round()
        self._surveying = False

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
        self._round = done = Round()
        self._purse = Purse(self._state, self._feeds.budget)
        agenda = self._agenda()
        for standing in self._lookout.due(all_sound=all_sound):
            done.sources += 1
            if standing.source.kind in ("feed", "sitemap"):
                agenda.add(self._poll(standing))
            elif not self.stopping.is_set():
                self._look(standing.source)
        for wanted in self._queue.wanted([*self._lookout.sources]):
            agenda.add(self._page(wanted))
        while agenda and not self.stopping.is_set():
            wait = agenda.begin()
            result = agenda.result(wait if not self._held() else 0.0)
            if result is not None:
                self._come(agenda, result)
            if self._held() >= BATCH or (result is None and self._held()):
                self._take()
        while (self._held() or self._state.one("SELECT 1 FROM news")) and self._take():
            continue
        self._delivery.run(stop=self.stopping.is_set)
        if agenda.spent:
            self._log.warning(
                "budget spent", problem="The rest waits. Raise budget in the feeds file if it is too small."
            )
        done.seconds = time.monotonic() - begun
        self._finish(done)
        return done

    def survey(self) -> Iterator[tuple[str, str]]:
        """Look at all sources without fetching what they tell of; give it by source."""
        self._surveying = True
        agenda = self._agenda()
        for place, source in self._lookout.sources.items():
            if source.kind in ("feed", "sitemap"):
                agenda.add(self._poll(self._lookout.standing(place)))
            else:
                yield from ((source.label, entry.title or entry.place) for entry in self._unknown(source))
        while agenda and not self.stopping.is_set():
            result = agenda.result(agenda.begin())
            if result is not None:
                self._come(agenda, result)
        for wanted in self._queue.wanted([*self._lookout.sources]):
            if wanted.kind == "page":
                yield self._lookout.sources[wanted.source].label, wanted.place

    def _unknown(self, source: Source) -> Iterator[Entry]:
        """Give what is in a folder or mailbox and was not seen so."""
        try:
            for found in _local(source):
                if isinstance(found, Problem):
                    self._trouble(found)
                    continue
                known = self._queue.known(found[0])
                if known is None or known[1] != found[0].mark:
                    yield found[0]
        except FoglineError as error:
            self._broke(source, str(error))

    def _agenda(self) -> Agenda:
        feeds = self._feeds
        who = f"Fogline (watches feeds{f'; {feeds.contact}' if feeds.contact else ''})"
        options = GatherOptions(
            allow_private=feeds.allow_private,
            pause=feeds.delay,
            deadline=feeds.deadline,
            max_bytes=int(feeds.page_megabytes * 1e6),
            agent=who,
        )
        return Agenda(
            fetching=Fetching(options),
            hosts=self._hosts,
            robots=self._robots,
            purse=self._purse,
            refused=self._refused,
        )

    def _poll(self, standing: Standing) -> Task:
        source = standing.source
        return Task(
            what="source",
            host=host_of(source.where),
            url=source.where,
            key=source.where,
            headers=dict(standing.validators),
            robots=source.robots,
        )

    def _page(self, wanted: Wanted) -> Task:
        source = self._lookout.sources[wanted.source]
        return Task(
            what="page",
            host=host_of(wanted.place),
            url=wanted.place,
            key=msgspec.json.encode(wanted).decode(),
            headers=dict(wanted.validators),
            robots=source.robots,
        )

    def _look(self, source: Source) -> None:
        """Look through a folder or mailbox."""
        try:
            for found in _local(source):
                if self.stopping.is_set():
                    return
                if isinstance(found, Problem):
                    self._trouble(found)
                elif not self._keep(source, *found):
                    return
                if self._held() >= BATCH and not self._take():
                    return
        except FoglineError as error:
            self._broke(source, str(error))
            return
        self._answered(source, None)

    def _keep(self, source: Source, entry: Entry, item: Item) -> bool:
        """Keep a file where it is new; tell whether there is room for another."""
        if not self._purse.left()[1]:
            self._log.warning("budget spent", source=source.label)
            return False
        if self._queue.hold(source.where, entry, item):
            self._round.found += 1
            self._purse.spend(documents=1)
        return True

    def _come(self, agenda: Agenda, result: Result) -> None:
        """Deal with what came of a request."""
        task, error = result.task, result.error
        if task.what == "robots":
            return
        wanted = msgspec.json.decode(task.key, type=Wanted) if task.what == "page" else None
        source = self._lookout.sources[wanted.source if wanted else task.key]
        unchanged = error is not None and error.status == 304
        outcome = "ok" if error is None else "unchanged" if unchanged else "failed"
        self._metrics.requests.labels(source.label, outcome).inc()
        if result.item is not None:
            self._metrics.bytes.labels(source.label).inc(result.item.size())
        wait = retry_after(error.retry_after, now=time.time()) if error is not None else 0.0
        if error is not None and error.status in _SLOW_DOWN:
            self._hosts.leave(task.host, max(wait, back_off(1)))
        try:
            if unchanged:
                self._unchanged(source, wanted)
            elif error is not None:
                raise error
            elif result.item is not None:
                self._arrived(agenda, source, wanted, result.item)
        except SourceError as problem:
            told = str(problem).replace(
                "allow it with --allow-private", "set allow_private: true in the feeds file"
            )
            if wanted is None:
                self._broke(source, told, wait=wait)
            else:
                self._missed(source, wanted, told, status=getattr(problem, "status", None), wait=wait)

    def _unchanged(self, source: Source, wanted: Wanted | None) -> None:
        if wanted is None:
            self._round.unchanged += 1
            self._answered(source, None)
        elif wanted.kind == "sitemap":
            self._queue.looked_through(wanted, None)
        else:
            self._queue.visited(wanted.id, source)

    def _arrived(self, agenda: Agenda, source: Source, wanted: Wanted | None, item: Item) -> None:
        """Take in a feed, a sitemap or a page."""
        if wanted is not None and wanted.kind == "page":
            names = [name_of(item.url)] if item.url else []
            if self._queue.fetched(wanted, item, names):
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
        if not self._surveying:
            self._supply(source, entries)
        if wanted is None:
            self._answered(source, item)
        self._round.found += news
        if news:
            self._log.info("found", source=source.label, new=news, told=len(entries))
            for page in self._queue.wanted([source.where]):
                if page.kind == "sitemap" or not self._surveying:
                    agenda.add(self._page(page))

    def _supply(self, source: Source, entries: Iterable[Entry]) -> None:
        """Keep what stands in a feed itself."""
        for entry in entries:
            if entry.data is not None:
                item = Item(
                    name=entry.place,
                    url=entry.place,
                    data=entry.data,
                    media="text/html",
                    retrieved=datetime.now(UTC),
                )
                if self._queue.supply(entry, item):
                    self._purse.spend(documents=1)

    def _take(self) -> bool:
        """Add a batch of what waits; tell whether that was possible."""
        try:
            taken = self._intake.take(self._lookout.sources)
        except LedgerBusyError as error:
            self._round.busy = True
            self._metrics.busy.inc()
            self._log.warning("ledger busy", problem=f"{error} What was fetched is kept and added then.")
            return False
        except LedgerError as error:
            self._round.busy = True
            self._log.error("ledger", problem=str(error))
            return False
        for one in taken:
            source, added = self._lookout.sources.get(one.held.source), one.added
            label = source.label if source is not None else "(no longer watched)"
            self._round.documents += added.documents
            self._round.known += added.known
            self._round.claims += added.claims
            self._round.failed += added.failed
            for outcome, count in (
                ("new", added.documents),
                ("known", added.known),
                ("failed", added.failed),
            ):
                self._metrics.documents.labels(label, outcome).inc(count)
            self._metrics.claims.labels(label).inc(added.claims)
            self._log.info(
                "added", source=label, what=one.held.item.name, documents=added.documents, claims=added.claims
            )
        self._delivery.run(stop=self.stopping.is_set)
        return bool(taken)

    def _held(self) -> int:
        return self._state.count("items", "held")

    def _answered(self, source: Source, item: Item | None) -> None:
        before = self._lookout.standing(source.where).failures
        self._lookout.answered(source, item)
        self._metrics.checked.labels(source.label).set_to_current_time()
        if before:
            self._log.info("answers again", source=source.label, after_failures=before)

    def _broke(self, source: Source, problem: str, *, wait: float = 0.0) -> None:
        """Report a source that broke; it is left alone for a while, and the others go on."""
        self._round.broken += 1
        left = self._lookout.failed(source, problem, wait=wait)
        self._log.warning("source broke", source=source.label, again_in_s=round(left), problem=problem)

    def _missed(
        self, source: Source, wanted: Wanted, problem: str, *, status: int | None, wait: float
    ) -> None:
        over = self._queue.failed(wanted, problem, status=status, wait=wait)
        self._round.failed += over
        self._log.warning("given up" if over else "not had", source=source.label, problem=problem)

    def _refused(self, refused: Refused) -> None:
        """Deal with what is not asked for: the host wants to be left alone, or its robots.txt forbids it."""
        task, problem = refused.task, refused.problem
        wanted = msgspec.json.decode(task.key, type=Wanted) if task.what == "page" else None
        source = self._lookout.sources[wanted.source if wanted else task.key]
        self._metrics.requests.labels(source.label, "refused").inc()
        if wanted is None and refused.why == "asked":
            self._lookout.put_off(source, refused.wait)
        elif wanted is None:
            self._broke(source, problem, wait=refused.wait)
            return
        elif refused.why == "forbidden":
            self._queue.refused(wanted.id, problem)
        else:
            self._queue.put_off(wanted.id, refused.wait)
        self._trouble(Problem(object=task.host, message=problem))

    def _trouble(self, problem: Problem) -> None:
        if problem.message not in self._told:
            self._told.add(problem.message)
            self._log.warning("problem", problem=problem.message)

    def _delivered(self, rule: str, output: str, sent: int, problem: str | None) -> None:
        self._round.alerts += sent
        self._metrics.alerts.labels(rule, output, "failed" if problem else "sent").inc()
        if problem:
            self._log.warning("alert not delivered", output=output, problem=problem)

    def _finish(self, done: Round) -> None:
        """Write down what a round came to."""
        self._metrics.round.observe(done.seconds)
        for what, table, status in (
            ("found", "items", "found"),
            ("held", "items", "held"),
            ("alerts", "alerts", "waiting"),
        ):
            self._metrics.waiting.labels(what).set(self._state.count(table, status))
        for place, source in self._lookout.sources.items():
            self._metrics.failures.labels(source.label).set(self._lookout.standing(place).failures)
        if done.sources or done.documents or done.alerts:
            self._log.info("round", **{n: v for n, v in msgspec.structs.asdict(done).items() if v})

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
        return min(max(0.2, min(dues)), 3600.0)


def _local(source: Source) -> Iterator[tuple[Entry, Item] | Problem]:
    """Give what is in a folder or mailbox."""
    if source.folder is not None:
        return folder.entries(source.folder)
    assert source.mail is not None  # it is one of the two
    return mail.entries(source.mail)
