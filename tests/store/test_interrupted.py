"""``add`` is killed at many moments; run again, it goes on: nothing twice, nothing lost."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from stub import StubReader

import fogline
from fogline.errors import LedgerVersionError

FILES, LINES = 60, 120
REPORTS = FILES + LINES
CHILD = """
import os, sys
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # a background shell's children ignore it
sys.path.insert(0, {tests!r})
import fogline.adding, fogline.ledger
from fogline.ingest import Archive
from fogline.store.duckdb import DuckDBStore
from stub import StubReader

fogline.adding._BATCH_DOCUMENTS = 10
MOMENTS = {{"keep": (Archive, "keep"), "read": (StubReader, "extract"), "insert": (DuckDBStore, "insert"),
           "run": (DuckDBStore, "run")}}
moment, number, sent = {moment!r}, {number}, {sent}
if moment:
    owner, name = MOMENTS[moment]
    method, calls = getattr(owner, name), []
    def counted(*given, **named):
        calls.append(name)
        if len(calls) == number:
            os.kill(os.getpid(), sent)
        return method(*given, **named)
    setattr(owner, name, counted)
reader = StubReader()
fogline.ledger.default_reader = lambda: reader
from fogline.cli import main
sys.exit(main(["add", "reports", "--ledger", "ledger.duckdb", "--published", "2022-09-11"]))
"""
# Calls of a kind after which the process dies. A batch is written by eight inserts in one transaction, so
# these fall into making the tables, keeping bytes, reading, and every step of writing.
MOMENTS = [("run", 4), ("run", 20), ("keep", 30), ("read", 25), ("insert", 2), ("insert", 13), ("insert", 22)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "reports").mkdir()
    for number in range(FILES):
        text = f"The garrison captured Novaya Niva on day {number}. Some 300 left Stara Niva."
        (tmp_path / "reports" / f"r{number:03}.txt").write_text(text, encoding="utf-8")
    lines = [
        f'{{"id": "j{number:03}", "text": "The garrison captured Novaya Niva, so {number}. They left."}}\n'
        for number in range(LINES)
    ]
    (tmp_path / "reports" / "s-many.jsonl").write_text("".join(lines), encoding="utf-8")
    return tmp_path


def add(folder: Path, moment: str = "", number: int = 0, sent: int = 0) -> subprocess.CompletedProcess[str]:
    """Run ``fogline add`` in a process of its own that sends itself a signal at a moment."""
    code = CHILD.format(tests=str(Path(__file__).parent), moment=moment, number=number, sent=int(sent))
    return subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, timeout=60
    )


def check_whole(folder: Path) -> int:
    """Check that every document of the ledger has all its claims, and return how many there are."""
    path = folder / "ledger.duckdb"
    if not path.exists():
        return 0
    try:
        opened = fogline.connect(path, read_only=True)  # nothing has to be mended before it can be read
    except LedgerVersionError:
        return 0  # killed while its tables were made: the next add makes them
    with opened as ledger:
        found = {one.id: one.claims for one in ledger.documents()}
        assert set(found.values()) <= {2}
        claims = [claim.id for claim in ledger.claims()]
        assert len(claims) == len(set(claims)) == 2 * len(found)
        return len(found)


def check_finished(folder: Path) -> None:
    done = add(folder)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert check_whole(folder) == REPORTS
    with fogline.connect(folder / "ledger.duckdb", reader=StubReader()) as ledger:
        assert ledger.archive.verify() == []
        assert len(list(ledger.archive.digests())) == FILES + 1


def test_killed_again_and_again_and_run_once_more(folder: Path) -> None:
    reached = []
    for moment, number in MOMENTS:
        done = add(folder, moment, number, signal.SIGKILL)
        assert done.returncode == -signal.SIGKILL, (moment, number, done.stderr)
        reached.append(check_whole(folder))
    assert reached == sorted(reached)
    assert 0 < reached[-1] < REPORTS
    check_finished(folder)


def test_stopped_with_ctrl_c_and_run_again(folder: Path) -> None:
    done = add(folder, "read", 47, signal.SIGINT)
    assert done.returncode == 130
    assert "run the same command again to go on" in done.stderr
    assert "Traceback" not in done.stderr
    assert 40 <= check_whole(folder) < REPORTS
    check_finished(folder)
