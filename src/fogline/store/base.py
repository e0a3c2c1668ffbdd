"""What a store must be able to do, and how documents and claims become rows of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any, Protocol

import msgspec
from msgspec import Struct

from ..model import Claim, Document, Extraction
from .dialect import Dialect
from .editions import EDITIONS, edition_row
from .tables import CLAIM_PARTIES, CLAIM_PLACES, CLAIMS, DOCUMENTS, LEFT_OUT, REPLACEMENTS, RUNS, Table

Row = tuple[Any, ...]
WRITING, LINKING, IMPORTING, REVIEWING = "add", "link", "import", "review"  # done by one at a time


class Store(Protocol):
    """A database that holds a ledger: SQL in, rows out, and writes that are whole or not at all."""

    dialect: Dialect
    where: str
    read_only: bool

    def run(self, sql: str, values: Sequence[Any] = ()) -> None:
        """Run one statement."""

    def rows(self, sql: str, values: Sequence[Any] = ()) -> Iterator[Row]:
        """Run a query and give its rows as they come; inside a transaction, as that has them so far."""

    def insert(self, table: Table, rows: Sequence[Row]) -> None:
        """Add rows to a table; rows whose key is there already are passed over."""

    def transaction(self) -> AbstractContextManager[None]:
        """Keep all that is written inside, or, on any error, nothing of it."""

    def alone(self, work: str) -> AbstractContextManager[None]:
        """Do one kind of work alone: others who want to do the same wait, in this process or another.

        It is asked for before a transaction is begun, and may be asked for again inside.
        """

    def stamp(self) -> int:
        """Return a number that changes soon after anybody, here or elsewhere, has written something.

        Where nobody else can write, it need not change.
        """

    def close(self) -> None:
        """Let go of the database."""


class DocumentRow(Struct, frozen=True, kw_only=True):
    """A document to be kept, the id its source gave it, and the earlier one that it replaces.

    ``beside`` are the documents that were known by the same given id when its place was decided.
    """

    document: Document
    given: str
    replaces: str | None = None
    known: bool = False  # the document is stored already; only its reading is new
    beside: frozenset[str] = frozenset()


class Batch(Struct, kw_only=True):
    """Documents read to the end by one extractor, to be written together."""

    extractor: str
    read: list[tuple[DocumentRow, Extraction]] = []

    def size(self) -> int:
        """Count the claims that wait to be written."""
        return sum(len(extraction.claims) for _, extraction in self.read)


def digest(text: str) -> str:
    """Return the SHA-256 of a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def now() -> datetime:
    """Return the time as a ledger keeps it: UTC, without zone."""
    return datetime.now(UTC).replace(tzinfo=None)


def write(store: Store, batch: Batch) -> None:
    """Write documents with all their claims in one transaction.

    A document's run is written with it: where the run is there, everything else of it is, and it is passed
    over.
    """
    if not batch.read:
        return
    with store.alone(WRITING):
        there = _read_by(store, batch.extractor, [entry.document.id for entry, _ in batch.read])
        _write(store, batch.extractor, [one for one in batch.read if one[0].document.id not in there])


def _read_by(store: Store, extractor: str, documents: Sequence[str]) -> set[str]:
    marks = ", ".join("?" * len(documents))
    query = f"SELECT document FROM runs WHERE extractor = ? AND document IN ({marks})"
    return {name for (name,) in store.rows(query, [extractor, *documents])}


def _write(store: Store, extractor: str, read: Sequence[tuple[DocumentRow, Extraction]]) -> None:
    at = now()
    rows: dict[Table, list[Row]] = {
        DOCUMENTS: [],
        EDITIONS: [],
        REPLACEMENTS: [],
        RUNS: [],
        CLAIMS: [],
        CLAIM_PLACES: [],
        CLAIM_PARTIES: [],
        LEFT_OUT: [],
    }
    for entry, extraction in read:
        document = entry.document
        if not entry.known:
            rows[DOCUMENTS].append(_document_row(entry, at))
            rows[EDITIONS].append(edition_row(document.id, document.url, document.updated))
        if entry.replaces is not None:
            rows[REPLACEMENTS].append((entry.replaces, document.id, at))
        claims = {claim.id: claim for claim in extraction.claims}
        rows[RUNS].append((document.id, extractor, len(claims), len(extraction.left_out), at))
        for claim in claims.values():
            rows[CLAIMS].append(_claim_row(claim))
            rows[CLAIM_PLACES].extend(_place_rows(claim))
            rows[CLAIM_PARTIES].extend(_party_rows(claim))
        for left in extraction.left_out:
            span = (left.span.start, left.span.end) if left.span else (None, None)
            rows[LEFT_OUT].append((document.id, extractor, left.step, *span, left.why))
    with store.transaction():
        for table, added in rows.items():
            store.insert(table, added)


def _document_row(entry: DocumentRow, at: datetime) -> Row:
    d = entry.document
    told = (d.title, d.published, d.outlet, d.author, d.url, d.language, d.raw)
    return (d.id, entry.given, digest(d.text), d.text, *told, at)


def _claim_row(claim: Claim) -> Row:
    voice = claim.speaker
    return (
        claim.id,
        claim.document,
        claim.extractor,
        claim.event,
        claim.status,
        (voice.name or voice.text) if voice else None,
        voice.side if voice else None,
        voice.kind if voice else None,
        claim.mode,
        claim.when.earliest,
        claim.when.latest,
        claim.evidence.start,
        claim.evidence.text,
        claim.confidence,
        msgspec.json.encode(claim).decode(),
    )


def _place_rows(claim: Claim) -> Iterator[Row]:
    for position, p in enumerate(claim.places):
        found = (p.name, p.geonameid, p.country, p.lat, p.lon, p.radius_km)
        yield (claim.id, position, p.role, p.text, *found)


def _party_rows(claim: Claim) -> Iterator[Row]:
    parts: Mapping[str, Sequence[Any]] = {"agent": claim.agents, "target": claim.targets}
    for part, parties in parts.items():
        for position, party in enumerate(parties):
            yield (claim.id, part, position, party.text, party.side, party.name)
