"""Editions: the texts that stood under one address, one after the other, and what became of their claims."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from msgspec import Struct


class Edition(Struct, frozen=True, kw_only=True):
    """A document as an edition: its address, and the days that tell when it stood there.

    ``published`` and ``updated`` are what the source tells, ``retrieved`` (UTC) when its bytes came.
    """

    document: str
    address: str
    title: str | None
    outlet: str | None
    published: date | None
    updated: date | None
    retrieved: datetime

    @property
    def day(self) -> date:
        """The day by which people call it: of the update, else of retrieval."""
        return self.updated or self.retrieved.date()


class Amendment(Struct, frozen=True, kw_only=True):
    """What a later edition did to a claim: it no longer tells it, or tells it otherwise.

    ``edition`` is the document of the later edition and ``day`` its day, ``claim`` what it tells instead
    (None where withdrawn), ``changes`` the fields that differ as people read them ("killed 20 → 8").
    """

    kind: Literal["withdrawn", "changed"]
    edition: str
    day: date
    claim: str | None = None
    changes: tuple[str, ...] = ()

    @property
    def mark(self) -> str:
        """A few words, for a table."""
        return f"{self.kind} {self.day}"

    @property
    def sentence(self) -> str:
        """A sentence, with the figures."""
        if self.kind == "withdrawn":
            return f"Withdrawn in the edition of {self.day} ({self.edition}), which no longer tells it."
        return f"Changed in the edition of {self.day} ({self.edition}): {'; '.join(self.changes)}."
