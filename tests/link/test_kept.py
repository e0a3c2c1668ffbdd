"""Checks, records and voices as a ledger keeps them, and as the command line prints them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest
from made import said

from fogline.cli import main
from fogline.errors import QueryError
from fogline.ledger import Ledger, connect
from fogline.link import link
from fogline.model import Document, Extraction
from fogline.store import Batch, DocumentRow, migrate, write
from fogline.store.duckdb import DuckDBStore

TOOK = {"agents": [("rebels", "M23")], "at": ["Sake"], "on": date(2023, 2, 8)}
FALL = "rebels captured the town of Sake"
EVER = {
    "wire": said(FALL, "CAPTURE", by="M23 spokesman", side="M23", kind="party", outlet="Lake Wire",
                 told=date(2023, 2, 8), words_for_day="Monday, 8 February", flags=["weekday-mismatch"],
                 **TOOK),
    "monitor": said(FALL, "CAPTURE", by="Kivu Monitor", side="Kivu Monitor", kind="monitor",
                    outlet="Courier", told=date(2023, 2, 9), **TOOK),
    "denial": said("that rebels captured the town of Sake", "CAPTURE", by="the army", side="COD",
                   kind="military", status="denied", outlet="Mirror", told=date(2023, 2, 9), **TOOK),
}  # type: ignore[arg-type]  # fmt: skip


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a ledger of three reports on one town."""
    path = tmp_path / "ledger.duckdb"
    store = DuckDBStore(path)
    migrate(store)
    batch = Batch(extractor="hand/1")
    for name, stored in EVER.items():
        document = Document(
            id=name, text=stored.claim.evidence.text, outlet=stored.outlet, published=stored.published
        )
        claim = msgspec.structs.replace(stored.claim, document=name, extractor="hand/1", id="").identified()
        batch.read.append(
            (DocumentRow(document=document, given=name), Extraction(document=name, claims=(claim,)))
        )
    write(store, batch)
    link(store)
    store.close()
    return path


@pytest.fixture
def ledger(file: Path) -> Iterator[Ledger]:
    with connect(file, read_only=True) as opened:
        yield opened


def test_an_event_carries_its_checks_its_grade_and_its_dispute(ledger: Ledger) -> None:
    (event,) = ledger.events()
    assert [check.rule for check in event.checks] == ["weekday"]
    assert event.grade is not None
    assert event.grade.code == "B3"  # a monitor; confirmed by one party, denied by another, a doubtful day
    assert [dispute.field for dispute in event.disputes] == ["status"]


def test_checks_are_found_by_claim_rule_and_weight(ledger: Ledger) -> None:
    (check,) = ledger.checks()
    (event,) = ledger.events()
    assert (check.rule, check.weight, check.event, check.title) == ("weekday", "doubt", event.id, event.title)
    assert ledger.checks(rule="weekday", weight="doubt", document="wire") == [check]
    assert ledger.checks(weight="error") == []
    assert ledger.checks(rule="hedge") == []
    assert ledger.checks(document="denial") == []
    with pytest.raises(QueryError, match="no rule 'weekdays'"):
        ledger.checks(rule="weekdays")
    with pytest.raises(QueryError, match="no weight 'grave'"):
        ledger.checks(weight="grave")


def test_an_embargo_holds_back_checks_on_what_it_holds_back(ledger: Ledger) -> None:
    assert ledger.checks(embargo_hours=10_000_000 / 12) == []


def test_records_are_kept_and_told_with_the_chain(ledger: Ledger) -> None:
    records = ledger.records()
    assert {name: (r.confirmed, r.contradicted, r.disputed) for name, r in records.items()} == {
        "M23 spokesman": (1, 0, 0),
        "Kivu Monitor": (0, 0, 1),
        "the army": (0, 1, 0),
    }
    heard = {one.name: one for one in ledger.heard(record=True)}
    assert heard["M23 spokesman"].chains == {"Lake Wire": 1}
    assert heard["M23 spokesman"].reliability == "D"
    assert (
        heard["Kivu Monitor"].why
        == "Kivu Monitor, a monitor of violence with a method of its own: B to begin with"
    )
    assert ledger.heard()[0].reliability is None
    assert (
        ledger.heard(record=True, embargo_hours=1)[0].reliability is None
    )  # it may rest on what is held back


def test_the_command_line_prints_checks_and_voices(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def run(*words: str) -> str:
        capsys.readouterr()
        assert main([*words, "--ledger", str(file)]) == 0
        return capsys.readouterr().out

    (line,) = run("checks", "-f", "jsonl").splitlines()
    assert json.loads(line)["rule"] == "weekday"
    assert "8 February 2023 was a Wednesday" in run("checks")
    table = run("voices", "--record")
    assert table == run("voices-of", "--record")
    assert "M23 spokesman" in table
    assert "confirmed" in table.splitlines()[0]
    assert "through" in run("voices-of").splitlines()[0]


def test_voices_take_a_bare_ledger_or_sources_but_not_both(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FOGLINE_LEDGER", str(file))
    assert main(["voices", "--ledger", "--record", "-f", "jsonl"]) == 0
    voices = [json.loads(line)["name"] for line in capsys.readouterr().out.splitlines()]
    assert sorted(voices) == ["Kivu Monitor", "M23 spokesman", "the army"]
    assert main(["voices", "reports", "--ledger"]) == 2
    assert "either sources" in " ".join(capsys.readouterr().err.split())
