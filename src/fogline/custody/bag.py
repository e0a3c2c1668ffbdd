"""Verify a bag that somebody handed over: its manifests, and the claims, texts and raw bytes within."""

from __future__ import annotations

import logging
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from ..errors import SourceError
from ..ingest import Archive
from ..store.custody import Kept
from .bundle import COARSENED
from .verified import Verified
from .verify import Progress, verify

_RATIO, _ALWAYS = 100, 1_000_000_000  # a zip may unpack to so many times its size, and to so many bytes
# What zipfile raises on files that are damaged, or made to look so.
_BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, ValueError, KeyError, RuntimeError,
    NotImplementedError,
)  # fmt: skip
_NO_LINE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
_ASK = "Ask whoever handed it over for another copy."


def is_bag(path: Path) -> bool:
    """Tell whether a path is a folder with a bag in it, or a zip file."""
    try:
        if path.is_dir():
            return (path / "bagit.txt").is_file()
        return path.suffix.lower() == ".zip" and path.is_file()
    except (OSError, ValueError):
        return False


def verify_bag(path: Path, *, progress: Progress | None = None) -> Verified:
    """Compare a bag with its manifests, and what Fogline wrote in it with itself.

    A bag that Fogline did not write is compared with its manifests alone.

    Raises:
        SourceError: it is no bag, or a zip file that cannot be unpacked.
    """
    if path.is_dir():
        return _verified(path, str(path), progress)
    with tempfile.TemporaryDirectory(prefix="fogline-bag-") as scratch:
        _unzip(path, Path(scratch))
        found = sorted(Path(scratch).glob("**/bagit.txt"), key=lambda one: len(one.parts))
        if not found:
            raise SourceError(f"{path} holds no bag: there is no bagit.txt in it. {_ASK}")
        return _verified(found[0].parent, str(path), progress)


def _unzip(path: Path, to: Path) -> None:
    try:
        with zipfile.ZipFile(path) as packed:
            size = sum(part.file_size for part in packed.infolist())
            if size > max(_ALWAYS, _RATIO * path.stat().st_size):
                raise SourceError(
                    f"{path} unpacks to {size / 1e6:,.0f} MB, more than {_RATIO} times its size, as nothing "
                    f"honest does, and was not unpacked. {_ASK}"
                )
            packed.extractall(to)
    except _BROKEN as error:
        raise SourceError(f"{path} cannot be unpacked ({error}). {_ASK}") from error


def _verified(folder: Path, name: str, progress: Progress | None) -> Verified:
    import bagit

    logging.getLogger("bagit").setLevel(logging.CRITICAL)  # what it would log, it tells in its error as well
    try:
        bag = bagit.Bag(str(folder))
        told = bag.info.get(COARSENED)
        wrong = list(_wrong(bag))
    except bagit.BagError as error:
        raise SourceError(f"{name} is no bag that can be read ({error}). {_ASK}") from error
    except (OSError, ValueError) as error:
        raise SourceError(f"{name} cannot be read ({error}). {_ASK}") from error
    data, troubles = folder / "data", list[str]()
    found = Verified()
    if (data / "documents.jsonl").is_file() and (data / "claims.jsonl").is_file():
        archive = Archive(data / "raw")
        found = verify(
            _kept(data, troubles),
            archive if archive.folder.is_dir() else None,
            whole_archive=True,
            coarsened=told == "true",
            progress=progress,
        )
    for what in (*wrong, *troubles):
        found.differs(name, "bag", f"The bag {name} is not as it was written: {what}. {_ASK}")
    return found


def _wrong(bag: object) -> Iterator[str]:
    """Give what a bag's manifests do not agree with."""
    import bagit

    try:
        bag.validate()  # type: ignore[attr-defined]
    except bagit.BagValidationError as error:
        yield from (str(detail) for detail in error.details) if error.details else [str(error)]


class _Line(msgspec.Struct):
    document: str
    id: str


def _kept(data: Path, troubles: list[str]) -> Iterator[Kept]:
    """Give the documents of a bundle with their claims; what is no such line is added to the troubles."""
    bodies: dict[str, list[tuple[str, str]]] = {}
    for where, line in _lines(data / "claims.jsonl"):
        try:
            claim = msgspec.json.decode(line, type=_Line)
            bodies.setdefault(claim.document, []).append((claim.id, line.decode()))
        except _NO_LINE as error:
            troubles.append(f"{where} is no claim ({error})")
    for where, line in _lines(data / "documents.jsonl"):
        try:
            kept = msgspec.json.decode(line, type=Kept)
        except _NO_LINE as error:
            troubles.append(f"{where} is no document ({error})")
            continue
        yield msgspec.structs.replace(kept, claims=tuple(bodies.pop(kept.document.id, ())))
    for document in bodies:
        troubles.append(f"it has claims of the document {document}, which it does not hold")


def _lines(path: Path) -> Iterator[tuple[str, bytes]]:
    with path.open("rb") as lines:
        for nth, line in enumerate(lines, start=1):
            yield f"line {nth} of {path.name}", line
