"""A report as text with stable offsets."""

from __future__ import annotations

import re
from datetime import date

import msgspec
from msgspec import Struct

_UNSOUND = re.compile("[\0\ud800-\udfff]")  # what no database and no file in UTF-8 holds


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

    def sound(self) -> Document:
        """Return the document with U+FFFD in place of each NUL and lone surrogate; offsets stay."""
        wrong = {
            name: _UNSOUND.sub("\ufffd", value)
            for name in self.__struct_fields__
            if isinstance(value := getattr(self, name), str) and _UNSOUND.search(value)
        }
        return msgspec.structs.replace(self, **wrong) if wrong else self
