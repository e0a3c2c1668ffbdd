"""Choose the reader of an item and complete what it reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from ..errors import ReadError
from ..ingest.item import Item, Problem
from ..model import Document
from . import eml, html, json, jsonl, parquet, pdf, plain
from .hints import Hints
from .language import detect
from .limits import LIMITS, size
from .sidecar import beside

Reader = Callable[[Item], Iterator[Document | Problem]]

READERS: dict[str, Reader] = {
    "plain": plain.read,
    "eml": eml.read,
    "html": html.read,
    "pdf": pdf.read,
    "json": json.read,
    "jsonl": jsonl.read,
    "parquet": parquet.read,
}
_BY_SUFFIX = {
    ".txt": "plain", ".md": "plain", ".html": "html", ".htm": "html", ".xhtml": "html", ".pdf": "pdf",
    ".eml": "eml", ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".jsonl.gz": "jsonl",
    ".ndjson.gz": "jsonl", ".parquet": "parquet",
}  # fmt: skip
_BY_MEDIA = {
    "text/plain": "plain", "text/markdown": "plain", "text/html": "html", "application/xhtml+xml": "html",
    "application/pdf": "pdf", "application/json": "json", "application/x-ndjson": "jsonl",
    "message/rfc822": "eml", "application/jsonl": "jsonl", "application/x-jsonlines": "jsonl",
    "application/vnd.apache.parquet": "parquet",
}  # fmt: skip
_HEAD = 4096


def read(item: Item, hints: Hints | None = None, *, raw: str | None = None) -> Iterator[Document | Problem]:
    """Yield the documents of an item, and a problem for each part that holds none.

    Args:
        item: the raw bytes and their name.
        hints: what to take where the source does not tell.
        raw: the SHA-256 of the bytes where the caller has it already; worked out where None.

    Returns:
        Documents in the order of the item; JSON Lines are read as they are asked for, so that memory
        does not grow with the length of the file.
    """
    hints = hints or Hints()
    try:
        reader = READERS[kind(item)]
        digest = raw or item.sha256()
        known, doubts = beside(item)
        yield from doubts
        for found in reader(item):
            if isinstance(found, Problem):
                yield found
            elif len(found.text) > LIMITS.text:
                yield Problem(
                    object=found.id,
                    message=f"The text of {found.id} in {item.name} has {size(len(found.text))} characters, "
                    f"more than the {size(LIMITS.text)} that Fogline reads as one report. Split it into its "
                    "reports or chapters and add those.",
                )
            else:
                yield _complete(known.onto(found), item, hints, digest)
    except ReadError as error:
        yield Problem(object=item.name, message=str(error))
    except OSError as error:
        yield Problem(
            object=item.name,
            message=f"{item.name} could not be read ({error.strerror or error}). Check that it is still "
            "there.",
        )


def kind(item: Item) -> str:
    """Return the name of the reader for an item: by the server's word, the suffix, then the first bytes."""
    if item.media in _BY_MEDIA and not (item.media == "text/plain" and item.suffix in _BY_SUFFIX):
        return _BY_MEDIA[item.media]
    if item.suffix in _BY_SUFFIX:
        return _BY_SUFFIX[item.suffix]
    with item.open() as stream:
        head = stream.read(_HEAD).removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"["):
        return "json"
    if head.startswith(b"{"):
        return "jsonl" if jsonl.looks_like_lines(head) else "json"
    if head[:64].lower().startswith((b"<!doctype html", b"<html", b"<head", b"<?xml")):
        return "html"
    return "plain"


def _complete(document: Document, item: Item, hints: Hints, raw: str) -> Document:
    document = hints.fill(msgspec.structs.replace(document, raw=raw, url=document.url or item.url))
    if document.language is None:
        document = msgspec.structs.replace(document, language=detect(document.text))
    return document
