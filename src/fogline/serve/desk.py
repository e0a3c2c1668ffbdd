"""One open ledger with what its answers are worked out from; made anew whenever the ledger changes."""

from __future__ import annotations

import logging
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Sequence
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any, TypeVar, cast

import msgspec
import numpy as np

from ..ledger import Ledger
from ..link.records import Record
from ..resolve.gazetteer import open_gazetteer
from ..store import DocumentSummary, Stored
from .answers import Review, VoiceItem
from .clusters import Points, claim_points, event_points
from .heard import voices
from .index import Index
from .judged import judged, taken_back, with_record
from .selection import Asked, select, with_events
from .towns import Towns
from .words import Mask

T = TypeVar("T")

_log = logging.getLogger("fogline.serve")
_SELECTIONS = 256
_TILES = 4096
_READERS = 3
_PATIENCE = 2.0  # seconds that somebody who judges waits for lists to show it


class Recent:
    """The values worked out last, up to a number; safe to use from several threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return the value of a key, worked out where it is not held."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return cast("T", self._held[key])
        value = make()
        self.put(key, value)
        return value

    def peek(self, key: Hashable) -> Any:
        """Return what is held for a key, None where nothing is."""
        with self._lock:
            return self._held.get(key)

    def put(self, key: Hashable, value: Any) -> None:
        """Hold a value."""
        with self._lock:
            self._held[key] = value
            if len(self._held) > self._most:
                self._held.popitem(last=False)


class View:
    """A ledger as it was at one moment: its index, and what was asked of it since."""

    def __init__(self, index: Index, revision: str) -> None:
        self.index = index
        self.revision = revision
        self._selections = Recent(_SELECTIONS)
        self.answers = Recent(_TILES)

    @cached_property
    def claim_points(self) -> Points:
        """The located places of claims."""
        return claim_points(self.index)

    @cached_property
    def event_points(self) -> Points:
        """The located events."""
        return event_points(self.index)

    def claims(self, asked: Asked) -> Mask:
        """Return which claims meet the filters."""
        return self._selections.get(asked, lambda: select(self.index, asked))

    def events(self, asked: Asked) -> Mask:
        """Return which events have a claim that meets the filters."""
        return self._selections.get(("events", asked), lambda: with_events(self.index, self.claims(asked)))


class Desk:
    """A ledger that is served: read by many at once, written by one at a time.

    Args:
        ledger: the ledger, open for writing where anybody may add or review.
        embargoed: whether the ledger holds back what is too young, so that answers change with the day.
    """

    def __init__(self, ledger: Ledger, *, embargoed: bool = False) -> None:
        self.ledger = ledger
        self.embargoed = embargoed
        self.changing = threading.RLock()  # held while events are worked out or judged
        self.reading = threading.BoundedSemaphore(_READERS)  # held while whole claims are read
        self.working = threading.Lock()  # held while something is worked out that takes long
        self._boot = secrets.token_hex(4)
        self._count = 0
        self._day = _today()
        self._stale = threading.Event()
        self._loading = threading.Lock()
        self.base = Recent(_TILES)  # parts of the base map, which no change of the ledger touches
        open_gazetteer()  # names in filters are looked up in it, and the first to ask should not wait
        self.view = self._load()

    def current(self) -> View:
        """Return the present view; a new day (which an embargo counts by) begins a new one."""
        if self.embargoed and self._day != _today():
            self._day = _today()
            self.changed(patience=0.0)
        return self.view

    def changed(self, *, patience: float | None = None) -> None:
        """Let go of what was worked out from the ledger before it changed.

        Args:
            patience: how many seconds to wait for the new view, which is made in the background; until it is
                there where None.
        """
        self._stale.set()
        self.view.revision = self._next()  # what is read from the ledger itself may differ from now on
        making = threading.Thread(target=self._reload, name="fogline-index", daemon=True)
        making.start()
        making.join(patience)

    def items(self, view: View, rows: Sequence[int]) -> list[msgspec.Raw]:
        """Return claims as they are listed, by their rows in the view's index."""
        return [view.index.item(row) for row in rows]

    def stored(self, ids: Sequence[str]) -> list[Stored]:
        """Return claims by their ids; only so many requests at once read whole claims."""
        with self.reading:
            return self.ledger.claims_of_ids(ids)

    def documents(self, view: View) -> dict[str, DocumentSummary]:
        """Return the documents that may be shown, by id."""

        def made() -> dict[str, DocumentSummary]:
            with self.working:
                return {one.id: one for one in self.ledger.documents()}

        return view.answers.get("documents", made)

    def voices(self, view: View, met: Mask) -> list[VoiceItem]:
        """Return who speaks in the claims that are met, each with its record and the letter set by hand."""
        records = view.answers.get("records", self._records)
        letters = view.answers.get("letters", lambda: judged(self.ledger.reviews()))
        return [with_record(voice, records, letters) for voice in voices(view.index, met)]

    def reviews(self, subjects: Collection[str] | None = None) -> list[Review]:
        """Return what people judged, of some claims and voices or of all, the last first."""
        found = self.ledger.reviews()
        undone = taken_back(found)
        return [
            Review(**msgspec.structs.asdict(one), undone=one.id in undone)
            for one in reversed(found)
            if subjects is None or one.subject in subjects or one.other in subjects
        ]

    def judge(self, kind: str, subject: str, *, reviewer: str, reason: str, **told: str | None) -> Review:
        """Write a judgement down, and work out anew what it bears on."""
        with self.changing:
            made = self.ledger.review(kind, subject, reviewer=reviewer, reason=reason, **told)
        self.changed(patience=_PATIENCE)
        return Review(**msgspec.structs.asdict(made))

    def link(self) -> None:
        """Work out the events anew, with the claims that came."""
        with self.changing:
            self.ledger.link()

    def _records(self) -> dict[str, Record]:
        """Return the records of voices; none under an embargo, which they may lean on what it holds back."""
        return {} if self.embargoed else self.ledger.records()

    @cached_property
    def towns(self) -> Towns:
        """The settlements of the base map."""
        return Towns()

    def _reload(self) -> None:
        """Make views until none is stale; one thread at a time does."""
        with self._loading:
            while self._stale.is_set():
                self._stale.clear()
                try:
                    self.view = self._load()
                except Exception:
                    _log.exception("The index could not be made anew; the earlier one is kept")

    def _load(self) -> View:
        return View(Index(self.ledger.stream(), self.ledger.events()), self._next())

    def _next(self) -> str:
        self._count += 1
        return f"{self._boot}-{self._count}"


def rows_of(met: Mask) -> list[int]:
    """Return the rows that are met, in order."""
    return np.flatnonzero(met).tolist()


def _today() -> date:
    return datetime.now(UTC).date()
