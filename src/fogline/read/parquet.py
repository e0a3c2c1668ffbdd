"""Parquet: one report a row, read a few rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ..errors import ReadError
from ..ingest.item import Item, Problem
from ..model import Document
from .ids import document_id
from .records import Record, documents

if TYPE_CHECKING:
    import pyarrow.parquet

_ROWS = 64  # at a time
_BUFFER = 1 << 20  # bytes of a column read at a time, so that a large row group is never held whole


def read(item: Item) -> Iterator[Document | Problem]:
    """Yield the document of each row; the columns are the fields of JSON Lines, others are passed over.

    Raises:
        ReadError: the file is no Parquet, is broken, or has no column ``text``.
    """
    import pyarrow as pa

    stem, number = document_id(item), 0
    with item.open() as stream:
        try:
            table = _table(item, stream)
            wanted = [name for name in Record.__struct_fields__ if name in table.schema_arrow.names]
            for batch in table.iter_batches(batch_size=_ROWS, columns=wanted):
                for row in range(batch.num_rows):
                    number += 1
                    where = f"row {number} of {item.name}"
                    try:
                        record = Record(**{name: batch.column(name)[row].as_py() for name in wanted})
                    except (UnicodeDecodeError, ValueError, OverflowError) as error:
                        yield Problem(object=where, message=_refusal(where, error))
                        continue
                    yield from documents(record, where=where, name=f"{stem}-{number}")
        except (pa.ArrowException, OSError, ValueError) as error:  # also names that are no UTF-8
            read = f" after {number:,} rows, which were read" if number else ""
            raise ReadError(
                f"{item.name} is no Parquet that can be read ({str(error).splitlines()[0]}){read}. "
                "Fetch or write it again."
            ) from error
    if not number:
        yield Problem(
            object=item.name, message=f"{item.name} has no rows. Give it one report a row, with its 'text'."
        )


def _table(item: Item, stream: Any) -> pyarrow.parquet.ParquetFile:
    import pyarrow.parquet as pq

    kept = pq.read_metadata(stream)
    names = [kept.schema.column(number).path for number in range(kept.num_columns)]
    if "text" not in names:
        raise ReadError(
            f"{item.name} has no column 'text' (it has {', '.join(names[:12])}). Name the column with the "
            "reports so."
        )
    # A text that is repeated is held once: a small file cannot unpack into more than memory has.
    return pq.ParquetFile(
        stream, metadata=kept, buffer_size=_BUFFER, pre_buffer=False, read_dictionary=["text"]
    )


def _refusal(where: str, error: Exception) -> str:
    return f"The record at {where} cannot be read ({error}) and was left out. Write it as text in UTF-8."
