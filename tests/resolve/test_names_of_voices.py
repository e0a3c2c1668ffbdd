"""What voices are called: governments, bodies within bodies, several who speak together, offices kept."""

from __future__ import annotations

import pytest

from fogline.extract.parse import parse
from fogline.extract.voices import attributions
from fogline.model import Document, Span
from fogline.query import side
from fogline.resolve.parties import side as side_of
from fogline.resolve.references import References
from fogline.resolve.voices import named


def called(text: str, words: str) -> tuple[str | None, str | None]:
    start = text.index(words)
    found = References(parse(Document(id="d", text=text))).name(Span(start, start + len(words)))
    return found.name, found.side


@pytest.mark.parametrize(
    ("text", "words", "name", "side"),
    [
        ("London denied the claim.", "London", "Government of the United Kingdom", "GBR"),
        ("Washington denied the claim.", "Washington", "Government of the United States", "USA"),
        ("Kampala denied the claim.", "Kampala", "Government of Uganda", "UGA"),
        (
            "The African Union's Peace and Security Council condemned the coup in Gabon.",
            "The African Union's Peace and Security Council",
            "African Union Peace and Security Council",
            "African Union",
        ),
        (
            "The 24th Mechanized Brigade said it had repelled an assault.",
            "The 24th Mechanized Brigade",
            "24th Mechanized Brigade",
            "24th Mechanized Brigade",
        ),
        (
            "Kinshasa, the United Nations and Paris say the rebels are armed from abroad.",
            "Kinshasa, the United Nations and Paris",
            "Government of Democratic Republic of the Congo",
            "COD",
        ),
    ],
)
def test_voices_are_called_by_their_usual_name(text: str, words: str, name: str, side: str) -> None:
    found = called(text, words)
    assert found[1] == side
    assert set(name.split()) - {"the"} <= set(str(found[0]).split()) | {"the"}


def test_ivory_coast_is_no_civilian() -> None:
    text = "Ivorian troops crossed the lagoon. Villagers fled."
    parsed = parse(Document(id="d", text=text))
    assert side_of(parsed, Span(0, len("Ivorian troops")))[0] == "Ivory Coast"
    start = text.index("Villagers")
    assert side_of(parsed, Span(start, start + len("Villagers")))[0] == "CIV"
    assert side("Ivory Coast") == "Ivory Coast"
    assert side("Ukraine") == "UKR"


def test_a_general_staff_is_an_armys_and_hospital_staff_are_civilians() -> None:
    text = "Turkey's general staff gave no figure. Hospital staff counted twelve dead."
    parsed = parse(Document(id="d", text=text))
    assert side_of(parsed, Span(0, len("Turkey's general staff")))[0] == "TUR"
    start = text.index("Hospital staff")
    assert side_of(parsed, Span(start, start + len("Hospital staff")))[0] == "CIV"


def test_a_persons_office_is_kept_beside_the_name() -> None:
    text = "Russian Defence Ministry spokesman Igor Konashenkov said the town of Lyman was quiet."
    parsed = parse(Document(id="d", text=text))
    (found,) = named(attributions(parsed), References(parsed))
    assert found.name == "Igor Konashenkov"
    assert found.reason == "verb: said; Igor Konashenkov is named, Russian Defence Ministry spokesman"


def test_a_surname_means_the_person_whatever_a_tagger_makes_of_it() -> None:
    text = (
        "The Japanese chief Cabinet secretary, Yoshihide Suga, says the missile crossed Hokkaido. "
        "Suga, who is the government's top spokesman, condemned the test and said no debris had fallen."
    )
    parsed = parse(Document(id="d", text=text))
    start = text.rindex("Suga")
    found = References(parsed).name(Span(start, start + len("Suga")))
    assert (found.name, found.side) == ("Yoshihide Suga", "JPN")
