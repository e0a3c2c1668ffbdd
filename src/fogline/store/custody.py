"""What custody is shown by: documents with the digest of their text, claims as they were written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from ..model import Document
from .base import Store

_TOGETHER = 64  # documents whose texts and claims are held at once
_FIELDS = ("id", "text", "title", "published", "outlet", "author", "url", "language", "raw")


class Kept(Struct, frozen=True, kw_only=True):
    """A document as it is kept: the digest of its text, who read it, and its claims by id, as JSON."""

    document: Document
    digest: str
    extractors: tuple[str, ...] = ()
    claims: tuple[tuple[str, str], ...] = ()


def kept_ids(store: Store, *, raw: str | None = None, claims: Sequence[str] | None = None) -> list[str]:
    """Return the ids of documents, those of the same bytes one behind the other.

    Args:
        store: the ledger's store.
        raw: only those that were read from the bytes of this hash.
        claims: only those of these claims.
    """
    only, values = "", list[str]()
    if raw is not None:
        only, values = " WHERE raw = ?", [raw]
    elif claims is not None:
        marks = ", ".join("?" * len(claims))
        only = f" WHERE id IN (SELECT document FROM claims WHERE id IN ({marks}))"
        values = list(claims)
    return [id for (id,) in store.rows(f"SELECT id FROM documents{only} ORDER BY raw, id", values)]


def kept(store: Store, ids: Sequence[str]) -> Iterator[Kept]:
    """Give these documents in their order, each with the claims that any extractor found in it."""
    for start in range(0, len(ids), _TOGETHER):
        some = ids[start : start + _TOGETHER]
        marks = ", ".join("?" * len(some))
        documents = {
            row[0]: (Document(**dict(zip(_FIELDS, row[:-1], strict=True))), row[-1])
            for row in store.rows(
                f"SELECT {', '.join(_FIELDS)}, digest FROM documents WHERE id IN ({marks})", list(some)
            )
        }
        claims = _grouped(
            store.rows(
                f"SELECT document, id, body FROM claims WHERE document IN ({marks}) "
                "ORDER BY document, evidence_start, id",
                list(some),
            )
        )
        read = _grouped(
            store.rows(
                f"SELECT document, extractor, extractor FROM runs WHERE document IN ({marks}) "
                "ORDER BY document, finished, extractor",
                list(some),
            )
        )
        for id in some:
            if id in documents:
                document, digest = documents[id]
                yield Kept(
                    document=document,
                    digest=digest,
                    extractors=tuple(name for name, _ in read.get(id, ())),
                    claims=tuple(claims.get(id, ())),
                )


def _grouped(rows: Iterable[tuple[str, ...]]) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for document, one, other in rows:
        found.setdefault(document, []).append((one, other))
    return found
