"""The capital that a report does not call by name: "shells fell on the capital", "the Eritrean capital"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ..model import PlaceMention
from .claim_anaphors import claim_words
from .gazetteer import countries, open_gazetteer

_CAPITAL = re.compile(
    r"(?:\b(?:the|its|their)\s+(?:(?P<kind>[\w-]+)\s+)?|(?P<owner>\w)(?:'s|’s)\s+)capital(?!\w|-)(?!,?\s+(?:of\b|[A-Z]))"
)
_MAIN = 0.5  # share of a report's places that its country has at least, for "the capital" to be its capital
_SCORE = 0.8


def with_capitals(text: str, mentions: Sequence[PlaceMention]) -> Sequence[PlaceMention]:
    """Return the place names of a report and, among them, the capitals that it does not call by name.

    A bare "the capital" is that of the country where most of the report's places lie, "the Eritrean
    capital" Eritrea's; a provincial or commercial capital is none.

    Args:
        text: the report.
        mentions: its place names, in order.
    """
    found = []
    for match in _CAPITAL.finditer(text):
        country = _country(match, mentions)
        capital = _capital(country) if country else None
        if capital is not None:
            start = match.start() if match["owner"] is None else match.end() - len("capital")
            found.append(
                PlaceMention(
                    text=text[start : match.end()], start=start, end=match.end(), name=capital.name,
                    geonameid=capital.geonameid, country=country, feature="PPL", lat=capital.lat,
                    lon=capital.lon, precision="settlement", radius_km=capital.radius_km, score=_SCORE,
                    reason=f"{capital.name} is the capital of the country that the words mean.",
                )
            )  # fmt: skip
    if not found:
        return mentions
    apart = [m for m in mentions if not any(m.start < f.end and f.start < m.end for f in found)]
    return sorted((*apart, *found), key=lambda m: m.start)


def _country(match: re.Match[str], mentions: Sequence[PlaceMention]) -> str | None:
    """Return the country (ISO 3166 alpha-3) whose capital is meant, None where it is no country's."""
    if match["owner"] is not None or match["kind"] is not None:
        at = match.start("owner") if match["owner"] is not None else match.start("kind")
        named = next((m for m in mentions if m.start <= at < m.end), None)
        if named is not None:
            return named.country if named.precision == "country" else None
        if match["kind"] is None or match["kind"].lower() not in claim_words()["national"]:
            return None
    of = Counter(m.country for m in mentions if m.country and m.kind in {"literal", "demonym"})
    most = of.most_common(1)
    return most[0][0] if most and most[0][1] >= _MAIN * of.total() else None


def _capital(country: str) -> PlaceMention | None:
    """Return the capital of a country, None where the gazetteer has none."""
    told = next((c for c in countries().values() if c.iso3 == country), None)
    if told is None:
        return None
    entries = open_gazetteer().entries(told.capital)
    entry = next((e for e in entries if e.feature == "PPLC" and e.country == told.iso2), None)
    if entry is None:
        return None
    return PlaceMention(
        text=told.capital, start=0, end=0, name=entry.name, geonameid=entry.geonameid or None,
        lat=round(entry.lat, 5), lon=round(entry.lon, 5), radius_km=round(entry.radius_km, 1),
    )  # fmt: skip
