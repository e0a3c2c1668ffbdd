"""One open ledger with what its answers are worked out from; made anew whenever the ledger changes."""

from __future__ import annotations

import atexit
import gc
import logging
import secrets
import threading
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from typing import TypeVar

import msgspec
import numpy as np

from ..errors import FoglineError
from ..ledger import Ledger
from ..link.records import Record
from ..resolve.gazetteer import open_gazetteer
from ..store import DocumentSummary, Stored
from .answers import Review, VoiceItem
from .heard import voices
from .index import Index
from .judged import judged, taken_back, with_record
from .view import Recent, View
from .words import Mask, Named

T = TypeVar("T")

_log = logging.getLogger("fogline.serve")
atexit.register(gc.unfreeze)  # what is kept for long is let go of in order when the process ends
_GLANCE = 5.0  # seconds after which it is looked for what others wrote
_READERS = 3


class _Closed(Exception):
    """The ledger is about to be closed."""


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
        self._stamp = ledger.store.stamp()
        self._glanced = time.monotonic()
        self._stale = threading.Event()
        self._claims_stale = False
        self._loading = threading.Lock()
        self._closing = threading.Event()
        self.base = Recent()  # parts of the base map, which no change of the ledger touches
        open_gazetteer()  # names in filters are looked up in it, and the first to ask should not wait
        self.view = self._load()

    def current(self) -> View:
        """Return the present view; a new day (which an embargo counts by) begins a new one."""
        self._glance()
        if self.embargoed and self._day != _today():
            self._day = _today()
            self.changed(patience=0.0)
        return self.view

    def _glance(self) -> None:
        """Look now and then whether others have written to the ledger, as they can to one on a server."""
        if time.monotonic() - self._glanced < _GLANCE:
            return
        self._glanced = time.monotonic()
        with suppress(FoglineError):  # a server that is away is told by whatever is asked next
            stamp = self.ledger.store.stamp()
            if stamp != self._stamp:
                self._stamp = stamp
                self.changed(patience=0.0)

    def changed(self, *, patience: float | None = None, claims: bool = True) -> None:
        """Let go of what was worked out from the ledger before it changed.

        Args:
            patience: how many seconds to wait for the new view, which is made in the background; until it is
                there where None.
            claims: whether claims changed; events alone are read faster.
        """
        self._claims_stale |= claims
        self._stale.set()
        self.view.revision = self._next()  # what is read from the ledger itself may differ from now on
        making = threading.Thread(target=self._reload, name="fogline-index", daemon=True)
        making.start()
        making.join(patience)

    def close(self) -> None:
        """Leave off what is worked out in the background, before the ledger is closed."""
        self._closing.set()
        with self._loading:
            self._stale.clear()

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

        return view.of_claims.get("documents", made)

    def voices(self, view: View, met: Mask) -> list[VoiceItem]:
        """Return who speaks in the claims that are met, each with its record and the letter set by hand."""
        records = view.of_all.get("records", self._records)
        letters = view.of_all.get("letters", lambda: judged(self.ledger.reviews()))
        return [with_record(voice, records, letters) for voice in voices(view.index, met)]

    def documents_named(self, view: View) -> Named[DocumentSummary]:
        """Return the documents that may be shown, to be found by title, outlet and id."""

        def made() -> Named[DocumentSummary]:
            items = list(self.documents(view).values())
            return Named(items, [f"{one.title or ''} {one.outlet or ''} {one.id}" for one in items])

        return view.of_claims.get("documents named", made)

    def voices_named(self, view: View) -> Named[VoiceItem]:
        """Return all voices, to be found by name."""

        def made() -> Named[VoiceItem]:
            found = self.voices(view, np.ones(len(view.index), bool))
            return Named(found, [voice.name or voice.outlet or "" for voice in found])

        return view.of_all.get("voices named", made)

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
        """Write a judgement down, and work out anew what it bears on.

        The events of the claims that are judged are there at once; what follows further off, such as other
        grades of a voice whose record changed, comes soon after.
        """
        with self.changing:
            made = self.ledger.review(kind, subject, reviewer=reviewer, reason=reason, **told)
            self._take_up(self._judged(made.subject, made.other))
        self.changed(patience=0.0, claims=False)
        return Review(**msgspec.structs.asdict(made))

    def _judged(self, *about: str | None) -> set[str]:
        """Return the claims that a judgement is on; what takes one back is on the same."""
        before = {one.id: one for one in self.ledger.reviews()}
        while about[0] in before:
            about = (before[about[0]].subject, before[about[0]].other)
        return {id for id in about if id in self.view.index.row_of}

    def _take_up(self, claims: set[str]) -> None:
        """Put the events of these claims, and of all that are or were in one with them, as they are now."""
        view = self.view
        index, size = view.index, -1
        while len(claims) > size:
            size = len(claims)
            came = [self.ledger.event(id) for id in set(self.ledger.events_by_claim(sorted(claims)).values())]
            claims |= {id for event in came for id in event.claims if id in index.row_of}
            gone = {id for claim in claims if (id := index.event_id(index.row_of[claim])) is not None}
            claims |= {id for event in gone for id in index.events[index.event_row[event]].claims}
        self.view = View(index.regrouped(gone, came), self._next(), view.of_claims)

    def link(self) -> None:
        """Work out the events anew, with the claims that came."""
        with self.changing:
            self.ledger.link()

    def _records(self) -> dict[str, Record]:
        """Return the records of voices; none under an embargo, which they may lean on what it holds back."""
        return {} if self.embargoed else self.ledger.records()

    def _reload(self) -> None:
        """Make views until none is stale; one thread at a time does."""
        with self._loading:
            while self._stale.is_set() and not self._closing.is_set():
                self._stale.clear()
                claims, self._claims_stale = self._claims_stale, False
                try:
                    view = self._load() if claims else self._load_events()
                except _Closed:
                    return
                except Exception:
                    _log.exception("The index could not be made anew; the earlier one is kept")
                    continue
                if self._stale.is_set():  # older than what is shown may be, after a judgement meanwhile
                    self._claims_stale |= claims
                else:
                    self.view = view

    def _load(self) -> View:
        with _kept_for_long():
            claims, events = self._open(self.ledger.stream()), self._open(self.ledger.events())
            return self._ready(View(Index(claims, events), self._next()))

    def _load_events(self) -> View:
        with _kept_for_long():
            before, events = self.view, self._open(self.ledger.events())
            return self._ready(View(before.index.regrouped(None, events), self._next(), before.of_claims))

    def _ready(self, view: View) -> View:
        """Work out what searches need, so that whoever searches first does not wait."""
        self.documents_named(view)
        self.voices_named(view)
        return view

    def _open(self, things: Iterable[T]) -> Iterator[T]:
        """Give things as long as the ledger stays open."""
        for one in things:
            if self._closing.is_set():
                raise _Closed
            yield one

    def _next(self) -> str:
        self._count += 1
        return f"{self._boot}-{self._count}"


@contextmanager
def _kept_for_long() -> Iterator[None]:
    """Let the garbage collector go through what is made meanwhile no more than once.

    It would look at all of it again and again, while it is made and as long as the server runs, and every
    answer would wait for that: half a second with 100,000 claims.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()  # what was kept before may be of no use now
        gc.collect()
        gc.freeze()


def _today() -> date:
    return datetime.now(UTC).date()
