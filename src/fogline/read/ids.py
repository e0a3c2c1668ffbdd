"""Names of documents."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import unquote, urlsplit

from ..ingest.item import Item

_SLUG = re.compile(r"[^\w.-]+")
_LONGEST = 80


def document_id(item: Item) -> str:
    """Return the id of an item's only document.

    That is a file's stem, so that gold and output find together; for an address its host and path,
    made short, with the first eight digits of the address's SHA-256.
    """
    if item.url:
        parts = urlsplit(item.url)
        host = (parts.hostname or "").removeprefix("www.")
        slug = _SLUG.sub("-", f"{host}{unquote(parts.path)}").strip("-.")[:_LONGEST].rstrip("-.")
        return f"{slug}-{hashlib.sha256(item.url.encode()).hexdigest()[:8]}"
    if item.name == "-":
        return f"stdin-{item.sha256()[:8]}"
    return item.file.stem
