"""RSS and Atom."""

from __future__ import annotations

import calendar
import html
import io
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlsplit

from ...errors import ReadError
from ...ingest import Item
from ..address import canonical, name_of
from . import Entry

LARGEST = 5_000_000  # bytes of a feed
_MOST = 1000  # entries of a feed
_LONGEST = 2000  # characters of an address, an id or a title


def entries(item: Item, *, content: bool = False) -> list[Entry]:
    """Return what a feed tells of, in its order.

    Args:
        item: the feed's bytes, with their address.
        content: take the text that stands in the feed in place of the page it links to.

    Raises:
        ReadError: these bytes are no feed.
    """
    import feedparser

    if item.size() > LARGEST:
        raise ReadError(
            f"{item.name} is larger than the {LARGEST / 1e6:g} MB of a feed that are read. Ask its publisher "
            "for a shorter one, or watch the site's sitemap."
        )
    headers = {"content-location": item.url or item.name}
    if "content-type" in item.headers:
        headers["content-type"] = item.headers["content-type"]
    try:
        # As a stream: bytes alone would be taken for the name of a file first.
        told = feedparser.parse(io.BytesIO(item.bytes()), response_headers=headers, sanitize_html=False)
    except Exception as error:  # whatever feedparser breaks on
        raise ReadError(
            f"{item.name} cannot be read as a feed ({type(error).__name__}). {_ADVICE}"
        ) from error
    if not told.entries and not told.get("version"):
        raise ReadError(f"{item.name} is no feed. {_ADVICE}")
    return [*_read(told.entries[:_MOST], item, content)]


_ADVICE = "Open the address in a browser: the site may have moved its feed, or may ask programs to log in."


def _read(found: list[Any], item: Item, content: bool) -> Iterator[Entry]:
    for one in found:
        link, own = str(one.get("link") or "").strip(), str(one.get("id") or "").strip()
        if not link and own.lower().startswith(("http://", "https://")):
            link = own
        if not _is_web(link):
            continue
        changed = _time(one["updated_parsed"]) if "updated_parsed" in one else None
        at = _time(one.get("published_parsed")) or changed
        changed = changed or at
        day = datetime.fromtimestamp(at, UTC).date() if at is not None else None
        title = " ".join(str(one.get("title") or "").split())[:_LONGEST] or None
        yield Entry(
            place=canonical(link),
            names=(name_of(link), *((f"id:{item.name} {own}",) if own and len(own) <= _LONGEST else ())),
            mark=str(changed) if changed is not None else None,
            title=title,
            published=day,
            at=at,
            data=_page(one, title, day) if content else None,
        )


def _is_web(link: str) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and len(link) <= _LONGEST


def _time(parsed: time.struct_time | None) -> float | None:
    """Return a time in seconds since 1970; None where it is before that, or in no year of ours."""
    try:
        at = calendar.timegm(parsed) if parsed is not None else 0
    except (ValueError, OverflowError):
        return None
    return float(at) if 0 < at < 32_503_680_000 else None


def _page(one: Any, title: str | None, day: date | None) -> bytes | None:
    """Return the text that stands in the feed as a page, None where there is none."""
    texts = [str(part.get("value") or "") for part in one.get("content") or ()]
    body = max([*texts, str(one.get("summary") or "")], key=len)
    if not body.strip():
        return None
    told = f'<meta property="article:published_time" content="{day}">' if day else ""
    name = html.escape(title or "")
    page = (
        f'<!doctype html><html><head><meta charset="utf-8"><title>{name}</title>{told}</head>'
        f"<body><article><h1>{name}</h1>{body}</article></body></html>"
    )
    return page.encode("utf-8", "replace")
