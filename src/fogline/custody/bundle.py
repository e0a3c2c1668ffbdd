"""Bundles: claims with all they rest on, as a bag (BagIt) to hand to somebody else."""

from __future__ import annotations

import os
import shutil
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from .. import __version__
from ..errors import SourceError
from ..export.jsonl import line
from ..export.safe import json_safe
from ..ingest import Archive
from ..model import Event
from ..shown import Shown
from ..store import Stored
from ..store.custody import Kept
from . import chain
from .page import page, readme

_BAGIT = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_CHECKSUMS = ["sha256", "sha512"]
COARSENED = "Fogline-Coarsened"
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


class Contents(Struct, frozen=True, kw_only=True):
    """What a bundle is made of.

    ``documents`` are those of the claims by id, each with no other claims than the bundle's. ``sources``
    tells whether raw bytes and texts go in; ``coarsened`` that points are rounded.
    """

    asked: Sequence[str]
    claims: Sequence[Stored]
    shown: Sequence[Shown]
    events: Sequence[Event]
    documents: Mapping[str, Kept]
    sources: bool = True
    coarsened: bool = False


class Bundled(Struct, frozen=True, kw_only=True):
    """What went into a bundle."""

    path: Path
    claims: int
    documents: int
    raw: int
    bytes: int


def write(contents: Contents, archive: Archive, to: Path) -> Bundled:
    """Write a bundle as a folder, or as a zip file where the name ends in ``.zip``.

    It takes its name only when it is whole.

    Raises:
        SourceError: the place is taken or cannot be written, or the archive does not hold what is needed.
    """
    if to.exists():
        raise SourceError(f"{to} is there already. Name another folder or .zip file, or move it away.")
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=to.parent, prefix=".bundle-") as scratch:
            folder = Path(scratch) / (to.stem if _is_zip(to) else to.name)
            folder.mkdir()
            raw = _fill(folder, contents, archive)
            _bag(folder, contents)
            size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
            if _is_zip(to):
                packed = Path(scratch) / "whole.zip"
                _zip(folder, packed)
                packed.replace(to)
            else:
                folder.replace(to)
    except OSError as error:
        raise SourceError(
            f"The bundle {to} could not be written ({error.strerror or error}). Check that the disk has "
            "room, or name another place."
        ) from error
    return Bundled(
        path=to, claims=len(contents.claims), documents=len(contents.documents), raw=raw, bytes=size
    )


def _is_zip(path: Path) -> bool:
    return path.suffix.lower() == ".zip"


def _fill(folder: Path, contents: Contents, archive: Archive) -> int:
    """Write the files of a bundle, and return how many raw contents went in."""
    raws = sorted({k.document.raw for k in contents.documents.values() if k.document.raw is not None})
    notes = {raw: archive.provenance(raw) for raw in raws}
    with (folder / "claims.jsonl").open("w", encoding="utf-8") as to:
        for kept in contents.documents.values():
            to.writelines(json_safe(body) + "\n" for _, body in kept.claims)
    with (folder / "events.jsonl").open("w", encoding="utf-8") as to:
        to.writelines(line(event) for event in contents.events)
    with (folder / "documents.jsonl").open("w", encoding="utf-8") as to:
        for kept in contents.documents.values():
            bare = msgspec.structs.replace(kept, claims=())
            if not contents.sources:
                bare = msgspec.structs.replace(bare, document=msgspec.structs.replace(kept.document, text=""))
            to.write(line(bare))
    with (folder / "chain.jsonld").open("w", encoding="utf-8") as to:
        chain.write(contents.claims, contents.documents, notes, to)
    about = f"{len(contents.claims)} claims of {len(contents.documents)} documents, by Fogline {__version__}"
    told = page(contents.events, contents.shown, contents.documents, notes, about=about)
    (folder / "index.html").write_text(told, encoding="utf-8")
    (folder / "README.txt").write_text(readme(sources=contents.sources), encoding="utf-8")
    if not contents.sources:
        return 0
    within = Archive(folder / "raw")
    for raw in raws:
        archive.copy(raw, within)
    return len(raws)


def _bag(folder: Path, contents: Contents) -> None:
    """Make a bag of a folder: what it holds goes under ``data``, the manifests beside that."""
    import bagit

    about = {
        "Bag-Software-Agent": f"Fogline {__version__}",
        "External-Description": f"Claims and what they rest on: {', '.join(contents.asked)}",
        COARSENED: "true" if contents.coarsened else "false",
    }
    bagit.make_bag(str(folder), about, checksums=_CHECKSUMS)
    (folder / "bagit.txt").write_text(_BAGIT, encoding="utf-8")  # the library names the draft before
    bagit.Bag(str(folder)).save()


def _zip(folder: Path, to: Path) -> None:
    """Pack a folder, under its own name, so that the same bundle makes the same file."""
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                name = path.relative_to(folder.parent).as_posix()
                entry = zipfile.ZipInfo(name, _ZIP_TIME)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o644 << 16
                with path.open("rb") as source, packed.open(entry, "w") as target:
                    shutil.copyfileobj(source, target, 1 << 20)
    with to.open("rb+") as written:
        os.fsync(written.fileno())
