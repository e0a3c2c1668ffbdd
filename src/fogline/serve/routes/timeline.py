"""Claims by day and group, for a histogram."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

import numpy as np
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from numpy.typing import NDArray

from ...store.filters import EVENTS, STATUSES
from ..answers import DayCount, Timeline
from ..asking import Asking, Viewing, answer
from ..index import Index, Ints
from ..schema import told
from ..words import Mask

router = APIRouter(tags=["search"])

BROAD = 7  # days: what tells of more is on no day of a histogram

Group = Annotated[
    Literal["side", "voice_side", "event", "status"],
    Query(description="by who acts (or is acted upon), by who speaks, by type, or by status"),
]


@router.get("/timeline", summary="How many claims each day has", responses=told(Timeline))
def timeline(request: Request, view: Viewing, asked: Asking, group: Group = "side") -> Response:
    """Count claims by the day of the event or, with ``by=report``, of publication.

    A claim that tells of several days, up to a week, is counted on the first; ``""`` are claims whose side
    is not known.
    """
    key = ("timeline", asked, group)
    return answer(
        request,
        view.answers.get(
            key, lambda: counted(view.index, view.claims(asked), group, reported=asked.reported)
        ),
    )


def counted(index: Index, met: Mask, group: str, *, reported: bool) -> Timeline:
    """Count the claims that are met by day and group."""
    first = np.where(index.earliest > 0, index.earliest, index.latest)
    last = np.where(index.latest > 0, index.latest, index.earliest)
    if reported:
        first = last = index.published
    dated, short = first > 0, last - first < BROAD
    rows = np.flatnonzero(met & dated & short)
    codes, names = _group(index, group)
    day, code = first[rows].astype(np.int64), codes[rows]
    days: dict[int, dict[str, int]] = {}
    pairs, counts = np.unique(day * (len(names) + 1) + code, return_counts=True)
    for pair, count in zip(pairs.tolist(), counts.tolist(), strict=True):
        at, kind = divmod(pair, len(names) + 1)
        days.setdefault(at, {})[names[kind]] = count
    return Timeline(
        days=[DayCount(day=date.fromordinal(at), counts=found) for at, found in days.items()],
        broad=int((met & dated & ~short).sum()),
        undated=int((met & ~dated).sum()),
    )


def _group(index: Index, group: str) -> tuple[Ints | NDArray[Any], tuple[str, ...]]:
    """Return each claim's code and the names of the codes; the first is for claims without one."""
    if group == "event":
        return index.event + 1, ("", *EVENTS)
    if group == "status":
        return index.status + 1, ("", *STATUSES)
    return (index.voice_side if group == "voice_side" else index.lead_side) + 1, ("", *index.sides)
