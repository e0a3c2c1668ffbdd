"""What is installed and in use is told, and what is missing with how to mend it."""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path

import duckdb
import pytest

from fogline.cli.run import run
from fogline.doctor import Finding, examine, installed, models
from fogline.doctor.configured import safe
from fogline.ledger import connect
from fogline.settings import Settings
from fogline.store import VERSION


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def one(name: str, ledger: str | None = None) -> Finding:
    """Return the last finding of a name: the ledger is also a setting."""
    return [found for group in examine(ledger).values() for found in group if found.name == name][-1]


def test_a_sound_machine_has_everything_that_is_essential(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor"]) == 0
    out = capsys.readouterr().out
    assert out.endswith("Nothing essential is missing.\n")
    assert f"duckdb {version('duckdb')}" in out
    assert [line for line in out.splitlines() if not line.startswith(" ")][:-1] == [
        "program",
        "models and data",
        "settings",
        "ledger",
    ]


def test_the_reader_is_told_by_its_weights() -> None:
    from fogline.pipeline import Extractor

    reader = one("reader")
    assert reader.state == "ok"
    assert reader.found.split(",")[0] in Extractor().identity
    folder = Path(reader.details["folder"])
    assert json.loads((folder / "reader.json").read_text())["sha256"] == reader.details["weights"]


def test_weights_that_are_not_those_of_the_record_are_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "_WEIGHTS", ("reader.json",))
    assert one("reader").state == "missing"
    assert "not those of its record" in one("reader").found


def test_a_ledger_is_told_with_its_version_and_counts(tmp_path: Path) -> None:
    assert one("ledger").state == "note"
    assert "there is none yet" in one("ledger").found
    path = tmp_path / "book.duckdb"
    with connect(path):
        pass
    found = one("ledger", str(path))
    assert (found.state, found.details["version"], found.details["documents"]) == ("ok", VERSION, 0)
    with duckdb.connect(str(path)) as database:
        database.execute("UPDATE meta SET value = '99' WHERE name = 'version'")
    assert one("ledger", str(path)).state == "missing"
    assert "newer Fogline" in one("ledger", str(path)).found
    with duckdb.connect(str(path)) as database:
        database.execute("UPDATE meta SET value = '1' WHERE name = 'version'")
    assert one("ledger", str(path)).state == "note"


def test_what_is_no_ledger_or_cannot_be_reached_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.duckdb").write_bytes(b"no ledger" * 1000)
    assert one("ledger", str(tmp_path / "x.duckdb")).state == "missing"
    assert run(["doctor", "--ledger", "postgresql://maria:secret@127.0.0.1:1/none"]) == 1
    out = capsys.readouterr().out
    assert "cannot be reached" in out
    assert out.endswith("1 essential thing missing or wrong.\n")
    assert "secret" not in out


def test_the_archive_is_counted(tmp_path: Path) -> None:
    from datetime import UTC, datetime

    from fogline.ingest import Archive, Item

    assert "made when something is added" in one("archive").found
    archive = Archive(tmp_path / "archive")
    archive.keep(Item(name="a", data=b"12345", retrieved=datetime(2022, 1, 1, tzinfo=UTC)))
    found = one("archive", str(tmp_path / "book.duckdb"))
    assert (found.details["contents"], found.details["bytes"], found.details["writable"]) == (1, 5, True)


def test_settings_are_told_with_whence_they_come(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "fogline.toml").write_text("memory_mb = 300\ncoarsen = false\n")
    monkeypatch.setenv("FOGLINE_COARSEN", "true")
    assert one("memory_mb").details == {"value": "300", "whence": str(tmp_path / "fogline.toml")}
    assert one("coarsen").details == {"value": "True", "whence": "FOGLINE_COARSEN in the environment"}
    assert one("extractor").details == {"value": "trained", "whence": "default"}


def test_a_wrong_setting_is_a_finding_and_the_rest_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOGLINE_COARSE", "true")
    groups = examine()
    (setting,) = groups["settings"]
    assert setting.state == "missing"
    assert "Did you mean FOGLINE_COARSEN?" in setting.found
    assert len(groups["ledger"]) == 3


def test_a_pipeline_that_is_not_there_is_told_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOGLINE_PIPELINE", "xx_none_sm")
    found = one("spaCy pipeline")
    assert (found.state, found.mend) == ("missing", "pip install xx-none-sm")


def test_libraries_that_are_old_or_not_there_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    needs = ["duckdb>=99", "no-such-thing>=1", "msgspec>=0.1", 'ray[data]>=99; extra == "cluster"']
    monkeypatch.setattr(installed, "requires", lambda _: needs)
    found = {(f.name, f.state): f for f in installed.look(Settings(), None)}
    wrong = found["libraries", "missing"]
    assert f"duckdb ({version('duckdb')}, needed >=99)" in wrong.found
    assert "no-such-thing (not there, needed >=1)" in wrong.found
    assert found["extra cluster", "note"].mend == "pip install 'fogline[cluster]'"


def test_what_breaks_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: 1 / 0)
    assert examine()["ledger"][-1].found == "could not be looked at (ZeroDivisionError: division by zero)"


def test_the_page_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(installed, "_PAGE", tmp_path)
    assert (one("page").state, one("page").mend) == ("note", "make page")
    (tmp_path / "index.html").write_text("x")
    assert one("page").state == "ok"
    assert one("borders").state == "note"


def test_nothing_secret_is_shown() -> None:
    assert safe("postgresql://maria:secret@server/ledger") == "postgresql://maria@server/ledger"
    assert safe("https://tiles.example/style.json?key=secret") == "https://tiles.example/style.json?…"
    assert safe(None) == "not set"
