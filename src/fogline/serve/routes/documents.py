"""Documents: listed, one with its text, and its raw bytes to save."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import numpy as np
from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response, StreamingResponse

from ...editions import differences
from ...store import DocumentSummary
from ..answers import Changed, Documents, DocumentWhole, EditionItem, Editions
from ..asking import PAGE, AtDesk, Cursor, Limit, Viewing, answer, page
from ..problems import Refused
from ..schema import other, told
from ..view import View

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
    found = desk.documents_named(view).beginning(q)
    places = {one.id: at for at, one in enumerate(found)}
    rows, following = page(range(len(found)), limit, cursor, name=lambda row: found[row].id, at=places.get)
    return answer(request, Documents(items=[found[row] for row in rows], next=following, total=len(found)))


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


@router.get(
    "/documents/{id:path}/editions", summary="The editions of a document's article", responses=told(Editions)
)
def editions(request: Request, desk: AtDesk, view: Viewing, id: Id) -> Response:
    """Tell the texts that stood under the document's address, in order, with the sentences that changed."""
    _check(desk.documents(view), id)
    with desk.reading:
        article = desk.ledger.show_document(id).article
    if article is None:
        return answer(request, Editions(address=None, items=[]))
    items = []
    for number, edition in enumerate(article.editions):
        before, after = article.texts[max(number - 1, 0)], article.texts[number]
        changes = [
            Changed(
                old=change.old.of(before) if change.old else None,
                new=change.new.of(after) if change.new else None,
            )
            for change in differences(before, after)
        ]
        told_of = {
            name: getattr(edition, name) for name in EditionItem.__struct_fields__ if name != "changes"
        }
        items.append(EditionItem(**told_of, changes=changes))
    return answer(request, Editions(address=article.address, items=items))


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
            updated=found.updated,
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


def _check(known: dict[str, DocumentSummary], id: str) -> None:
    if id not in known:
        raise Refused(404, f"The ledger has no document {id!r}. GET /api/v1/documents lists those it has.")
