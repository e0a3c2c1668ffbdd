"""Alerts as lines on standard output."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from ..alerts import Alert


class Line:
    """Prints one line an alert."""

    at_once = 1

    def __call__(self, alerts: Sequence[Alert]) -> None:
        """Print alerts."""
        for alert in alerts:
            print(alert.text, flush=True, file=sys.stdout)
