"""Who publishes pictures vouches for what they are of; whose an announcement is tells a name beside it."""

from __future__ import annotations

import pytest

from fogline.extract.parse import parse
from fogline.extract.voices import attributions
from fogline.model import Document


def told(text: str) -> list[tuple[str | None, str]]:
    found = attributions(parse(Document(id="d", text=text)))
    return [
        (a.source.of(text) if a.source else None, " // ".join(c.of(text) for c in a.content)) for a in found
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The brigade released footage of its troops raising the flag over Lyman.",
            ("The brigade", "its troops raising the flag over Lyman"),
        ),
        (
            "The militia posted a photograph on Telegram of a burning armoured car near Tal Abyad.",
            ("The militia", "a burning armoured car near Tal Abyad"),
        ),
        (
            "The regional government shared a video of captured rifles in Mekelle.",
            ("The regional government", "captured rifles in Mekelle"),
        ),
    ],
)
def test_who_publishes_pictures_vouches_for_what_they_are_of(text: str, expected: tuple[str, str]) -> None:
    assert expected in told(text)


def test_who_publishes_something_else_vouches_for_nothing() -> None:
    assert told("The army published a list of bakeries in Khartoum.") == []
    assert told("A picture of the bridge was released on Sunday.") == []


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The offensive came after a US announcement that it would arm the rebels.", "US"),
        ("Kigali rejected UN accusations that its troops had entered Goma.", "UN"),
        ("An Ethiopian announcement that the dam was full angered Cairo.", "Ethiopian"),
    ],
)
def test_an_announcement_is_of_the_name_beside_it(text: str, source: str) -> None:
    assert source in [who for who, _ in told(text)]


def test_to_establish_needs_a_clause() -> None:
    assert told("The rebels did not establish control of Walikale until Sunday.") == []
    text = "Investigators established that the shell came from the north."
    assert told(text) == [("Investigators", "that the shell came from the north")]


def test_a_deadline_is_not_a_figure() -> None:
    text = "While the minister did not give a date, the president said the army would stay as part of a deal."
    assert [who for who, _ in told(text)] == ["the president"]


def test_a_figure_given_as_something_is_the_givers() -> None:
    text = "An earlier report gave the area that Ukraine has retaken as 3,800 sq km."
    assert told(text)[0] == (
        "An earlier report",
        "the area that Ukraine has retaken as 3,800 sq km",
    )
