"""Whom a name, a role or a pronoun means, in sentences on several wars."""

from __future__ import annotations

import pytest

from fogline.extract.parse import parse
from fogline.model import Document, Span
from fogline.resolve.people import alike
from fogline.resolve.references import Named, References, relay_name


def _named(text: str, words: str, *, nth: int = 0) -> Named:
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return References(parse(Document(id="t", text=text))).name(Span(start, start + len(words)))


def test_last_name_gets_the_full_name_given_before() -> None:
    text = "Sudanese army spokesman Nabil Abdallah spoke in Port Sudan. Abdallah said the town was calm."
    found = _named(text, "Abdallah", nth=1)
    assert (found.name, found.side) == ("Nabil Abdallah", "SDN")


def test_one_name_spelt_three_ways_is_one_person() -> None:
    text = (
        "Ukrainian President Volodymyr Zlensky spoke late on Friday. Zelenksy thanked the troops. "
        "Zelenskyy then left Ukraine for Warsaw."
    )
    names = {_named(text, words).name for words in ("Volodymyr Zlensky", "Zelenksy", "Zelenskyy")}
    assert names == {"Volodymyr Zelenskyy"}


@pytest.mark.parametrize(
    ("text", "words", "name", "side"),
    [
        (
            "The Russian Ministry of Defense said the bridge was safe.",
            "The Russian Ministry of Defense",
            "Russian Ministry of Defence",
            "RUS",
        ),
        (
            "Britain's Ministry of Defence doubted it.",
            "Britain's Ministry of Defence",
            "British Ministry of Defence",
            "GBR",
        ),
        (
            "Turkey's defence ministry named no place.",
            "Turkey's defence ministry",
            "Turkish Ministry of Defence",
            "TUR",
        ),
        ("The Israeli military gave no figure.", "The Israeli military", "Israel Defense Forces", "ISR"),
        (
            "According to the ISW, the line has not moved.",
            "the ISW",
            "Institute for the Study of War",
            "Institute for the Study of War",
        ),
        (
            "The UNHCR counted the new arrivals.",
            "The UNHCR",
            "United Nations High Commissioner for Refugees",
            "United Nations",
        ),
        ("Ankara denied the claim.", "Ankara", "Government of Turkey", "TUR"),
        ("Islamabad denied the claim.", "Islamabad", "Government of Pakistan", "PAK"),
        (
            "SOHR said nine people died.",
            "SOHR",
            "Syrian Observatory for Human Rights",
            "Syrian Observatory for Human Rights",
        ),
    ],
)
def test_bodies_by_acronym_and_pattern(text: str, words: str, name: str, side: str) -> None:
    found = _named(text, words)
    assert (found.name, found.side) == (name, side)


def test_the_ministry_is_the_one_named_before() -> None:
    text = "The Armenian Ministry of Defence reported shelling. The ministry said two soldiers were hurt."
    assert _named(text, "The ministry").name == "Armenian Ministry of Defence"


def test_the_spokesman_is_the_one_named_before() -> None:
    text = "Taliban spokesman Zabihullah Mujahid took the call. The spokesman said Kunduz had fallen."
    found = _named(text, "The spokesman")
    assert (found.name, found.side) == ("Zabihullah Mujahid", "Taliban")


def test_he_and_she_go_back_by_gender() -> None:
    text = (
        "Colombian governor Marta Rojas and her spokesman Pedro Luna met the press. "
        "The spokeswoman Ana Gil said the road was mined. She said it would be cleared."
    )
    assert _named(text, "She").name == "Ana Gil"


def test_he_goes_back_to_the_last_speaker() -> None:
    text = "General Sarath Perera said the lagoon was ringed. He said the rest would follow within days."
    assert _named(text, "He").name == "Sarath Perera"


def test_it_goes_back_to_the_body_that_spoke() -> None:
    text = "Amnesty International said twelve villages had burned. It said the army had watched."
    assert _named(text, "It").name == "Amnesty International"


def test_the_think_tank_and_the_same_report() -> None:
    text = (
        "The Institute for the Study of War, a Washington-based think tank, said the line had moved. "
        "The think tank added that the road was cut. The same report spoke of prisoners."
    )
    assert _named(text, "The think tank").name == "Institute for the Study of War"
    assert _named(text, "The same report").name == "Institute for the Study of War"


def test_the_agency_is_not_the_ministry() -> None:
    text = "Reuters cited the Georgian Ministry of Defence. The agency said the tunnel was open."
    assert _named(text, "The agency").name == "Reuters"


def test_unnamed_voices_keep_their_words() -> None:
    text = "Two officials who asked not to be named said the base was empty."
    found = _named(text, "Two officials who asked not to be named")
    assert found.kind == "unnamed"
    assert found.name == "Two officials who asked not to be named"


def test_residents_are_civilians() -> None:
    found = _named("Residents of Aleppo said the bakery had closed.", "Residents of Aleppo")
    assert (found.name, found.side, found.kind) == ("Residents of Aleppo", "CIV", "resident")


def test_an_age_behind_the_name_tells_a_private_person() -> None:
    found = _named("Amina Yusuf, 34, said the well was dry.", "Amina Yusuf")
    assert (found.name, found.side, found.kind) == ("Amina Yusuf", "CIV", "resident")


def test_a_pronoun_with_nobody_before_it_is_none_with_a_reason() -> None:
    found = _named("He ran.", "He")
    assert found.name is None
    assert "'He'" in found.reason


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the AP", "Associated Press"),
        ("AFP", "Agence France-Presse"),
        ("Russia's TASS news agency", "TASS"),
        ("the Guardian", "The Guardian"),
        ("Radio Kivu", "Radio Kivu"),
        ("local radio", "local radio"),
    ],
)
def test_relay_names(text: str, expected: str) -> None:
    assert relay_name(text) == expected


def test_spellings_of_one_name_are_alike_and_short_names_are_not() -> None:
    assert alike("zelenksy", "zelenskyy")
    assert alike("qaddafi", "qadafi")
    assert not alike("khan", "khat")
    assert not alike("petrov", "sidorov")


def test_they_take_up_who_stands_before_a_colon() -> None:
    text = "Four officers, speaking to the Daily Nation, were cautious: most boats were intact, they said."
    assert _named(text, "they").name == "Four officers"
    text = "Villagers who reached Arusha disputed it: the raiders had burned half of Moshi, they said."
    assert _named(text, "they").name == "Villagers"


def test_he_takes_up_one_by_whose_account_it_is_told() -> None:
    text = "Troops held the airport and not much else, according to an officer there. He said 200 had fled."
    assert _named(text, "He").name == "officer"


def test_he_takes_up_one_who_disputed_it() -> None:
    text = (
        "Colonel Ramon Zaldivar said 48 rebels had surrendered. Habib Malik Salim, who leads them, "
        "disputed it by telephone. He said that nobody had surrendered."
    )
    assert _named(text, "He").name == "Habib Malik Salim"
