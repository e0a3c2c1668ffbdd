"""A team's own places."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from fogline.errors import DataError, SourceError
from fogline.extract.parse import parse
from fogline.model import Document
from fogline.resolve.gazetteer import find, open_gazetteer
from fogline.resolve.gazetteer.adding import add_places
from fogline.resolve.gazetteer.opening import prune
from fogline.resolve.places import places

CSV = """name;lat;lon;names;feature;country
Vovcha Balka;49,301;37.401;Wolf Gully|Волча Балка;hamlet;Ukraine
Point Heron;49.05;37.55;;strongpoint;
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("FOGLINE_GAZETTEER", str(tmp_path / "gazetteer"))
    open_gazetteer.cache_clear()
    yield tmp_path / "gazetteer"
    open_gazetteer.cache_clear()


def written(tmp_path: Path, text: str, name: str = "own.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_own_places_are_found_in_every_spelling(project: Path, tmp_path: Path) -> None:
    before = open_gazetteer().edition
    added, unread = add_places([written(tmp_path, CSV)], project=project)
    assert (added.new, added.replaced, unread) == (2, 0, [])
    gazetteer = open_gazetteer()
    assert gazetteer.edition.startswith(f"{before}+own-")
    for spelling in ("Vovcha Balka", "Wolf Gully", "Волча Балка", "vovcha-balka"):
        found = gazetteer.look_up(spelling)[0]
        assert (found.name, found.country, found.region) == ("Vovcha Balka", "UKR", "Kharkiv Oblast")
        assert (found.lat, found.lon, found.feature) == (49.301, 37.401, "PPL")
    assert find(gazetteer, "Vovche Balka")[0].name == "Vovcha Balka"
    assert gazetteer.look_up("Izium")[0].geonameid == 707292


def test_a_text_is_read_with_own_places(project: Path, tmp_path: Path) -> None:
    add_places([written(tmp_path, CSV)], project=project)
    text = "Ukrainian troops left Izium and dug in at Vovcha Balka."
    found = {m.text: m for m in places(parse(Document(id="d", text=text)))}
    assert (found["Vovcha Balka"].lat, found["Vovcha Balka"].precision) == (49.301, "settlement")


def test_a_place_that_is_told_again_is_replaced(project: Path, tmp_path: Path) -> None:
    add_places([written(tmp_path, CSV)], project=project)
    moved = written(tmp_path, "name,lat,lon\nPoint Heron,49.06,37.56\nPoint Heron,10.0,10.0\n", "more.csv")
    added, _ = add_places([moved], project=project)
    assert (added.new, added.replaced, added.all) == (1, 1, 3)
    assert sorted(c.lat for c in open_gazetteer().look_up("Point Heron")) == [10.0, 49.06]


def test_an_own_place_takes_the_place_of_a_village_known_by_its_community(
    project: Path, tmp_path: Path
) -> None:
    (village,) = [c for c in open_gazetteer().look_up("Nesterianka") if c.feature == "PPLL"]
    own = written(tmp_path, f"name,lat,lon\nNesterianka,{village.lat - 0.14},{village.lon}\n")
    add_places([own], project=project)
    assert [c.feature for c in open_gazetteer().look_up("Nesterianka")] == ["PPL"]


def test_an_own_place_goes_before_the_gazetteer_s(project: Path, tmp_path: Path) -> None:
    add_places([written(tmp_path, "name,lat,lon\nIzium,49.22,37.30\n")], project=project)
    settled = [c for c in open_gazetteer().look_up("Izium") if c.feature == "PPL"]
    assert [(c.lat, c.geonameid) for c in settled] == [(49.22, None)]


def test_geojson_points_and_areas(project: Path, tmp_path: Path) -> None:
    shapes = {
        "type": "FeatureCollection",
        "features": [
            {
                "properties": {"name": "Camp Sparrow", "feature": "camp", "names": ["Vorobei"]},
                "geometry": {"type": "Point", "coordinates": [36.9, 36.5]},
            },
            {
                "properties": {"name": "The Pocket", "feature": "area"},
                "geometry": {
                    "type": "Polygon",
                    "coordinates": [[[36, 36], [36.4, 36], [36.4, 36.2], [36, 36]]],
                },
            },
            {"properties": {"name": "Placeless"}, "geometry": None},
        ],
    }
    _, unread = add_places([written(tmp_path, json.dumps(shapes), "own.geojson")], project=project)
    assert [(n, why) for _, n, why in unread] == [(3, "Placeless has no coordinates")]
    (camp,) = open_gazetteer().look_up("Vorobei")
    assert (camp.lat, camp.lon, camp.feature, camp.country) == (36.5, 36.9, "CMP", "SYR")
    (pocket,) = open_gazetteer().entries("The Pocket")
    assert (pocket.lat, pocket.lon) == (36.1, 36.2)
    assert pocket.radius_km == pytest.approx(21, abs=1)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("X,95,10,,", "not on the earth"),
        ("X,north,10,,", "no number"),
        (",1,1,,", "no name"),
        ("X,1,1,,Atlantis", "none by ISO 3166"),
        ("X,1,1,starship,", "no kind of place"),
    ],
)
def test_a_row_that_is_no_place_is_told_and_the_rest_kept(
    project: Path, tmp_path: Path, row: str, why: str
) -> None:
    text = f"name,lat,lon,feature,country\n{row}\nGood,49.0,37.0,,\n"
    added, unread = add_places([written(tmp_path, text)], project=project)
    assert added.new == 1
    assert len(unread) == 1 and unread[0][1] == 1 and why in unread[0][2]


def test_a_file_without_names_or_a_broken_store_is_told(project: Path, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no column 'lat'"):
        add_places([written(tmp_path, "name,where\nX,there\n")], project=project)
    with pytest.raises(SourceError, match="no GeoJSON"):
        add_places([written(tmp_path, "{", "x.geojson")], project=project)
    project.mkdir()
    (project / "places.jsonl").write_text("{}\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"Line 1 of .*places\.jsonl"):
        open_gazetteer()


def test_editions_that_nobody_opens_are_taken_away(tmp_path: Path) -> None:
    for name, days in (("old", 3), ("fresh", 0), ("mine", 9)):
        about = tmp_path / f"gazetteer-{name}" / "about.json"
        about.parent.mkdir()
        about.write_text("{}", encoding="utf-8")
        os.utime(about, (time.time() - days * 86400,) * 2)
    (tmp_path / "other").mkdir()
    assert [p.name for p in prune(keep=tmp_path / "gazetteer-mine")] == ["gazetteer-old"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["gazetteer-fresh", "gazetteer-mine", "other"]
