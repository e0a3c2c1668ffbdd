"""Reports go in: files, a text, or an address; a job reads them and tells how far it is."""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
from collections.abc import AsyncIterator, Callable
from datetime import UTC, date, datetime
from pathlib import PurePosixPath
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Path, Request
from fastapi.responses import Response, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException

from ...adding import Added
from ...errors import SourceError
from ...ingest import GatherOptions, Item
from ...ingest.web import Web
from ..answers import JobStarted
from ..asking import AtDesk, answer
from ..desk import Desk
from ..jobs import Job, Jobs, Tell
from ..problems import Refused
from ..schema import other, told
from ..sessions import Adding, Watching

router = APIRouter(tags=["add"])

_FILES = 200
_POLL = 0.2  # seconds
_PATIENCE = 15.0  # seconds without an event, after which the connection is shown to be alive
_ODD = re.compile(r"[^\w .,()+-]+")


class Pasted(BaseModel):
    """A report as text."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(min_length=1, max_length=1_000_000)
    title: str | None = Field(None, max_length=500)
    published: date | None = None
    outlet: str | None = Field(None, max_length=200)


class Linked(BaseModel):
    """A report at an address."""

    model_config = ConfigDict(extra="forbid")

    address: str = Field(min_length=8, max_length=2000, pattern="^[hH][tT][tT][pP][sS]?://[^\\s/]+")
    published: date | None = None
    outlet: str | None = Field(None, max_length=200)


Work = Callable[[Tell], dict[str, Any]]

_READ: TypeAdapter[Pasted | Linked] = TypeAdapter(Pasted | Linked)
_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {"oneOf": [Pasted.model_json_schema(), Linked.model_json_schema()]},
            },
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["files"],
                    "properties": {
                        "files": {"type": "array", "items": {"type": "string", "format": "binary"}},
                        "published": {"type": "string", "format": "date"},
                        "outlet": {"type": "string"},
                    },
                }
            },
        },
    }
}


@router.post(
    "/add",
    status_code=202,
    summary="Add reports",
    responses=told(JobStarted, status=202),
    openapi_extra=_BODY,
)
async def add(request: Request, desk: AtDesk, _: Adding) -> Response:
    """Begin to read files (a form's ``files``), a text, or what is at an address; nothing waits for it."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        work = await _files(request, desk)
    elif kind == "application/json":
        work = _told(await request.body(), desk)
    else:
        raise Refused(415, "Send a form with files (multipart/form-data), or JSON with text or address.")
    jobs: Jobs = request.app.state.jobs
    return answer(request, JobStarted(job=jobs.begin(work).id), status=202)


@router.get(
    "/jobs/{job}/events",
    summary="How far an addition is",
    responses=other("text/event-stream", "Events: progress, problem, and done at the end."),
    response_class=StreamingResponse,
)
async def events(request: Request, _: Watching, job: Annotated[str, Path(max_length=40)]) -> Response:
    """Send a job's events as they come (server-sent events); ``Last-Event-ID`` goes on behind one."""
    jobs: Jobs = request.app.state.jobs
    found = jobs.find(job)
    if found is None:
        raise Refused(
            404, "There is no such job, or it was done long ago. GET /api/v1/documents shows what came of it."
        )
    after = request.headers.get("last-event-id", "0")
    stream = _stream(found, int(after) if after.isascii() and after.isdigit() else 0)
    return StreamingResponse(stream, media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})


async def _stream(job: Job, after: int) -> AsyncIterator[str]:
    quiet = 0.0
    while True:
        for one in job.after(after):
            after, quiet = one.number, 0.0
            yield f"id: {one.number}\nevent: {one.kind}\ndata: {json.dumps(one.body)}\n\n"
            if one.kind == "done":
                return
        await asyncio.sleep(_POLL)
        quiet += _POLL
        if quiet >= _PATIENCE:
            quiet = 0.0
            yield ": still at it\n\n"


async def _files(request: Request, desk: Desk) -> Work:
    """Return the work on the files of a form."""
    try:
        async with request.form(max_files=_FILES, max_fields=20) as form:
            parts = [part for part in form.getlist("files") if isinstance(part, UploadFile)]
            items = [_item(part.filename or "", await part.read(), part.content_type) for part in parts]
            published, outlet = (_field(form.get(name)) for name in ("published", "outlet"))
    except MultiPartException as error:
        raise Refused(400, f"The form cannot be read ({error.message}). Send fewer files at once.") from None
    day = _day(published)
    if not items:
        raise Refused(400, "The form holds no files. Put them into its field `files`.")
    return lambda tell: _read(desk, items, tell, published=day, outlet=outlet)


def _told(body: bytes, desk: Desk) -> Work:
    """Return the work on a text or an address."""
    try:
        given = _READ.validate_json(body)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"][1:])
        raise Refused(
            422, f"This is no report to add ({where}: {first['msg']}). Send text, or address."
        ) from None
    if isinstance(given, Linked):
        return lambda tell: _fetched(desk, given, tell)
    record = msgspec.json.encode({"text": given.text, "title": given.title, "language": None})
    name = (
        f"{_plain(given.title or '') or 'pasted'}-{hashlib.sha256(given.text.encode()).hexdigest()[:8]}.json"
    )
    item = Item(name=name, data=record, retrieved=datetime.now(UTC), media="application/json")
    return lambda tell: _read(desk, [item], tell, published=given.published, outlet=given.outlet)


def _fetched(desk: Desk, given: Linked, tell: Tell) -> dict[str, Any]:
    """Fetch an address, which has to be on the public internet wherever it redirects to, and add it."""
    try:
        item = Web(GatherOptions()).fetch(given.address)
    except SourceError as error:
        tell("problem", {"object": given.address, "message": _for_page(str(error))})
        return {"documents": 0, "claims": 0, "known": 0, "problems": 1}
    return _read(desk, [item], tell, published=given.published, outlet=given.outlet)


def _read(
    desk: Desk, items: list[Item], tell: Tell, *, published: date | None, outlet: str | None
) -> dict[str, Any]:
    """Add items to the ledger, telling of it, and bring what is worked out from claims up to date."""
    added = desk.ledger.add(
        items,
        published=published,
        outlet=outlet,
        progress=lambda so_far: tell("progress", _counts(so_far)),
        problem=lambda problem: tell("problem", {"object": problem.object, "message": problem.message}),
    )
    if added.documents:
        desk.link()
        desk.changed()
    return _counts(added)


def _counts(added: Added) -> dict[str, Any]:
    return {
        "documents": added.documents,
        "claims": added.claims,
        "known": added.known,
        "undated": added.undated,
        "problems": added.failed + added.warned,
    }


def _item(name: str, data: bytes, media: str | None) -> Item:
    """Return uploaded bytes as an item; of the client's name only the last part is kept, as a label."""
    last = PurePosixPath(name.replace("\\", "/")).name
    stem, dot, suffix = last.rpartition(".")
    label = f"{_plain(stem) or 'upload'}{dot}{_plain(suffix)[:10]}" if dot else _plain(last) or "upload"
    kind = (media or "").partition(";")[0].strip().lower()
    known = kind if kind != "application/octet-stream" else None
    return Item(name=label, data=data, retrieved=datetime.now(UTC), media=known or None)


def _plain(name: str) -> str:
    return _ODD.sub("_", name).strip(" ._")[:80]


def _field(value: object) -> str | None:
    return value.strip()[:200] or None if isinstance(value, str) else None


def _day(value: str | None) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise Refused(400, f"{value[:40]!r} is no day of publication. Write it as in 2022-09-11.") from None


def _for_page(message: str) -> str:
    """Leave out advice for the command line, which a page cannot follow."""
    return message.partition(" If that is what you want, allow it with")[0]
