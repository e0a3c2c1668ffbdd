"""A ledger as it was at one moment, with what was worked out of it since."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import cached_property
from typing import Any, TypeVar, cast

import numpy as np

from .clusters import Points, claim_points, event_points
from .index import Index
from .selection import Asked, select, with_events
from .words import Mask

T = TypeVar("T")

_SELECTIONS = 256
_ANSWERS = 4096


class Recent:
    """The values worked out last, up to a number; safe to use from several threads."""

    def __init__(self, most: int = _ANSWERS) -> None:
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
    """A ledger as it was at one moment: its index, and what was asked of it since.

    Args:
        index: the claims and events.
        revision: what this state of the ledger is known by.
        of_claims: what was worked out of the claims alone, by an earlier view of the same claims.
    """

    def __init__(self, index: Index, revision: str, of_claims: Recent | None = None) -> None:
        self.index = index
        self.revision = revision
        self._selections = Recent(_SELECTIONS)
        self.answers = Recent()
        self.of_all = Recent()  # what is worked out of the whole view, which no number of answers pushes out
        self.of_claims = of_claims or Recent()

    @cached_property
    def claim_points(self) -> Points:
        """The located places of claims."""
        return self.of_claims.get("points", lambda: claim_points(self.index))

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


def rows_of(met: Mask) -> list[int]:
    """Return the rows that are met, in order."""
    return np.flatnonzero(met).tolist()
