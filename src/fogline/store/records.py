"""What is read back from a store: documents, claims with their document, sources, voices."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any

import msgspec
from msgspec import Struct

from ..model import Amendment, Claim, Document
from .base import WRITING, Store
from .filters import Filters, conditions, embargo_day
from .names import voices_meant
from .tables import SOURCES

_CURRENT = (
    "SELECT document, extractor FROM (SELECT document, extractor, row_number() OVER "
    "(PARTITION BY document ORDER BY finished DESC, extractor DESC) AS nth FROM runs) ranked WHERE nth = 1"
)
_CHUNK = 1000
_NOT_REPLACED = "d.id NOT IN (SELECT document FROM replacements)"


class SourceRecord(Struct, frozen=True, kw_only=True):
    """Raw bytes kept in the archive: their SHA-256, whence and when they came, and what the server told."""

    raw: str
    whence: str
    fetched: datetime
    size: int | None = None
    media_type: str | None = None
    headers: Mapping[str, str] = {}


class Stored(Struct, frozen=True, kw_only=True):
    """A claim with what its document tells of itself, and what a later edition of that did to it."""

    claim: Claim
    title: str | None = None
    published: date | None = None
    outlet: str | None = None
    url: str | None = None
    amended: Amendment | None = None


class Known(Struct, frozen=True, kw_only=True):
    """A document that a ledger holds: all but its text, the digest of that, and whether it was read."""

    document: Document
    digest: str
    read: bool


class DocumentSummary(Struct, frozen=True, kw_only=True):
    """A document of a ledger: what it tells of itself, and what was read in it."""

    id: str
    title: str | None
    published: date | None
    outlet: str | None
    url: str | None
    characters: int
    claims: int
    left_out: int
    added: datetime


class Missed(Struct, frozen=True, kw_only=True):
    """A mention that could not be handled: where it stands, by which step, and why.

    ``start`` and ``end`` are None, and so is ``text``, where a step failed on the whole document.
    """

    document: str
    step: str
    start: int | None
    end: int | None
    text: str | None
    why: str


_decoder = msgspec.json.Decoder(Claim)


def stored_claims(store: Store, filters: Filters) -> Iterator[Stored]:
    """Give the claims that meet the filters, by publication, document and place in the text.

    Of several extractors that read a document, the last to do so counts, where none is asked for; a
    document that a later source told more fully is passed over.
    """
    found, values = met_by(filters, store)
    limit = f" LIMIT {int(filters.limit)}" if filters.limit else ""
    query = (
        f"SELECT c.id, d.title, d.published, d.outlet, d.url {found} "
        f"ORDER BY d.published NULLS LAST, c.document, c.evidence_start, c.id{limit}"
    )
    rows = store.rows(query, values)
    while chunk := list(islice(rows, _CHUNK)):  # no more bodies than these are held
        marks = ", ".join("?" * len(chunk))
        ids = [row[0] for row in chunk]
        bodies: dict[str, str] = dict(store.rows(f"SELECT id, body FROM claims WHERE id IN ({marks})", ids))
        for id, title, published, outlet, url in chunk:
            claim = _decoder.decode(bodies[id])
            yield Stored(claim=claim, title=title, published=published, outlet=outlet, url=url)


def claims_of_ids(store: Store, ids: Sequence[str]) -> Iterator[Stored]:
    """Give the claims with these ids, each with what its document tells of itself, in no order."""
    if not ids:
        return
    query = (
        "SELECT c.body, d.title, d.published, d.outlet, d.url FROM claims c JOIN documents d "
        f"ON d.id = c.document WHERE c.id IN ({', '.join('?' * len(ids))})"
    )
    for body, title, published, outlet, url in store.rows(query, list(ids)):
        claim = _decoder.decode(body)
        yield Stored(claim=claim, title=title, published=published, outlet=outlet, url=url)


def claims_in(store: Store, documents: Iterable[str]) -> dict[str, list[Claim]]:
    """Return the claims that the current extractor found in each of these documents, in their order."""
    found: dict[str, list[Claim]] = {document: [] for document in documents}
    rest = iter(found)
    while some := list(islice(rest, _CHUNK)):
        query = (
            f"SELECT c.document, c.body FROM claims c JOIN ({_CURRENT}) r ON r.document = c.document "
            f"AND r.extractor = c.extractor WHERE c.document IN ({', '.join('?' * len(some))}) "
            "ORDER BY c.document, c.evidence_start, c.id"
        )
        for document, body in store.rows(query, some):
            found[document].append(_decoder.decode(body))
    return found


def met_by(filters: Filters, store: Store) -> tuple[str, list[Any]]:
    """Return the FROM and WHERE of a query on the claims that meet the filters, with their values."""
    met, values = conditions(voices_meant(store, filters), store.dialect)
    met.append(_NOT_REPLACED)
    if filters.extractor is None:
        current = f"JOIN ({_CURRENT}) r ON r.document = c.document AND r.extractor = c.extractor"
    else:
        current = ""
        met.append("c.extractor = ?")
        values.append(filters.extractor)
    return f"FROM claims c JOIN documents d ON d.id = c.document {current} WHERE {' AND '.join(met)}", values


def claims_with_prefix(store: Store, prefix: str, *, at_most: int = 5) -> list[Claim]:
    """Return the claims whose id begins with ``prefix``."""
    query = f"SELECT body FROM claims WHERE starts_with(id, ?) ORDER BY id LIMIT {at_most}"
    return [_decoder.decode(body) for (body,) in store.rows(query, [prefix])]


def document_named(store: Store, name: str) -> Document | None:
    """Return the document with this id."""
    columns = "id, text, title, published, outlet, author, url, language, raw, updated"
    query = f"SELECT {columns} FROM documents LEFT JOIN editions ON document = id WHERE id = ?"
    row = next(store.rows(query, [name]), None)
    return Document(**dict(zip(columns.split(", "), row, strict=True))) if row else None


def documents_given(store: Store, given: Iterable[str], extractor: str) -> dict[str, list[Known]]:
    """Return what the ledger knows of the documents that sources gave these ids, by the id given."""
    asked = sorted(set(given))
    if not asked:
        return {}
    names = ("id", "title", "published", "outlet", "author", "url", "language", "raw")
    query = (
        f"SELECT d.given, d.digest, r.extractor IS NOT NULL, {', '.join(f'd.{name}' for name in names)} "
        "FROM documents d LEFT JOIN runs r ON r.document = d.id AND r.extractor = ? "
        f"WHERE d.given IN ({', '.join('?' * len(asked))}) AND {_NOT_REPLACED}"
    )
    known: dict[str, list[Known]] = {}
    for its_id, told, read, *row in store.rows(query, [extractor, *asked]):
        document = Document(text="", **dict(zip(names, row, strict=True)))
        known.setdefault(its_id, []).append(Known(document=document, digest=told, read=read))
    return known


def id_taken(store: Store, name: str) -> bool:
    """Tell whether a document has this id."""
    return next(store.rows("SELECT 1 FROM documents WHERE id = ?", [name]), None) is not None


def summaries(store: Store, *, embargo_hours: float | None = None) -> Iterator[DocumentSummary]:
    """Give the documents of a ledger by publication, with what the current extractor found in each."""
    values: list[Any] = []
    held = ""
    if embargo_hours:
        held = " AND coalesce(d.published, CAST(d.added AS DATE)) <= ?"
        values.append(embargo_day(embargo_hours))
    query = (
        "SELECT d.id, d.title, d.published, d.outlet, d.url, length(d.text), coalesce(runs.claims, 0), "
        f"coalesce(runs.left_out, 0), d.added FROM documents d LEFT JOIN ({_CURRENT}) r ON r.document = d.id "
        "LEFT JOIN runs ON runs.document = r.document AND runs.extractor = r.extractor "
        f"WHERE {_NOT_REPLACED}{held} ORDER BY d.published NULLS LAST, d.id"
    )
    names = DocumentSummary.__struct_fields__
    for row in store.rows(query, values):
        yield DocumentSummary(**dict(zip(names, row, strict=True)))


def left_out(store: Store, document: str | None = None) -> Iterator[Missed]:
    """Give the mentions that the current extractor could not handle, of one document or of all."""
    only, values = ("AND (d.id = ? OR d.given = ?) ", [document, document]) if document else ("", [])
    query = (
        "SELECT l.document, l.step, l.span_start, l.span_end, substring(d.text, "
        "CAST(l.span_start + 1 AS INTEGER), CAST(l.span_end - l.span_start AS INTEGER)), l.why "
        f"FROM left_out l JOIN ({_CURRENT}) r ON r.document = l.document AND r.extractor = l.extractor "
        f"JOIN documents d ON d.id = l.document WHERE {_NOT_REPLACED} {only}"
        "ORDER BY l.document, l.span_start NULLS FIRST, l.step, l.why"
    )
    for row in store.rows(query, values):
        yield Missed(**dict(zip(Missed.__struct_fields__, row, strict=True)))


def keep_sources(store: Store, sources: list[SourceRecord]) -> None:
    """Write down whence raw bytes came; the same bytes from the same place are written once."""
    rows = [
        (s.raw, s.whence, s.fetched, s.size, s.media_type, json.dumps(dict(s.headers), ensure_ascii=False))
        for s in sources
    ]
    with store.alone(WRITING), store.transaction():
        store.insert(SOURCES, rows)


def sources_of(store: Store, raw: str) -> list[SourceRecord]:
    """Return whence the bytes with this SHA-256 came."""
    columns = "raw, whence, fetched, size, media_type, headers"
    query = f"SELECT {columns} FROM sources WHERE raw = ? ORDER BY fetched"
    names = columns.split(", ")[:-1]
    return [
        SourceRecord(**dict(zip(names, row, strict=True)), headers=json.loads(headers or "{}"))
        for *row, headers in store.rows(query, [raw])
    ]
