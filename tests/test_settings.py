"""Settings come from arguments, the environment and a file, and none may be misspelt."""

from __future__ import annotations

from pathlib import Path

import pytest

from fogline.errors import QueryError
from fogline.settings import Settings, load


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"FOGLINE_{name.upper()}", raising=False)
    return tmp_path


def test_the_environment_goes_before_the_file(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (elsewhere / "fogline.toml").write_text('ledger = "file.duckdb"\nembargo_hours = 48\n', encoding="utf-8")
    monkeypatch.setenv("FOGLINE_LEDGER", "environment.duckdb")
    settings = load()
    assert (settings.ledger, settings.embargo_hours) == ("environment.duckdb", 48)
    assert load(ledger=Path("argument.duckdb")).ledger == "argument.duckdb"
    assert load(ledger=None).ledger == "environment.duckdb"


def test_what_is_set_nowhere_has_its_default() -> None:
    assert load() == Settings()
    assert load().ledger == ".fogline/ledger.duckdb"


def test_a_misspelt_setting_is_refused(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (elsewhere / "fogline.toml").write_text("embargo_hour = 48\n", encoding="utf-8")
    with pytest.raises(QueryError, match=r"no setting 'embargo_hour'.*fogline.toml.*mean embargo_hours"):
        load()
    (elsewhere / "fogline.toml").unlink()
    monkeypatch.setenv("FOGLINE_LEGDER", "x")
    with pytest.raises(QueryError, match=r"no setting FOGLINE_LEGDER.*mean FOGLINE_LEDGER"):
        load()


@pytest.mark.parametrize("text", ["embargo_hours = -1", 'coarsen = "perhaps"', "memory_mb = 1", "ledger = "])
def test_a_value_that_will_not_do_is_named(elsewhere: Path, text: str) -> None:
    (elsewhere / "fogline.toml").write_text(text, encoding="utf-8")
    with pytest.raises(QueryError, match=r"will not do|cannot be read"):
        load()
