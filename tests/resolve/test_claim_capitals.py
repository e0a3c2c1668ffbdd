"""The capital that a sentence does not call by name."""

import pytest

from fogline.extract.parse import parse
from fogline.model import Document
from fogline.resolve.claim_capitals import with_capitals
from fogline.resolve.places import places


def capitals(text: str) -> list[tuple[str, str | None]]:
    mentions = places(parse(Document(id="d", text=text)))
    told = with_capitals(text, mentions)
    return [(m.text, m.name) for m in told if m.text.endswith("capital")]


@pytest.mark.parametrize(
    "text, words, name",
    [
        ("Rebels took Bria and Bambari. Shells fell on the capital.", "the capital", "Bangui"),
        ("Two blasts were heard in the Eritrean capital.", "the Eritrean capital", "Asmara"),
        ("Drones flew over Armenia's capital at night.", "capital", "Yerevan"),
        ("Rebels hold Goma and Bukavu but not the besieged capital.", "the besieged capital", "Kinshasa"),
    ],
)
def test_a_capital_is_that_of_the_country_meant(text: str, words: str, name: str) -> None:
    assert capitals(text) == [(words, name)]


@pytest.mark.parametrize(
    "text",
    [
        "Rebels took Bria and Bambari and the regional capital.",
        "Fighting in Aleppo, the commercial capital, went on; Homs was quiet.",
        "Shells fell on the capital, Bangui, and on Bria.",
        "Talks in Paris and Rome and Vienna and Oslo were about the capital.",
        "The bank has no capital left in Lebanon.",
    ],
)
def test_what_is_no_capital_of_a_country_or_is_named_is_left(text: str) -> None:
    assert [name for name in capitals(text) if name[1] != "Bangui"] == []


def test_a_report_without_such_words_keeps_its_mentions() -> None:
    text = "Rebels took Bria. Bambari was quiet."
    mentions = places(parse(Document(id="d", text=text)))
    assert with_capitals(text, mentions) is mentions
