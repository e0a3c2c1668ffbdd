"""What the parts of a clause are in an event: frames, and the words that turn them around."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

import msgspec
from msgspec import Struct

from ..model import EventType
from .parties.data import read

Part = Literal["agent", "target", "own", "none"]


class Frame(Struct, frozen=True, forbid_unknown_fields=True):
    """What the parts of a clause are in an event of one type."""

    subject: Part = "none"
    object: Part = "none"
    passive: Part = "none"
    dative: Part = "none"
    by: Part = "none"
    of: Part = "none"
    possessor: Part = "none"
    on: Part = "none"
    at: Part = "none"
    into: Part = "none"
    against: Part = "none"
    to: Part = "none"
    for_: Part = msgspec.field(name="for", default="none")
    from_: Part = msgspec.field(name="from", default="none")
    with_: Part = msgspec.field(name="with", default="none")
    between: Part = "none"
    things: bool = False
    always: bool = False
    alone: bool = False
    lands: bool = False
    both: bool = False
    victims: bool = False

    def preposition(self, word: str) -> Part:
        """Return the part that the object of a preposition plays."""
        name = _RENAMED.get(word, word)
        return getattr(self, name, "none") if name in _PREPOSITIONS else "none"


_RENAMED = {"for": "for_", "from": "from_", "with": "with_", "upon": "on", "onto": "on", "among": "between"}
_PREPOSITIONS = frozenset({"on", "at", "into", "against", "to", "for_", "from_", "with_", "between"})


class Verbs(Struct, frozen=True, forbid_unknown_fields=True):
    """Verbs and nouns that turn the parts of a clause around."""

    suffers: frozenset[str]
    bears: frozenset[str]
    does: frozenset[str]
    receives: frozenset[str]
    uses: frozenset[str]
    loses: frozenset[str]
    falls: frozenset[str]
    drives: frozenset[str]
    repels: frozenset[str]
    attempts: frozenset[str]
    commands: frozenset[str]
    faulting: frozenset[str]
    tells: frozenset[str]
    blames: frozenset[str]
    losses: frozenset[str]
    inflicts: frozenset[str]
    sums: frozenset[str]
    weapons: frozenset[str]


@lru_cache(maxsize=1)
def frames() -> dict[EventType, Frame]:
    """Return the frame of each event type."""
    return read(__package__, "frames.yml", dict[EventType, Frame])


@lru_cache(maxsize=1)
def verbs() -> Verbs:
    """Return the verbs that turn parts around."""
    return read(__package__, "verbs.yml", Verbs)


@lru_cache(maxsize=1)
def predicates() -> dict[EventType, frozenset[str]]:
    """Return the words that carry an event of each type."""
    return read(__package__, "predicates.yml", dict[EventType, frozenset[str]])
