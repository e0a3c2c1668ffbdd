"""Gather a document's place names into groups that are resolved as one, with what the text says of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from ..extract.places import PlaceName
from .gazetteer import Entry, Gazetteer, loose_key, plain_key
from .gazetteer.features import SETTLED
from .gazetteer.regions import bare_region_names

_STEM = 5  # letters by which a region is called after its chief town (Mykolaiv Oblast, Mykolayiv)

# "Parkland, Florida", "Balakliya in Kharkiv region", "Izium (Kharkiv region)", "Balakliya, a town in the
# Kharkiv region", "Kharkiv region's Izium"
_INSIDE = re.compile(
    r"(?:'s|’s)?(?:\s*[,(]\s*|\s+(?:city|town|village|district|settlement)?\s*,?\s*"
    r"(?:(?:a|an|the)\s+(?:[\w-]+\s+){0,3}(?:city|town|village|settlement|hamlet|district|port|suburb|area)\s+)?"
    r"(?:in|of|,)\s+)(?:the\s+|(?:north|south|east|west|central|upper|lower|northern|southern|eastern|western)[\w-]*\s+){0,3}"
)
_OWNER = re.compile(r"(?:'s|’s)\s+(?:[\w-]+\s+){0,3}")


@dataclass(slots=True)
class Group:
    """The mentions of one name in a document, their candidates and the names said to contain it."""

    key: str
    mentions: list[PlaceName] = field(default_factory=list)
    candidates: list[Entry] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)
    inside: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        """The name as it stands in the text first."""
        return self.mentions[0].name


def group_names(text: str, names: list[PlaceName], gazetteer: Gazetteer) -> list[Group]:
    """Return the groups of the names that the gazetteer knows, in the order of their first mention.

    A name is one group whatever it stands beside, but "Kharkiv" and "Kharkiv region" are two.
    """
    groups: dict[str, Group] = {}
    key_of: list[str] = []
    for name in names:
        asked = name.asked if name.asked in {"ADM", "ADM2", "STM", "LK", "ISL"} else None
        key = f"{plain_key(name.name)}|{asked or ''}"
        key_of.append(key)
        group = groups.get(key)
        if group is None:
            group = groups[key] = Group(key, candidates=candidates_of(name, gazetteer))
        group.mentions.append(name)
        if name.asked:
            group.asked.add(name.asked)
    for i in range(len(names) - 1):
        here, there = names[i], names[i + 1]
        between = text[here.end : there.start]
        if len(between) > 60 or "\n" in between or key_of[i] == key_of[i + 1]:
            continue
        if _listed(text, names, i):
            continue
        if _INSIDE.fullmatch(between):
            groups[key_of[i]].inside.add(key_of[i + 1])
        elif _OWNER.fullmatch(between):
            groups[key_of[i + 1]].inside.add(key_of[i])
    for group in groups.values():
        if any(m.kind == "demonym" for m in group.mentions):
            group.candidates = _of_people(group.candidates)
    _part_towns_from_regions(groups)
    _add_shortened(list(groups.values()))
    return [g for g in groups.values() if g.candidates]


def _part_towns_from_regions(groups: dict[str, Group]) -> None:
    """Take a bare name for the town's where the region is named as well ("Kherson", "Kherson region")."""
    for key in groups:
        name, _, asked = key.partition("|")
        if asked == "ADM" and f"{name}|" in groups:
            groups[f"{name}|"].asked.add("PPL")


def _add_shortened(groups: list[Group]) -> None:
    """Let a name that begins one named before mean that place too ("Mazar", "Mazar-i-Sharif")."""
    for number, short in enumerate(groups):
        key = short.key.split("|")[0]
        if len(key) < 4 or any(m.kind == "demonym" for m in short.mentions):
            continue
        for longer in groups[:number]:
            if longer.key.startswith(f"{key} ") and longer.candidates and not longer.asked & {"ADM", "ADM2"}:
                known = {e.row for e in short.candidates}
                short.candidates += [
                    replace(e, own=False)
                    for e in longer.candidates
                    if e.row not in known and e.feature in SETTLED
                ]


_WIDTH: dict[str | None, int] = {"ADM2": 1, "ADM": 2}
_LIST = frozenset({", ", " and ", ", and ", " or ", ", or "})


def _listed(text: str, names: list[PlaceName], i: int) -> bool:
    """Tell whether a name and the next are members of a list ("Turkey, Iraq and Iran")."""
    between = [
        text[a.end : b.start]
        for a, b in zip(names[max(0, i - 1) : i + 3], names[max(0, i - 1) + 1 : i + 3], strict=False)
    ]
    here = text[names[i].end : names[i + 1].start]
    if here == ", " and _WIDTH.get(names[i + 1].asked, 0) > _WIDTH.get(names[i].asked, 0):
        return False  # "Kalynivka, Beryslav district, Kherson region"
    return here in _LIST and (here != ", " or sum(b in _LIST for b in between) > 1)


def candidates_of(name: PlaceName, gazetteer: Gazetteer) -> list[Entry]:
    """Return the places that a name may mean.

    The whole mention is looked up as well ("Izium raion", "Nuba mountains"), and where a word asks for a
    region, the region whose chief town bears the name ("Nikolaev region"); where none does, the places that
    another language spells so.
    """
    found = gazetteer.entries(name.name)
    if name.text != name.name and (not found or name.asked in {"ADM", "ADM2"}):
        found = _with(found, gazetteer.entries(name.text))
    elif name.text != name.name:
        found = _with(found, gazetteer.entries(name.text, loose=False))
    if name.asked == "ADM" and not any(e.feature == "ADM1" for e in found):
        found = _with(found, _called_after(found, gazetteer))
    if name.asked not in {"ADM", "ADM2"}:
        found = _with(found, _seats(found, gazetteer))
    if name.asked not in {"ADM", "ADM2"} and gazetteer.respells(name.name):
        found = _with(found, gazetteer.respelt(name.name))
    if name.asked not in {"ADM", "ADM2"} and any(e.own for e in found):
        found = [e for e in found if e.own or e.feature != "ADM2"]  # no county is just "Washington"
    return found


def _with(found: list[Entry], more: list[Entry]) -> list[Entry]:
    known = {e.row for e in found}
    return [*found, *(e for e in more if e.row not in known)]


def _called_after(towns: list[Entry], gazetteer: Gazetteer) -> list[Entry]:
    """Return the regions that are called after one of the towns in them."""
    regions = []
    for town in towns:
        if town.feature in SETTLED and town.region >= 0:
            region = gazetteer.entry(town.region)
            bare = next(bare_region_names([region.name]), region.name)
            if loose_key(plain_key(bare))[:_STEM] == loose_key(plain_key(town.name))[:_STEM]:
                regions.append(replace(region, own=False))
    return regions


def _seats(found: list[Entry], gazetteer: Gazetteer) -> list[Entry]:
    """Return the towns that regions are called after, where a spelling is known of the region alone."""
    if any(e.feature in SETTLED for e in found):
        return []
    towns: list[Entry] = []
    for region in (e for e in found if e.feature == "ADM1"):
        bare = next(bare_region_names([region.name]), region.name)
        named = [
            t for t in gazetteer.entries(bare, loose=False) if t.feature in SETTLED and t.region == region.row
        ]
        towns += [replace(t, own=False) for t in sorted(named, key=lambda t: -t.population)[:1]]
    return towns


def _of_people(found: list[Entry]) -> list[Entry]:
    """Keep the places that a people is named after: countries, else areas and regions, else the biggest."""
    return (
        [e for e in found if e.feature == "PCLI"]
        or [e for e in found if e.feature not in {"PPL", "ADM2"}][:2]
        or found[:1]
    )
