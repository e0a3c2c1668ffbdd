"""Shards: files of many reports, on disk or in an object store."""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath, PurePosixPath

from msgspec import Struct

from ..errors import SourceError
from ..ingest import Item, Problem
from ..ingest.files import files
from ..ingest.item import suffix_of
from ..ingest.unpack import SUFFIXES as ARCHIVES
from .places import files_under, is_address, opened, shown

SUFFIXES = frozenset((".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz", ".parquet", *ARCHIVES))
_SLUG = re.compile(r"[^\w.-]+")
_CHUNK = 1 << 20


class Shard(Struct, frozen=True, kw_only=True):
    """A file of many reports.

    ``where`` is its path or address, ``name`` how the user knows it and what ``fogline add`` would call it,
    ``size`` its bytes, ``modified`` when it was last written, in nanoseconds since 1970 (None where nobody
    knows): what tells that a file is still the one that was read.
    """

    where: str
    name: str
    size: int
    modified: int | None = None

    @property
    def key(self) -> str:
        """The shard's name in an output: its file's name, and a hash of where it lies."""
        place = shown(self.where)
        slug = _SLUG.sub("-", PurePosixPath(place.replace("\\", "/")).name)[:80]
        return f"{slug}-{hashlib.sha256(place.encode()).hexdigest()[:12]}"


def shards_in(sources: Iterable[str]) -> tuple[list[Shard], list[Problem]]:
    """Return the shards of files, folders and addresses, each once, and what stands in the way of others."""
    shards: dict[str, Shard] = {}
    problems: list[Problem] = []
    for source in sources:
        for found in _remote(source) if is_address(source) else _local(source):
            if isinstance(found, Problem):
                problems.append(found)
            else:
                shards.setdefault(found.where, found)
    return list(shards.values()), problems


@contextmanager
def fetched(shard: Shard) -> Iterator[Path]:
    """Give a shard as a file of this machine; one of an object store is fetched for the while.

    Raises:
        SourceError: the shard cannot be fetched.
    """
    if not is_address(shard.where):
        yield Path(shard.where)
        return
    system, path = opened(shard.where)
    with tempfile.TemporaryDirectory(prefix="fogline-") as folder:
        file = Path(folder, PurePosixPath(path).name)
        try:
            with system.open_input_stream(path, compression=None) as stream, file.open("wb") as target:
                while piece := stream.read(_CHUNK):
                    target.write(piece)
        except OSError as error:
            raise SourceError(f"{shard.name} cannot be fetched ({error}). Run the same again.") from error
        yield file


def sha256(file: Path) -> str:
    """Return the SHA-256 of a file in hex."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _local(source: str) -> Iterator[Shard | Problem]:
    folder, told = Path(source).expanduser().is_dir(), False
    for item in files(source):
        if isinstance(item, Problem):
            told = True
            yield item
        elif (shard := _shard(item)) is not None:
            told = True
            yield shard
        elif not folder:
            yield _no_shard(source)
            return
    if folder and not told:
        yield _no_shard(source)


def _shard(item: Item) -> Shard | None:
    if item.path is None or item.suffix not in SUFFIXES:
        return None
    status = item.path.stat()
    return Shard(
        where=str(item.path.absolute()), name=item.name, size=status.st_size, modified=status.st_mtime_ns
    )


def _remote(source: str) -> Iterator[Shard | Problem]:
    from pyarrow import fs

    try:
        system, path = opened(source)
        info = system.get_file_info(path)
        found = [info] if info.type == fs.FileType.File else files_under(system, path)
    except (SourceError, OSError) as error:
        yield Problem(object=shown(source), message=f"{shown(source)} cannot be listed ({error}).")
        return
    wanted = [one for one in found if suffix_of(PurePath(one.path)) in SUFFIXES]
    head, _, settings = source.partition("?")
    base = head.rstrip("/")
    for one in sorted(wanted, key=lambda one: one.path.split("/")):
        where = base + one.path.removeprefix(path)
        yield Shard(
            where=f"{where}?{settings}" if settings else where,
            name=shown(where),
            size=one.size,
            modified=one.mtime_ns,
        )
    if not wanted:
        yield _no_shard(shown(source))


def _no_shard(source: str) -> Problem:
    return Problem(
        object=source,
        message=f"{source} holds no shards: those are files of many reports ({' '.join(sorted(SUFFIXES))}). "
        "Single reports go in with `fogline add`, or with `fogline extract` without --out.",
    )
