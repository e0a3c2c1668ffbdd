"""A watch is killed at many moments of a round; begun again, nothing is there twice and nothing is lost."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from site_made import Site
from stub import StubReader

import fogline
from fogline.errors import LedgerError, LedgerVersionError

PAGES, FILES = 14, 8
CHILD = """
import os, sys, signal
sys.path[:0] = {paths!r}
signal.signal(signal.SIGINT, signal.default_int_handler)  # a background shell's children ignore it
import fogline.ledger
from fogline.ingest import Archive
from fogline.store.duckdb import DuckDBStore
from fogline.watch.state import State
from fogline.watch.outputs.line import Line
from stub import StubReader

MOMENTS = {{"keep": (Archive, "keep"), "read": (StubReader, "extract"), "insert": (DuckDBStore, "insert"),
           "state": (State, "run"), "line": (Line, "__call__")}}
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
fogline.ledger.default_reader = lambda *_: reader
from fogline.cli import main
sys.exit(main(["watch", "feeds.yml", "--ledger", "l.duckdb", "--once", "--log", "json"]))
"""
# Calls of a kind after which the process dies: while tables are made, feeds are noted, bytes kept, claims
# read, every step of writing, alerts printed.
MOMENTS = [
    ("state", 3), ("state", 40), ("keep", 5), ("read", 3), ("insert", 4), ("insert", 11), ("line", 2),
    ("state", 66), ("read", 5), ("insert", 30),
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, site: Site) -> Path:
    site.feed(*range(PAGES))
    inbox = tmp_path / "incoming"
    inbox.mkdir()
    for number in range(FILES):
        text = f"The garrison captured Novaya Niva on day {number}. Some 300 left Stara Niva."
        (inbox / f"f{number}.txt").write_text(text, encoding="utf-8")
    feeds = {
        "allow_private": True,
        "delay": 0,
        "sources": [{"feed": site.url("/rss")}, {"folder": str(inbox)}],
        "alerts": [{"name": "captured", "event": "CAPTURE"}],
    }
    (tmp_path / "feeds.yml").write_text(json.dumps(feeds), encoding="utf-8")
    return tmp_path


def watch(folder: Path, moment: str = "", number: int = 0, sent: int = 0) -> subprocess.CompletedProcess[str]:
    """Run a round in a process of its own that sends itself a signal at a moment."""
    here = Path(__file__).parent
    paths = [str(here), str(here.parent / "store")]
    code = CHILD.format(paths=paths, moment=moment, number=number, sent=int(sent))
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")  # each of many processes begins sooner
    return subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, timeout=120, env=environment
    )


def documents(folder: Path) -> int:
    """Check that what is in the ledger is whole and there once, and return how many documents that is."""
    try:
        ledger = fogline.connect(folder / "l.duckdb", read_only=True)
    except (LedgerVersionError, LedgerError):
        return 0  # killed before its tables were made
    with ledger:
        found = ledger.documents()
        assert len({one.url or one.id for one in found}) == len(found)
        claims = [claim.id for claim in ledger.claims()]
        assert len(claims) == len(set(claims)) == sum(one.claims for one in found)
        return len(found)


def test_killed_again_and_again_and_run_to_the_end(folder: Path, site: Site) -> None:
    reached, told, killed = [], Counter[str](), 0
    for moment, number in MOMENTS:
        done = watch(folder, moment, number, signal.SIGKILL)
        assert done.returncode in (-signal.SIGKILL, 0), (moment, number, done.stderr)
        killed += done.returncode != 0
        told.update(done.stdout.splitlines())
        reached.append(documents(folder))
    assert killed >= 6
    assert reached == sorted(reached)
    for _ in range(2):
        done = watch(folder)
        assert done.returncode == 0, done.stderr
        told.update(done.stdout.splitlines())
    assert documents(folder) == PAGES + FILES
    with fogline.connect(folder / "l.duckdb", reader=StubReader()) as ledger:
        assert ledger.archive.verify() == []
        assert {event for one in ledger.claims() for event in [one.event]} == {"CAPTURE", "WITHDRAW"}
    # An alert that was printed as the process died is printed again: each kill repeats one line at most.
    assert sum(count - 1 for count in told.values()) <= sum(moment == "line" for moment, _ in MOMENTS)
    assert max(site.asked()[f"/r{number}"] for number in range(PAGES)) <= 1 + killed
    assert watch(folder).stdout == ""


def test_stopped_with_ctrl_c_the_document_in_hand_is_kept_and_it_goes_on(folder: Path) -> None:
    done = watch(folder, "read", 4, signal.SIGINT)
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
    assert 4 <= documents(folder) < PAGES + FILES
    assert watch(folder).returncode == 0
    assert documents(folder) == PAGES + FILES


def test_a_second_watch_on_the_same_ledger_is_refused(folder: Path) -> None:
    from fogline.watch import State

    with fogline.connect(folder / "l.duckdb"):
        pass
    state = State(folder / "l.watch.sqlite")
    done = watch(folder)
    state.close()
    assert done.returncode == 1
    assert "Another `fogline watch` is at work" in done.stderr
