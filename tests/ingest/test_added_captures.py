"""A web archive goes into a ledger as documents that lead back to their records."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

from made_warc import HEAD, URL, packed, record

from fogline.ledger import connect

sys.path.insert(0, str(Path(__file__).parents[1] / "store"))


def test_captures_become_documents_with_their_claims(tmp_path: Path) -> None:
    from stub import StubReader

    page = b"<html><head><title>T</title></head><body><article>%s</article></body></html>"
    words = b"<p>Novaya Niva was captured by the 9th Brigade, two residents told us.</p>" * 4
    plain = HEAD.replace(b"text/html", b"text/plain")
    made = packed(
        record(body=page % words, id="1"),
        record(URL + "/menu", page % b"<a href='/'>Home</a>", id="2"),
        record(URL + "/note.txt", b"Minister Vale said Stara Niva was captured.", head=plain, id="3"),
        record(URL + "/gone", b"x", head=b"HTTP/1.1 404 Not Found\r\n\r\n", id="4"),
    )
    (tmp_path / "in.warc.gz").write_bytes(made)
    with connect(tmp_path / "book.duckdb", reader=StubReader()) as book:
        added = book.add(tmp_path / "in.warc.gz")
        assert (added.documents, added.failed, added.warned) == (2, 1, 1)
        one, other = sorted(book.documents(), key=lambda document: len(str(document.url)))
        assert (one.url, other.url) == (URL, URL + "/note.txt")
        (claim,) = book.claims(document=other.id)
        shown = book.show(claim.id)
        assert shown.sources[0].whence == f"{URL}/note.txt in {tmp_path / 'in.warc.gz'}"
        assert shown.sources[0].fetched == datetime(2011, 10, 3, 8, 15)
        assert shown.document.raw is not None
        (note,) = book.archive.provenance(shown.document.raw)
        assert note.capture is not None
        assert note.capture.record == "<urn:test:3>"
        assert book.add(tmp_path / "in.warc.gz").documents == 0
