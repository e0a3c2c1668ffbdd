"""What a watch would fetch: its sources are looked at, and nothing of what they tell is kept."""

from __future__ import annotations

from collections.abc import Iterator

from ..logs import Log
from .desk import Setting, Watch
from .feeds import Feeds
from .metrics import Metrics
from .state import State


def preview(feeds: Feeds, state: State, setting: Setting, *, log: Log) -> Iterator[str]:
    """Give a line for each thing that a round would take: its source and its address or name.

    Feeds, sitemaps and robots.txt are asked for; what a watch knows is left as it is.
    """
    with state.copy() as copy:
        watch = Watch(feeds, copy, setting, outputs={}, log=log, metrics=Metrics())
        for label, place in watch.survey():
            yield f"{label}: {place}"
