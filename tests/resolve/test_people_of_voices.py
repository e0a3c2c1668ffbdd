"""People who speak: whole names, offices of places, private persons, one of many."""

from __future__ import annotations

import pytest

from fogline.extract.parse import parse
from fogline.model import Document, Span
from fogline.resolve.references import Named, References


def called(text: str, words: str) -> Named:
    start = text.index(words)
    return References(parse(Document(id="d", text=text))).name(Span(start, start + len(words)))


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("General Park Chul-min said the drill was over.", "General Park Chul-min", "Park Chul-min"),
        ("Colonel Hans von Tal said the bridge held.", "Colonel Hans von Tal", "Hans von Tal"),
        (
            "The mayor, Marta al-Zein, said the power was back.",
            "The mayor, Marta al-Zein",
            "Marta al-Zein",
        ),
        ("Amina K., 41, said the well was poisoned.", "Amina K., 41", "Amina K."),
        (
            "Ruslan Bodnar, the deputy energy minister, said two plants were hit.",
            "Ruslan Bodnar, the deputy energy minister",
            "Ruslan Bodnar",
        ),
        (
            "A baker who asked to be called only Ibrahim said the market burned.",
            "A baker who asked to be called only Ibrahim",
            "Ibrahim",
        ),
        (
            "Leila Haddad, 34, a nurse from Port Salman, said the clinic was shut.",
            "Leila Haddad, 34, a nurse from Port Salman",
            "Leila Haddad",
        ),
    ],
)
def test_a_name_is_kept_whole(text: str, words: str, name: str) -> None:
    assert called(text, words).name == name


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Survivors interviewed by Human Rights Watch said the column fired first.", "Survivors interviewed"),
        ("Residents of Port Salman said the shelling went on.", "Residents of Port Salman"),
    ],
)
def test_who_or_what_only_tells_more_gives_no_name(text: str, words: str) -> None:
    assert called(text, words).kind == "resident"


def test_a_governor_speaks_for_the_state_of_the_place_not_of_the_enemy() -> None:
    text = (
        "Russian missiles hit Odesa. Russian ships fired from the sea, Russian drones followed, and "
        "Ukrainian guns answered the Russian fleet. "
        "Oleh Marchenko, governor of the Odesa region, said three died."
    )
    assert called(text, "Oleh Marchenko, governor of the Odesa region").side == "UKR"


@pytest.mark.parametrize(
    ("text", "words", "side"),
    [
        ("A pharmacist said the shelves were empty.", "A pharmacist", "CIV"),
        ("Witnesses said the truck burned.", "Witnesses", "CIV"),
        ("Two aid workers said the road was mined.", "Two aid workers", None),
        ("Defence lawyers said the trial was unfair.", "Defence lawyers", None),
        ("A source in Khartoum said the army would attack.", "A source in Khartoum", "SDN"),
    ],
)
def test_a_voice_without_a_name_has_the_side_of_its_trade_or_place(
    text: str, words: str, side: str | None
) -> None:
    assert called(text, words).side == side


def test_one_of_them_is_one_of_those_before() -> None:
    text = "The villagers of Tora fled at night. One of them said the soldiers had set fire to the mill."
    found = called(text, "One of them")
    assert found.name is not None
    assert found.name.startswith("one of the ")
    assert "them" not in found.name.split()


def test_the_source_is_the_one_told_of_before() -> None:
    text = "A military source in Damascus said the base was hit. The source said nobody was hurt."
    found = called(text, "The source")
    assert found.name == "military source in Damascus"
    assert found.side == "SYR"


def test_an_armys_statement_speaks_for_the_army() -> None:
    text = "Syrian troops held the hill. The Syrian army lost two men there. An army statement denied it."
    assert called(text, "An army statement").side == "SYR"


@pytest.mark.parametrize(
    ("text", "words", "office", "body"),
    [
        (
            "Russian Defence Ministry spokesman Igor Konashenkov said the town was quiet.",
            "Russian Defence Ministry spokesman Igor Konashenkov",
            "Russian Defence Ministry spokesman",
            "Russian Ministry of Defence",
        ),
        (
            "Mark van Uhm, head of operations at NATO, said the ship had sunk.",
            "Mark van Uhm, head of operations at NATO",
            "head of operations at NATO",
            "NATO",
        ),
        (
            "The Kenyan deputy defence minister, Ana Njoroge, said the camp was safe.",
            "The Kenyan deputy defence minister, Ana Njoroge",
            "Kenyan deputy defence minister",
            "Kenyan Ministry of Defence",
        ),
        (
            "The Sudanese army lost a fort. The army's spokesman, Major General Ali Musa, denied it.",
            "The army's spokesman, Major General Ali Musa",
            "army's spokesman",
            "Sudanese Army",
        ),
        ("Colonel Ali Musa denied it.", "Colonel Ali Musa", "Colonel", None),
        ("Ali Musa denied it.", "Ali Musa", None, None),
    ],
)
def test_a_persons_office_and_the_body_it_speaks_for_are_both_kept(
    text: str, words: str, office: str | None, body: str | None
) -> None:
    found = called(text, words)
    assert (found.office, found.body) == (office, body)


def test_an_office_holds_for_he_as_well() -> None:
    text = "Greek navy spokeswoman Ana Gil said the ferry was hit. She said nobody drowned."
    assert called(text, "She").body == "Hellenic Navy" or called(text, "She").body == "Greek Navy"


def test_state_media_are_those_of_the_state_that_is_told_of() -> None:
    text = "Malian troops left Ber. State television said the Malian army had won. State radio was silent."
    found = called(text, "State television")
    assert (found.name, found.side, found.kind) == ("Malian state television", "MLI", "broadcaster")


def test_a_report_of_no_told_author_is_no_name() -> None:
    text = "An earlier report said ten had died."
    found = called(text, "An earlier report")
    assert (found.name, found.kind) == ("an earlier report", "unnamed")


def test_those_whom_others_met_stay_private() -> None:
    found = called("Two women interviewed by field staff said the mill had burned.", "Two women interviewed")
    assert (found.side, found.kind) == ("CIV", "resident")
    told = called("An army medic said the road was closed.", "An army medic")
    assert (told.side, told.kind) == (None, "unnamed")


def test_those_who_speak_together_have_the_side_named_first() -> None:
    found = called("Kenyan and Somali officials said the border was shut.", "Kenyan and Somali officials")
    assert (found.name, found.side) == ("Kenyan and Somali officials", "KEN")
