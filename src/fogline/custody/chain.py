"""The chain from a claim back to the bytes that were captured, as PROV-O in JSON-LD."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import IO, Any

from ..export.prov import graph, nodes
from ..export.web_annotations import document_urn
from ..ingest import Provenance
from ..store import Stored
from ..store.custody import Kept


def write(
    claims: Iterable[Stored],
    documents: Mapping[str, Kept],
    notes: Mapping[str, Iterable[Provenance]],
    to: IO[str],
) -> None:
    """Write the chain of claims as one graph.

    To the nodes of ``--format prov`` come, for each document, the text as it was read and the raw bytes that
    it was read from, each named by its hash; for the bytes, each retrieval with its time and address, and
    the web archive that they stand in.

    Args:
        claims: the claims.
        documents: their documents, by id.
        notes: when and whence raw bytes came, by their SHA-256.
        to: where to write.
    """
    graph(_all(claims, documents, notes), to)


def named(sha256: str) -> str:
    """Return the name of a content by its hash. Source: RFC 6920, Naming Things with Hashes."""
    return f"ni:///sha-256;{base64.urlsafe_b64encode(bytes.fromhex(sha256)).decode().rstrip('=')}"


def _all(
    claims: Iterable[Stored], documents: Mapping[str, Kept], notes: Mapping[str, Iterable[Provenance]]
) -> Iterator[dict[str, Any]]:
    chained = set[str]()
    for stored in claims:
        kept = documents[stored.claim.document]
        for node in nodes(stored):
            if node["@id"] == _document(stored):
                node = {**node, "prov:wasDerivedFrom": {"@id": named(kept.digest)}}
            yield node
        if kept.document.id not in chained:
            chained.add(kept.document.id)
            yield from _text(kept)
            if kept.document.raw is not None:
                for nth, note in enumerate(notes.get(kept.document.raw, ()), start=1):
                    yield from _retrieval(kept.document.raw, nth, note)


def _document(stored: Stored) -> str:
    return stored.url or document_urn(stored.claim.document)


def _text(kept: Kept) -> Iterator[dict[str, Any]]:
    """Give the text of a document as it was read, and the bytes that it was read from."""
    raw = kept.document.raw
    text: dict[str, Any] = {
        "@id": named(kept.digest),
        "@type": "prov:Entity",
        "dcterms:identifier": f"sha256:{kept.digest}",
        "dcterms:description": f"the text of the document {kept.document.id}, in UTF-8",
    }
    if raw is not None:
        text["prov:wasDerivedFrom"] = {"@id": named(raw)}
    yield text
    if raw is not None:
        yield {
            "@id": named(raw),
            "@type": "prov:Entity",
            "dcterms:identifier": f"sha256:{raw}",
            "dcterms:description": "the raw bytes",
            "prov:atLocation": f"data/raw/{raw[:2]}/{raw}",
        }


def _retrieval(raw: str, nth: int, note: Provenance) -> Iterator[dict[str, Any]]:
    """Give one retrieval of bytes, and the web archive that it was recorded in."""
    retrieval: dict[str, Any] = {
        "@id": f"urn:fogline:retrieval:{raw}:{nth}",
        "@type": "prov:Activity",
        "prov:generated": {"@id": named(raw)},
        "prov:endedAtTime": _time(note.retrieved),
        "dcterms:source": note.url or note.name,
    }
    if note.status is not None:
        retrieval["dcterms:description"] = f"answered with HTTP status {note.status}"
    capture = note.capture
    if capture is not None:
        retrieval["prov:used"] = {"@id": named(capture.sha256)}
        if capture.record is not None:
            retrieval["dcterms:identifier"] = capture.record.strip("<>")
        yield {
            "@id": named(capture.sha256),
            "@type": "prov:Entity",
            "dcterms:identifier": f"sha256:{capture.sha256}",
            "dcterms:title": capture.file,
            "dcterms:description": "the web archive",
        }
    yield retrieval


def _time(at: datetime) -> dict[str, str]:
    return {"@value": at.isoformat(), "@type": "xsd:dateTime"}
