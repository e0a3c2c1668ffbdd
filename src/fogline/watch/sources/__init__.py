"""What a source tells of: entries, each with all that it is known by."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

EntryKind = Literal["page", "sitemap", "file"]


class Entry(Struct, frozen=True, kw_only=True):
    """One thing that a source tells of.

    ``place`` is what it is fetched from, ``names`` all that it is known by, ``mark`` what changes when it
    does (None where the source does not tell), ``at`` when it was published or changed, in seconds since
    1970. ``data`` is the thing itself, as HTML, where the source holds it.
    """

    place: str
    names: tuple[str, ...]
    kind: EntryKind = "page"
    mark: str | None = None
    title: str | None = None
    published: date | None = None
    at: float | None = None
    data: bytes | None = None
