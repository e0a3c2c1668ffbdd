"""Deliver alerts, and again where an output did not take them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from itertools import groupby

import msgspec

from ..errors import FetchError
from .alerts import Alert
from .outputs import Deliver
from .politeness import back_off, retry_after
from .state import State

_FIRST = 30.0  # seconds before an output is tried again
_GIVEN_UP = 3 * 86_400.0  # seconds after which an alert is no news any more
_KEPT = 30 * 86_400.0

Told = Callable[[str, str, int, str | None], None]


class Delivery:
    """Delivers what waits, each alert once to each of its outputs.

    An alert is noted as sent after its output took it; where the process dies between the two it is sent
    again, under the same id.

    Args:
        state: where alerts are kept.
        outputs: where they go.
        told: called with rule, output, how many, and what went wrong, None where nothing did.
    """

    def __init__(self, state: State, outputs: Mapping[str, Deliver], told: Told) -> None:
        self._state = state
        self._outputs = outputs
        self._told = told

    def run(self, *, stop: Callable[[], bool]) -> None:
        """Deliver all that is due."""
        now = time.time()
        rows = self._state.rows(
            "SELECT output, id, body FROM alerts WHERE status = 'waiting' AND (due <= ? OR due > ?) "
            "ORDER BY output, made, id",
            [now, now + 2 * 86_400],
        )
        for name, its in groupby(rows, key=lambda row: row[0]):
            alerts = [msgspec.json.decode(body, type=Alert) for _, _, body in its]
            output = self._outputs.get(name)
            if output is None:
                self._give_up(name, alerts, f"There is no output {name!r} in the feeds file any more.")
                continue
            for some in _some(alerts, output.at_once):
                if stop() or not self._sent(name, output, some):
                    break
        self._state.run("DELETE FROM alerts WHERE status != 'waiting' AND made < ?", [now - _KEPT])

    def _sent(self, name: str, output: Deliver, alerts: list[Alert]) -> bool:
        try:
            output(alerts)
        except BrokenPipeError:  # whoever read standard output has gone
            raise
        except Exception as error:
            self._later(name, alerts, error)
            return False
        self._mark(name, alerts, "sent", None)
        for alert in alerts:
            self._told(alert.rule, name, 1, None)
        return True

    def _later(self, name: str, alerts: list[Alert], error: Exception) -> None:
        """Put all that waits for an output off, and give up what has waited too long."""
        row = self._state.one("SELECT max(tries) FROM alerts WHERE output = ? AND status = 'waiting'", [name])
        tries = (row[0] if row and row[0] is not None else 0) + 1
        wait = back_off(tries, least=_FIRST)
        if isinstance(error, FetchError):
            wait = max(wait, retry_after(error.retry_after, now=time.time()))
        self._state.run(
            "UPDATE alerts SET tries = ?, due = ?, problem = ? WHERE output = ? AND status = 'waiting'",
            [tries, time.time() + wait, str(error), name],
        )
        self._told(alerts[0].rule, name, 0, str(error))
        late = [alert for alert in alerts if time.time() - alert.at.timestamp() > _GIVEN_UP]
        if late:
            self._give_up(name, late, str(error))

    def _give_up(self, name: str, alerts: list[Alert], problem: str) -> None:
        self._mark(name, alerts, "given up", problem)
        self._told(alerts[0].rule, name, 0, f"{len(alerts)} alerts were given up. {problem}")

    def _mark(self, name: str, alerts: list[Alert], status: str, problem: str | None) -> None:
        with self._state.change():
            for alert in alerts:
                self._state.run(
                    "UPDATE alerts SET status = ?, problem = ? WHERE id = ? AND output = ?",
                    [status, problem, alert.id, name],
                )


def _some(alerts: list[Alert], most: int) -> Iterator[list[Alert]]:
    for begin in range(0, len(alerts), most):
        yield alerts[begin : begin + most]
