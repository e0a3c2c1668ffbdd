"""Who can hold land, and what to call it."""

from __future__ import annotations

from functools import lru_cache

from ..resolve.gazetteer import countries
from .statements import statements

CONTESTED = "contested"


@lru_cache(maxsize=4096)
def holder_of(side: str | None) -> str | None:
    """Return the party that holds land where forces of a side stand; None where the side holds none.

    States and the armed groups that Fogline knows hold land; civilians, international bodies, media and
    persons do not.
    """
    if side is None:
        return None
    side = statements().holds_for.get(side, side)
    if side in statements().holds_nothing:
        return None
    return side if side in _states() or side in _groups() else None


@lru_cache(maxsize=4096)
def party_named(name: str) -> str:
    """Return the party that an imported file means by a name: a state's code of two or three letters or
    its English name in any case; any other name is taken as it is.
    """
    told = " ".join(name.split())
    if told in _groups():
        return statements().holds_for.get(told, told)
    folded = told.casefold()
    for code, country in countries().items():
        words = (code, country.iso3, country.name, *country.names, *country.people)
        if folded in (word.casefold() for word in words):
            return country.iso3
    groups = {group.casefold(): group for group in _groups()}
    return groups.get(folded, told)


def party_title(party: str) -> str:
    """Return a party's name for people: a state's English name, a group's own."""
    return _states().get(party, party)


@lru_cache(maxsize=1)
def _states() -> dict[str, str]:
    return {country.iso3: country.name for country in countries().values()}


@lru_cache(maxsize=1)
def _groups() -> frozenset[str]:
    from ..resolve.parties.data import bodies

    fighting = [body for body in bodies() if body.kind == "party" and body.states]
    return frozenset(name for body in fighting for name in (body.side or body.name, body.name))
