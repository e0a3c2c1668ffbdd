"""A place that lies outside the country named beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ...model import Check, Place
from ...store.records import Stored
from .desk import Desk, finding, quoted, whence

_BESIDE = re.compile(
    r"(?:,\s(?:a|an|the)\s(?:[\w-]+\s){1,3}|,?\s)in\s(?:the\s)?(?:(?:north|south|east|west|central)\w*+[-\s]?(?:\w+ern\s)?(?:of\s)?)?"
    r"(?P<name>[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){0,2})|,\s(?P<bare>[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){0,2})(?=[,.;)])"
)


def country(desk: Desk) -> Iterator[Check]:
    """Find places resolved to another country than the one that the text names right behind them."""
    for stored in desk.claims:
        text, base = desk.sentence(stored)
        for place in stored.claim.places:
            if place.country is None or place.end is None or place.precision in ("country", "unknown"):
                continue
            told = _beside(text, place.end - base)
            if told is not None and told[1] != place.country:
                yield _found(stored, place, told[0])


def _beside(text: str, at: int) -> tuple[str, str] | None:
    """Return the country named right behind a place: its name in the text and its code."""
    match = _BESIDE.match(text, at) if 0 <= at < len(text) else None
    if match is None:
        return None
    if match["bare"]:
        code = _codes().get(match["bare"])
        return (match["bare"], code) if code else None
    words = match["name"].split()
    for count in range(len(words), 0, -1):
        name = " ".join(words[:count])
        if name in _codes():
            return name, _codes()[name]
    return None


def _found(stored: Stored, place: Place, told: str) -> Check:
    from ...resolve.gazetteer import countries

    other = next((c.name for c in countries().values() if c.iso3 == place.country), place.country)
    words = f"{quoted(stored.claim.evidence.text)} ({whence(stored)})"
    return finding(
        "country",
        f"{words}: {place.text} is placed in {other}, but the text names {told} beside it; either the place "
        "or the country is not the one meant.",
        [stored],
    )


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    """Return the ISO 3166 alpha-3 code of every country by its names."""
    from ...resolve.gazetteer import countries

    return {name: c.iso3 for c in countries().values() for name in (c.name, *c.names)}
