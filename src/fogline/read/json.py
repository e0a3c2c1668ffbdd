"""JSON files: one report, a list of them, or a list under ``documents``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from ..errors import ReadError
from ..ingest.item import Item, Problem
from ..model import Document
from .ids import document_id
from .limits import LIMITS, size
from .records import Record, documents


def read(item: Item) -> Iterator[Document | Problem]:
    """Yield the documents of a JSON file.

    Raises:
        ReadError: the file is no JSON, or holds neither an object nor a list of them.
    """
    if item.size() > LIMITS.file:
        raise ReadError(
            f"{item.name} has {size(item.size())} bytes, more than the {size(LIMITS.file)} that "
            "Fogline reads as one "
            "JSON file. Write the reports as JSON Lines (.jsonl), which have no such limit."
        )
    data = item.bytes().removeprefix(b"\xef\xbb\xbf")
    if not data.strip():
        raise ReadError(f"{item.name} is empty. Give it a report, or leave it out.")
    try:
        whole: Any = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ReadError(
            f"{item.name} is no valid JSON ({error}). Mend the file; one object a line belongs "
            "into a .jsonl file."
        ) from error
    if isinstance(whole, dict) and isinstance(whole.get("documents"), list):
        whole = whole["documents"]
    stem = document_id(item)
    if isinstance(whole, dict):
        yield from documents(msgspec.convert(whole, Record), where=item.name, name=stem)
        return
    if not isinstance(whole, list):
        raise ReadError(
            f"{item.name} holds neither a JSON object nor a list of them. Give it reports with a 'text'."
        )
    if not whole:
        raise ReadError(f"{item.name} holds an empty list. Give it reports with a 'text', or leave it out.")
    for number, entry in enumerate(whole, start=1):
        where = f"record {number} of {item.name}"
        if isinstance(entry, dict):
            yield from documents(msgspec.convert(entry, Record), where=where, name=f"{stem}-{number}")
        else:
            yield Problem(
                object=where,
                message=f"{where.capitalize()} is no JSON object and was left out. Give it a report with a "
                "'text'.",
            )
