"""Change a project's gazetteer: add places of its own, or build an index of GeoNames' files."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ...errors import QueryError, SourceError
from .build import build
from .distance import kilometres
from .dump import dump_of
from .files import Unread, read_places
from .index import Gazetteer
from .names import plain_key
from .opening import INDEX, OWN, embedded, open_gazetteer
from .own import SAME_KM, OwnPlace, country_of, own_places, write_places


@dataclass(frozen=True, slots=True)
class Added:
    """How many places were new, how many took an older one's place, how many there are, and where."""

    new: int
    replaced: int
    all: int
    path: Path


def add_places(files: Sequence[Path], *, project: Path) -> tuple[Added, list[tuple[Path, int, str]]]:
    """Add the places of files to a project's own.

    Args:
        files: CSV or GeoJSON files.
        project: the folder of the project's gazetteer.

    Returns:
        What was added, and what was left out: file, row, reason.

    Raises:
        SourceError: a file cannot be read; then nothing of any file is added.
    """
    base = Gazetteer(project / INDEX) if (project / INDEX).is_dir() else embedded()
    places = own_places(project / OWN)
    before = len(places)
    replaced = 0
    unread: list[tuple[Path, int, str]] = []
    for path in files:
        for one in read_places(path, base):
            if isinstance(one, Unread):
                unread.append((path, one.number, one.why))
                continue
            same = next((i for i, p in enumerate(places) if _same(p, one)), None)
            if same is None:
                places.append(one)
            else:
                places[same] = one
                replaced += same < before
    try:
        write_places(project / OWN, places)
    except OSError as error:
        raise SourceError(
            f"{project / OWN} cannot be written ({error}). Make the folder writable, or name another one in "
            "the setting `gazetteer`."
        ) from error
    open_gazetteer.cache_clear()
    return Added(len(places) - before, replaced, len(places), project / OWN), unread


def build_index(files: Sequence[Path], *, project: Path, country: str | None = None) -> Gazetteer:
    """Build a project's index from GeoNames' files, in the place of one that was built before.

    Args:
        files: allCountries or a country's file, and what else is there, zipped or not.
        project: the folder of the project's gazetteer.
        country: code or English name of the only country to take from them.

    Raises:
        QueryError: no country is called so.
        SourceError: a file is not in GeoNames' form, or the index cannot be written.
    """
    code = country_of(country) if country else None
    if country and code is None:
        raise QueryError(f"No country is called {country!r}. Give its ISO 3166 code, as in --country UA.")
    dump = dump_of(files, country=code)
    target = project / INDEX
    fresh = target.with_name(f"{INDEX}.new")
    try:
        shutil.rmtree(fresh, ignore_errors=True)
        build(dump.records(), fresh, dump.edition, names=dump.more_names())
        shutil.rmtree(target, ignore_errors=True)
        fresh.rename(target)
    except OSError as error:
        raise SourceError(
            f"The index cannot be written to {target} ({error}). Make room there, or name another folder "
            "in the setting `gazetteer`."
        ) from error
    open_gazetteer.cache_clear()
    return Gazetteer(target)


def _same(a: OwnPlace, b: OwnPlace) -> bool:
    return plain_key(a.name) == plain_key(b.name) and kilometres(a.lat, a.lon, b.lat, b.lon) <= SAME_KM
