"""Documents: listed, one with its text, and its raw bytes to save."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import numpy as np
from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response, StreamingResponse

from ...store import DocumentSummary
from ..answers import DocumentItem, Documents, DocumentWhole
from ..asking import PAGE, AtDesk, Cursor, Limit, Viewing, answer, page
from ..desk import View
from ..problems import Refused
from ..schema import other, told
from ..words import tokens

router = APIRouter(tags=["documents"])

Id = Annotated[str, Path(min_length=1, max_length=400)]
_PIECE = 1 << 16


@router.get("/documents", summary="The documents, by publication", responses=told(Documents))
def documents(
    request: Request,
    desk: AtDesk,
    view: Viewing,
    q: Annotated[
        str | None, Query(max_length=300, description="beginnings of words of title, outlet or id")
    ] = None,
    limit: Limit = PAGE,
    cursor: Cursor = None,
) -> Response:
    """List the documents with how many claims were found in each."""
    known = desk.documents(view)
    order = [id for id, one in known.items() if q is None or named(one, q)]
    places = {id: at for at, id in enumerate(order)}
    rows, following = page(
        range(len(order)), limit, cursor, name=lambda row: order[row], at=lambda id: places.get(id)
    )
    items = [document_item(known[order[row]]) for row in rows]
    return answer(request, Documents(items=items, next=following, total=len(order)))


@router.get(
    "/documents/{id:path}/raw",
    summary="The bytes that a document was read from",
    responses=other("application/octet-stream", "The bytes as they came, to be saved."),
    response_class=StreamingResponse,
)
def raw(desk: AtDesk, view: Viewing, id: Id) -> Response:
    """Send the raw bytes as a file to save; nothing of them is rendered."""
    _check(desk.documents(view), id)
    digest = desk.ledger.document(id).raw
    if digest is None:
        raise Refused(404, f"The document {id!r} was given as text; no other bytes of it are kept.")
    if not desk.ledger.archive.path(digest).exists():
        raise Refused(404, f"The archive no longer holds the bytes of {id!r}. Add its source again.")
    stream = desk.ledger.archive.open(digest)

    def pieces() -> Iterator[bytes]:
        with stream:
            while piece := stream.read(_PIECE):
                yield piece

    headers = {
        "Content-Disposition": f'attachment; filename="{digest[:16]}.bin"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Digest": f"sha-256={digest}",
    }
    return StreamingResponse(pieces(), headers=headers, media_type="application/octet-stream")


@router.get("/documents/{id:path}", summary="One document with its text", responses=told(DocumentWhole))
def document(request: Request, desk: AtDesk, view: Viewing, id: Id) -> Response:
    """Tell a document's text, what it tells of itself, and the ids of the claims found in it, in order."""
    _check(desk.documents(view), id)
    found = desk.ledger.document(id)
    return answer(
        request,
        DocumentWhole(
            id=found.id,
            title=found.title,
            published=found.published,
            outlet=found.outlet,
            author=found.author,
            url=found.url,
            language=found.language,
            text=found.text,
            raw=found.raw,
            claims=claims_in(view, id),
        ),
    )


def claims_in(view: View, document: str) -> list[str]:
    """Return the ids of a document's claims, in the order of its text."""
    index = view.index
    if document not in index.documents:
        return []
    rows = np.flatnonzero(index.document == index.documents.index(document))
    return [index.ids[row] for row in rows.tolist()]


def document_item(one: DocumentSummary) -> DocumentItem:
    """Return a document as it is listed."""
    return DocumentItem(**{name: getattr(one, name) for name in DocumentItem.__struct_fields__})


def named(one: DocumentSummary, q: str) -> bool:
    """Tell whether a document's title, outlet or id has, for each word, one that begins so."""
    words = tokens(words_of(one))
    return all(any(word.startswith(token) for word in words) for token in tokens(q))


def words_of(one: DocumentSummary) -> str:
    """Return the words that a document is found by, beside its text."""
    return f"{one.title or ''} {one.outlet or ''} {one.id}"


def _check(known: dict[str, DocumentSummary], id: str) -> None:
    if id not in known:
        raise Refused(404, f"The ledger has no document {id!r}. GET /api/v1/documents lists those it has.")
