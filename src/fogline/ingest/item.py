"""What ingest hands on: bytes with when and whence, and what stood in the way."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path, PurePath, PurePosixPath
from typing import BinaryIO, Literal
from urllib.parse import unquote, urlsplit

from msgspec import Struct

_CHUNK = 1 << 20


class Capture(Struct, frozen=True, kw_only=True):
    """Where an item's bytes stand in a web archive that somebody made.

    ``file`` is the path of the WARC or WACZ file and ``sha256`` the hash of all of it, ``member`` the WARC
    inside a WACZ. ``offset`` counts the bytes before the record (in the file as it lies on disk, or in the
    member), None where records share one compressed stream; ``record`` is its WARC-Record-ID.
    ``digest`` is the WARC-Payload-Digest where it was checked and agreed. ``repeats`` is the record that
    holds the bytes, where this one only says that they were the same again (a revisit).
    """

    file: str
    sha256: str
    member: str | None = None
    offset: int | None = None
    record: str | None = None
    digest: str | None = None
    repeats: str | None = None


class Item(Struct, frozen=True, kw_only=True):
    """One source's raw bytes, on disk (``path``) or in memory (``data``).

    ``name`` is the path or address as the user would recognise it, ``retrieved`` when the bytes were
    found (UTC). ``url``, ``media`` (a MIME type without parameters), ``status`` and ``headers``
    (lower-case names) are what a server told. ``sidecar`` is a JSON file beside ``path`` with what is known
    of the report, ``capture`` where the bytes stand in a web archive.
    """

    name: str
    retrieved: datetime
    path: Path | None = None
    data: bytes | None = None
    url: str | None = None
    media: str | None = None
    status: int | None = None
    headers: Mapping[str, str] = {}
    sidecar: Path | None = None
    capture: Capture | None = None

    def open(self) -> BinaryIO:
        """Open the bytes for reading from their start.

        Raises:
            OSError: the file is gone or cannot be read.
        """
        if self.data is not None:
            return io.BytesIO(self.data)
        if self.path is None:
            return io.BytesIO()
        return self.path.open("rb")

    def bytes(self) -> bytes:
        """Return all the bytes."""
        if self.data is not None:
            return self.data
        with self.open() as stream:
            return stream.read()

    def size(self) -> int:
        """Return the number of bytes."""
        if self.data is not None:
            return len(self.data)
        return self.path.stat().st_size if self.path is not None else 0

    def sha256(self) -> str:
        """Return the SHA-256 of the bytes in hex, read piece by piece."""
        digest = hashlib.sha256()
        with self.open() as stream:
            while piece := stream.read(_CHUNK):
                digest.update(piece)
        return digest.hexdigest()

    @property
    def file(self) -> PurePosixPath:
        """The last part of the name, as a path: its stem and suffix tell what the item is."""
        where = unquote(urlsplit(self.url).path) if self.url else self.name.replace("\\", "/")
        return PurePosixPath(PurePosixPath(where).name)

    @property
    def suffix(self) -> str:
        """The suffix of :attr:`file`; see :func:`suffix_of`."""
        return suffix_of(self.file)


def suffix_of(path: PurePath) -> str:
    """Return a file's last suffix in lower case; of what is packed as a whole, as ``.jsonl.gz`` is, two."""
    last = path.suffix.lower()
    return PurePath(path.stem).suffix.lower() + last if last in (".gz", ".zst") else last


class Problem(Struct, frozen=True, kw_only=True):
    """What could not be taken in or read, for the user: one paragraph with the next step.

    ``object`` names the file, address or line. A ``warning`` tells of doubt about something that was
    read all the same, an ``error`` of something left out.
    """

    object: str
    message: str
    severity: Literal["error", "warning"] = "error"
