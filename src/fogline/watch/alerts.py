"""What to alert of: new claims that meet a rule, disputes and confirmations that they bring about."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, Literal

import msgspec
from msgspec import Struct

from ..errors import LedgerError
from ..export.cells import cells
from ..export.event_rows import event_flat
from ..export.safe import printable
from ..ledger import Ledger
from ..model import Claim, Event, Origin
from ..release import TOWN_RADIUS_KM
from ..store import Filters, Stored
from .feeds import Rule
from .state import State

_WORDS = 240  # characters of a claim's words in an alert's text


class Report(Struct, frozen=True, kw_only=True):
    """What an alert tells of the document of its claim."""

    id: str
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: str | None = None


class Alert(Struct, frozen=True, kw_only=True):
    """One alert: ``text`` says it in a line, the rest is for programs.

    The id stays the same however often it is worked out, so that nothing is alerted of twice.
    """

    id: str
    rule: str
    kind: Literal["claim", "disputed", "confirmed"]
    at: datetime
    text: str
    claim: Claim
    document: Report
    event: dict[str, Any] | None = None


class Alerts:
    """Works out alerts and keeps them until they are delivered.

    Args:
        state: where they are kept.
        rules: when to alert.
        coarsen: whether points are rounded to town level, so that no smaller radius can tell more.
    """

    def __init__(self, state: State, rules: Sequence[Rule], *, coarsen: bool) -> None:
        self._state = state
        self._rules = [(rule, _coarse(rule.filters()) if coarsen else rule.filters()) for rule in rules]

    def waiting(self) -> bool:
        """Tell whether there is anything to look through."""
        return self._state.one("SELECT 1 FROM news") is not None

    def look(self, ledger: Ledger, *, embargoed: bool) -> int:
        """Look through what is new in the ledger; return how many alerts there are.

        What an embargo holds back is looked through again until it is let out.

        Args:
            ledger: the ledger, linked.
            embargoed: whether it holds claims back for some time.
        """
        raws = tuple(raw for (raw,) in self._state.rows("SELECT raw FROM news"))
        if not raws:
            return 0
        found = [*self._found(ledger, raws)] if self._rules else []
        made = 0
        now = time.time()
        with self._state.change():
            for rule, alert in found:
                body = msgspec.json.encode(alert).decode()
                for output in rule.to:
                    made += self._state.run(
                        "INSERT OR IGNORE INTO alerts (id, output, rule, body, made, status) "
                        "VALUES (?, ?, ?, ?, ?, 'waiting')",
                        [alert.id, output, rule.name, body, now],
                    )
            if embargoed:
                self._state.run("DELETE FROM news WHERE until <= ?", [now])
            else:
                self._state.run("DELETE FROM news")
        return made

    def _found(self, ledger: Ledger, raws: tuple[str, ...]) -> Iterator[tuple[Rule, Alert]]:
        new = _News(ledger, ledger.claims(Filters(raws=raws)).stored)
        for rule, filters in self._rules if new.claims else ():
            met = ledger.claims(msgspec.structs.replace(filters, raws=raws)).stored
            yield from ((rule, alert) for alert in _alerts(rule, met, new))


class _News:
    """The claims that are new, and the events they stand in."""

    def __init__(self, ledger: Ledger, claims: Sequence[Stored]) -> None:
        self._ledger = ledger
        self.claims = {stored.claim.id: stored for stored in claims}
        self.documents = {stored.claim.document for stored in claims}
        self._of = ledger.events_by_claim([*self.claims])
        self._events: dict[str, Event | None] = {}

    def event(self, claim: str) -> Event | None:
        """Return the event of a claim, as embargo and coarsening let it out."""
        id = self._of.get(claim)
        if id is not None and id not in self._events:
            try:
                self._events[id] = self._ledger.event(id)
            except LedgerError:  # held back
                self._events[id] = None
        return self._events.get(id) if id is not None else None


def _alerts(rule: Rule, met: Sequence[Stored], new: _News) -> Iterator[Alert]:
    told: set[str] = set()
    for stored in met:
        event = new.event(stored.claim.id)
        if rule.confirmed or rule.disputed:
            if event is not None and event.id not in told:
                told.add(event.id)
                yield from _of_event(rule, stored, event, new)
            continue
        origin = _origin(event, stored.claim.id)
        if origin is not None:
            if origin.id in told or not set(origin.claims) <= new.claims.keys():
                continue  # one telling, printed again
            told.add(origin.id)
        text = f"{rule.name}: {_told(stored)}"
        yield _alert(rule, "claim", (stored.claim.id,), text, stored, event)


def _of_event(rule: Rule, stored: Stored, event: Event, new: _News) -> Iterator[Alert]:
    if rule.confirmed and event.independent >= 2:
        before = sum(o.independent and not set(o.documents) <= new.documents for o in event.origins)
        if before < 2:
            text = f"{rule.name}: {event.title}: {event.counted} {_told(stored)}"
            yield _alert(rule, "confirmed", (event.id,), text, stored, event)
    for dispute in event.disputes:
        if dispute.field not in rule.disputed:
            continue
        answers = [value.text for value in dispute.values if set(value.claims) <= new.claims.keys()]
        if answers:
            text = f"{rule.name}: {event.title}: {dispute.field} disputed: {dispute.text}. {_told(stored)}"
            yield _alert(rule, "disputed", (event.id, dispute.field, *sorted(answers)), text, stored, event)


def _origin(event: Event | None, claim: str) -> Origin | None:
    return next((o for o in event.origins if claim in o.claims), None) if event is not None else None


def _told(stored: Stored) -> str:
    """Say a claim in a line: what, where and when, who says it, in which words, and where that stands."""
    told = cells(stored.claim, outlet=stored.outlet)
    what = " ".join(filter(None, (told["event"], told["place"], told["day"])))
    status = f" ({told['status']})" if told["status"] != "happened" else ""
    words = told["words"] if len(told["words"]) <= _WORDS else f"{told['words'][: _WORDS - 1]}…"
    where = f" {stored.url}" if stored.url else ""
    return f"{what}{status}: {told['voice']}: “{words}” [{stored.claim.id[:9]}]{where}"


def _alert(
    rule: Rule,
    kind: Literal["claim", "disputed", "confirmed"],
    about: Sequence[str],
    text: str,
    stored: Stored,
    event: Event | None,
) -> Alert:
    cause = "\0".join((rule.name, kind, *about))
    return Alert(
        id=f"a{hashlib.sha256(cause.encode('utf-8', 'surrogatepass')).hexdigest()[:20]}",
        rule=rule.name,
        kind=kind,
        at=datetime.now(UTC),
        text=printable(text),
        claim=stored.claim,
        document=Report(
            id=stored.claim.document,
            title=stored.title,
            outlet=stored.outlet,
            url=stored.url,
            published=stored.published.isoformat() if stored.published else None,
        ),
        event=event_flat(event) if event is not None else None,
    )


def _coarse(filters: Filters) -> Filters:
    """Return filters whose radius is no finer than a town."""
    if filters.radius_km is None:
        return filters
    return msgspec.structs.replace(filters, radius_km=max(filters.radius_km, TOWN_RADIUS_KM))
