"""The examples on a server say what they say in a file: every command that reads prints the same."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

import fogline.ledger
from cluster import Cluster
from fogline.cli import main
from fogline.ledger import connect, default_reader
from fogline.model import Document, Extraction
from fogline.serve import Served, Tokens, create_app

EXAMPLES = Path(__file__).parents[2] / "examples"
FORMATS = ("jsonl", "hxl", "acled", "ged", "plover", "timemap", "annotations", "prov")
COMMANDS = (
    "claims -f jsonl",
    "claims --place Izium --from 2022-09-09 -f csv",
    "claims --text WITHDRAW -f jsonl",
    "claims --place izium --side rus --embargo 48 --coarsen -f geojson",
    "events -f jsonl",
    "events --disputed -f csv",
    "checks -f jsonl",
    "documents -f csv",
    "voices-of --record -f jsonl",
    "control --on 2022-09-11 -f jsonl",
    "report --from 2022-09-06 --to 2022-09-12 -f md",
    *(f"export -f {form}" for form in FORMATS),
)
ROUTES = ("claims?limit=50", "events?limit=50", "voices", "search?q=bridge", "checks")


class Remembering:
    """The default reader; what it has read once it need not read for the next ledger."""

    def __init__(self) -> None:
        self._reader = default_reader()
        self.identity = self._reader.identity
        self._read: dict[str, Extraction] = {}

    def extract(self, document: Document) -> Extraction:
        """Read one document."""
        if document.id not in self._read:
            self._read[document.id] = self._reader.extract(document)
        return self._read[document.id]

    def extract_all(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        """Read documents in order."""
        return map(self.extract, documents)


def test_every_command_prints_the_same(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    reader = Remembering()
    monkeypatch.setattr(fogline.ledger, "default_reader", lambda finder=None: reader)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sightings.csv").write_text(
        "date,side,lat,lon,text\n2022-09-10,UKR,49.2092,37.2568,Troops at the town hall\n", encoding="utf-8"
    )
    said: dict[str, list[str]] = {}
    for ledger in (str(tmp_path / "ledger.duckdb"), cluster.address(cluster.database())):
        monkeypatch.setenv("FOGLINE_LEDGER", ledger)
        assert main(["add", os.path.relpath(EXAMPLES)]) == 0
        assert main(["control", "import", "sightings.csv", "--source", "A geolocation team"]) == 0
        with connect(read_only=True) as book:
            one, other = (claim.id for claim in book.claims(event="WITHDRAW", limit=2))
        assert main(["review", "not-same", one, other, "--why", "Two places.", "--by", "Maria"]) == 0
        capsys.readouterr()
        for command in (*COMMANDS, f"show {one}"):
            assert main(command.split()) in (0, None), command
            said.setdefault(command, []).append(capsys.readouterr().out)
        with connect() as book:
            app = create_app(book, Tokens(tmp_path / "tokens.json"), Served())
            said.setdefault("rest", []).append(_asked(app))
    assert {command for command, told in said.items() if not all(told)} <= {"checks -f jsonl"}
    differing = [command for command, (file, server) in said.items() if file != server]
    assert differing == []


def _asked(app: object) -> str:
    from starlette.testclient import TestClient

    with TestClient(app, base_url="http://127.0.0.1:8765") as client:  # type: ignore[arg-type]
        answers = [client.get(f"/api/v1/{route}") for route in ROUTES]
    assert {answer.status_code for answer in answers} == {200}
    return "\n".join(answer.text for answer in answers)
