"""Wait politely for a ledger that another process holds."""

from __future__ import annotations

import time
from collections.abc import Callable

from ..errors import LedgerBusyError
from ..ledger import Ledger

_FIRST, _LONGEST = 0.05, 1.0  # seconds between two attempts


def patiently(
    connect: Callable[[], Ledger], seconds: float, *, stop: Callable[[], bool] = lambda: False
) -> Ledger:
    """Open a ledger, and try again for so long where another process holds it.

    Raises:
        LedgerBusyError: it was held all the time.
        LedgerError: it cannot be opened.
    """
    end, pause = time.monotonic() + seconds, _FIRST
    while True:
        try:
            return connect()
        except LedgerBusyError:
            if time.monotonic() + pause > end or stop():
                raise
        time.sleep(pause)
        pause = min(_LONGEST, pause * 2)
