"""A project's own places, before those of a gazetteer: a hamlet, a strongpoint, a camp."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from ...errors import DataError
from .build import keys_of
from .distance import kilometres
from .features import SETTLED
from .index import Entry, Gazetteer
from .names import loose_key, plain_key
from .records import countries
from .respelling import rough_keys, spoken_in

SAME_KM = 15.0  # within which a place of the same name is the same place


class OwnPlace(msgspec.Struct, frozen=True, kw_only=True):
    """A place that a project adds to its gazetteer.

    ``lat``, ``lon`` are WGS 84 degrees, ``feature`` is one of our codes (``features.yml``), ``country`` ISO
    3166 alpha-2, ``region`` the name of the first-level region, ``radius_km`` the radius within which the
    place lies.
    """

    name: str
    lat: float
    lon: float
    feature: str = "PPL"
    country: str = ""
    region: str = ""
    population: int = 0
    radius_km: float = 2.0
    names: tuple[str, ...] = ()
    geonameid: int = 0


def own_places(path: Path) -> list[OwnPlace]:
    """Read a project's own places; none where there is no file.

    Raises:
        DataError: a line cannot be read.
    """
    if not path.is_file():
        return []
    places = []
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        try:
            places.append(msgspec.json.decode(line, type=OwnPlace))
        except msgspec.MsgspecError as error:
            raise DataError(
                f"Line {number} of {path} is no place ({error}). Mend or remove the line; "
                "`fogline gazetteer add` writes such lines."
            ) from error
    return places


def write_places(path: Path, places: Sequence[OwnPlace]) -> None:
    """Write a project's own places, one a line; the file changes whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    part.write_bytes(b"".join(msgspec.json.encode(p) + b"\n" for p in places))
    part.replace(path)


class Layered(Gazetteer):
    """A gazetteer with a project's own places before its own.

    A place of the base that bears the same name within a few kilometres of an own one gives way to it.

    Args:
        base: the gazetteer below.
        places: the project's places.
    """

    def __init__(self, base: Gazetteer, places: Sequence[OwnPlace]) -> None:
        self._base = base
        self.folder = base.folder
        self.places = base.places + len(places)
        digest = hashlib.sha256(b"".join(msgspec.json.encode(p) for p in places)).hexdigest()[:8]
        self.edition = f"{base.edition}+own-{digest}"
        self._own: list[Entry] = []
        self._keys: dict[str, list[Entry]] = {}
        self._folds: dict[str, list[Entry]] = {}
        self._respelt: dict[str, list[Entry]] = {}
        regions: dict[tuple[str, str], int] = {}
        for place in places:
            told = (place.country, place.region)
            if told not in regions:
                regions[told] = self._region(*told)
            self._take(place, regions[told])

    def _region(self, country: str, name: str) -> int:
        """Return the row of a region by its name, -1 where the base does not know it."""
        found = self._base.entries(name, loose=False) if name else []
        return next((e.row for e in found if e.feature == "ADM1" and e.country == country), -1)

    def _take(self, place: OwnPlace, region: int) -> None:
        row = self._base.places + len(self._own)

        def entry(own: bool, loose: bool) -> Entry:
            return Entry(
                row, place.geonameid, place.name, place.lat, place.lon, place.population, place.radius_km,
                region, place.country, place.feature, own, loose,
            )  # fmt: skip

        self._own.append(entry(True, False))
        for key, _ in keys_of(place.name, place.names, place.feature, own_names=True):
            for keys, folded in ((self._keys, key), (self._folds, loose_key(key))):
                found = keys.setdefault(folded, [])
                if all(e.row != row for e in found):
                    found.append(entry(keys is self._keys, keys is self._folds))
            for rough in rough_keys(key) if place.feature in SETTLED else ():
                if rough.startswith(spoken_in(place.country)):
                    self._respelt.setdefault(rough, []).append(entry(False, True))

    def knows(self, key: str) -> bool:
        """Tell whether a plain key is known."""
        return key in self._keys or self._base.knows(key)

    def plain(self, key: str, limit: int) -> list[Entry]:
        """Return the places of a plain key, the project's own first."""
        return _joined(self._keys.get(key, []), self._base.plain(key, limit))[:limit]

    def folded(self, key: str, limit: int) -> list[Entry]:
        """Return the places of a folded key, the project's own first."""
        return _joined(self._folds.get(key, []), self._base.folded(key, limit))[:limit]

    def respelt(self, name: str, limit: int = 100) -> list[Entry]:
        """Return the places whose name another language of their country spells so."""
        own = [entry for key in rough_keys(plain_key(name)) for entry in self._respelt.get(key, [])]
        return _joined(own, self._base.respelt(name, limit))

    def folded_keys(self, prefix: str) -> Iterator[str]:
        """Yield the folded keys that start so."""
        yield from (key for key in self._folds if key.startswith(prefix))
        yield from self._base.folded_keys(prefix)

    def entry(self, row: int) -> Entry:
        """Return the place in a row."""
        return self._own[row - self._base.places] if row >= self._base.places else self._base.entry(row)

    def nearest(self, lat: float, lon: float) -> tuple[Entry, float]:
        """Return the base's settlement nearest to a point and its distance in km."""
        return self._base.nearest(lat, lon)

    def settled(self, *, region: int = -1, country: str = "") -> list[tuple[float, float]]:
        """Return where the base's settlements of a region or country lie."""
        return self._base.settled(region=region, country=country)

    def settlements(
        self, west: float, south: float, east: float, north: float, *, least: int = 0
    ) -> list[Entry]:
        """Return the settlements of a box of degrees, with the project's own that have a GeoNames id."""
        own = [
            e
            for e in self._own
            if e.geonameid
            and e.feature.startswith("PPL")
            and e.population >= least
            and south <= e.lat <= north
            and west <= e.lon <= east
        ]
        return _joined(own, self._base.settlements(west, south, east, north, least=least))


def _joined(own: list[Entry], base: list[Entry]) -> list[Entry]:
    if not own:
        return base
    return own + [b for b in base if all(kilometres(b.lat, b.lon, o.lat, o.lon) > _reach(b) for o in own)]


def _reach(entry: Entry) -> float:
    """Return how far a place may lie from an own one of its name and be the same, in km."""
    return max(SAME_KM, entry.radius_km) if entry.feature == "PPLL" else SAME_KM


def country_of(text: str) -> str | None:
    """Return the ISO 3166 alpha-2 code that a code or an English name means, None for none."""
    asked = text.strip().casefold()
    for code, country in countries().items():
        if asked in {code.casefold(), country.iso3.casefold(), country.name.casefold()} or asked in (
            n.casefold() for n in country.names
        ):
            return code
    return None
