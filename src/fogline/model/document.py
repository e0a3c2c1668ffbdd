"""A report as text with stable offsets."""

from __future__ import annotations

from datetime import date

from msgspec import Struct


class Document(Struct, frozen=True, kw_only=True):
    """One report.

    Every offset in Fogline counts characters (Python slices) of ``text``, which is never changed
    after reading. What a source does not tell is None.
    """

    id: str
    text: str
    title: str | None = None
    published: date | None = None
    updated: date | None = None  # the last day that its source says it was changed
    outlet: str | None = None
    author: str | None = None
    url: str | None = None
    language: str | None = None
    raw: str | None = None  # SHA-256 of the raw bytes, their name in the archive
