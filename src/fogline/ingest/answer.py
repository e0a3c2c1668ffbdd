"""What the headers of a captured answer tell, and whether it may be a report."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from msgspec import Struct

from ..errors import ReadError

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

_REPORTS = frozenset(
    ("text/html", "application/xhtml+xml", "text/plain", "text/markdown", "application/pdf")
)  # fmt: skip
UNTOLD = frozenset(("", "application/octet-stream", "binary/octet-stream", "unknown/unknown"))
_LOOKS = ((b"%pdf-", "application/pdf"), (b"<!doctype html", "text/html"), (b"<html", "text/html"))
_FOR_PROGRAMS = ("/robots.txt", "/ads.txt", "/humans.txt", "/security.txt", "/llms.txt")
_SCHEMES = frozenset(("http", "https", "ftp", "ftps"))


class Head(Struct, frozen=True, kw_only=True):
    """What the headers of a record tell."""

    url: str
    at: datetime | None
    record: str | None
    offset: int | None
    digest: str | None
    status: int | None
    media: str
    headers: dict[str, str]


def head_of(record: WarcRecord, offset: int | None) -> Head:
    """Read the headers of a record, and those of the answer that it holds.

    Raises:
        OSError: they cannot be read.
        ReadError: the record names no address.
    """
    warc = record.headers
    url = _text(warc.get("WARC-Target-URI") or "").strip().strip("<>")
    if not url:
        raise ReadError("its record names no address")
    headers: dict[str, str] = {}
    status, media = None, _text(warc.get("Content-Type") or "")
    if record.is_http and record.content_length:
        record.parse_http(auto_decode="none")
    if record.http_headers is not None:
        status = record.http_headers.status_code
        for name, value in record.http_headers:
            lower = _text(name).lower()
            headers[lower] = f"{headers[lower]}, {_text(value)}" if lower in headers else _text(value)
        media = headers.get("content-type", "")
    elif record.is_http:
        media = ""
    return Head(
        url=url,
        at=_time(record),
        record=warc.get("WARC-Record-ID"),
        offset=offset,
        digest=warc.get("WARC-Payload-Digest"),
        status=status,
        media=media.partition(";")[0].strip().lower(),
        headers=headers,
    )


def _time(record: WarcRecord) -> datetime | None:
    """Return when a record was made, in UTC; None where it does not tell a time that can be."""
    try:
        at = record.record_date
        return at.astimezone(UTC) if at else None
    except (OverflowError, ValueError):  # year 1 in a zone east of Greenwich
        return None


def _text(value: str) -> str:
    return value.encode("utf-8", "replace").decode()


def unwanted(head: Head) -> str | None:
    """Return what a capture is that is no report for sure, None where it may be one."""
    try:
        parts = urlsplit(head.url)
    except ValueError:
        return "of no valid address"
    if parts.scheme.lower() not in _SCHEMES:
        return "of no address on the web"
    if head.status is not None and not 200 <= head.status < 300:
        return f"answered with {head.status}"
    if parts.path.lower().endswith(_FOR_PROGRAMS):
        return "meant for programs"
    if head.media not in _REPORTS and head.media not in UNTOLD:
        return f"of type {head.media[:60]}"
    return None


def look(data: bytes) -> str | None:
    """Return the type that bytes look like, None where they look like no report."""
    start = data[:256].lstrip().lower()
    return next((media for mark, media in _LOOKS if start.startswith(mark)), None)
