"""A ledger with a page of a web archive, a text file and a JSON Lines file, read by the stub extractor."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from fogline import __version__
from fogline.ledger import Ledger, connect
from fogline.model import Document

sys.path[:0] = [str(Path(__file__).parents[1] / name) for name in ("store", "ingest")]

LINES = (
    '{"id": "one", "published": "2022-09-10",'
    ' "text": "Colonel Orr said the mill bridge was captured by the 9th Brigade. Rain fell."}\n'
    '{"id": "two", "published": "2026-01-02", "text": "The 9th Brigade left Stara Niva."}\n'
)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Ledger]:
    from made_warc import PAGE, packed, record
    from stub import StubReader

    (tmp_path / "in").mkdir()
    page = PAGE.replace(
        b"Shells fell on the harbour of Sirte", b"Novaya Niva was captured by the 9th Brigade"
    )
    (tmp_path / "in" / "a.warc.gz").write_bytes(packed(record(body=page)))
    (tmp_path / "in" / "b.txt").write_text("Minister Vale said Stara Niva was captured on Friday.\n")
    (tmp_path / "in" / "c.jsonl").write_text(LINES)
    reader = StubReader(f"fogline/{__version__} stub/1")
    with connect(tmp_path / "book.duckdb", reader=reader) as ledger:
        ledger.add([tmp_path / "in"], published="2022-09-11")
        ledger.add(Document(id="told", text="Novaya Niva was left at dawn.", published=date(2022, 9, 9)))
        yield ledger
