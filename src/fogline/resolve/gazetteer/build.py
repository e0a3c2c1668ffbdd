"""Write a gazetteer's index: a trie of keys and flat arrays, all of them memory-mapped by the reader.

Files of an index: ``plain.marisa``, ``loose.marisa`` and ``rough.marisa`` (keys to numbers), for each of them
``*.offsets.npy`` (key number to its first posting) and ``*.postings.npy`` (row, and whether the key is
the place's own name), ``rows.npy`` (the places), ``strings.bin`` (their names), ``about.json``.

Places stream through; what is kept of them in memory is some 40 bytes a place and 10 a name, so that
GeoNames' twelve million fit a laptop.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from array import array
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

import marisa_trie
import numpy as np
from numpy.typing import NDArray

from .features import SETTLED
from .names import loose_key, plain_key
from .records import FORMAT, Record
from .regions import bare_region_names
from .respelling import rough_keys, spoken_in

ROW = np.dtype(
    [
        ("geonameid", "u4"), ("lat", "f4"), ("lon", "f4"), ("population", "u4"), ("radius", "f4"),
        ("region", "i4"), ("country", "u2"), ("feature", "u1"), ("length", "u1"), ("name", "u4"),
    ]
)  # fmt: skip
POSTING = np.dtype([("row", "u4"), ("own", "u1")])
MAX_KEY = 60
_LEAST_LOOSE = 4  # letters that a folded key needs to tell anything
_CHUNK = 50_000

Postings = tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.uint8]]  # keys, rows, own


def build(
    records: Iterable[Record], target: Path, edition: str, *, names: Iterable[tuple[int, str]] = ()
) -> None:
    """Build an index in ``target``, whole or not at all.

    Several processes may build the same index at once: each writes a folder of its own, the first to
    finish gives it the name.

    Args:
        records: the places, in any order.
        target: the folder to make; left alone where it is there already.
        edition: what the index calls itself.
        names: further names of the places by GeoNames id; ids that are no place's are passed over.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        _write(records, names, folder, edition)
        try:
            folder.rename(target)
        except OSError:
            if not (target / "about.json").is_file():
                raise
    finally:
        if folder.is_dir():
            shutil.rmtree(folder, ignore_errors=True)


def keys_of(name: str, names: Iterable[str], feature: str, *, own_names: bool) -> Iterator[tuple[str, bool]]:
    """Yield the plain keys that a place is found by, and whether each is its own name's.

    Args:
        name: the place's name.
        names: its other names.
        feature: GeoNames feature code; regions are found without the words that say what they are.
        own_names: count the other names as the place's own as well.
    """
    own = plain_key(name)
    if 0 < len(own) <= MAX_KEY:
        yield own, True
    others = list(names)
    if feature.startswith("ADM"):
        others += bare_region_names((name, *others))
    for other in others:
        key = plain_key(other)
        if 1 < len(key) <= MAX_KEY:
            yield key, own_names


def _write(records: Iterable[Record], names: Iterable[tuple[int, str]], folder: Path, edition: str) -> None:
    with tempfile.TemporaryFile("w+", encoding="utf-8", dir=folder) as spool:
        writer = _Rows(folder, spool)
        for record in records:
            writer.add(record)
        table, about = writer.finish()
        _spool_names(names, table, spool)
        np.save(folder / "rows.npy", table)
        plain = marisa_trie.Trie(line.split("\t", 1)[0] for line in _lines(spool))
        postings = _postings(plain, spool)
    population = table["population"]
    _save(plain, postings, population, folder, "plain")
    loose, folded = _loose(plain)
    keys, rows, _ = postings
    met = folded[keys] >= 0
    _save(
        loose,
        (folded[keys[met]].astype("u4"), rows[met], np.zeros(int(met.sum()), "u1")),
        population,
        folder,
        "loose",
    )
    _save(*_rough(plain, postings, table, about), population, folder, "rough")
    told = {**about, "format": FORMAT, "edition": edition, "places": len(table), "keys": len(plain)}
    temporary = folder / "about.json.part"
    temporary.write_text(json.dumps(told), encoding="utf-8")
    temporary.replace(folder / "about.json")


class _Rows:
    """The table of places as it grows; their names go to a file, their keys to another."""

    def __init__(self, folder: Path, spool: IO[str]) -> None:
        self._strings = (folder / "strings.bin").open("wb")
        self._spool = spool
        self._start = self._number = 0
        self._features: dict[str, int] = {}
        self._countries: dict[str, int] = {"": 0}
        self._codes: dict[str, int] = {}
        self._region_of = array("i")
        self._regions: dict[int, int] = {}
        self._chunks: list[NDArray[np.void]] = []
        self._rows: list[tuple[float, ...]] = []

    def add(self, record: Record) -> None:
        """Take one place."""
        name = record.name.encode()[:255].decode(errors="ignore").encode()
        self._rows.append(
            (
                record.geonameid, record.lat, record.lon, min(record.population, 2**32 - 1),
                record.radius_km, -1, self._countries.setdefault(record.country, len(self._countries)),
                self._features.setdefault(record.feature, len(self._features)), len(name), self._start,
            )
        )  # fmt: skip
        self._strings.write(name)
        self._start += len(name)
        code = self._codes.setdefault(record.region, len(self._codes)) if record.region else -1
        self._region_of.append(code)
        if record.feature == "ADM1" and code >= 0:
            self._regions[code] = self._number
        known = record.feature in {"PCLI", "ADM1"} or not record.geonameid
        for key, own in keys_of(record.name, record.names, record.feature, own_names=known):
            self._spool.write(f"{key}\t{self._number}\t{int(own)}\n")
        self._number += 1
        if len(self._rows) == _CHUNK:
            self._flush()

    def finish(self) -> tuple[NDArray[np.void], dict[str, list[str]]]:
        """Return the table and the names of its features and countries."""
        self._flush()
        self._strings.close()
        table = np.concatenate(self._chunks) if self._chunks else np.zeros(0, ROW)
        row_of = np.full(len(self._codes) + 1, -1, "i4")  # the last for places without a code, -1
        for code, row in self._regions.items():
            row_of[code] = row
        table["region"] = row_of[np.frombuffer(self._region_of, "i4")] if len(table) else []
        return table, {"features": list(self._features), "countries": list(self._countries)}

    def _flush(self) -> None:
        self._chunks.append(np.array(self._rows, dtype=ROW))
        self._rows.clear()


def _spool_names(names: Iterable[tuple[int, str]], table: NDArray[np.void], spool: IO[str]) -> None:
    """Write the keys of further names, by the ids of the places that bear them."""
    order = np.argsort(table["geonameid"], kind="stable")
    ids = table["geonameid"][order]
    for geonameid, name in names:
        at = int(np.searchsorted(ids, geonameid))
        key = plain_key(name)
        if at < len(ids) and ids[at] == geonameid and geonameid and 1 < len(key) <= MAX_KEY:
            spool.write(f"{key}\t{int(order[at])}\t0\n")


def _lines(spool: IO[str]) -> Iterator[str]:
    spool.seek(0)
    yield from spool


def _postings(trie: marisa_trie.Trie, spool: IO[str]) -> Postings:
    keys, rows, own = array("I"), array("I"), array("B")
    for line in _lines(spool):
        key, row, mark = line.split("\t")
        keys.append(trie[key])
        rows.append(int(row))
        own.append(int(mark))
    return np.frombuffer(keys, "u4"), np.frombuffer(rows, "u4"), np.frombuffer(own, "u1")


def _loose(plain: marisa_trie.Trie) -> tuple[marisa_trie.Trie, NDArray[np.int32]]:
    """Return the trie of folded keys, and for each plain key's number its folded key's, -1 for none."""

    def folded() -> Iterator[tuple[str, int]]:
        for key, number in plain.iteritems():
            loose = loose_key(key)
            if len(loose) >= _LEAST_LOOSE:
                yield loose, number

    trie = marisa_trie.Trie(loose for loose, _ in folded())
    numbers = np.full(len(plain), -1, "i4")
    for loose, number in folded():
        numbers[number] = trie[loose]
    return trie, numbers


def _rough(
    plain: marisa_trie.Trie, postings: Postings, table: NDArray[np.void], about: dict[str, list[str]]
) -> tuple[marisa_trie.Trie, Postings]:
    """Return the trie and the postings of respelt keys: those of settlements, each in its languages."""
    keys, rows, _ = postings
    spoken = [spoken_in(country) for country in about["countries"]]
    wanted = np.isin(table["country"], [i for i, told in enumerate(spoken) if told])
    wanted &= np.isin(
        table["feature"], [i for i, feature in enumerate(about["features"]) if feature in SETTLED]
    )
    at = np.flatnonzero(wanted[rows])

    def respelt() -> Iterator[tuple[str, int]]:
        for i in at.tolist():
            row = int(rows[i])
            told = spoken[table["country"][row]]
            for rough in rough_keys(plain.restore_key(int(keys[i]))):
                if rough.startswith(told):
                    yield rough, row

    trie = marisa_trie.Trie(rough for rough, _ in respelt())
    numbers, found = array("I"), array("I")
    for rough, row in respelt():
        numbers.append(trie[rough])
        found.append(row)
    return trie, (np.frombuffer(numbers, "u4"), np.frombuffer(found, "u4"), np.zeros(len(found), "u1"))


def _save(
    trie: marisa_trie.Trie, postings: Postings, population: NDArray[np.uint32], folder: Path, name: str
) -> None:
    """Write a trie and its postings: those of a key together, the most populous place first."""
    trie.save(str(folder / f"{name}.marisa"))
    keys, rows, own = postings
    order = np.lexsort((1 - own, rows, -population[rows].astype("i8"), keys))
    keys, rows, own = keys[order], rows[order], own[order]
    first = np.ones(len(keys), bool)
    first[1:] = (keys[1:] != keys[:-1]) | (rows[1:] != rows[:-1])
    keys, rows, own = keys[first], rows[first], own[first]
    flat = np.zeros(len(keys), POSTING)
    flat["row"], flat["own"] = rows, own
    np.save(folder / f"{name}.postings.npy", flat)
    np.save(folder / f"{name}.offsets.npy", np.searchsorted(keys, np.arange(len(trie) + 1)).astype("u4"))
