"""Look names up in an index on disk."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import marisa_trie
import numpy as np

from ...errors import DataError
from ...model import Candidate
from .distance import kilometres
from .names import loose_key, plain_key
from .records import FORMAT, countries
from .respelling import rough_keys

_RESPELT = 6  # letters of a name from which another language's spelling of it is looked for
_WELL_KNOWN = 5.0  # weight (a hundred thousand people) of a name that needs no other spelling
_NARROW = 15.0  # km of radius below which a named area is a small one


@dataclass(frozen=True, slots=True)
class Entry:
    """One place of the gazetteer as a name found it.

    ``own`` tells that the name is the place's own (not one of its alternate names), ``loose`` that only
    the folded key met. ``country`` is ISO 3166 alpha-2, ``region`` the row of its first-level region
    (-1 where unknown); ``row`` identifies the place within the index.
    """

    row: int
    geonameid: int
    name: str
    lat: float
    lon: float
    population: int
    radius_km: float
    region: int
    country: str
    feature: str
    own: bool = True
    loose: bool = False


class Gazetteer:
    """A read-only, memory-mapped gazetteer.

    Args:
        folder: an index that ``build`` wrote.

    Raises:
        DataError: the folder holds no index of this version.
    """

    def __init__(self, folder: Path) -> None:
        try:
            about = json.loads((folder / "about.json").read_text(encoding="utf-8"))
            if about["format"] != FORMAT:
                raise DataError(
                    f"The gazetteer in {folder} was made by another version of Fogline. Remove the folder "
                    "and make it again: the embedded gazetteer is built anew by the next command, one from "
                    "GeoNames' files by `fogline gazetteer build`."
                )
            self.folder = folder
            self.edition: str = about["edition"]
            self.places: int = about["places"]
            self._features: list[str] = about["features"]
            self._countries: list[str] = about["countries"]
            self._rows = np.load(folder / "rows.npy", mmap_mode="r")
            self._strings = np.memmap(folder / "strings.bin", dtype="u1", mode="r")
            self._plain = _Keys(folder, "plain")
            self._loose = _Keys(folder, "loose")
            self._rough = _Keys(folder, "rough")
        except (OSError, ValueError, KeyError) as error:
            raise DataError(
                f"The gazetteer in {folder} cannot be read ({error}). Remove the folder and open it again: "
                "the embedded gazetteer is then built anew."
            ) from error

    def __contains__(self, name: str) -> bool:
        """Tell whether a name is known as it is spelt (up to case, diacritics and script)."""
        return self.knows(plain_key(name))

    def knows(self, key: str) -> bool:
        """Tell whether a plain key is in the index."""
        return key in self._plain

    def entries(self, name: str, *, loose: bool = True, limit: int = 150) -> list[Entry]:
        """Return the places of that name, most populous first.

        Args:
            name: a place name in any script.
            loose: ask the folded key where the plain one finds nothing.
            limit: how many places at most.
        """
        key = plain_key(name)
        found = self.plain(key, limit)
        if not found and loose and len(key) > 4:
            found = self.folded(loose_key(key), limit)
        return found

    def plain(self, key: str, limit: int) -> list[Entry]:
        """Return the places of a plain key, most populous first."""
        return [_entry_of(self, row, bool(own), False) for row, own in self._plain.postings(key, limit)]

    def folded(self, key: str, limit: int) -> list[Entry]:
        """Return the places of a folded key, most populous first."""
        return [_entry_of(self, row, False, True) for row, _ in self._loose.postings(key, limit)]

    def respelt(self, name: str, limit: int = 100) -> list[Entry]:
        """Return the places whose name another language of their country spells so ("Ozernoye", Ozerne)."""
        return [
            _entry_of(self, row, False, True)
            for key in rough_keys(plain_key(name))
            for row, _ in self._rough.postings(key, limit)
        ]

    def respells(self, name: str) -> bool:
        """Tell whether a name is to be looked for in other languages' spellings: long, and little known."""
        return len(name) >= _RESPELT and self.weight(name) < _WELL_KNOWN

    def folded_keys(self, prefix: str) -> Iterator[str]:
        """Yield the folded keys that start so."""
        yield from self._loose.starting(prefix)

    def look_up(self, name: str, *, limit: int = 60) -> list[Candidate]:
        """Return the places that a name may mean, most populous first, with equal scores.

        >>> from fogline.resolve.gazetteer import open_gazetteer
        >>> open_gazetteer().look_up("Изюм")[0].name
        'Izyum'
        """
        found = self.entries(name, limit=limit)
        return [self.candidate(entry, 1 / len(found)) for entry in found]

    @lru_cache(maxsize=65536)  # noqa: B019  # gazetteers live as long as the process
    def weight(self, name: str) -> float:
        """Return how well known a place of that name is: -1 unknown, 0 to 7 by population, 10 a country.

        Regions count 8, named areas 7, small ones of one word 4.5 (a family may have that name); a place that
        has the name only among its alternates one less.
        """
        narrow = 4.5 if " " not in name and "-" not in name else 7.0
        best = -1.0
        for entry in self.plain(plain_key(name), 20):
            weight = {"PCLI": 10.0, "ADM1": 8.0, "ADM2": 3.0}.get(entry.feature)
            if weight is None:
                weight = (
                    (narrow if entry.radius_km < _NARROW else 7.0)
                    if not entry.geonameid and entry.feature not in {"PPL", "PPLL"}
                    else min(7.5, math.log10(entry.population + 1))
                )
            best = max(best, weight if entry.own else weight - 1)
        return best

    @lru_cache(maxsize=8192)  # noqa: B019
    def loose_weight(self, name: str) -> float:
        """Return the same for a name that only the folded spelling meets, one less."""
        found = [e for e in self.entries(name, limit=5) if e.loose]
        named = (e.geonameid or e.feature == "PPLL" for e in found)
        known = (math.log10(e.population + 1) - 1 if n else 4.0 for e, n in zip(found, named, strict=True))
        return max(known, default=-1.0)

    @lru_cache(maxsize=16384)  # noqa: B019
    def countries_of(self, name: str, *, loose: bool = False) -> frozenset[str]:
        """Return the countries (ISO 3166 alpha-2) that have a place of that name, or of one spelt so."""
        return frozenset(e.country for e in self.entries(name, loose=loose, limit=20) if e.country)

    @lru_cache(maxsize=8192)  # noqa: B019
    def respelt_in(self, name: str) -> frozenset[str]:
        """Return the countries that have a place which another language of theirs spells so."""
        return frozenset(e.country for e in self.respelt(name)) if self.respells(name) else frozenset()

    def people(self) -> dict[str, str]:
        """Return the adjectives and names of each country's people with the country's name."""
        return {word: country.name for country in countries().values() for word in country.people}

    def entry(self, row: int) -> Entry:
        """Return the place in a row of the index."""
        return _entry_of(self, row, True, False)

    def nearest(self, lat: float, lon: float) -> tuple[Entry, float]:
        """Return the settlement nearest to a point and its distance in km; looks through all places."""
        settled = [i for i, f in enumerate(self._features) if f in {"PPL", "PPLC"}]
        east = np.cos(np.radians(lat)) * ((self._rows["lon"] - lon + 180) % 360 - 180)
        away = (self._rows["lat"] - lat) ** 2 + east**2
        away[~np.isin(self._rows["feature"], settled)] = np.inf
        entry = self.entry(int(np.argmin(away)))
        return entry, kilometres(lat, lon, entry.lat, entry.lon)

    def settlements(
        self, west: float, south: float, east: float, north: float, *, least: int = 0
    ) -> list[Entry]:
        """Return the cities, towns and villages between two meridians and two parallels (degrees).

        Args:
            west, south, east, north: the box.
            least: how many people live there at least.
        """
        rows = self._rows
        kinds = [i for i, feature in enumerate(self._features) if feature in ("PPL", "PPLC")]
        inside = (
            (rows["lat"] >= south) & (rows["lat"] <= north) & (rows["lon"] >= west) & (rows["lon"] <= east)
        )
        inside &= np.isin(rows["feature"], kinds) & (rows["geonameid"] > 0) & (rows["population"] >= least)
        return [self.entry(int(row)) for row in np.flatnonzero(inside)]

    def settled(self, *, region: int = -1, country: str = "") -> list[tuple[float, float]]:
        """Return where the settlements of a first-level region or of a country lie (latitude, longitude).

        Args:
            region: the region's row.
            country: ISO 3166 alpha-2; asked where no region is given.
        """
        rows = self._rows
        kinds = [i for i, feature in enumerate(self._features) if feature in ("PPL", "PPLC")]
        if region >= 0:
            inside = rows["region"] == region
        elif country in self._countries:
            inside = rows["country"] == self._countries.index(country)
        else:
            return []
        found = rows[inside & np.isin(rows["feature"], kinds) & (rows["geonameid"] > 0)]
        return list(zip(found["lat"].tolist(), found["lon"].tolist(), strict=True))

    def candidate(self, entry: Entry, score: float) -> Candidate:
        """Return a place in the form that leaves this package."""
        country = countries().get(entry.country)
        region = self.entry(entry.region).name if entry.region >= 0 else None
        return Candidate(
            name=entry.name, lat=round(entry.lat, 5), lon=round(entry.lon, 5),
            geonameid=entry.geonameid or None, country=country.iso3 if country else None,
            region=region if entry.region != entry.row else None, feature=entry.feature, score=score,
        )  # fmt: skip


@lru_cache(maxsize=32768)
def _entry_of(gazetteer: Gazetteer, row: int, own: bool, loose: bool) -> Entry:
    geonameid, lat, lon, population, radius, region, country, feature, length, start = gazetteer._rows[
        row
    ].item()
    name = bytes(gazetteer._strings[start : start + length]).decode()
    return Entry(
        row, geonameid, name, round(lat, 5), round(lon, 5), population, round(radius, 1), region,
        gazetteer._countries[country], gazetteer._features[feature], own, loose,
    )  # fmt: skip


class _Keys:
    """One trie with its postings."""

    def __init__(self, folder: Path, name: str) -> None:
        self._trie = marisa_trie.Trie()
        self._trie.mmap(str(folder / f"{name}.marisa"))
        self._offsets = np.load(folder / f"{name}.offsets.npy", mmap_mode="r")
        self._postings = np.load(folder / f"{name}.postings.npy", mmap_mode="r")

    def __contains__(self, key: str) -> bool:
        return key in self._trie

    def postings(self, key: str, limit: int) -> list[tuple[int, int]]:
        number = self._trie.get(key)
        if number is None:
            return []
        start, stop = int(self._offsets[number]), int(self._offsets[number + 1])
        return self._postings[start : min(stop, start + limit)].tolist()  # type: ignore[no-any-return]  # numpy

    def starting(self, prefix: str) -> Iterator[str]:
        yield from self._trie.iterkeys(prefix)
