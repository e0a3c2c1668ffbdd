"""What is kept of a shard, as Parquet: claims, documents, what was left out, and whence the bytes came."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec

from ..export.flat import flat
from ..export.parquet import arrow_schema
from ..model import Claim, Document, Extraction, LeftOut, Span
from ..store import SourceRecord, Stored
from .manifest import Output, Part
from .places import move, settle

if TYPE_CHECKING:
    import pyarrow

TABLES = ("claims", "documents", "left_out", "sources")
_DAYS = ("published", "updated")
_CLAIM_BODY = "body"
_claim_decoder = msgspec.json.Decoder(Claim)


@lru_cache(maxsize=1)
def schemas() -> Mapping[str, pyarrow.Schema]:
    """Return the columns of each table; ``number`` counts the documents of a shard from 0.

    ``bands`` of a document are those of the MinHash signatures of its sentences: two documents that share
    one may be copies. ``body`` of a claim is the whole of it as JSON, beside the columns of every export.
    """
    import pyarrow as pa

    number = pa.field("number", pa.int64(), nullable=False)
    told = [(name, pa.date32() if name in _DAYS else pa.string()) for name in Document.__struct_fields__]
    return {
        "claims": pa.schema([number, *arrow_schema(), (_CLAIM_BODY, pa.string())]),
        "documents": pa.schema([number, *told, ("claims", pa.int64()), ("bands", pa.list_(pa.int64()))]),
        "left_out": pa.schema(
            [number, ("step", pa.string()), ("start", pa.int64()), ("end", pa.int64()), ("why", pa.string())]
        ),
        "sources": pa.schema(
            [
                ("raw", pa.string()),
                ("whence", pa.string()),
                ("fetched", pa.timestamp("us")),
                ("size", pa.int64()),
                ("media_type", pa.string()),
                ("headers", pa.string()),
            ]
        ),
    }


def claim_row(number: int, claim: Claim, document: Document) -> dict[str, Any]:
    """Return a claim as a row."""
    stored = Stored(
        claim=claim,
        title=document.title,
        published=document.published,
        outlet=document.outlet,
        url=document.url,
    )
    return {"number": number, **flat(stored), _CLAIM_BODY: msgspec.json.encode(claim).decode()}


def document_row(
    number: int, document: Document, *, claims: int, bands: list[int], text: bool
) -> dict[str, Any]:
    """Return a document as a row, with its text where that may be let out."""
    told = {name: getattr(document, name) for name in Document.__struct_fields__}
    told["text"] = document.text if text else None
    return {"number": number, **told, "claims": claims, "bands": bands}


def left_out_row(number: int, left: LeftOut) -> dict[str, Any]:
    """Return a mention that could not be handled as a row."""
    start, end = (left.span.start, left.span.end) if left.span else (None, None)
    return {"number": number, "step": left.step, "start": start, "end": end, "why": left.why}


def source_row(record: SourceRecord) -> dict[str, Any]:
    """Return whence bytes came as a row."""
    told = {name: getattr(record, name) for name in SourceRecord.__struct_fields__}
    return {**told, "headers": json.dumps(dict(record.headers), ensure_ascii=False)}


def document_of(row: Mapping[str, Any]) -> Document:
    """Return the document of a row."""
    return Document(**{name: row[name] for name in Document.__struct_fields__ if name in row})


def extraction_of(
    document: Document, claims: list[Mapping[str, Any]], left_out: list[Mapping[str, Any]]
) -> Extraction:
    """Return what was read in a document, from its rows."""
    return Extraction(
        document=document.id,
        claims=tuple(_claim_decoder.decode(row[_CLAIM_BODY]) for row in claims),
        left_out=tuple(
            LeftOut(
                step=row["step"],
                span=None if row["start"] is None else Span(row["start"], row["end"]),
                why=row["why"],
            )
            for row in left_out
        ),
    )


def source_of(row: Mapping[str, Any]) -> SourceRecord:
    """Return whence bytes came, from a row."""
    return SourceRecord(**{**row, "headers": json.loads(row["headers"])})


class TableWriter:
    """One table of a shard, written in groups of rows, and its SHA-256 as it goes.

    Args:
        output: where to.
        table: which table.
        path: the file's name for the while.
    """

    def __init__(self, output: Output, table: str, path: str) -> None:
        import pyarrow.parquet as pq

        self._output, self._table, self._path = output, table, path
        self._rows: list[dict[str, Any]] = []
        self._sink = _Sink(output.system.open_output_stream(path))
        self._writer = pq.ParquetWriter(self._sink, schemas()[table], compression="zstd")
        self._written = 0

    def add(self, row: dict[str, Any]) -> None:
        """Take a row."""
        self._rows.append(row)

    def flush(self) -> None:
        """Write the rows that were taken."""
        import pyarrow as pa

        if self._rows:
            self._writer.write_table(pa.Table.from_pylist(self._rows, schema=schemas()[self._table]))
            self._written += len(self._rows)
            self._rows = []

    def close(self) -> None:
        """End the file where it stands."""
        self._writer.close()
        self._sink.close()

    def named(self, path: str) -> Part:
        """End the file, give it its name in the output, and tell what it is."""
        self.flush()
        self.close()
        settle(self._output.system, self._path)
        move(self._output.system, self._path, self._output.path(path))
        return Part(
            table=self._table,
            path=path,
            rows=self._written,
            size=self._sink.size,
            sha256=self._sink.digest.hexdigest(),
        )


class _Sink:
    """A file that is hashed while it is written; what Arrow asks of one."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self.digest = hashlib.sha256()
        self.size = 0
        self.flush: Callable[[], None] = stream.flush

    @property
    def closed(self) -> bool:
        """Whether the file has ended."""
        return bool(self._stream.closed)

    def write(self, data: bytes) -> int:
        """Write and hash."""
        self.digest.update(data)
        self.size += len(data)
        self._stream.write(data)
        return len(data)

    def close(self) -> None:
        """End the file."""
        self._stream.close()
