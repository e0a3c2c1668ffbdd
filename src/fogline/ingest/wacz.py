"""WACZ: web archives packed with an index and the hashes of their parts."""

from __future__ import annotations

import hashlib
import struct
import zipfile
import zlib
from collections.abc import Iterator
from functools import partial
from typing import Any, BinaryIO, cast

import msgspec

from .item import Capture, Item, Problem
from .warc import Archived, captures

_PACKAGE, _DIGEST = "datapackage.json", "datapackage-digest.json"
_WARCS = (".warc", ".warc.gz", ".warc.zst")
_MOST_TELLING = 50_000_000  # bytes of the file that tells of the others
_RATIO, _ALWAYS = 100, 1_000_000_000
_PIECE = 1 << 20
# What zipfile raises on files that are damaged, or made to look so.
_BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, ValueError, KeyError, RuntimeError,
    NotImplementedError,
)  # fmt: skip


def packed(item: Item, sha256: str) -> Iterator[Item | Problem]:
    """Give the captures of every WARC in a WACZ, after its parts were compared with their hashes.

    A part that is not what its hash says is a warning, and its captures are given all the same.
    Source: WACZ 1.1.1, Webrecorder.
    """
    try:
        with item.open() as stream, zipfile.ZipFile(stream) as package:
            parts = package.infolist()
            if sum(part.file_size for part in parts) > max(_ALWAYS, _RATIO * item.size()):
                yield _error(item, f"unpacks to more than {_RATIO} times its size, as nothing honest does")
                return
            yield from _compared(item, package)
            warcs = [p for p in parts if p.filename.startswith("archive/") and _is_warc(p.filename)]
            if not warcs:
                yield _error(item, "holds no WARC under archive/")
            for part in warcs:
                name = f"{item.name}/{part.filename}"
                yield from captures(
                    Archived(
                        name=name,
                        open=partial(_opened, package, part),
                        size=part.file_size,
                        capture=Capture(file=item.name, sha256=sha256, member=part.filename),
                        found=item.retrieved,
                    )
                )
    except _BROKEN as error:
        yield _error(item, f"is broken or no WACZ ({error})")


def _opened(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> BinaryIO:
    return cast("BinaryIO", package.open(part))


def _is_warc(name: str) -> bool:
    return name.lower().endswith(_WARCS)


def _compared(item: Item, package: zipfile.ZipFile) -> Iterator[Problem]:
    """Compare the parts with the hashes that the package tells, and its own with that beside it."""
    names = set(package.namelist())
    if _PACKAGE not in names:
        yield _doubt(item, f"has no {_PACKAGE}, so its parts could not be compared with their hashes")
        return
    digest = _read(package, _DIGEST).get("hash") if _DIGEST in names else None
    if digest is not None and not _agrees(package, _PACKAGE, digest):
        yield _doubt(item, f"has a {_PACKAGE} that is not what {_DIGEST} says: it was changed after packing")
    resources = _read(package, _PACKAGE).get("resources")
    for resource in resources if isinstance(resources, list) else []:
        path = resource.get("path") if isinstance(resource, dict) else None
        if not isinstance(path, str):
            continue
        told = resource.get("hash")
        if path not in names:
            yield _doubt(item, f"names a part {path} that it does not hold")
        elif told is not None and not _agrees(package, path, told):
            yield _doubt(item, f"has a part {path} that is not what its hash says: it was changed or damaged")


def _read(package: zipfile.ZipFile, name: str) -> dict[str, Any]:
    with package.open(name) as stream:
        try:
            told = msgspec.json.decode(stream.read(_MOST_TELLING))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return {}
    return told if isinstance(told, dict) else {}


def _agrees(package: zipfile.ZipFile, name: str, told: object) -> bool:
    algorithm, _, value = str(told).partition(":")
    if algorithm not in ("sha256", "md5"):
        return False
    digest = hashlib.new(algorithm, usedforsecurity=False)
    try:
        with package.open(name) as stream:
            while piece := stream.read(_PIECE):
                digest.update(piece)
    except _BROKEN:
        return False
    return digest.hexdigest() == value.lower()


def _doubt(item: Item, what: str) -> Problem:
    return Problem(
        object=item.name,
        message=f"{item.name} {what}. Compare it with its maker's copy before you rely on it.",
        severity="warning",
    )


def _error(item: Item, what: str) -> Problem:
    return Problem(
        object=item.name, message=f"{item.name} {what}, and was not read. Fetch it anew from its maker."
    )
