"""A ledger as a folder of files that any web server can show."""

from __future__ import annotations

import json
from pathlib import Path

import httpx
import pytest

import fogline
from fogline.errors import SourceError
from fogline.model import Document
from fogline.serve import site


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "page"
    folder.mkdir()
    (folder / "index.html").write_text('<html lang="en" data-source="rest"></html>')
    monkeypatch.setattr(site, "FOLDER", folder)
    return folder


def test_a_site_holds_what_the_server_would_answer(tmp_path: Path, page: Path) -> None:
    text = "Ukrainian troops captured Lyman on Saturday, the General Staff in Kyiv said."
    with fogline.connect(tmp_path / "ledger.duckdb") as book:
        book.add(Document(id="r/1", text=text, published=None))
        book.link()
        count = site.write_site(book, tmp_path / "site")
    data = tmp_path / "site" / "data"
    claims = json.loads((data / "claims.json").read_text("utf-8"))
    assert len(claims) == count >= 1
    whole = json.loads((data / "claims" / f"{claims[0]['id']}.json").read_text("utf-8"))
    assert whole["document"]["text"] == text
    assert (data / "documents" / "r%2F1.json").is_file()
    days = json.loads((data / "meta.json").read_text("utf-8"))["control_days"]
    for folder in ("control", "control/areas"):
        assert [path.stem for path in sorted((data / folder).glob("*.json"))] == days
    assert json.loads((data / "meta.json").read_text("utf-8"))["roles"] == ["read"]
    assert 'data-source="folder"' in (tmp_path / "site" / "index.html").read_text("utf-8")


def test_a_site_has_what_changed_hands_with_the_history_of_each_place(tmp_path: Path) -> None:
    answers = {
        "areas": [
            {"on": "2016-10-02", "holder": "IRQ", "km2": 1.0},
            {"on": "2016-10-17", "holder": "IRQ", "km2": 2.0},
            {"on": "2016-10-17", "holder": "IS", "km2": 3.0},
            {"on": "2016-10-26", "holder": "IRQ", "km2": 9.0},
        ],
        "control/changes": [{"geonameid": 99072, "name": "Mosul", "lat": 36.335, "lon": 43.119}],
        "control/history": [{"since": "2016-10-02", "holder": "IRQ"}],
    }
    asked = []

    class Client:
        def get(self, address: str) -> httpx.Response:
            path, _, query = address.removeprefix("/api/v1/").partition("?")
            asked.append(query)
            return httpx.Response(
                200, json={"items": answers[path]}, request=httpx.Request("GET", "http://x")
            )

    site._control(Client(), tmp_path, "2014-06-10", "2016-10-26", coarsen=False)  # type: ignore[arg-type]
    assert asked == [
        "from=2015-09-22&to=2016-10-26",
        "from=2016-10-17&to=2016-10-26",  # the first day of which enough is known
        "place=36.335%2C43.119&from=2016-10-17&to=2016-10-26",
    ]
    written = {
        path.relative_to(tmp_path).as_posix(): json.loads(path.read_text())
        for path in tmp_path.rglob("*.json")
    }
    assert written == {
        "areas.json": answers["areas"],
        "changes.json": answers["control/changes"],
        "history/99072.json": answers["control/history"],
    }


def test_a_site_overwrites_nothing(tmp_path: Path, page: Path) -> None:
    full = tmp_path / "full"
    full.mkdir()
    (full / "mine.txt").write_text("mine")
    with fogline.connect(tmp_path / "ledger.duckdb") as book, pytest.raises(SourceError, match="not empty"):
        site.write_site(book, full)
    assert [path.name for path in full.iterdir()] == ["mine.txt"]
