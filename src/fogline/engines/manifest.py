"""What an output holds: one entry for each shard that is done, written after all else of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from ..errors import QueryError, SourceError
from ..ingest import Problem
from .places import files_under, opened, shown
from .shards import Shard

if TYPE_CHECKING:
    from pyarrow.fs import FileSystem

FOLDER = "manifest"
_ENTRY = re.compile(r"[^/]+\.json")


class Made(Struct, frozen=True, kw_only=True):
    """How an output was made: the same for all its shards, so that it is one thing.

    ``extractor`` is what read the claims, ``signatures`` the edition of the near-copy signatures;
    ``embargo_hours`` and ``coarsen`` are what was held back; ``published`` and ``outlet`` are what was taken
    where a source did not tell.
    """

    extractor: str
    signatures: str
    embargo_hours: float = 0.0
    coarsen: bool = False
    published: str | None = None
    outlet: str | None = None

    @property
    def whole(self) -> bool:
        """Whether nothing was held back."""
        return not (self.embargo_hours or self.coarsen)


class Part(Struct, frozen=True, kw_only=True):
    """One Parquet file of a shard: which table, its path in the output, rows, bytes and their SHA-256."""

    table: str
    path: str
    rows: int
    size: int
    sha256: str


class Entry(Struct, frozen=True, kw_only=True):
    """What reading one shard came to.

    ``held`` counts documents that the embargo holds back, ``failed`` what could not be read and ``warned``
    what was read in doubt; ``problems`` are the first thousand of these, as messages. ``seconds`` are by the
    clock, ``cores`` what cores worked in them.
    """

    key: str
    shard: Shard
    sha256: str
    made: Made
    parts: tuple[Part, ...]
    documents: int = 0
    claims: int = 0
    undated: int = 0
    left_out: int = 0
    held: int = 0
    failed: int = 0
    warned: int = 0
    problems: tuple[Problem, ...] = ()
    seconds: float = 0.0
    cores: float = 0.0
    finished: str = ""

    def covers(self, shard: Shard) -> bool:
        """Tell whether a shard is still the file that was read."""
        return (self.shard.size, self.shard.modified) == (shard.size, shard.modified)


_decoder = msgspec.json.Decoder(Entry)


class Output:
    """A folder, or a place in an object store, that holds what shards gave.

    Args:
        where: its path or address; it need not be there yet.
    """

    def __init__(self, where: str) -> None:
        self.name = shown(where)
        self.system: FileSystem
        self.system, self._base = opened(where)

    def path(self, *names: str) -> str:
        """Return the path of something in the output."""
        return "/".join((self._base, *names))

    def entries(self) -> Iterator[Entry]:
        """Give the entries of the shards that are done, in the order in which a folder is read.

        Raises:
            SourceError: an entry cannot be read.
        """
        found = []
        for info in files_under(self.system, self.path(FOLDER), deep=False):
            if not _ENTRY.fullmatch(info.base_name):
                continue
            with self.system.open_input_stream(info.path) as stream:
                try:
                    found.append(_decoder.decode(stream.read()))
                except msgspec.DecodeError as error:
                    raise SourceError(
                        f"The manifest entry {info.base_name} of {self.name} cannot be read ({error}). "
                        f"Delete it from {FOLDER}/ and run the same again: its shard alone is read again."
                    ) from error
        yield from sorted(found, key=lambda entry: entry.shard.name.split("/"))

    def done(self, made: Made) -> dict[str, Entry]:
        """Return the entries by their keys.

        Raises:
            QueryError: some were made in another way than is asked for now.
        """
        entries = {entry.key: entry for entry in self.entries()}
        for entry in entries.values():
            if entry.made != made:
                raise QueryError(
                    f"{self.name} was made with {_differences(entry.made, made)}. Give another folder with "
                    "--out, or the same options as before."
                )
        return entries


def _differences(was: Made, asked: Made) -> str:
    parts = (
        f"{name.replace('_', ' ')} {old!r}, not {new!r}"
        for name in Made.__struct_fields__
        if (old := getattr(was, name)) != (new := getattr(asked, name))
    )
    return "; ".join(parts)
