"""How sure a figure is: percentile intervals over resampled reports."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import TypeVar

Report = TypeVar("Report")


def bootstrap(
    reports: Sequence[Report],
    figure: Callable[[Sequence[Report]], float],
    *,
    rounds: int = 1000,
    level: float = 0.95,
    seed: int = 1,
) -> tuple[float, float]:
    """Return the interval that holds a figure in ``level`` of the resamples of its reports.

    Whole reports are drawn with replacement, since claims of one report stand or fall together.

    Source: B. Efron, R. J. Tibshirani, An Introduction to the Bootstrap (1993), ch. 13.
    """
    draw = random.Random(seed)
    values = sorted(figure(draw.choices(reports, k=len(reports))) for _ in range(rounds))
    tail = (1 - level) / 2
    return values[int(tail * rounds)], values[min(rounds - 1, int((1 - tail) * rounds))]
