"""Events, judgements and the end of ``add`` on the command line."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from stub import StubReader

from fogline import ledger as module
from fogline.cli import main
from fogline.errors import LedgerError
from fogline.ledger import Ledger, connect
from fogline.link import Linked
from fogline.model import Document

TEXTS = {
    "wire": "Colonel Orr said troops captured Novaya Niva.",
    "daily": "Minister Vale said troops captured Novaya Niva.",
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a ledger of two reports on one town, linked."""
    path = tmp_path / "ledger.duckdb"
    with connect(path, reader=StubReader()) as ledger:
        day = date(2022, 9, 11)
        ledger.add([Document(id=n, text=t, outlet=n.title(), published=day) for n, t in TEXTS.items()])
        ledger.link()
    return path


def test_events_and_one_event_in_full(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["events", "--ledger", str(path), "--format", "jsonl"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    (event,) = [row for row in rows if row["type"] == "CAPTURE"]
    assert event["documents"] == ["daily", "wire"]
    assert main(["show", event["id"][:8], "--ledger", str(path)]) == 0
    told = capsys.readouterr().out
    assert "Why these claims are one event" in told
    assert "Orr" in told and "Vale" in told


def test_events_as_points(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["events", "--ledger", str(path), "--format", "geojson", "--place", "Novaya Niva"]) == 0
    (feature,) = json.loads(capsys.readouterr().out)["features"]
    assert feature["geometry"]["coordinates"] == [37.28, 49.21]
    assert feature["properties"]["claims"] == 2


def test_a_judgement_is_kept_listed_and_taken_back(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with connect(path) as ledger:
        one, other = (claim.id for claim in ledger.claims(event="CAPTURE"))
    book = ["--ledger", str(path)]
    assert main(["review", "not-same", one, other, "--why", "two towns", "--by", "Ann", *book]) == 0
    kept = capsys.readouterr().err.split()[2].rstrip(".")
    with connect(path) as ledger:
        assert len(ledger.events(event="CAPTURE")) == 2
    assert main(["review", "list", *book]) == 0
    out, err = capsys.readouterr()
    assert kept in out and "two towns" in out
    assert err.startswith("Of 1 judged pair of claims the machine agrees on 0")
    assert main(["review", "undo", kept, "--why", "one town", *book]) == 0
    with connect(path) as ledger:
        assert len(ledger.events(event="CAPTURE")) == 1


def test_linking_again_has_nothing_to_do(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["link", "--ledger", str(path)]) == 0
    assert capsys.readouterr().err.startswith("Nothing to link: 2 claims in ")


def test_adding_links_unless_told_not_to_and_keeps_what_cannot_be_linked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "default_reader", lambda *_: StubReader())
    report = tmp_path / "report.txt"
    report.write_text(TEXTS["wire"], encoding="utf-8")
    book = ["--ledger", str(tmp_path / "ledger.duckdb"), "--published", "2022-09-11"]
    assert main(["add", str(report), "--no-link", *book]) == 0
    assert "Linked" not in capsys.readouterr().err

    def broken(self: Ledger, **_: object) -> Linked:
        raise LedgerError("The disk is full.")

    monkeypatch.setattr(Ledger, "link", broken)
    assert main(["add", str(report), *book]) == 0
    assert "What was added is kept, but could not be linked: The disk is full." in capsys.readouterr().err
