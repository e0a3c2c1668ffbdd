"""Sitemaps and indexes of sitemaps."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from ...errors import ReadError
from ...ingest import Item
from ..address import canonical, host_of, name_of
from . import Entry

LARGEST = 50_000_000  # bytes, unpacked: the protocol's own limit
_MOST = 50_000  # addresses, likewise
_LONGEST = 2048
_TIMES = ("lastmod", "publication_date")


def entries(item: Item) -> list[Entry]:
    """Return the addresses of a sitemap, or the sitemaps of an index, that are of its own host.

    Source: sitemaps.org, protocol 0.9; Google's news sitemaps.

    Raises:
        ReadError: these bytes are no sitemap.
    """
    from lxml import etree  # type: ignore[import-untyped]

    here = item.url or item.name
    stream = io.BytesIO(_unpacked(item))
    # No entities, no DTD, nothing from the network, and libxml2's own limits on depth and size.
    parse = etree.iterparse(
        stream, events=("end",), resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False
    )
    found: list[Entry] = []
    try:
        for _, element in parse:
            tag = _tag(element)
            if tag in ("url", "sitemap"):
                found.extend(_entry(element, here, index=tag == "sitemap"))
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
            if len(found) >= _MOST:
                break
        root = parse.root
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadError(f"{item.name} is no sitemap that can be read ({error}). {_ADVICE}") from error
    if not found and (root is None or _tag(root) not in ("urlset", "sitemapindex")):
        raise ReadError(f"{item.name} is no sitemap. {_ADVICE}")
    return found


_ADVICE = "Look for the right address in the site's robots.txt, behind the word Sitemap."


def _unpacked(item: Item) -> bytes:
    data = item.bytes()
    if not data.startswith(b"\x1f\x8b"):
        return data
    unpack = zlib.decompressobj(wbits=31)
    try:
        data = unpack.decompress(data, LARGEST)
    except zlib.error as error:
        raise ReadError(f"{item.name} cannot be unpacked ({error}). Try again later.") from error
    if unpack.unconsumed_tail:
        raise ReadError(f"{item.name} is larger than the {LARGEST / 1e6:g} MB that a sitemap may have.")
    return data


def _tag(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _entry(element: Any, here: str, *, index: bool) -> Iterator[Entry]:
    told: dict[str, str] = {}
    for inner in element.iter():
        name = _tag(inner)
        if name in ("loc", "title", *_TIMES) and inner.text:
            told.setdefault(name, " ".join(str(inner.text).split()))
    address = _address(told.get("loc", ""), here)
    if not address or len(address) > _LONGEST or not _same_host(address, here):
        return
    times = [at for name in _TIMES if (at := _time(told.get(name))) is not None]
    first = _time(told.get("publication_date"))
    yield Entry(
        place=canonical(address),
        names=(name_of(address),),
        kind="sitemap" if index else "page",
        mark=told.get("lastmod"),
        title=told.get("title"),
        published=datetime.fromtimestamp(first, UTC).date() if first is not None else None,
        at=max(times, default=None),
    )


def _address(told: str, here: str) -> str:
    """Return an address in full; nothing where it is none."""
    try:
        return urljoin(here, told) if told else ""
    except ValueError:
        return ""


def _same_host(address: str, here: str) -> bool:
    """Tell whether a sitemap may speak for an address: it is on its host, with or without ``www.``."""
    try:
        one, other = (urlsplit(host_of(url)).hostname or "" for url in (address, here))
    except ValueError:
        return False
    return one.removeprefix("www.") == other.removeprefix("www.") != ""


def _time(text: str | None) -> float | None:
    """Read a W3C date or time; one without a zone is in UTC."""
    try:
        at = datetime.fromisoformat((text or "").strip())
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None
