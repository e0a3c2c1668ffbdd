"""``fogline gazetteer``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from fogline.cli.run import run
from fogline.resolve.gazetteer import open_gazetteer


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("FOGLINE_GAZETTEER", str(tmp_path / "gazetteer"))
    open_gazetteer.cache_clear()
    yield tmp_path / "gazetteer"
    open_gazetteer.cache_clear()


def test_find_prints_places_as_a_table_or_lines(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["gazetteer", "find", "Изюм"]) == 0
    head, first, *_ = capsys.readouterr().out.splitlines()
    assert head.split() == ["name", "region", "country", "feature", "lat", "lon", "geonameid", "score"]
    assert first.split()[0] == "Izyum" and "707292" in first
    assert run(["gazetteer", "find", "Mariupoll", "--format", "jsonl", "-n", "1"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["country"] == "UKR"


def test_find_of_nothing_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["gazetteer", "find", "qqqxzzzwv"]) == 1
    told = capsys.readouterr()
    assert told.out == "" and "No place has a name like 'qqqxzzzwv'" in told.err


def test_add_tells_what_it_took_and_what_not(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "own.csv"
    own.write_text("name,lat,lon\nPoint Heron,49.05,37.55\nLost,,\n", encoding="utf-8")
    assert run(["gazetteer", "add", str(own)]) == 0
    told = capsys.readouterr().err
    assert "Row 2" in told and "Lost has no coordinates" in told and "Added 1 place," in told
    assert (project / "places.jsonl").read_text(encoding="utf-8").count("\n") == 1


def test_build_refuses_what_is_no_dump(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "x.txt"
    other.write_text("a\tb\n", encoding="utf-8")
    assert run(["gazetteer", "build", str(other)]) == 1
    assert "not in the form of GeoNames' dump files" in capsys.readouterr().err
    assert not (tmp_path / "gazetteer").exists()
