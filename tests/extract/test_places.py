"""Where a report names a place, and in which sense."""

from __future__ import annotations

import re
import time

import pytest

from fogline.extract.parse import parse
from fogline.extract.places import PlaceName, recognise
from fogline.model import Document, Span
from fogline.resolve.gazetteer import open_gazetteer


def names(text: str) -> list[PlaceName]:
    return recognise(parse(Document(id="d", text=text)), open_gazetteer())


def kinds(text: str) -> dict[str, str]:
    return {n.text: n.kind for n in names(text)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rebels shelled Albu Kamal on Monday.", ["Albu Kamal"]),
        ("Fighters entered Deir ez-Zor from the desert.", ["Deir ez-Zor"]),
        ("Shells fell on villages in Idlib province.", ["Idlib province"]),
        ("A drone hit a ship in the Red Sea off Hodeidah.", ["Red Sea", "Hodeidah"]),
        ("Gunmen attacked Chibok, a town in Borno State, Nigeria.", ["Chibok", "Borno State", "Nigeria"]),
    ],
)
def test_names_of_places_are_found_whole(text: str, expected: list[str]) -> None:
    assert [n.text for n in names(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "On Monday the Police said nothing.",
        "The Guardian and the Times disagreed in March.",
        "He said that Hope was all they had.",
    ],
)
def test_persons_papers_and_common_words_are_no_places(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "A court jailed the former president Mohamed Morsi. Morsi had denied all charges.",
        "VLADIMIR Putin signed the order on Monday. The president had waited for a week.",
        "VLADIMIR Putin has ordered the evacuation of a hundred people.",
    ],
)
def test_a_name_that_a_person_of_the_report_has_is_that_persons(text: str) -> None:
    parsed = parse(Document(id="d", text=text))
    words = [Span(m.start(), m.end()) for m in re.finditer("Morsi|VLADIMIR", text)]
    assert recognise(parsed, open_gazetteer(), words) == []


def test_a_holiday_is_no_place() -> None:
    text = "A gunman drove into a crowd celebrating Bastille Day in Nice. They were in Nice for Bastille Day."
    assert {name.text for name in names(text)} == {"Nice"}


def test_the_name_of_an_operation_is_no_place() -> None:
    assert kinds("Operation Olive Branch began in Afrin.") == {"Afrin": "literal"}
    assert kinds("Troops took part in Operation Desert Storm.") == {}


def test_a_word_for_a_kind_of_place_is_no_name() -> None:
    assert "Raion" not in kinds("They attacked Dmytrivka, Izium Raion, Kharkiv Oblast.")


def test_who_did_it_is_a_government() -> None:
    assert kinds("Drones launched by Russia hit Odesa.")["Russia"] == "government"


def test_an_article_is_no_part_of_a_name() -> None:
    assert kinds("The Baghdad bureau was hit.") == {"Baghdad": "associative"}


def test_a_capital_that_speaks_is_a_government() -> None:
    assert kinds("Moscow said that its troops would stay.")["Moscow"] == "government"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The army denied that the town of Ilovaisk had been lost.", "Ilovaisk"),
        ("Kunduz had been cut off since November.", "Kunduz"),
        ("Bouar saw heavy fighting on Sunday.", "Bouar"),
    ],
)
def test_a_town_to_which_something_happens_is_a_place(text: str, name: str) -> None:
    assert kinds(text).get(name) == "literal"


def test_a_government_that_is_accused_stays_one() -> None:
    assert kinds("Moscow was accused of breaking the truce.")["Moscow"] == "government"


def test_a_dateline_in_capitals_is_a_place() -> None:
    assert "GORIS" in kinds("GORIS, Armenia - Families crossed the border on foot, officials said.")


def test_names_that_are_listed_are_found_one_by_one() -> None:
    assert {"Izyum", "Balakliya"} <= set(kinds("Russian troops abandoned Izyum and Balakliya."))


def test_the_code_of_an_airport_names_no_town() -> None:
    assert "Sat" not in kinds("Sat 11. Nothing was confirmed in Texas or in San Antonio.")


def test_a_capital_where_something_happens_is_a_place() -> None:
    assert kinds("A missile fell in Moscow on Friday.")["Moscow"] == "literal"


def test_a_name_that_labels_an_agreement_is_associative() -> None:
    assert kinds("Both sides recalled the Minsk agreement.")["Minsk"] == "associative"


def test_a_people_is_a_demonym_of_its_country() -> None:
    (found,) = names("Syrian soldiers opened fire.")
    assert (found.text, found.kind, found.name) == ("Syrian", "demonym", "Syria")


def test_a_people_without_a_country_is_no_place() -> None:
    assert names("Kurdish fighters and Houthi rebels opened fire.") == []


@pytest.mark.parametrize(
    ("text", "name", "asked"),
    [
        ("They crossed the border of Kharkiv region at night.", "Kharkiv", "ADM"),
        ("They entered the village of Robotyne at night.", "Robotyne", "PPL"),
        ("They reached the Oskil river at night.", "Oskil", "STM"),
    ],
)
def test_a_word_beside_a_name_asks_for_a_kind_of_place(text: str, name: str, asked: str) -> None:
    (found,) = [n for n in names(text) if n.name == name]
    assert found.asked == asked


def test_offsets_are_slices_of_the_text() -> None:
    text = "In Goma, North Kivu,  and — as «Reuters» wrote — in Bukavu, Congolese troops fled."
    for found in names(text):
        assert text[found.start : found.end] == found.text


def test_time_is_linear_in_junk() -> None:
    from spacy.tokens import Doc

    from fogline.extract.parse import Parse, pipeline

    words = ["Al-Ab", "of", "the", "Xq", "-", "'s"] * 2_000
    doc = Doc(pipeline().vocab, words=words)
    started = time.perf_counter()
    recognise(Parse(Document(id="d", text=doc.text), doc), open_gazetteer())
    assert time.perf_counter() - started < 15


def test_a_title_or_a_surname_makes_a_person_of_a_city() -> None:
    assert list(kinds("Mr. Washington said that Kyiv was shelled.")) == ["Kyiv"]
    assert list(kinds("Paris Hilton visited Kyiv as shells hit the city.")) == ["Kyiv"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Kremlin spokesman Dmitry Peskov said that two soldiers were killed.", "government"),
        ("The White House said 12 people had been killed in the strike.", "government"),
        ("According to the Kremlin, 12 people were killed.", "government"),
        ("Gunmen fired shots near the Kremlin, killing two.", "literal"),
    ],
)
def test_a_seat_of_government_stands_for_it_where_nothing_happens_there(text: str, kind: str) -> None:
    assert [n.kind for n in names(text) if n.text in {"Kremlin", "White House"}] == [kind]


@pytest.mark.parametrize(
    "words", ["US forces", "Kharkiv troops", "US soldiers", "US military", "Basra authorities"]
)
def test_a_name_that_labels_men_under_arms_or_an_office_is_associative(words: str) -> None:
    name = words.split()[0]
    assert kinds(f"On Monday the {words} opened fire on two cars.")[name] == "associative"


def test_ships_called_after_towns_are_no_places() -> None:
    text = (
        "HMS Coventry took three bombs. The frigates Sheffield and Antelope burned, and the Coventry sank. "
        "In Sheffield, people wept. The ferry from Odesa was late."
    )
    assert [n.text for n in names(text)] == ["Sheffield", "Odesa"]


def test_the_last_word_of_a_longer_name_is_no_place() -> None:
    told = names("A gunman fired at a festival on the Las Vegas Strip on Sunday.")
    assert "Strip" not in [n.text for n in told]
    assert "Rafah" in [n.text for n in names("Aid entered the Gaza Strip through Rafah.")]
