"""What a watch tells of what it does: its log, its figures, and what a round came to."""

from __future__ import annotations

import msgspec
from msgspec import Struct

from ..ingest import Problem
from ..logs import Log
from .fetching import Result
from .intake import Taken
from .metrics import Metrics


class Round(Struct, kw_only=True):
    """What a round came to; ``busy`` tells that the ledger could not be written."""

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


class Reporter:
    """Writes down what happens; every word of a site goes through the log, which makes it safe to show.

    Args:
        log: where events are written.
        metrics: where they are counted.
    """

    def __init__(self, log: Log, metrics: Metrics) -> None:
        self._log = log
        self._metrics = metrics
        self._told: set[str] = set()  # problems that stay, each told once
        self.round = Round()

    def requested(self, label: str, result: Result) -> None:
        """Count a request."""
        error = result.error
        outcome = "ok" if error is None else "unchanged" if error.status == 304 else "failed"
        self._metrics.requests.labels(label, outcome).inc()
        if result.item is not None:
            self._metrics.bytes.labels(label).inc(result.item.size())

    def refused(self, label: str) -> None:
        """Count a request that was not made."""
        self._metrics.requests.labels(label, "refused").inc()

    def found(self, label: str, new: int, told: int) -> None:
        """Tell that a source told of something new."""
        self.round.found += new
        if new:
            self._log.info("found", source=label, new=new, told=told)

    def answered(self, label: str, *, unchanged: bool, failures: int) -> None:
        """Tell that a source answered, after so many failures."""
        self.round.unchanged += unchanged
        self._metrics.checked.labels(label).set_to_current_time()
        if failures:
            self._log.info("answers again", source=label, after_failures=failures)

    def broke(self, label: str, problem: str, left: float) -> None:
        """Tell that a source broke, and for how long it is left alone."""
        self.round.broken += 1
        self._log.warning("source broke", source=label, again_in_s=round(left), problem=problem)

    def missed(self, label: str, problem: str, *, over: bool) -> None:
        """Tell that something could not be had; ``over`` where it is given up."""
        self.round.failed += over
        self._log.warning("given up" if over else "not had", source=label, problem=problem)

    def trouble(self, problem: Problem) -> None:
        """Tell of a problem that stays until somebody mends it, once."""
        if problem.message not in self._told:
            self._told.add(problem.message)
            self._log.warning("problem", problem=problem.message)

    def spent(self) -> None:
        """Tell that the budget is spent."""
        more = "The rest waits. Raise budget in the feeds file if it is too small."
        self._log.warning("budget spent", problem=more)

    def busy(self, problem: str, *, held: bool) -> None:
        """Tell that the ledger cannot be written; ``held`` where another process holds it."""
        self.round.busy = True
        if held:
            self._metrics.busy.inc()
        told = f"{problem} What was fetched is kept, and added once the ledger can be written."
        self._log.warning("ledger busy" if held else "ledger", problem=told)

    def taken(self, label: str, one: Taken) -> None:
        """Tell what adding one item came to."""
        added, done = one.added, self.round
        done.documents += added.documents
        done.known += added.known
        done.claims += added.claims
        done.failed += added.failed
        for outcome, count in (("new", added.documents), ("known", added.known), ("failed", added.failed)):
            self._metrics.documents.labels(label, outcome).inc(count)
        self._metrics.claims.labels(label).inc(added.claims)
        self._log.info(
            "added",
            source=label,
            what=one.held.item.name,
            documents=added.documents,
            claims=added.claims,
            known=added.known or None,
        )

    def delivered(self, rule: str, output: str, sent: int, problem: str | None) -> None:
        """Tell that an alert was delivered, or why not."""
        self.round.alerts += sent
        self._metrics.alerts.labels(rule, output, "failed" if problem else "sent").inc()
        if problem:
            self._log.warning("alert not delivered", output=output, problem=problem)

    def finish(self, *, waiting: dict[str, int], failures: dict[str, int]) -> None:
        """Tell what a round came to.

        Args:
            waiting: how many pages were found, items held and alerts not delivered.
            failures: how often each source has failed in a row.
        """
        self._metrics.round.observe(self.round.seconds)
        for what, count in waiting.items():
            self._metrics.waiting.labels(what).set(count)
        for label, count in failures.items():
            self._metrics.failures.labels(label).set(count)
        told = {name: value for name, value in msgspec.structs.asdict(self.round).items() if value}
        if told.keys() - {"seconds"}:
            self._log.info("round", **told)
