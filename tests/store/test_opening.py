"""A ledger that cannot be opened says why, and is left as it is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from stub import StubReader, report

import fogline
from fogline.errors import LedgerBusyError, LedgerError, LedgerVersionError
from fogline.store.duckdb import DuckDBStore

HOLD = "import duckdb; held = duckdb.connect({!r}); print('held', flush=True); input()"


@pytest.fixture
def made(tmp_path: Path) -> Path:
    path = tmp_path / "ledger.duckdb"
    with fogline.connect(path, reader=StubReader()) as ledger:
        ledger.add(report())
    return path


def test_a_ledger_made_by_a_newer_fogline(made: Path) -> None:
    store = DuckDBStore(made)
    store.run("UPDATE meta SET value = '999' WHERE name = 'version'")
    store.close()
    for read_only in (True, False):
        with pytest.raises(LedgerVersionError, match=r"newer Fogline.*999.*pip install --upgrade"):
            fogline.connect(made, read_only=read_only)
    assert DuckDBStore(made, read_only=True).rows("SELECT count(*) FROM claims").__next__() == (2,)


def test_a_ledger_held_by_another_process(made: Path) -> None:
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            f"import duckdb; c = duckdb.connect({str(made)!r}); print('held', flush=True); input()",
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        for read_only in (True, False):
            with pytest.raises(LedgerBusyError, match=f"held by process {holder.pid}"):
                fogline.connect(made, read_only=read_only)
    finally:
        holder.communicate("\n")
    with fogline.connect(made, read_only=True) as ledger:
        assert len(ledger.claims()) == 2


def test_a_ledger_open_in_this_process_in_another_mode(made: Path) -> None:
    with fogline.connect(made), pytest.raises(LedgerBusyError, match="in this process"):
        fogline.connect(made, read_only=True)


def test_several_readers_at_once(made: Path) -> None:
    with fogline.connect(made, read_only=True) as one, fogline.connect(made, read_only=True) as other:
        assert one.claims() == other.claims()


def test_a_ledger_that_is_not_there_is_not_made_by_reading(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match=r"There is no ledger at .*fogline add"):
        fogline.connect(tmp_path / "none" / "ledger.duckdb", read_only=True)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_ledger(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a ledger " * 1000, encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(LedgerError, match="not a ledger: it is some other kind of file"):
        fogline.connect(path)
    assert path.read_bytes() == before


def test_a_database_that_is_no_ledger(tmp_path: Path) -> None:
    path = tmp_path / "other.duckdb"
    store = DuckDBStore(path)
    store.run("CREATE TABLE birds (name VARCHAR)")
    store.close()
    with pytest.raises(LedgerError, match=r"not a ledger of Fogline \(it holds birds\)"):
        fogline.connect(path)


def test_a_ledger_that_was_never_finished_is_made_by_adding(tmp_path: Path) -> None:
    path = tmp_path / "ledger.duckdb"
    DuckDBStore(path).close()
    with pytest.raises(LedgerVersionError, match="Run `fogline add`"):
        fogline.connect(path, read_only=True)
    with fogline.connect(path, reader=StubReader()) as ledger:
        assert ledger.add(report()).claims == 2


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(LedgerError, match="Name another place with --ledger"):
        fogline.connect(tmp_path / "file" / "ledger.duckdb")
    for read_only in (True, False):
        with pytest.raises(LedgerError, match=r"is a folder\. Name a file in it"):
            fogline.connect(tmp_path, read_only=read_only)
