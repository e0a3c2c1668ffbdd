"""Write a gazetteer's index: a trie of keys and flat arrays, all of them memory-mapped by the reader.

Files of an index: ``plain.marisa`` and ``loose.marisa`` (keys to numbers), for each of them
``*.offsets.npy`` (key number to its first posting) and ``*.postings.npy`` (row, and whether the key is
the place's own name), ``rows.npy`` (the places), ``strings.bin`` (their names), ``about.json``.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

import marisa_trie
import numpy as np

from .names import loose_key, plain_key
from .records import FORMAT, Record
from .regions import bare_region_names

ROW = np.dtype(
    [
        ("geonameid", "u4"), ("lat", "f4"), ("lon", "f4"), ("population", "u4"), ("radius", "f4"),
        ("region", "i4"), ("country", "u2"), ("feature", "u1"), ("length", "u1"), ("name", "u4"),
    ]
)  # fmt: skip
POSTING = np.dtype([("row", "u4"), ("own", "u1")])
_MAX_KEY = 60


def build(records: Iterable[Record], target: Path, edition: str) -> None:
    """Build an index in ``target``, whole or not at all.

    Several processes may build the same index at once: each writes a folder of its own, the first to
    finish gives it the name.

    Args:
        records: the places; a region before the places it holds, or in any order.
        target: the folder to make; left alone where it is there already.
        edition: what the index calls itself.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        _write(records, folder, edition)
        try:
            folder.rename(target)
        except OSError:
            if not (target / "about.json").is_file():
                raise
    finally:
        if folder.is_dir():
            shutil.rmtree(folder, ignore_errors=True)


def _write(records: Iterable[Record], folder: Path, edition: str) -> None:
    features: dict[str, int] = {}
    countries: dict[str, int] = {"": 0}
    regions: dict[str, int] = {}
    rows: list[tuple[float, ...]] = []
    region_of: list[str] = []
    strings = bytearray()
    plain: dict[str, dict[int, int]] = {}
    for number, record in enumerate(records):
        name = record.name.encode()[:255].decode(errors="ignore").encode()
        rows.append(
            (
                record.geonameid, record.lat, record.lon, min(record.population, 2**32 - 1),
                record.radius_km, -1, countries.setdefault(record.country, len(countries)),
                features.setdefault(record.feature, len(features)), len(name), len(strings),
            )
        )  # fmt: skip
        strings += name
        region_of.append(record.region)
        if record.feature == "ADM1":
            regions[record.region] = number
        for key, own in _keys(record):
            postings = plain.setdefault(key, {})
            postings[number] = max(own, postings.get(number, 0))
    table = np.array(rows, dtype=ROW)
    table["region"] = [regions.get(code, -1) for code in region_of]
    np.save(folder / "rows.npy", table)
    (folder / "strings.bin").write_bytes(bytes(strings))
    loose: dict[str, dict[int, int]] = {}
    for key, found in plain.items():
        folded = loose_key(key)
        if len(folded) >= 4:
            loose.setdefault(folded, {}).update(dict.fromkeys(found, 0))
    population = table["population"]
    _write_keys(plain, population, folder, "plain")
    _write_keys(loose, population, folder, "loose")
    about = {
        "format": FORMAT, "edition": edition, "features": list(features), "countries": list(countries),
        "places": len(rows), "keys": len(plain),
    }  # fmt: skip
    temporary = folder / "about.json.part"
    temporary.write_text(json.dumps(about), encoding="utf-8")
    temporary.replace(folder / "about.json")


def _keys(record: Record) -> Iterable[tuple[str, int]]:
    own = plain_key(record.name)
    if 0 < len(own) <= _MAX_KEY:
        yield own, 1
    names = record.names
    if record.feature.startswith("ADM"):
        names = (*names, *bare_region_names((record.name, *names)))
    for name in names:
        key = plain_key(name)
        if 1 < len(key) <= _MAX_KEY:
            yield key, int(record.feature in {"PCLI", "ADM1"} or not record.geonameid)


def _write_keys(
    postings: dict[str, dict[int, int]], population: np.ndarray[tuple[int], np.dtype[np.uint32]],
    folder: Path, name: str,
) -> None:  # fmt: skip
    trie = marisa_trie.Trie(postings)
    trie.save(str(folder / f"{name}.marisa"))
    ordered: list[dict[int, int]] = [{}] * len(trie)
    for key, found in postings.items():
        ordered[trie[key]] = found
    offsets = np.zeros(len(trie) + 1, dtype="u4")
    offsets[1:] = np.cumsum([len(found) for found in ordered])
    flat = np.array(
        [item for found in ordered for item in sorted(found.items(), key=lambda i: -int(population[i[0]]))],
        dtype=POSTING,
    )
    np.save(folder / f"{name}.offsets.npy", offsets)
    np.save(folder / f"{name}.postings.npy", flat)
