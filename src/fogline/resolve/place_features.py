"""What speaks for and against a place as the meaning of a name, as numbers.

Each feature is something that can be told in a sentence; a place's weight is their weighted sum
(``places.json``, learned by ``training/places.py``), its probability the softmax over the candidates.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field

from .gazetteer import Entry, kilometres
from .gazetteer.features import SETTLED
from .place_groups import Group

FEATURES = (
    "population",  # logarithm of the population, 0 to 1
    "country",  # is a country
    "region1",  # is a first-level region
    "region2",  # is a second-level region
    "area",  # is a named area, sea, river…
    "capital",  # is a capital
    "own",  # the name is the place's own
    "loose",  # only the folded spelling meets
    "asked",  # is of the kind that a word beside the name asks for
    "unasked",  # is of another kind
    "inside",  # lies in the place that the text names as holding it
    "outside",  # does not
    "country share",  # share of the document's other places that lie in its country
    "country named",  # its country, or its people, is named in the document
    "region share",  # share of the other places in its region
    "near",  # other places of the document lie within some 150 km
    "first",  # has the most people of the candidates
    "home",  # lies in the country of the outlet
    "eponym",  # is a region whose chief town bears the same name, and no word asks for a region
    "loose abroad",  # only the folded spelling meets, in a country that the document is not about
    "in district",  # lies in a second-level region that the document names
    "hamlet",  # is a village of which only the community is known
    "nowhere",  # is none of the candidates (1 in the row that stands for this, after the others)
    "elsewhere",  # the same, where the document is about countries in which no candidate lies
)
_CHIEF = 0.1  # share of a region's people from which a town is its chief one
_KNOWN = 100_000  # people of a town from which reports abroad call it by its other names
_SEAT = 1.0  # importance of a building that reports name
_ASKED: dict[str, frozenset[str]] = {
    "ADM": frozenset({"ADM1", "RGN"}),
    "ADM2": frozenset({"ADM2"}),
    "PPL": SETTLED,
    "STM": frozenset({"STM", "CNL"}),
    "LK": frozenset({"LK", "SEA"}),
    "ISL": frozenset({"ISL", "PEN"}),
    "FAC": frozenset({"AIRB", "AIRP", "CMP", "PRN", "DAM", "BLDG", "NPP", "PLNT"}),
    "RGN": frozenset({"RGN", "MTS", "PASS", "DSRT", "LINE", "PEN", "STM"}),
}


@dataclass(slots=True)
class Context:
    """What the other places of a document say, weighted by how surely they are what they seem."""

    countries: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    regions: dict[int, float] = field(default_factory=lambda: defaultdict(float))
    named: set[str] = field(default_factory=set)
    points: list[tuple[int, float, float, float]] = field(default_factory=list)
    districts: list[tuple[int, Entry, float]] = field(default_factory=list)
    total: float = 0.0
    home: str | None = None


def context_of(groups: list[Group], chances: list[list[float]], home: str | None = None) -> Context:
    """Gather what the places of a document say of each other.

    Args:
        groups: the names.
        chances: for each group the probabilities of its candidates so far (and of none of them, last).
        home: country of the outlet (ISO 3166 alpha-2), None where unknown.
    """
    context = Context(home=home)
    for number, (group, probabilities) in enumerate(zip(groups, chances, strict=True)):
        mass = min(2.0, math.sqrt(len(group.mentions)))
        for entry, p in zip(group.candidates, probabilities, strict=False):
            if entry.feature == "PCLI" and p > 0.5:
                context.named.add(entry.country)
            if p < 0.05 or not entry.country:
                continue
            context.countries[entry.country] += mass * p
            context.total += mass * p
            if entry.feature == "PCLI":
                continue
            if entry.region >= 0:
                context.regions[entry.region] += mass * p
            if entry.feature == "ADM2" and group.asked & {"ADM", "ADM2"}:
                context.districts.append((number, entry, p))
            if entry.radius_km < 120:
                context.points.append((number, entry.lat, entry.lon, mass * p))
    return context


def features_of(
    number: int, groups: list[Group], chances: list[list[float]], context: Context, by_key: dict[str, int]
) -> list[list[float]]:
    """Return the features of each candidate of a group, and last of "none of them"."""
    group = groups[number]
    mass = min(2.0, math.sqrt(len(group.mentions)))
    holders = [
        (entry, p)
        for key in group.inside
        if key in by_key
        for entry, p in zip(groups[by_key[key]].candidates, chances[by_key[key]], strict=False)
        if p > 0.02
    ]
    top = max((e.population for e in group.candidates), default=0)
    asked = _asked(group)
    rows = []
    for entry, p in zip(group.candidates, chances[number], strict=False):
        # What this very group has put into the context does not count for it.
        others = max(1e-6, context.total - mass * sum(chances[number]))
        same_country = max(
            0.0, context.countries.get(entry.country, 0.0) - mass * p_country(group, chances[number], entry)
        )
        same_region = (
            max(0.0, context.regions.get(entry.region, 0.0) - mass * p) if entry.region >= 0 else 0.0
        )
        kinds = [_ASKED[a] for a in asked]
        held = sum(q for holder, q in holders if holds(holder, entry))
        rows.append(
            [
                _importance(entry),
                float(entry.feature == "PCLI"),
                float(entry.feature == "ADM1"),
                float(entry.feature == "ADM2"),
                float(not entry.geonameid and entry.feature not in SETTLED),
                float(entry.feature == "PPLC"),
                float(entry.own),
                float(entry.loose),
                float(any(entry.feature in k for k in kinds)),
                float(bool(kinds) and not any(entry.feature in k for k in kinds)),
                min(1.0, held),
                float(bool(holders)) * (1 - min(1.0, held)),
                same_country / (others + 1.0) if entry.country else 0.0,
                float(entry.country in context.named and entry.feature != "PCLI"),
                same_region / (others + 1.0),
                _nearness(number, entry, context),
                float(entry.population == top and top > 0),
                float(entry.country == context.home) if context.home else 0.0,
                float(not group.asked & {"ADM", "ADM2"} and _has_chief_town(entry, group)),
                float(_doubtful(entry) and context.countries.get(entry.country, 0.0) < 0.1 * context.total),
                _in_district(number, entry, context),
                float(entry.feature == "PPLL"),
                0.0,
                0.0,
            ]
        )
    share = FEATURES.index("country share")
    focus = max((mass for mass in context.countries.values()), default=0.0) / (context.total + 1.0)
    strange = max((row[share] for row in rows), default=0.0) < 0.1
    rows.append([0.0] * (len(FEATURES) - 2) + [1.0, focus * strange])
    return rows


def _asked(group: Group) -> set[str]:
    """Return the kinds of place asked for; a "region" is a district where no region bears the name."""
    regions = any(entry.feature == "ADM1" for entry in group.candidates)
    return {"ADM2" if kind == "ADM" and not regions else kind for kind in group.asked}


def _has_chief_town(region: Entry, group: Group) -> bool:
    """Tell whether a region has a chief town, of its people a good part, that bears the same name."""
    if region.feature not in {"ADM1", "ADM2"}:
        return False
    towns = [
        e.population
        for e in group.candidates
        if e.feature in SETTLED and (e.own or e.region in {region.row, region.region})
    ]
    return max(towns, default=0) > _CHIEF * region.population


def _doubtful(entry: Entry) -> bool:
    """Tell whether only a folded spelling meets, or a lesser town's other name."""
    return entry.loose or (not entry.own and entry.feature == "PPL" and entry.population < _KNOWN)


def _importance(entry: Entry) -> float:
    """Return the weight of a place, 0 to about 1.3: by its people, or by its extent."""
    if entry.feature == "BLDG" and entry.own and not entry.geonameid:
        return _SEAT  # "White House" also is an alternate name of Casablanca
    if entry.geonameid or entry.feature in SETTLED:
        return math.log10(entry.population + 1) / 7
    return min(1.3, 0.55 + 0.2 * math.log10(entry.radius_km))


def p_country(group: Group, chances: list[float], entry: Entry) -> float:
    """Return how much of a group's own probability lies in the country of one of its candidates."""
    return sum(
        p for e, p in zip(group.candidates, chances, strict=False) if e.country == entry.country and p >= 0.05
    )


def holds(holder: Entry, entry: Entry) -> bool:
    """Tell whether a place can lie in another."""
    if holder.row == entry.row:
        return False
    if holder.feature == "PCLI":
        return entry.country == holder.country and entry.feature != "PCLI"
    if holder.feature == "ADM1":
        return entry.region == holder.row and entry.row != holder.row
    reach = holder.radius_km * 1.3 + 10
    return kilometres(holder.lat, holder.lon, entry.lat, entry.lon) <= reach and entry.feature != "PCLI"


def _in_district(number: int, entry: Entry, context: Context) -> float:
    """Return how surely a settlement lies in a district that the document names."""
    if entry.feature not in SETTLED:
        return 0.0
    return max(
        (
            p
            for other, district, p in context.districts
            if other != number
            and district.country == entry.country
            and kilometres(district.lat, district.lon, entry.lat, entry.lon) <= district.radius_km
        ),
        default=0.0,
    )


def _nearness(number: int, entry: Entry, context: Context) -> float:
    if entry.feature == "PCLI":
        return 0.0
    total = 0.0
    for other, lat, lon, mass in context.points:
        if other != number and abs(lat - entry.lat) < 4:
            distance = kilometres(entry.lat, entry.lon, lat, lon)
            if distance < 450:
                total += mass * math.exp(-distance / 150)
    return min(1.0, total / 2)
