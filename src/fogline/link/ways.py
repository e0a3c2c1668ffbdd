"""The ways in which claims put an occurrence, told by their type and the words of their evidence."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from ..model import Claim
from .data import data


class Way(Struct, frozen=True, kw_only=True):
    """One way to put an occurrence: its account (a name in disputes) and its templates."""

    type: str
    account: str
    noun: str
    active: str
    passive: str

    @property
    def name(self) -> str:
        """The name by which ``against`` in ``wording.yml`` calls it."""
        return f"{self.type}/{self.account}"


def way_of(claim: Claim) -> Way:
    """Return the way in which a claim puts its occurrence: the first whose words its evidence has."""
    rows = _ways()[claim.event]
    text = claim.evidence.text.casefold()
    return next((way for words, way in rows if words is not None and words.search(text)), rows[-1][1])


def stands_against(one: Way, other: Way) -> bool:
    """Tell whether two ways to put an occurrence cannot both be right."""
    return frozenset((one.name, other.name)) in _against()


def is_disputable(way: Way) -> bool:
    """Tell whether any other way to put an occurrence stands against this one."""
    return any(way.name in pair for pair in _against())


def agent_style(event: str) -> str:
    """Return how a state that acts is called: ``forces``, ``state`` or ``adjective``."""
    return str(data("wording.yml")["types"][event]["agent"])


@lru_cache(maxsize=1)
def _ways() -> dict[str, list[tuple[re.Pattern[str] | None, Way]]]:
    table = {}
    for event, row in data("wording.yml")["types"].items():
        table[event] = [(_pattern(way.get("words")), _way(event, way)) for way in row["ways"]]
    return table


def _way(event: str, row: dict[str, str]) -> Way:
    return Way(
        type=event, account=row["account"], noun=row["noun"], active=row["active"], passive=row["passive"]
    )


def _pattern(words: list[str] | None) -> re.Pattern[str] | None:
    """Return what finds any of the words, each at the beginning of a word."""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})") if words else None


@lru_cache(maxsize=1)
def _against() -> frozenset[frozenset[str]]:
    return frozenset(frozenset(pair) for pair in data("wording.yml")["against"])
