"""A ledger moves from a file to a server and back: the same rows, ids and answers."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
import pytest
from stub import StubReader, report

import fogline
from fogline.copying import copy_ledger
from fogline.errors import LedgerError
from fogline.store import migrate
from fogline.store.copying import checksum
from fogline.store.dialect import DUCKDB
from fogline.store.duckdb import DuckDBStore
from fogline.store.migrations import ALL_TABLES
from fogline.store.tables import CLAIMS, META

FILLED = (
    "sources", "documents", "runs", "claims", "claim_places", "claim_parties", "signatures", "bands",
    "events", "event_claims", "link_blocks", "reviews", "sightings", "editions",
)  # fmt: skip
SIGHTINGS = "date,side,lat,lon,text,source\n2022-09-10,UKR,49.2,37.2,A column,A team\n"


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """Give a ledger with something in it of everything: reports, events, a judgement, an import."""
    path = tmp_path / "filled" / "ledger.duckdb"
    file = tmp_path / "sightings.csv"
    file.write_text(SIGHTINGS, encoding="utf-8")
    source = tmp_path / "дело.txt"
    source.write_text(
        "The garrison captured Novaya Niva, so Ізюм. Some 300 left Stara Niva.", encoding="utf-8"
    )
    with fogline.connect(path, reader=StubReader()) as ledger:
        ledger.add([report("r1"), report("r2"), report("r3", published=None), str(source)])
        ledger.link()
        ledger.import_control(file)
        one, other = (claim.id for claim in ledger.claims(limit=2))
        ledger.review("not-same", one, other=other, reviewer="Maria", reason="Two places.")
    return path


def test_there_and_back_it_is_the_same(filled: Path, emptied: str, tmp_path: Path) -> None:
    back = tmp_path / "back" / "ledger.duckdb"
    with (
        fogline.connect(filled, read_only=True) as first,
        fogline.connect(emptied, archive=tmp_path / "team") as team,
        fogline.connect(back) as last,
    ):
        there, again = copy_ledger(first, team), copy_ledger(team, last)
        assert [t.checksum for t in there.tables] == [t.checksum for t in again.tables]
        rows = {table.name: table.rows for table in there.tables}
        assert min(rows[name] for name in FILLED) > 0
        assert (there.raw, again.raw, there.raw_there) == (2, 2, 0)
        for of in (first, team, last):
            assert of.claims() == first.claims()
            assert list(of.events()) == list(first.events())
            assert of.reviews() == first.reviews()
            assert [msgspec.structs.asdict(d) for d in of.documents()] == [
                msgspec.structs.asdict(d) for d in first.documents()
            ]
            assert of.archive.verify() == []
            assert list(of.archive.digests()) == list(first.archive.digests())
        once_more = copy_ledger(first, team)
        assert all(table.there for table in once_more.tables if table.rows)
        assert (once_more.raw, once_more.raw_there) == (0, 2)


def test_a_copy_that_was_interrupted_goes_on(filled: Path, tmp_path: Path) -> None:
    with fogline.connect(filled, read_only=True) as first, fogline.connect(tmp_path / "b.duckdb") as other:

        def stop(name: str, done: int) -> None:
            if name == CLAIMS.name:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            copy_ledger(first, other, progress=stop)
        assert checksum(other.store, CLAIMS)[0] == 0  # a table is whole or not there
        done = copy_ledger(first, other)
        assert {table.name for table in done.tables if table.there and table.rows} == {
            "sources",
            "documents",
            "runs",
        }
        assert other.claims() == first.claims()


def test_a_ledger_that_holds_something_else_is_left_alone(filled: Path, tmp_path: Path) -> None:
    with (
        fogline.connect(filled, read_only=True) as first,
        fogline.connect(tmp_path / "b.duckdb", reader=StubReader()) as other,
    ):
        other.add(report("another"))
        with pytest.raises(LedgerError, match=r"b.duckdb is not empty: its documents are others"):
            copy_ledger(first, other)
        assert [one.id for one in other.documents()] == ["another"]
        with pytest.raises(LedgerError, match="onto itself"):
            copy_ledger(first, first)


def test_half_a_raw_copy_is_written_again(filled: Path, tmp_path: Path) -> None:
    with (
        fogline.connect(filled, read_only=True) as first,
        fogline.connect(tmp_path / "b" / "b.duckdb") as other,
    ):
        digest = next(first.archive.digests())
        half = other.archive.path(digest)
        half.parent.mkdir(parents=True)
        half.write_bytes(first.archive.open(digest).read()[:5])
        assert copy_ledger(first, other).raw == 2
        assert other.archive.verify() == []
        shutil.copyfile(other.archive.path(digest), tmp_path / "kept")
        first.archive.path(digest).write_bytes(b"spoilt")
        half.unlink()
        assert copy_ledger(first, other).raw_unsound == (digest,)


def test_every_table_of_a_ledger_is_copied() -> None:
    store = DuckDBStore()
    migrate(store)
    assert {name for (name,) in store.rows(DUCKDB.tables)} == {table.name for table in ALL_TABLES}
    assert checksum(store, META) == (0, f"{0:032x}")


def test_a_checksum_knows_a_row_that_differs_and_no_order() -> None:
    rows = [("a", "1"), ("b", "2"), ("c", "3")]
    sums = set()
    for given in (
        rows,
        rows[::-1],
        [("a", "1"), ("b", "2"), ("c", "4")],
        [("a", "12"), ("b", ""), ("c", "3")],
    ):
        store = DuckDBStore()
        migrate(store)
        store.insert(META, given)
        sums.add(checksum(store, META))
    assert len(sums) == 3
