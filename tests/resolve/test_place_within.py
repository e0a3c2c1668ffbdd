"""What lies within a town: streets, quarters and hospitals with the names of other places."""

import pytest

from fogline.extract.parse import parse
from fogline.model import Document, PlaceMention, Span
from fogline.resolve.places import places


def found(text: str, words: str) -> PlaceMention:
    return next(m for m in places(parse(Document(id="d", text=text))) if words in m.text)


@pytest.mark.parametrize(
    "text, words, lat, lon",
    [
        ("Shells fell in Benghazi. Two people were hurt in Cairo Street.", "Cairo", 32.1, 20.1),
        ("Troops entered Aleppo on Sunday. Snipers held the Medina quarter.", "Medina", 36.2, 37.2),
        ("Fighting went on in Khartoum. A bomb hit the Valencia hospital.", "Valencia", 15.6, 32.5),
    ],
)
def test_a_street_or_quarter_is_in_the_town_that_the_report_is_in(
    text: str, words: str, lat: float, lon: float
) -> None:
    place = found(text, words)
    assert place.lat == pytest.approx(lat, abs=0.1) and place.lon == pytest.approx(lon, abs=0.1)
    assert place.precision == "near" and place.radius_km == 25.0


def test_the_hospital_of_a_town_of_the_same_country_is_in_that_town() -> None:
    text = "Police in Homs searched cars. The wounded were brought to Palmyra hospital on Sunday."
    assert found(text, "Palmyra").lat == pytest.approx(34.55, abs=0.1)


def test_a_name_of_nothing_but_places_abroad_is_beside_the_town_named_before() -> None:
    text = "Gunmen came to Maiduguri in Nigeria and burnt Konduga, Bama and the hamlet of Springfield."
    place = found(text, "Springfield")
    assert (place.country, place.precision, place.name) == ("NGA", "near", "Springfield")
    assert (
        place.reason == "Not known in these countries; taken to be around Bama, which is named just before."
    )


def test_a_works_that_is_called_after_a_town_of_the_report_is_in_it() -> None:
    text = (
        "Shells hit Vovchansk and Lyptsi in Ukraine on Friday. Later Kharkiv was struck as well. "
        "Russian soldiers were surrounded in the Vovchansk Aggregate Plant."
    )
    parsed = parse(Document(id="d", text=text))
    begin = text.index("Vovchansk Aggregate")
    hint = Span(begin, begin + len("Vovchansk Aggregate Plant"))
    place = next(m for m in places(parsed, hints=[hint]) if m.start == begin)
    assert place.lat == pytest.approx(50.29, abs=0.05) and place.lon == pytest.approx(36.94, abs=0.05)
