"""Several people at one ledger, and a server that is restarted under them: nothing twice, nothing lost."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from at_once import ADDERS, REVIEWERS, REVIEWS, SHARED, documents
from stub import StubReader

import fogline
import fogline.serve.desk
from cluster import Cluster
from fogline import Ledger
from fogline.errors import LedgerBusyError, LedgerError
from fogline.store import Store, postgres

TOGETHER = (
    ("claims", "id"), ("claim_places", "claim, position"), ("claim_parties", "claim, part, position"),
    ("bands", "band, document"), ("copies", "document, source, body"), ("link_blocks", "block, sort, claim"),
    ("checks", "id, claim"), ("verdicts", "event, voice, claim, finding, other"),
)  # fmt: skip


@pytest.fixture
def address(cluster: Cluster) -> str:
    return cluster.address(cluster.database())


def count(store: Store, query: str) -> int:
    return int(next(store.rows(f"SELECT count(*) FROM {query}"))[0])


def partition(ledger: Ledger) -> set[frozenset[str]]:
    return {frozenset(event.claims) for event in ledger.events()}


def test_many_add_link_and_review_at_once(address: str, tmp_path: Path) -> None:
    with fogline.connect(address, archive=tmp_path, reader=StubReader()) as ledger:
        ledger.add(documents(0)[:1])
    script = str(Path(__file__).with_name("at_once.py"))
    done = subprocess.run(
        [sys.executable, script, address, str(tmp_path)], capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    with fogline.connect(address, archive=tmp_path, reader=StubReader()) as ledger:
        ledger.link()
        store = ledger.store
        texts = Counter(ledger.document(one.id).text for one in ledger.documents())
        assert set(texts.values()) == {1}  # each text once
        assert set(texts) == {one.text for adder in range(ADDERS) for one in documents(adder)}
        assert len(texts) == SHARED + ADDERS + 1
        (dated,) = [one for one in ledger.documents() if one.id.startswith("dated")]
        assert dated.published is not None
        read = {one.id: StubReader().extract(ledger.document(one.id)) for one in ledger.documents()}
        wanted = {claim.id: claim for extraction in read.values() for claim in extraction.claims}
        claims = {claim.id: claim for claim in ledger.claims()}
        assert claims == wanted
        for table, columns in TOGETHER:
            twice = f"(SELECT {columns} FROM {table} GROUP BY {columns} HAVING count(*) > 1) twice"
            assert count(store, twice) == 0, table
        reasons = Counter((one.reviewer, one.reason) for one in ledger.reviews())
        assert len(reasons) == reasons.total() == REVIEWERS * REVIEWS
        linked = partition(ledger)
        assert sorted(claim for event in linked for claim in event) == sorted(wanted)
        last = ledger.reviews()[-1]
        event = ledger.event(ledger.events_by_claim([last.subject])[last.subject])
        ledger.link(afresh=True)
        assert partition(ledger) == linked
        assert ledger.event(event.id) == event


SLOW = """
import sys, time
sys.path.insert(0, {tests!r})
import fogline.adding, fogline.ledger
from stub import StubReader

fogline.adding._BATCH_DOCUMENTS = 5
class Slow(StubReader):
    def extract(self, document):
        print(document.id, flush=True)
        time.sleep(0.5 if document.id.endswith("r40") else 0.01)
        return super().extract(document)
fogline.ledger.default_reader = lambda finder=None: Slow()
from fogline.cli import main
sys.exit(main(["add", "reports", "--no-link"]))
"""
REPORTS = 80


def test_a_server_that_stops_in_the_middle_of_adding(
    cluster: Cluster, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOGLINE_LEDGER", address)
    adding = _adding(tmp_path)
    with fogline.connect(address, archive=tmp_path / "a", reader=StubReader()) as watching:
        _wait_for(adding, "r40")
        cluster.stop()
        with pytest.raises(LedgerError, match=r"cannot be reached|was lost"):
            watching.documents()
        _, told = adding.communicate(timeout=60)
        cluster.start()
        assert adding.returncode == 1, told
        assert "Traceback" not in told
        assert "again" in told or "cannot be reached" in told
        kept = watching.documents()  # the same ledger goes on by itself
        assert 0 < len(kept) < REPORTS
        assert {one.claims for one in kept} == {2}
    _goes_on_to_the_end(tmp_path, address)


def test_adders_that_are_killed_lose_nothing(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOGLINE_LEDGER", address)
    held = 0
    for at in ("r07", "r24", "r41", "r66"):
        adding = _adding(tmp_path)
        _wait_for(adding, at)
        adding.kill()
        adding.communicate(timeout=60)
        with fogline.connect(address, archive=tmp_path / "a", read_only=True) as ledger:
            kept = ledger.documents()
        assert held <= len(kept) < REPORTS
        assert {one.claims for one in kept} <= {2}
        held = len(kept)
    _goes_on_to_the_end(tmp_path, address)


def _adding(folder: Path) -> subprocess.Popen[str]:
    """Begin to add made reports, which says each as it reads it."""
    (folder / "reports").mkdir(exist_ok=True)
    for number in range(REPORTS):
        text = f"The garrison captured Novaya Niva on day {number}. Some 300 left Stara Niva."
        (folder / "reports" / f"r{number:02}.txt").write_text(text, encoding="utf-8")
    code = SLOW.format(tests=str(Path(__file__).parent))
    return subprocess.Popen(
        [sys.executable, "-c", code], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def _wait_for(adding: subprocess.Popen[str], report: str) -> None:
    assert adding.stdout is not None
    assert any(line.endswith(f"{report}\n") for line in adding.stdout)


def _goes_on_to_the_end(folder: Path, address: str) -> None:
    again = _adding(folder)
    _, told = again.communicate(timeout=60)
    assert again.returncode == 0, told
    with fogline.connect(address, archive=folder / "a", read_only=True) as ledger:
        assert {one.claims for one in ledger.documents()} == {2}
        assert len(ledger.documents()) == REPORTS
        assert len({claim.id for claim in ledger.claims()}) == len(ledger.claims()) == 2 * REPORTS


def test_a_transaction_ends_with_its_connection(cluster: Cluster, address: str, tmp_path: Path) -> None:
    with fogline.connect(address, archive=tmp_path, reader=StubReader()) as ledger:
        store = ledger.store
        with pytest.raises(LedgerError, match="was lost"), store.alone("add"), store.transaction():
            store.run("INSERT INTO meta VALUES ('half', '1')")
            ours = "FROM pg_stat_activity WHERE application_name LIKE 'fogline%'"
            cluster.query(f"SELECT pg_terminate_backend(pid) {ours}")
            store.run("INSERT INTO meta VALUES ('whole', '1')")
        assert count(store, "meta WHERE name IN ('half', 'whole')") == 0
        with store.alone("add"), store.transaction():  # neither lock nor transaction is left behind
            store.run("INSERT INTO meta VALUES ('whole', '1')")
        assert count(store, "meta WHERE name = 'whole'") == 1


def test_who_serves_sees_what_others_add(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fogline.serve.desk, "_GLANCE", 0.05)
    with (
        fogline.connect(address, archive=tmp_path, reader=StubReader()) as ledger,
        fogline.connect(address, archive=tmp_path, reader=StubReader()) as other,
    ):
        desk = fogline.serve.desk.Desk(ledger)
        assert len(desk.view.index) == 0
        other.add(documents(0)[:2])
        until = time.monotonic() + 20
        while len(desk.current().index) < 4 and time.monotonic() < until:
            time.sleep(0.1)
        assert len(desk.view.index) == 4


def test_a_writer_that_takes_too_long_is_named(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "_PATIENCE", 0.1)
    with (
        fogline.connect(address, archive=tmp_path, reader=StubReader()) as ledger,
        fogline.connect(address, archive=tmp_path, reader=StubReader()) as other,
        ledger.store.alone("link"),
        pytest.raises(LedgerBusyError, match=r"busy: fogline .*@.* has been at the same work \(link\)"),
    ):
        other.link()
