"""Small places alone, far from all else that a report names."""

import pytest

from fogline.extract.parse import parse
from fogline.model import Candidate, Document, PlaceMention
from fogline.resolve.place_strays import without_strays
from fogline.resolve.places import places

SAHEL = (
    "Soldiers left Djibo for Ouahigouya in Burkina Faso on Monday, and Kaya and Dori were cut off. "
    "Relief went to Gorom-Gorom. "
)


def mention(text: str, words: str) -> PlaceMention:
    return next(m for m in places(parse(Document(id="d", text=text))) if m.text == words)


def test_a_hamlet_on_another_continent_is_not_meant() -> None:
    place = mention(f"{SAHEL}Then the men moved to Springfield.", "Springfield")
    assert place.country in (None, "BFA")  # left out, or beside the town named last


def test_what_is_left_out_keeps_its_alternatives_and_says_why() -> None:
    found = [m for m in places(parse(Document(id="d", text=SAHEL))) if m.lat is not None]
    sebnitz = PlaceMention(
        text="Sebnitz", start=200, end=207, kind="literal", name="Sebnitz", country="DEU",
        lat=50.97, lon=14.28, precision="settlement",
        alternatives=(Candidate(name="Sebnitz", lat=50.97, lon=14.28),),
    )  # fmt: skip
    *others, left = without_strays([*found, sebnitz], lambda name: 4.0)
    assert others == found
    assert left.lat is None and left.alternatives == sebnitz.alternatives
    assert left.reason.startswith("Sebnitz lies over 300 km from all else that is named")


@pytest.mark.parametrize(
    "more, words, land",
    [
        ("Talks were held in Jeddah the same week.", "Jeddah", "SAU"),
        ("A plane took the wounded to Abidjan.", "Abidjan", "CIV"),
        ("A plane took the wounded to Savonlinna in Finland.", "Savonlinna", "FIN"),
    ],
)
def test_a_city_that_many_know_or_a_town_told_with_its_country_stays(
    more: str, words: str, land: str
) -> None:
    assert mention(SAHEL + more, words).country == land


def test_a_report_that_names_few_places_keeps_the_one_abroad() -> None:
    text = "Flowers were laid in Sebnitz for a girl who died in Homs."
    assert mention(text, "Sebnitz").country == "DEU"
