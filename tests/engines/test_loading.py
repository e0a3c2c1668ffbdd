"""What is extracted into a folder and loaded makes the ledger that adding the same would have made."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hands import Make, noted, shard
from stub import StubReader

from fogline import connect
from fogline.engines import engine_named, extract_shards
from fogline.engines.manifest import Output
from fogline.errors import LedgerError, SourceError

WARC = (
    "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{id}>\r\n"
    "WARC-Date: 2022-09-12T08:00:00Z\r\n"
    "WARC-Target-URI: https://example.org/{id}\r\nContent-Type: application/http; msgtype=response\r\n"
    "Content-Length: {length}\r\n\r\n"
)
PAGE = (
    "<html><head><title>{title}</title></head><body><article><h1>{title}</h1>"
    "<p>The garrison captured Novaya Niva on day {n}, Colonel Orr said on Monday, and the road was open.</p>"
    "<p>Some 300 troops left Stara Niva by the mill bridge in the night, he told the reporters there.</p>"
    "</article></body></html>"
)
CLOCKS = {"documents": "added", "runs": "finished", "sources": "fetched", "replacements": "made"}


def warc(path: Path, count: int) -> None:
    """Write a web archive of pages, each packed by itself."""
    records = []
    for n in range(count):
        page = PAGE.format(title=f"Notes of day {n}", n=n)
        body = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}".encode()
        head = WARC.format(id=f"page-{n}", length=len(body)).encode()
        records.append(gzip.compress(head + body + b"\r\n\r\n"))
    path.write_bytes(b"".join(records))


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder with shards of every kind: ids met twice, reports told twice, gaps, broken lines."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "in"
    shard(folder / "a.jsonl", 20)
    shard(folder / "b" / "b.jsonl.gz", 5)
    (folder / "c.jsonl").write_text(
        "\n".join(
            (
                '{"id": "a-1", "text": "The garrison captured Stara Niva."}',
                '{"id": "a-1", "text": "The garrison captured Stara Niva.", "published": "2022-09-10"}',
                '{"id": "a-2", "text": "There was no such day. They left.", "outlet": "Wire"}',
                '{"id": "a-2", "text": "This breaks the reader."}',
                "{broken",
                '{"text": "They captured Novaya Niva, by the Wire."}',
            )
        ),
        encoding="utf-8",
    )
    rows = {
        "id": ["p-1", "p-2"],
        "published": [date(2022, 9, 10), None],
        "title": ["One", None],
        "text": ["Minister Vale said they left Stara Niva.", "Nothing of note."],
    }
    pq.write_table(pa.table(rows), folder / "d.parquet")
    warc(folder / "e.warc.gz", 3)
    return tmp_path


def read(folder: Path, **options: object) -> None:
    """Read the shards of a folder into another, in this process."""
    extract_shards(["in"], "out", engine=engine_named("local"), reader=Make(str(folder)), **options)


def rows(ledger: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return all that a ledger holds but the times at which it was written, by table."""
    with duckdb.connect(str(ledger), read_only=True) as connection:
        tables = [name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
        found = {}
        for table in sorted(set(tables) - {"meta"}):
            exclude = f"EXCLUDE ({CLOCKS[table]})" if table in CLOCKS else ""
            asked = connection.execute(f'SELECT * {exclude} FROM "{table}"').fetchall()
            found[table] = sorted(asked, key=repr)
        return found


def test_a_loaded_ledger_is_the_one_that_adding_makes(archive: Path) -> None:
    read(archive)
    with connect("loaded.duckdb") as ledger:
        loaded = ledger.load("out")
        ledger.link()
    with connect("added.duckdb", reader=StubReader()) as ledger:
        added = ledger.add("in")
        ledger.link()
    ours, theirs = rows(archive / "loaded.duckdb"), rows(archive / "added.duckdb")
    assert {name: len(found) for name, found in ours.items()} == {n: len(f) for n, f in theirs.items()}
    for name in theirs:
        if name != "event_history":
            assert ours[name] == theirs[name], name
    assert (loaded.shards, loaded.added.documents, loaded.added.claims) == (5, added.documents, added.claims)
    assert (loaded.added.undated, loaded.added.left_out) == (added.undated, added.left_out)
    assert added.documents == 34
    assert {len(theirs[name]) > 0 for name in ("left_out", "sources", "replacements", "links")} == {True}


def test_a_team_loads_the_same_into_its_database(archive: Path, emptied: str) -> None:
    read(archive)
    with connect("l.duckdb") as ledger:
        ledger.load("out")
        claims, documents = ledger.claims(), ledger.documents()
    with connect(emptied, archive=archive / "raw") as ledger:
        loaded, again = ledger.load("out"), ledger.load("out")
        assert (loaded.shards, again.shards, again.known) == (5, 0, 5)
        assert {claim.id for claim in ledger.claims()} == {claim.id for claim in claims}
        assert {d.id for d in ledger.documents()} == {d.id for d in documents}


def test_loading_again_adds_nothing_and_more_shards_add_what_is_theirs(archive: Path) -> None:
    read(archive)
    with connect("l.duckdb") as ledger:
        ledger.load("out")
        before = len(ledger.claims())
        again = ledger.load("out")
        assert (again.shards, again.known, again.added.claims) == (0, 5, 0)
        shard(archive / "in" / "f.jsonl", 4)
        read(archive)
        more = ledger.load("out")
        assert (more.shards, more.known, more.added.documents, more.added.claims) == (1, 5, 4, 8)
        assert len(ledger.claims()) == before + 8


def test_loading_that_broke_off_is_completed(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read(archive)
    from fogline.engines import loading

    kept, calls = loading._check, []

    def broken(output: Output, part: object) -> None:
        calls.append(part)
        if len(calls) == 9:
            raise KeyboardInterrupt
        kept(output, part)  # type: ignore[arg-type]

    with connect("l.duckdb") as ledger:
        monkeypatch.setattr(loading, "_check", broken)
        with pytest.raises(KeyboardInterrupt):
            ledger.load("out")
        monkeypatch.setattr(loading, "_check", kept)
        found = ledger.load("out")
        assert (found.shards, found.known) == (3, 2)
    with connect("whole.duckdb") as ledger:
        ledger.load("out")
    assert rows(archive / "l.duckdb") == rows(archive / "whole.duckdb")


def test_a_report_that_the_ledger_knows_by_its_date_is_read_by_that(archive: Path) -> None:
    shard_of_one = archive / "in2" / "x.jsonl"
    shard_of_one.parent.mkdir()
    record = {"id": "x", "text": "The garrison captured Novaya Niva."}
    shard_of_one.write_text(json.dumps(record), encoding="utf-8")
    extract_shards(["in2"], "out2", engine=engine_named("local"), reader=Make(str(archive)))

    def ledger(name: str) -> Iterator[None]:
        with connect(name, reader=StubReader("stub/0")) as book:
            book.add("in2", published="2022-09-11")
        yield

    for name in ("loaded.duckdb", "added.duckdb"):
        next(ledger(name))
    with connect("loaded.duckdb", reader=StubReader()) as book:
        book.load("out2")
    with connect("added.duckdb", reader=StubReader()) as book:
        book.add("in2")
        assert {claim.when.latest for claim in book.claims()} == {date(2022, 9, 11)}
    assert rows(archive / "loaded.duckdb") == rows(archive / "added.duckdb")


def test_a_file_that_was_changed_is_not_loaded(archive: Path) -> None:
    read(archive)
    part = sorted((archive / "out" / "claims").glob("*/part.parquet"))[0]
    pq.write_table(pq.ParquetFile(part).read().slice(1), part)
    with connect("l.duckdb") as ledger:
        with pytest.raises(SourceError, match="is not the file that was written"):
            ledger.load("out")
        assert ledger.documents() == []


def test_what_was_held_back_is_never_loaded(archive: Path) -> None:
    read(archive, coarsen=True)
    with connect("l.duckdb") as ledger, pytest.raises(LedgerError, match="--embargo 0 --no-coarsen"):
        ledger.load("out")


def test_a_folder_without_a_manifest_is_said_to_hold_nothing(tmp_path: Path) -> None:
    with (
        connect(tmp_path / "l.duckdb") as ledger,
        pytest.raises(LedgerError, match="holds no shards that are done"),
    ):
        ledger.load(tmp_path)


def test_the_shards_were_read_once(archive: Path) -> None:
    read(archive)
    before = noted(archive, "read")
    read(archive)
    assert noted(archive, "read") == before
