"""What is known of a report from outside of it."""

from __future__ import annotations

from datetime import date

import msgspec
from msgspec import Struct

from ..model import Document


class Hints(Struct, frozen=True, kw_only=True):
    """What to take where a source does not tell; what a source tells goes first."""

    published: date | None = None
    outlet: str | None = None
    language: str | None = None
    title: str | None = None
    author: str | None = None
    url: str | None = None

    def fill(self, document: Document) -> Document:
        """Return the document with its gaps filled."""
        gaps = {
            field: getattr(self, field)
            for field in self.__struct_fields__
            if getattr(document, field) is None and getattr(self, field) is not None
        }
        return msgspec.structs.replace(document, **gaps) if gaps else document
