"""How much may be asked for and taken in an hour, or a round."""

from __future__ import annotations

import time

from .feeds import Budget
from .state import State

_HOUR = 3600.0


class Purse:
    """What is left of a budget.

    Args:
        state: keeps what was spent within the hour, so that a restart does not begin it anew.
        budget: how much there is.
    """

    def __init__(self, state: State, budget: Budget) -> None:
        self._state = state
        self._budget = budget
        self._since = time.time()
        state.run("DELETE FROM spent WHERE at < ? OR at > ?", [self._since - _HOUR, self._since])

    def spend(self, *, requests: int = 0, documents: int = 0, size: int = 0) -> None:
        """Write down what was asked for and taken."""
        self._state.run("INSERT INTO spent VALUES (?, ?, ?, ?)", [time.time(), requests, documents, size])

    def left(self) -> tuple[int, int, int]:
        """Return how many requests, documents and bytes are left; never less than none."""
        since = self._since if self._budget.per == "round" else time.time() - _HOUR
        row = self._state.one(
            "SELECT coalesce(sum(requests), 0), coalesce(sum(documents), 0), coalesce(sum(bytes), 0) "
            "FROM spent WHERE at >= ?",
            [since],
        )
        requests, documents, size = row or (0, 0, 0)
        most = self._budget
        return (
            max(0, most.requests - requests),
            max(0, most.documents - documents),
            max(0, int(most.megabytes * 1e6) - size),
        )
