"""Raw bytes kept under their SHA-256, with when and whence."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Self

import msgspec
from msgspec import Struct

from ..errors import SourceError
from .item import Capture, Item

_CHUNK = 1 << 20
_NAME = re.compile(r"[0-9a-f]{64}")


class Provenance(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """When bytes were taken in, and whence: what a server told, and where they stand in a web archive."""

    name: str
    retrieved: datetime
    url: str | None = None
    media: str | None = None
    status: int | None = None
    headers: Mapping[str, str] = {}
    capture: Capture | None = None

    @classmethod
    def of(cls, item: Item) -> Self:
        """Return what is to be noted of an item."""
        return cls(**{name: getattr(item, name) for name in cls.__struct_fields__})


class Archive:
    """A folder that keeps raw bytes, each content once.

    The bytes lie in ``ab/abcd…`` (named by their SHA-256 in hex), beside them ``ab/abcd….whence`` with
    one ``Provenance`` as JSON a line. Bytes are written to a temporary file, synced, and renamed, so that a
    name never stands for half of a content, whenever the process dies.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder)

    def keep(self, item: Item) -> str:
        """Keep the bytes of an item and note whence they came; both only where they are new.

        Returns:
            The SHA-256 of the bytes in hex.

        Raises:
            SourceError: the item cannot be read, or the archive not written.
        """
        try:
            digest = item.sha256()
            if not self.path(digest).exists():
                digest = self._write(item)
            self._note(digest, item)
        except OSError as error:
            raise SourceError(
                f"{item.name} could not be kept in the archive {self.folder} ({error.strerror or error}). "
                "Check that the source can be read and that the disk has room."
            ) from error
        return digest

    def path(self, digest: str) -> Path:
        """Return where the bytes of a digest lie, or would lie.

        Raises:
            SourceError: this is no SHA-256 in hex.
        """
        if not _NAME.fullmatch(digest):
            raise SourceError(
                f"{digest!r} is no SHA-256 in hex. Take the one that a document's raw field tells."
            )
        return self.folder / digest[:2] / digest

    def open(self, digest: str) -> BinaryIO:
        """Open the bytes of a digest.

        Raises:
            SourceError: the archive does not hold them.
        """
        try:
            return self.path(digest).open("rb")
        except FileNotFoundError as error:
            raise SourceError(
                f"The archive {self.folder} does not hold {digest}. Add its source again."
            ) from error

    def provenance(self, digest: str) -> list[Provenance]:
        """Return when and whence the bytes of a digest came, oldest first."""
        try:
            lines = self._notes(digest).read_bytes().splitlines()
        except FileNotFoundError:
            return []
        notes = []
        for line in lines:
            with contextlib.suppress(msgspec.DecodeError):  # the half line of a process that was killed
                notes.append(msgspec.json.decode(line, type=Provenance))
        return notes

    def copy(self, digest: str, to: Archive) -> None:
        """Copy the bytes of a digest, with what is noted of them, to another archive.

        Raises:
            SourceError: this archive does not hold them, or the other cannot be written.
        """
        try:
            with self.open(digest) as source:
                target = to.path(digest)
                target.parent.mkdir(parents=True, exist_ok=True)
                with target.open("wb") as written:
                    shutil.copyfileobj(source, written, _CHUNK)
            if self._notes(digest).exists():
                shutil.copyfile(self._notes(digest), to._notes(digest))
        except OSError as error:
            raise SourceError(
                f"{digest} could not be copied to {to.folder} ({error.strerror or error}). Check that the "
                "disk has room."
            ) from error

    def digests(self) -> Iterator[str]:
        """Yield the digests of everything that is held, sorted."""
        for path in sorted(self.folder.glob("[0-9a-f][0-9a-f]/*")):
            if _NAME.fullmatch(path.name):
                yield path.name

    def verify(self) -> list[str]:
        """Return the digests whose bytes are not what their name says."""
        return [digest for digest in self.digests() if not self._sound(digest)]

    def _sound(self, digest: str) -> bool:
        with self.path(digest).open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() == digest

    def _write(self, item: Item) -> str:
        self.folder.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=self.folder, prefix=".new-")
        temporary = Path(name)
        try:
            digest = hashlib.sha256()
            with os.fdopen(descriptor, "wb") as target, item.open() as stream:
                while piece := stream.read(_CHUNK):
                    digest.update(piece)
                    target.write(piece)
                target.flush()
                os.fsync(target.fileno())
            path = self.path(digest.hexdigest())
            path.parent.mkdir(exist_ok=True)
            temporary.replace(path)
            _sync_folder(path.parent)
            return digest.hexdigest()
        finally:
            temporary.unlink(missing_ok=True)

    def _notes(self, digest: str) -> Path:
        return self.path(digest).with_suffix(".whence")

    def _note(self, digest: str, item: Item) -> None:
        note = Provenance.of(item)
        known = ((old.name, old.url, old.capture) for old in self.provenance(digest))
        if (note.name, note.url, note.capture) in known:
            return
        path = self._notes(digest)
        with path.open("ab") as target:
            broken = target.tell() > 0 and not path.read_bytes().endswith(b"\n")
            target.write((b"\n" if broken else b"") + msgspec.json.encode(note) + b"\n")


def _sync_folder(folder: Path) -> None:
    """Make a rename last through a power cut, where the system can sync folders."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
