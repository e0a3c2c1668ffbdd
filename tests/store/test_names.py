"""A voice is found under every spelling a ledger has it in, and under no other name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fogline.query import also_called
from fogline.store.names import names_meant

KNOWN = [
    "Volodymyr Zelenskyy",
    "President Zelenskiy",
    "Володимир Зеленський",
    "Israeli officials",
    "Israel Defense Forces",
    "Austria",
    "Australia",
    "Muammar Gaddafi",
    "Moammar Gadhafi",
    "Recep Tayyip Erdoğan",
    "Institute for the Study of War",
    "Slobodan Milošević",
    "Slovenia",
    "Slovakia",
    "الجزيرة",
]


@pytest.mark.parametrize(
    ("asked", "met"),
    [
        ("Zelensky", ["President Zelenskiy", "Volodymyr Zelenskyy", "Володимир Зеленський"]),
        ("Зеленський", ["President Zelenskiy", "Volodymyr Zelenskyy", "Володимир Зеленський"]),
        ("volodymyr zelenskij", ["Volodymyr Zelenskyy", "Володимир Зеленський"]),
        ("Israel", ["Israel Defense Forces"]),
        ("Austria", ["Austria"]),
        ("Slovenia", ["Slovenia"]),
        ("Gaddafi", ["Moammar Gadhafi", "Muammar Gaddafi"]),
        ("erdogan", ["Recep Tayyip Erdoğan"]),
        ("Milosevic", ["Slobodan Milošević"]),
        ("study of war", ["Institute for the Study of War"]),
        ("war of study", []),
        ("الجزيرة", ["الجزيرة"]),
        ("?!", []),
        ("", []),
    ],
)
def test_a_name_is_met_in_any_spelling_and_script(asked: str, met: list[str]) -> None:
    assert list(names_meant((asked,), KNOWN)) == met


def test_a_short_name_is_met_by_the_full_one_of_the_body() -> None:
    assert also_called("ISW") == ("Institute for the Study of War",)
    assert also_called("Anna Karenina") == ()
    assert also_called(None) is None


@given(st.text(min_size=1, max_size=40))
def test_a_name_with_letters_means_itself(name: str) -> None:
    met = names_meant((name,), (name,))
    assert met in ((name,), ())
    if any(c.isascii() and c.isalnum() for c in name):
        assert met == (name,)
