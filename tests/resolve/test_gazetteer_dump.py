"""GeoNames' own files as an index."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from fogline.errors import QueryError, SourceError
from fogline.resolve.gazetteer import Gazetteer, adding, dump, open_gazetteer
from fogline.resolve.gazetteer.build import build
from fogline.resolve.gazetteer.features import features
from fogline.resolve.gazetteer.records import Record


def row(number: int, names: str, at: str, kind: str, home: str, people: int) -> str:
    """Return a row of 19 columns; ``names`` are name, ASCII name and alternates."""
    return f"{number}\t{names}\t{at}\t{kind}\t{home}\t123\t\t\t{people}\t\t80\tEurope/Kyiv\t2024-01-01\n"


UKRAINE = "UA\t\t07"
PLACES = (
    row(
        9000001, "Nova Kalyna\tNova Kalyna\tNovaya Kalina,Нова Калина", "49.11\t37.22", "P\tPPL", UKRAINE, 412
    )
    + row(9000002, "Kalynska Rika\tKalynska Rika\t", "49.2\t37.3", "H\tSTM", UKRAINE, 0)
    + row(9000003, "Selyshche Hotel\tSelyshche Hotel\t", "49.2\t37.3", "S\tHTL", UKRAINE, 0)
    + row(9000004, "Villa Calina\tVilla Calina\t", "-33.0\t-60.0", "P\tPPL", "AR\t\t21", 90)
    + row(9000005, "Kalyna Oblast\tKalyna Oblast\t", "49.5\t37.0", "A\tADM1", UKRAINE, 90000)
)
NAMES = (
    "1\t9000001\tde\tNeu Kalinau\t\t\t\t\t\t\n"
    "2\t9000001\tlink\thttps://example.org/Kalyna\t\t\t\t\t\t\n"
    "3\t424242\ten\tElsewhere\t\t\t\t\t\t\n"
)
REGIONS = "UA.07\tKalynshchyna\tKalynshchyna\t9000005\n"
BASE = (
    Record(9000001, "Kalyna Stara", ("Old Kalyna",), 49.0, 37.0, "PPL", "UA", "UA.07", 500, 4.0),
    Record(7, "Utopia", (), 10.0, 20.0, "PPL", "GB", "GB.ENG", 900, 3.0),
)


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    monkeypatch.setattr(dump, "records", lambda: iter(BASE))
    with zipfile.ZipFile(tmp_path / "allCountries.zip", "w") as archive:
        archive.writestr("allCountries.txt", PLACES)
    with zipfile.ZipFile(tmp_path / "alternateNamesV2.zip", "w") as archive:
        archive.writestr("iso-languagecodes.txt", "deu\n")
        archive.writestr("alternateNamesV2.txt", NAMES)
    (tmp_path / "admin1CodesASCII.txt").write_text(REGIONS, encoding="utf-8")
    return [tmp_path / n for n in ("admin1CodesASCII.txt", "alternateNamesV2.zip", "allCountries.zip")]


def ids(gazetteer: Gazetteer, name: str) -> list[int | None]:
    return [c.geonameid for c in gazetteer.look_up(name)]


def test_a_dump_becomes_an_index(files: list[Path], tmp_path: Path) -> None:
    made = adding.build_index(files, project=tmp_path / "project")
    assert made.places == 5  # one of the base that the dump lacks, four of the dump; the hotel is left out
    for spelling in ("Nova Kalyna", "Новая Калина", "Neu Kalinau", "Kalyna Stara", "Old Kalyna"):
        assert ids(made, spelling) == [9000001], spelling
    (found,) = made.look_up("Nova Kalyna")
    assert (found.lat, found.lon, found.region, found.country) == (49.11, 37.22, "Kalyna Oblast", "UKR")
    assert ids(made, "Kalynshchyna") == [9000005]
    assert ids(made, "Kalynska Rika") == [9000002]
    assert ids(made, "Villa Calina") == [9000004] and ids(made, "Utopia") == [7]
    assert ids(made, "https example org kalyna") == ids(made, "Elsewhere") == []


def test_villages_known_by_their_community_give_way_to_a_dump_of_their_country(
    files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    villages = [Record(0, f"Sad {c}", (), 49.0, 37.0, "PPLL", c, "", 0, 18.0) for c in ("UA", "SD")]
    monkeypatch.setattr(dump, "records", lambda: iter([*BASE, *villages]))
    made = adding.build_index(files, project=tmp_path / "project")
    assert "Sad UA" not in made and "Sad SD" in made


def test_one_country_of_a_dump(files: list[Path], tmp_path: Path) -> None:
    made = adding.build_index(files, project=tmp_path / "project", country="Ukraine")
    assert ids(made, "Villa Calina") == [] and ids(made, "Nova Kalyna") == [9000001]
    assert made.edition.startswith("geonames-UA+")


def test_an_index_takes_the_place_of_an_older_one(files: list[Path], tmp_path: Path) -> None:
    first = adding.build_index(files, project=tmp_path / "project")
    second = adding.build_index(files[2:], project=tmp_path / "project")
    assert first.edition != second.edition
    assert ids(second, "Neu Kalinau") == []
    assert [p.name for p in (tmp_path / "project").iterdir()] == ["index"]


def test_files_that_are_not_geonames_are_named(files: list[Path], tmp_path: Path) -> None:
    other = tmp_path / "notes.txt"
    other.write_text("some,thing,else\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"notes\.txt is not in the form"):
        dump.dump_of([other])
    with pytest.raises(SourceError, match="tells places"):
        dump.dump_of(files[:2])
    with pytest.raises(QueryError, match="Atlantis"):
        adding.build_index(files, project=tmp_path, country="Atlantis")


def test_a_file_that_is_cut_short_is_told(tmp_path: Path) -> None:
    path = tmp_path / "allCountries.txt"
    path.write_text(PLACES + "9000009\tHalf\n", encoding="utf-8")
    with pytest.raises(SourceError, match="row of 2 columns that starts '9000009"):
        list(dump.dump_of([path]).records())


def test_every_code_stands_for_one_feature() -> None:
    from fogline.resolve.gazetteer.records import load_yaml

    rows = load_yaml("features.yml").values()
    for part in ("codes", "words"):
        told = [word for row in rows for word in row[part]]
        assert len(told) == len(set(told))
    assert features().codes["ADM4"] == "ADM2" and features().words["strongpoint"] == "AIRB"


def test_names_that_come_later_join_the_others(tmp_path: Path) -> None:
    build(BASE, tmp_path / "index", "x", names=[(7, "Nowhere-on-Sea"), (8, "Lost")])
    made = Gazetteer(tmp_path / "index")
    assert ids(made, "nowhere on sea") == [7] and ids(made, "Lost") == []


def test_a_project_s_index_is_the_one_that_opens(
    files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = tmp_path / "project"
    monkeypatch.setenv("FOGLINE_GAZETTEER", str(project))
    made = adding.build_index(files, project=project)
    try:
        assert open_gazetteer().edition == made.edition
    finally:
        open_gazetteer.cache_clear()
