"""Claims as a file, streamed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import Response, StreamingResponse

from ...export import EXPORTERS
from ...store import Stored
from ..asking import Asking, AtDesk, Viewing
from ..desk import rows_of
from ..pipes import pieces
from ..schema import other

router = APIRouter(tags=["export"])

Format = Literal["csv", "geojson", "jsonl"]
_MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "geojson": "application/geo+json",
    "jsonl": "application/x-ndjson",
}
_CHUNK = 500  # claims read at once


@router.get(
    "/export",
    summary="The claims that meet the filters, as a file",
    responses=other("application/octet-stream", "The file; its type is the format's."),
    response_class=StreamingResponse,
)
def export(
    desk: AtDesk,
    view: Viewing,
    asked: Asking,
    format: Annotated[Format, Query(description="of the file")] = "csv",
) -> Response:
    """Stream the claims in a format of ``fogline export``."""
    ids = [view.index.ids[row] for row in rows_of(view.claims(asked))]

    def stored() -> Iterator[Stored]:
        for start in range(0, len(ids), _CHUNK):
            yield from desk.ledger.claims_of_ids(ids[start : start + _CHUNK])

    headers = {"Content-Disposition": f'attachment; filename="fogline-claims.{format}"'}
    return StreamingResponse(
        pieces(lambda to: EXPORTERS[format](stored(), to)), headers=headers, media_type=_MEDIA[format]
    )
