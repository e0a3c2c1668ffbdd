"""Spellings that one language gives to the names of another."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fogline.extract.parse import parse
from fogline.model import Document, PlaceMention
from fogline.resolve.gazetteer import open_gazetteer, plain_key
from fogline.resolve.gazetteer.own import Layered, OwnPlace
from fogline.resolve.gazetteer.respelling import rough_keys, spoken_in
from fogline.resolve.places import places


def resolved(text: str) -> dict[str, PlaceMention]:
    return {m.text: m for m in places(parse(Document(id="d", text=text)))}


@pytest.mark.parametrize(
    ("told", "own"),
    [
        ("Galitsinovka", "Halytsynivka"),
        ("Aleksandrovka", "Oleksandrivka"),
        ("Novoselka", "Новосілка"),
        ("Kamenka-Dniprovska", "Kamianka-Dniprovska"),
        ("Kremennaya", "Kreminna"),
        ("Kefr Nebl", "Kafranbel"),
        ("Maarrat al-Noman", "Ma'arrat an-Nu'man"),
    ],
)
def test_spellings_of_two_languages_come_out_alike(told: str, own: str) -> None:
    assert set(rough_keys(plain_key(told))) & set(rough_keys(plain_key(own)))


@pytest.mark.parametrize(
    ("one", "other"), [("Petrivka", "Patriots"), ("Polytsi", "Palace"), ("Homs", "Hama")]
)
def test_other_names_stay_apart(one: str, other: str) -> None:
    assert not set(rough_keys(plain_key(one))) & set(rough_keys(plain_key(other)))


def test_a_respelt_name_is_looked_for_where_both_languages_are_at_home() -> None:
    assert {e.country for e in open_gazetteer().respelt("Kreminnaya")} == {"UA"}
    assert spoken_in("CO") == ()


def test_a_village_in_another_spelling_is_found_in_its_region() -> None:
    found = resolved("Shells fell in the village of Apostolovoe, Dnipropetrovsk region, Ukraine said.")[
        "Apostolovoe"
    ]
    assert (found.name, found.country) == ("Apostolove", "UKR")


def test_a_person_is_no_village_in_another_spelling() -> None:
    found = resolved(
        "Ukraine's commander, Serhii Ozernoy, spoke in Kyiv and in Kharkiv. Ozernoy thanked Ukraine."
    )
    assert {"Kyiv", "Kharkiv"} <= found.keys()
    assert not any("Ozernoy" in text for text in found)


def test_a_region_is_found_by_another_spelling_of_its_chief_town() -> None:
    found = resolved("Grain burned in the Nikolaev region of Ukraine.")["Nikolaev region"]
    assert (found.name, found.precision) == ("Mykolaiv Oblast", "region")


def test_a_district_is_a_district_and_a_quarter_lies_in_its_city() -> None:
    found = resolved("Izyum raion in Ukraine was cut off. The Kirovsky district of Donetsk, Ukraine, burned.")
    assert found["Izyum raion"].precision == "district"
    assert found["Donetsk"].precision == "settlement"


def test_a_bare_name_is_the_chief_town_also_where_it_is_not_the_towns_first_name() -> None:
    assert resolved("Jets bombed targets near Raqqa, Syria.")["Raqqa"].feature == "PPL"


def test_a_projects_own_village_is_met_in_another_spelling(tmp_path: Path) -> None:
    own = OwnPlace(name="Halytsynivka", lat=48.1, lon=37.45, country="UA")
    layered = Layered(open_gazetteer(), [own])
    assert [e.name for e in layered.respelt("Galitsinovka")] == ["Halytsynivka"]


@given(st.text(max_size=60))
def test_any_name_has_keys_or_none(text: str) -> None:
    for key in rough_keys(plain_key(text)):
        assert key.startswith(("slavic ", "arabic "))
