"""Write what a shard gave: under names for the while, then under their own, and the manifest's entry last."""

from __future__ import annotations

import uuid
from contextlib import suppress
from typing import Self

import msgspec

from ..model import Claim, Document, LeftOut
from ..store import SourceRecord
from .manifest import FOLDER, Entry, Output
from .places import files_under, folders_in, move, settle
from .tables import TABLES, TableWriter, claim_row, document_row, left_out_row, source_row

TEMPORARY = "_temporary"  # query engines pass over names that begin so
_DOCUMENTS = 256  # that are held before they are written
_CHARACTERS = 4_000_000  # of text that are


class ShardWriter:
    """The files of one shard; a context manager that leaves nothing where it is not finished.

    A shard is read by one worker; one that was left by a worker that died is written again from the start,
    beside what that one left, which goes when the shard is done.

    Args:
        output: where to.
        key: the shard's name.
        go: the name of the present go, by which :func:`deaths` knows what it left.
    """

    def __init__(self, output: Output, key: str, go: str) -> None:
        self._output, self._key = output, key
        self._folder = output.path(TEMPORARY, key, f"{go}-{uuid.uuid4().hex}")
        self._waiting = self._characters = 0
        self._tables: dict[str, TableWriter] = {}

    def __enter__(self) -> Self:
        self._output.system.create_dir(self._folder, recursive=True)
        self._tables = {
            name: TableWriter(self._output, name, f"{self._folder}/{name}.parquet") for name in TABLES
        }
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(Exception):  # what went wrong before is what is told
            for table in self._tables.values():
                table.close()
        with suppress(Exception):
            self._output.system.delete_dir(self._folder)

    def source(self, record: SourceRecord) -> None:
        """Keep whence bytes came."""
        self._tables["sources"].add(source_row(record))

    def document(
        self,
        number: int,
        document: Document,
        *,
        claims: list[Claim],
        left_out: tuple[LeftOut, ...],
        bands: list[int],
        text: bool,
    ) -> None:
        """Keep a document and what was found in it."""
        row = document_row(number, document, claims=len(claims), bands=bands, text=text)
        self._tables["documents"].add(row)
        for claim in claims:
            self._tables["claims"].add(claim_row(number, claim, document))
        for left in left_out:
            self._tables["left_out"].add(left_out_row(number, left))
        self._waiting += 1
        self._characters += len(document.text)
        if self._waiting >= _DOCUMENTS or self._characters >= _CHARACTERS:
            for table in self._tables.values():
                table.flush()
            self._waiting = self._characters = 0

    def finish(self, entry: Entry) -> Entry:
        """Give the files their names, then write the entry that says they are whole."""
        parts = tuple(
            table.named(f"{name}/shard={self._key}/part.parquet") for name, table in self._tables.items()
        )
        entry = msgspec.structs.replace(entry, parts=parts)
        path, system = f"{self._folder}/entry.json", self._output.system
        with system.open_output_stream(path) as stream:
            stream.write(msgspec.json.format(msgspec.json.encode(entry)) + b"\n")
        settle(system, path)
        move(system, path, self._output.path(FOLDER, f"{self._key}.json"))
        with suppress(Exception):  # left behind by a worker that died, and in nobody's way
            system.delete_dir(self._output.path(TEMPORARY, self._key))
        return entry


def deaths(output: Output, key: str, go: str) -> int:
    """Return how many workers died on a shard in one go: what each was writing is still there."""
    return sum(name.startswith(f"{go}-") for name in folders_in(output.system, output.path(TEMPORARY, key)))


def tidy(output: Output) -> None:
    """Take away the folder for the while, where nothing is in it."""
    with suppress(Exception):
        if not files_under(output.system, output.path(TEMPORARY)):
            output.system.delete_dir(output.path(TEMPORARY))
