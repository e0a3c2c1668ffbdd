"""JSON Lines: one report a line, read line by line."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

import msgspec

from ..errors import ReadError
from ..ingest.item import Item, Problem
from ..model import Document
from .ids import document_id
from .limits import LIMITS, size
from .records import Record, documents

_DECODER = msgspec.json.Decoder(Record)


def read(item: Item) -> Iterator[Document | Problem]:
    """Yield the document of each line; a line that holds none is a problem, and the rest is read.

    Raises:
        ReadError: the file is packed, and broken; the lines before the break are read.
    """
    stem = document_id(item).removesuffix(".jsonl").removesuffix(".ndjson")
    found = False
    with _opened(item) as stream:
        for number, line in _lines(stream, LIMITS.line):
            where = f"line {number} of {item.name}"
            if line is None:
                yield Problem(
                    object=where,
                    message=f"The record at {where} is longer than the {size(LIMITS.line)} bytes that "
                    "Fogline reads as one line and was left out. Split it into its reports.",
                )
                found = True
                continue
            line = line.removeprefix(b"\xef\xbb\xbf").strip() if number == 1 else line.strip()
            if not line:
                continue
            found = True
            try:
                record = _DECODER.decode(line)
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
                yield Problem(object=where, message=_refusal(where, line, error))
                continue
            yield from documents(record, where=where, name=f"{stem}-{number}")
    if not found:
        yield Problem(
            object=item.name,
            message=f"{item.name} is empty. Give it one JSON object a line, with the report in 'text'.",
        )


def looks_like_lines(head: bytes) -> bool:
    """Tell whether the first bytes of a file that begins with ``{`` are JSON Lines, not one object."""
    first, _, rest = head.partition(b"\n")
    try:
        msgspec.json.decode(first)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return not rest
    return True


@contextmanager
def _opened(item: Item) -> Iterator[BinaryIO]:
    """Open the lines, unpacked where the file is packed."""
    with item.open() as raw:
        if not item.suffix.endswith(".gz"):
            yield raw
            return
        try:
            with gzip.GzipFile(fileobj=raw) as stream:
                yield cast(BinaryIO, stream)
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise ReadError(
                f"{item.name} is packed with gzip and broken ({error}); what stands before the "
                "break was read. Fetch or pack it again."
            ) from error


def _lines(stream: BinaryIO, longest: int) -> Iterator[tuple[int, bytes | None]]:
    """Yield each line with its number; None for one longer than ``longest`` bytes, which is not kept."""
    number = 0
    while line := stream.readline(longest + 1):
        number += 1
        if len(line) <= longest:
            yield number, line
            continue
        while not line.endswith(b"\n") and (line := stream.readline(1 << 20)):
            pass
        yield number, None


def _refusal(where: str, line: bytes, error: Exception) -> str:
    if isinstance(error, msgspec.ValidationError):
        return (
            f"The record at {where} is no JSON object and was left out. Write one object with a "
            "'text' a line."
        )
    if isinstance(error, UnicodeDecodeError) or "utf-8" in str(error).lower():
        return f"The record at {where} is no valid UTF-8 and was left out. Save the file as UTF-8."
    return (
        f"The record at {where} is no valid JSON ({error}) and was left out. "
        "Mend the line; each line must be one whole JSON object."
    )
