"""The tables of a ledger, as data.

Facts only ever get rows; nothing here is updated in place. What is current (the newest extractor's claims
of a document, a document told more fully later) is worked out by the queries.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Type = Literal["text", "integer", "real", "date", "time"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column; ``needed`` forbids NULL."""

    name: str
    type: Type
    needed: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its columns in order, the ones that name a row, and the ones looked up by."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    indexes: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The columns' names, in order."""
        return tuple(column.name for column in self.columns)


def columns(**types: str) -> tuple[Column, ...]:
    """Read ``name="text"`` or ``name="text?"`` (may be NULL) as columns."""
    return tuple(
        Column(name, kind.rstrip("?"), not kind.endswith("?"))  # type: ignore[arg-type]
        for name, kind in types.items()
    )


META = Table("meta", columns(name="text", value="text"), key=("name",))

SOURCES = Table(
    "sources",
    columns(
        raw="text",  # SHA-256 of the bytes, their name in the archive
        whence="text",  # path or address
        fetched="time",
        size="integer?",
        media_type="text?",
        headers="text?",  # JSON object
    ),
    key=("raw", "whence"),
)

DOCUMENTS = Table(
    "documents",
    columns(
        id="text",
        given="text",  # the id its source gave it; ``id`` differs where that one was taken
        digest="text",  # SHA-256 of the text
        text="text",
        title="text?",
        published="date?",
        outlet="text?",
        author="text?",
        url="text?",
        language="text?",
        raw="text?",
        added="time",
    ),
    key=("id",),
    indexes=("given",),
)

REPLACEMENTS = Table(  # the same report, told more fully (a date, an outlet) by a later source
    "replacements",
    columns(document="text", by_document="text", made="time"),
    key=("document",),
)

RUNS = Table(  # a row says: this extractor has read this document, and all it found is stored
    "runs",
    columns(document="text", extractor="text", claims="integer", left_out="integer", finished="time"),
    key=("document", "extractor"),
)

CLAIMS = Table(
    "claims",
    columns(
        id="text",
        document="text",
        extractor="text",
        event="text",
        status="text",
        voice="text?",  # NULL: the outlet itself
        voice_side="text?",
        voice_kind="text?",
        mode="text",
        earliest="date?",
        latest="date?",
        evidence_start="integer",
        evidence="text",
        confidence="real?",
        body="text",  # the whole claim as JSON
    ),
    key=("id",),
)

CLAIM_PLACES = Table(
    "claim_places",
    columns(
        claim="text",
        position="integer",
        role="text",
        text="text",
        name="text?",
        geonameid="integer?",
        country="text?",
        lat="real?",
        lon="real?",
        radius_km="real?",
    ),
)

CLAIM_PARTIES = Table(
    "claim_parties",
    columns(claim="text", part="text", position="integer", text="text", side="text?", name="text?"),
)

LEFT_OUT = Table(
    "left_out",
    columns(
        document="text",
        extractor="text",
        step="text",
        span_start="integer?",
        span_end="integer?",
        why="text",
    ),
)

TABLES: tuple[Table, ...] = (
    META,
    SOURCES,
    DOCUMENTS,
    REPLACEMENTS,
    RUNS,
    CLAIMS,
    CLAIM_PLACES,
    CLAIM_PARTIES,
    LEFT_OUT,
)
