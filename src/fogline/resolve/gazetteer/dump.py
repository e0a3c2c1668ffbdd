"""Read GeoNames' own dump files (https://download.geonames.org/export/dump/) as records of an index.

``allCountries.zip`` or a country's file tells the places, ``alternateNamesV2.zip`` their names in other
languages, ``admin1CodesASCII.txt`` and ``admin2Codes.txt`` more names of regions. What the dump has takes
the place of the embedded gazetteer's row of the same id; countries, areas and front-line names stay.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from ...errors import SourceError
from .features import features
from .records import Record, edition, records

_COLUMNS = 19  # of a row of places
_NAMES_COLUMNS = range(8, 11)  # of a row of alternate names: older files have no dates
_REGIONS_COLUMNS = 4  # of a row of regions
_LONGEST_ID = 12  # digits
_NO_NAMES = frozenset(
    {"link", "wkdt", "post", "iata", "icao", "faac", "tcid", "unlc", "phon", "piny", "abbr"}
)  # what stands for a language where an alternate name is a code or an address


@dataclass(frozen=True, slots=True)
class Dump:
    """The files of a dump, each recognised by its form.

    Args:
        places: files of places.
        names: files of alternate names.
        regions: files of regions' codes and names.
        country: ISO 3166 alpha-2 of the only country to take from them, None for all.
    """

    places: tuple[Path, ...]
    names: tuple[Path, ...] = ()
    regions: tuple[Path, ...] = ()
    country: str | None = None

    @property
    def edition(self) -> str:
        """What decides an index: the files' bytes, the country, and the embedded gazetteer's edition."""
        digest = hashlib.sha256(f"{edition()} {self.country or ''}".encode())
        for path in (*self.places, *self.names, *self.regions):
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        return f"geonames{'-' + self.country if self.country else ''}+{digest.hexdigest()[:10]}"

    def records(self) -> Iterator[Record]:
        """Yield the embedded gazetteer's places that the dump does not have, then the dump's.

        Villages known only by their community stay where the dump has nothing of their country.

        Raises:
            SourceError: a row is not in GeoNames' form.
        """
        ours = {record.geonameid for record in records() if record.geonameid}
        told: set[int] = set()
        countries: set[str] = set()
        for path in self.places:
            for row in self._rows(path):
                countries.add(row[8])
                if int(row[0]) in ours:
                    told.add(int(row[0]))
        known: dict[int, Record] = {}
        for record in records():
            if record.geonameid in told:
                known[record.geonameid] = record
            elif record.feature != "PPLL" or record.country not in countries:
                yield record
        for path in self.places:
            for row in self._rows(path):
                yield self._record(row, known.get(int(row[0])), path)

    def more_names(self) -> Iterator[tuple[int, str]]:
        """Yield further names with the id of the place that bears them."""
        for path in self.regions:
            for row in _rows(path):
                if len(row) != _REGIONS_COLUMNS or not _is_id(row[3]):
                    raise SourceError(_strange(path, row))
                yield int(row[3]), row[1]
                yield int(row[3]), row[2]
        for path in self.names:
            for row in _rows(path):
                if len(row) not in _NAMES_COLUMNS:
                    raise SourceError(_strange(path, row))
                if row[2] not in _NO_NAMES and _is_id(row[1]):
                    yield int(row[1]), row[3]

    def _rows(self, path: Path) -> Iterator[list[str]]:
        """Yield the rows of places of the country that are of a kind that an index has."""
        codes = features().codes
        for row in _rows(path):
            if len(row) != _COLUMNS or not _is_id(row[0]):
                raise SourceError(_strange(path, row))
            if row[7] in codes and (self.country is None or row[8] == self.country):
                yield row

    def _record(self, row: list[str], known: Record | None, path: Path) -> Record:
        try:
            lat, lon, population = float(row[4]), float(row[5]), int(row[14] or 0)
        except ValueError as error:
            raise SourceError(_strange(path, row)) from error
        if not (abs(lat) <= 90 and abs(lon) <= 180):
            raise SourceError(_strange(path, row))
        feature = features().codes[row[7]]
        names = tuple(filter(None, (row[2], *row[3].split(","))))
        record = Record(
            int(row[0]), row[1], names, lat, lon, feature, row[8], f"{row[8]}.{row[10]}", population,
            features().radius_of(feature, population),
        )  # fmt: skip
        if known is None:
            return record
        # The embedded row knows more of regions and capitals, the dump's is newer.
        return replace(
            record, names=(*record.names, known.name, *known.names), feature=known.feature,
            radius_km=known.radius_km, population=max(population, known.population),
        )  # fmt: skip


def dump_of(paths: Sequence[Path], *, country: str | None = None) -> Dump:
    """Tell what each file of a dump holds from its first row.

    Args:
        paths: files as GeoNames gives them, zipped or not, in any order.
        country: ISO 3166 alpha-2 of the only country to take.

    Raises:
        SourceError: a file cannot be read, is in no form that GeoNames uses, or none tells places.
    """
    found: dict[str, list[Path]] = {"places": [], "names": [], "regions": []}
    for path in paths:
        row = next(_rows(path), [])
        if len(row) == _COLUMNS:
            found["places"].append(path)
        elif len(row) == _REGIONS_COLUMNS and "." in row[0]:
            found["regions"].append(path)
        elif len(row) in _NAMES_COLUMNS and _is_id(row[0]):
            found["names"].append(path)
        else:
            raise SourceError(_strange(path, row))
    if not found["places"]:
        raise SourceError(
            f"None of {', '.join(map(str, paths))} tells places. Name allCountries.zip or a country's file "
            "(such as UA.zip) from https://download.geonames.org/export/dump/ as well."
        )
    return Dump(tuple(found["places"]), tuple(found["names"]), tuple(found["regions"]), country)


@contextmanager
def _opened(path: Path) -> Iterator[IO[str]]:
    """Open a file, or the largest text in a zip file."""
    try:
        if not zipfile.is_zipfile(path):
            with path.open(encoding="utf-8", newline="\n") as file:
                yield file
            return
        with zipfile.ZipFile(path) as archive:
            texts = [i for i in archive.infolist() if i.filename.endswith(".txt")]
            if not texts:
                raise SourceError(f"{path} holds no text file. Name a zip file as GeoNames gives it.")
            with archive.open(max(texts, key=lambda i: i.file_size)) as raw:
                yield io.TextIOWrapper(raw, encoding="utf-8", newline="\n")
    except (OSError, EOFError, UnicodeDecodeError, RuntimeError, zipfile.BadZipFile, zlib.error) as error:
        raise SourceError(f"{path} cannot be read ({error}). Fetch the file again.") from error


def _rows(path: Path) -> Iterator[list[str]]:
    with _opened(path) as file:
        for line in file:
            if line.strip() and not line.startswith("#"):
                yield line.rstrip("\n").split("\t")


def _is_id(told: str) -> bool:
    """Tell whether a field is a whole number such as GeoNames gives to places."""
    return len(told) <= _LONGEST_ID and told.isdecimal()


def _strange(path: Path, row: list[str]) -> str:
    start = " | ".join(row[:4])[:80]
    return (
        f"{path} is not in the form of GeoNames' dump files: it has a row of {len(row)} columns that starts "
        f"{start!r}. Name allCountries.zip (or a country's), alternateNamesV2.zip, admin1CodesASCII.txt or "
        "admin2Codes.txt from https://download.geonames.org/export/dump/."
    )
