"""The sources of a watch: when each is due, what it told, what went wrong with it."""

from __future__ import annotations

import random
import time
from collections.abc import Mapping

import msgspec
from msgspec import Struct

from ..ingest import Item
from .feeds import Feeds, Source
from .politeness import back_off
from .queue import validators
from .state import State

_FIRST = 60.0  # the least wait after a failure, in seconds
_LATEST = 90_000.0  # a day, the longest wait, and a little


class Standing(Struct, frozen=True, kw_only=True):
    """How a source stands; times are seconds since 1970."""

    source: Source
    validators: Mapping[str, str]
    visits: int
    failures: int
    due: float
    problem: str | None


class Lookout:
    """The sources of a feeds file with what is known of each.

    Args:
        state: where that is kept.
        feeds: the feeds file.
    """

    def __init__(self, state: State, feeds: Feeds) -> None:
        self._state = state
        self._feeds = feeds
        self.sources = {source.where: source for source in feeds.sources}
        with state.change():
            for place in self.sources:
                state.run("INSERT OR IGNORE INTO sources (place) VALUES (?)", [place])

    def standing(self, place: str) -> Standing:
        """Return how a source stands."""
        row = self._state.one(
            "SELECT mark, visits, failures, due, problem FROM sources WHERE place = ?", [place]
        )
        assert row is not None  # it was put there when the watch began
        told = msgspec.json.decode(row[0], type=dict[str, str]) if row[0] else {}
        return Standing(
            source=self.sources[place],
            validators=told,
            visits=row[1],
            failures=row[2],
            due=row[3],
            problem=row[4],
        )

    def due(self, *, all_sound: bool) -> list[Standing]:
        """Return the sources that are to be looked at.

        Args:
            all_sound: all of them, but for those that failed and are not due again.
        """
        now = time.time()
        found = map(self.standing, self.sources)
        return [
            s for s in found if not now < s.due <= now + self._latest(s) or (all_sound and not s.failures)
        ]

    def next(self) -> float:
        """Return when the next source is due, in seconds since 1970."""
        now = time.time()
        dues = [self.standing(place).due for place in self.sources]
        return min(due if due < now + _LATEST else now for due in dues)

    def answered(self, source: Source, item: Item | None) -> None:
        """Note that a source answered; ``item`` None where nothing in it has changed."""
        mark = msgspec.json.encode(validators(item)).decode() if item is not None else None
        self._state.run(
            "UPDATE sources SET mark = coalesce(?, mark), checked = ?, due = ?, failures = 0, "
            "problem = NULL, visits = visits + 1 WHERE place = ?",
            [mark, time.time(), time.time() + self._pace(source), source.where],
        )

    def failed(self, source: Source, problem: str, *, wait: float = 0.0) -> float:
        """Note that a source failed, and return for how many seconds it is left alone."""
        failures = self.standing(source.where).failures + 1
        least = max(_FIRST, self._feeds.pace(source))
        wait = max(wait, back_off(failures, least=least))
        self._state.run(
            "UPDATE sources SET failures = ?, problem = ?, due = ? WHERE place = ?",
            [failures, problem, time.time() + wait, source.where],
        )
        return wait

    def put_off(self, source: Source, seconds: float) -> None:
        """Look at a source later, for no fault of its own."""
        self._state.run("UPDATE sources SET due = ? WHERE place = ?", [time.time() + seconds, source.where])

    def _latest(self, standing: Standing) -> float:
        """Return the longest that a source can have to wait; later means that a clock has jumped.

        A host that asked to be left alone for longer is left alone all the same.
        """
        return _LATEST if standing.failures else 1.1 * self._feeds.pace(standing.source)

    def _pace(self, source: Source) -> float:
        """Return when to look again, with some chance in it, so that not all sources are due at once."""
        return self._feeds.pace(source) * random.uniform(0.95, 1.05)
