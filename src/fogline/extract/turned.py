"""Mend events that a clause's own verb contradicts: who arrives does not withdraw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from ..model import EventType
from .data import data

if TYPE_CHECKING:
    from .parse import Parse
    from .reader import Reading


@dataclass(frozen=True, slots=True)
class _Turn:
    of: EventType
    to: EventType
    verbs: frozenset[str]
    unless: frozenset[str]


@lru_cache(maxsize=1)
def _turns() -> tuple[_Turn, ...]:
    return tuple(
        _Turn(row["from"], row["to"], frozenset(row["verbs"]), frozenset(row["unless"]))
        for row in data("extract/turned.yml")["turns"]
    )


def turned(parse: Parse, readings: Sequence[Reading]) -> list[Reading]:
    """Return the readings, those with the event of their verb whose verb says another than was read."""
    return [_turned(parse, reading) for reading in readings]


def _turned(parse: Parse, reading: Reading) -> Reading:
    tokens = parse.tokens(reading.evidence)
    for turn in _turns() if tokens is not None else ():
        if reading.event == turn.of:
            lemmas = {t.lemma_.lower() for t in tokens or ()}
            if lemmas & turn.verbs and not lemmas & turn.unless:
                return replace(reading, event=turn.to)
    return reading
