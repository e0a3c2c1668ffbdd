"""Claims and events as a file, streamed."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import Response, StreamingResponse

from ...errors import QueryError
from ...export.coded import Told
from ...export.event_rows import EVENT_EXPORTERS
from ...export.formats import FORMATS
from ...store import Stored
from ..asking import Asking, AtDesk, Viewing
from ..desk import Desk
from ..pipes import pieces
from ..schema import files
from ..selection import Asked
from ..view import View, rows_of
from .events import ordered

router = APIRouter(tags=["export"])

Name = Literal[
    "csv", "hxl", "geojson", "jsonl", "parquet", "geoparquet", "gpkg", "acled", "ged", "plover", "timemap",
    "annotations", "prov",
]  # fmt: skip
_CHUNK = 500  # claims read at once
_TOGETHER = 100  # events read at once
_PIECE = 1 << 16  # bytes
_MEDIA = sorted({one.media.partition(";")[0] for one in FORMATS.values()})


@router.get(
    "/export",
    summary="The claims that meet the filters, or their events, as a file",
    responses=files(_MEDIA),
    response_class=StreamingResponse,
)
def export(
    desk: AtDesk,
    view: Viewing,
    asked: Asking,
    format: Annotated[Name, Query(description="of the file")] = "csv",
    of: Annotated[
        Literal["claims", "events"] | None,
        Query(
            description="what a row is; csv, geojson and jsonl are of claims, or of events where it says so"
        ),
    ] = None,
) -> Response:
    """Stream the claims, or the events they belong to, in a format of ``fogline export``."""
    chosen = FORMATS[format]
    what = of or ("events" if chosen.events else "claims")
    if what == "claims" and chosen.events:
        raise QueryError(f"{format} is of events. Leave `of` out, or ask for events.")
    if what == "events" and not chosen.events and format not in EVENT_EXPORTERS:
        raise QueryError(f"{format} is of claims. Of events there are {', '.join(EVENT_EXPORTERS)}.")
    headers = {"Content-Disposition": f'attachment; filename="fogline-{what}-{format}{chosen.suffix}"'}
    if what == "events" and not chosen.events:
        found = [view.index.events[row] for row in ordered(view, view.events(asked), "day")]
        rows = pieces(lambda to: EVENT_EXPORTERS[format](found, to))
        return StreamingResponse(rows, headers=headers, media_type=chosen.media)
    if chosen.file is not None:
        folder = tempfile.TemporaryDirectory(prefix="fogline-export-")
        path = Path(folder.name, "export")
        try:
            chosen.file(_claims(desk, view, asked), path)
        except BaseException:
            folder.cleanup()
            raise
        return StreamingResponse(_sent(path, folder), headers=headers, media_type=chosen.media)
    if chosen.events is not None:
        write_events = chosen.events
        body = pieces(lambda to: write_events(_events(desk, view, asked), to))
    else:
        write_claims = chosen.lines
        assert write_claims is not None
        body = pieces(lambda to: write_claims(_claims(desk, view, asked), to))
    return StreamingResponse(body, headers=headers, media_type=chosen.media)


def _claims(desk: Desk, view: View, asked: Asked) -> Iterator[Stored]:
    ids = [view.index.ids[row] for row in rows_of(view.claims(asked))]
    for start in range(0, len(ids), _CHUNK):
        yield from desk.stored(ids[start : start + _CHUNK])


def _events(desk: Desk, view: View, asked: Asked) -> Iterator[Told]:
    events = [view.index.events[row] for row in rows_of(view.events(asked))]
    for start in range(0, len(events), _TOGETHER):
        some = events[start : start + _TOGETHER]
        ids = [claim for event in some for claim in event.claims]
        claims = {stored.claim.id: stored for stored in desk.stored(ids)}
        for event in some:
            yield Told(event=event, claims=tuple(claims[id] for id in event.claims if id in claims))


def _sent(path: Path, folder: tempfile.TemporaryDirectory[str]) -> Iterator[bytes]:
    """Give a file piece by piece, and remove it."""
    with folder, path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece
