"""Which place a name means, how surely, how precisely."""

from __future__ import annotations

import pytest

from fogline.extract.parse import parse
from fogline.model import Document, PlaceMention, Span
from fogline.resolve.gazetteer import open_gazetteer
from fogline.resolve.place_codes import ucdp_where_prec
from fogline.resolve.place_features import FEATURES
from fogline.resolve.place_relations import Relation
from fogline.resolve.places import calibrated, places, probability_of, softmax, weights


def resolved(text: str) -> dict[str, PlaceMention]:
    return {m.text: m for m in places(parse(Document(id="d", text=text)))}


@pytest.mark.parametrize(
    ("text", "name", "country", "lat", "lon"),
    [
        ("Russian forces left Izium in Kharkiv region.", "Izium", "UKR", 49.21, 37.28),
        ("Russian forces shelled Balakliia in Kharkiv region.", "Balakliia", "UKR", 49.46, 36.84),
        ("Syrian rebels entered Albu Kamal on the Euphrates.", "Albu Kamal", "SYR", 34.45, 40.92),
        ("Boko Haram raided Bama in Borno State, Nigeria.", "Bama", "NGA", 11.52, 13.69),
        ("A deputy was shot in Paris, Texas.", "Paris", "USA", 33.66, -95.56),
        ("French police cordoned off Paris after the attack.", "Paris", "FRA", 48.85, 2.35),
        ("Congolese troops left the city of Goma.", "Goma", "COD", -1.67, 29.23),
        ("Azerbaijani artillery hit Hadrut and Shushi.", "Hadrut", "AZE", 39.52, 47.03),
        ("The convoy left Palma for Pemba in Mozambique.", "Palma", "MOZ", -10.77, 40.48),
    ],
)
def test_a_name_is_the_place_that_the_text_speaks_of(
    text: str, name: str, country: str, lat: float, lon: float
) -> None:
    found = resolved(text)[name]
    assert found.country == country
    assert found.lat == pytest.approx(lat, abs=0.1)
    assert found.lon == pytest.approx(lon, abs=0.1)


@pytest.mark.parametrize(
    ("text", "name", "region", "lat", "lon"),
    [
        ("Mykhailivka, Beryslav district, Kherson region", "Mykhailivka", "Kherson Oblast", 47.26, 33.88),
        ("Mortars fell on Mykhailivka in Sumy region.", "Mykhailivka", "Sumy Oblast", 51.0, 34.0),
        ("A nurse was hurt in Bilohirka in Kherson region.", "Bilohirka", "Kherson Oblast", 47.29, 33.29),
    ],
)  # fmt: skip
def test_a_village_known_by_its_community_alone_is_near_its_middle(
    text: str, name: str, region: str, lat: float, lon: float
) -> None:
    found = resolved(text)[name]
    assert (found.precision, found.feature, found.radius_km) == ("near", "PPLL", 18.0)
    assert found.alternatives[0].region == region
    assert found.lat == pytest.approx(lat, abs=0.9) and found.lon == pytest.approx(lon, abs=1.5)
    assert ucdp_where_prec(found) == 2


def test_a_village_is_looked_for_in_the_district_that_the_report_names() -> None:
    found = resolved("Shells fell on the village of Stepne in the Volnovakha region of Ukraine.")
    stepne, district = found["Stepne"], found["Volnovakha region"]
    assert (district.precision, district.name) == ("district", "Volnovakha Raion")
    assert stepne.alternatives[0].region == "Donetsk Oblast"


def test_a_great_city_has_no_namesakes_among_villages() -> None:
    assert all(c.feature != "PPLL" for c in open_gazetteer().look_up("Mariupol"))


def test_countries_in_a_list_are_not_inside_each_other() -> None:
    found = resolved("Aid came through Turkey, Iraq and Iran.")
    assert [found[n].country for n in ("Turkey", "Iraq", "Iran")] == ["TUR", "IRQ", "IRN"]
    assert all(found[n].precision == "country" for n in ("Turkey", "Iraq", "Iran"))


def test_a_people_has_the_coordinates_of_its_country() -> None:
    found = resolved("Sudanese jets bombed the camp.")["Sudanese"]
    assert (found.kind, found.country, found.precision) == ("demonym", "SDN", "country")


def test_a_name_of_many_places_without_a_hint_is_left_open_with_its_alternatives() -> None:
    found = resolved("Officials met in Springfield.")["Springfield"]
    scores = [a.score for a in found.alternatives]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) > 1 and sum(scores) <= 1.001
    assert found.lat is None and "likely enough" in found.reason


def test_a_place_that_is_not_in_the_gazetteer_says_so() -> None:
    found = resolved("Villagers fled to Zzyrqualand on foot.")
    for mention in found.values():
        assert mention.lat is None and "gazetteer" in mention.reason


@pytest.mark.parametrize(
    ("text", "name", "radius"),
    [
        ("The column stopped 50 km south of Kharkiv.", "Kharkiv", 60),
        ("Two villages near Izyum were shelled.", "Izyum", 15),
        ("A warehouse on the outskirts of Goma burned.", "Goma", 15),
        ("Attacks went on in the direction of Kupiansk.", "Kupiansk", 15),
    ],
)
def test_a_relative_place_keeps_its_anchor_with_a_wider_radius(text: str, name: str, radius: float) -> None:
    found = resolved(text)[name]
    assert found.precision == "near"
    assert found.radius_km is not None and radius <= found.radius_km <= radius + 15


def test_a_told_distance_and_bearing_are_a_circle_around_the_point_they_lead_to() -> None:
    found = resolved("The column stopped 50 km south of Kharkiv.")["Kharkiv"]
    assert found.relative is not None and found.lat is not None
    assert (found.relative.shape, found.relative.words) == ("circle", "50 km south of")
    assert found.relative.lat == pytest.approx(found.lat - 50 / 111.2, abs=0.01)
    assert 20 <= found.relative.radius_km <= 35


def test_between_two_places_is_the_line_that_joins_them() -> None:
    found = resolved("Fighting went on between Balakliia and Izium.")
    line = found["Balakliia"].relative
    assert line is not None and line == found["Izium"].relative
    assert line.shape == "line" and len(line.points) == 2
    assert line.points[0] == (found["Balakliia"].lat, found["Balakliia"].lon)
    assert 36.84 < line.lon < 37.28 and 15 < line.radius_km < 35


def test_a_way_from_one_place_to_another_is_not_between_them() -> None:
    found = resolved("The convoy moved from Goma to Bukavu.")
    assert found["Goma"].relative is None and found["Goma"].precision == "settlement"


def test_a_side_is_a_sector_that_opens_that_way() -> None:
    found = resolved("Shells fell east of the Oskil river.")["Oskil river"]
    assert found.relative is not None and found.lon is not None
    assert found.relative.shape == "sector" and found.relative.points[0] == found.relative.points[-1]
    assert found.relative.lon > found.lon


@pytest.mark.parametrize(
    ("text", "name", "least", "most"),
    [
        ("A warehouse on the outskirts of Goma burned.", "Goma", 4, 15),
        ("Attacks went on in the Kupiansk direction.", "Kupiansk direction", 30, 40),
        ("They took Izium and surrounding towns.", "Izium", 20, 30),
    ],
)
def test_words_of_nearness_have_a_reach(text: str, name: str, least: float, most: float) -> None:
    found = resolved(text)[name]
    assert found.relative is not None and found.relative.shape == "circle"
    assert least <= found.relative.radius_km <= most


def test_a_town_taken_with_what_surrounds_it_is_still_the_town() -> None:
    assert resolved("They took Izium and surrounding towns.")["Izium"].precision == "settlement"


def test_a_name_beside_its_region_is_the_town() -> None:
    found = resolved("Shelling hit Kherson on Monday. Two villages in Kherson region lost power.")
    assert (found["Kherson"].precision, found["Kherson region"].precision) == ("settlement", "region")


def test_a_shortened_name_is_the_place_named_before() -> None:
    found = resolved("Fighters left Mazar-i-Sharif on Friday. In Mazar, shops stayed shut in Afghanistan.")
    assert found["Mazar"].geonameid == found["Mazar-i-Sharif"].geonameid


def test_a_name_in_words_that_a_reader_takes_for_a_place_needs_no_other_witness() -> None:
    text = "Jarablus fell on the first day, said officers in Aleppo."
    parsed = parse(Document(id="d", text=text))
    found = {m.text: m for m in places(parsed, hints=[Span(0, 8)])}
    assert found["Jarablus"].country == "SYR"


def test_a_distance_and_a_bearing_lead_to_a_point() -> None:
    lat, lon = Relation(111.2, 180.0, "").point(50.0, 36.0)
    assert (lat, lon) == (pytest.approx(49.0), pytest.approx(36.0))


def test_every_score_is_a_probability_and_every_mention_a_slice() -> None:
    text = "Fighting in Aleppo, Homs and Damascus spread to Lebanon, said officials in Beirut."
    for mention in places(parse(Document(id="d", text=text))):
        assert text[mention.start : mention.end] == mention.text
        assert 0 <= mention.score <= 1 and mention.reason


def test_a_document_without_places_has_none() -> None:
    assert places(parse(Document(id="d", text="Nothing happened."))) == []


def test_confidence_grows_with_probability_and_is_a_little_lower() -> None:
    told = [calibrated(p) for p in (0.5, 0.8, 0.95, 1.0)]
    assert told == sorted(told) and told[0] == pytest.approx(0.5)
    assert 0.9 < told[2] < 0.95 and told[3] <= 1.0
    assert [probability_of(score) for score in told] == pytest.approx([0.5, 0.8, 0.95, 1.0], abs=1e-4)


def test_coordinates_in_a_text_are_a_point() -> None:
    found = resolved(
        "Geolocated at 49.20697, 37.27679 in Izium; the count rose from 1.234, then 95.123, 200.123."
    )
    point = found["49.20697, 37.27679"]
    assert (point.lat, point.lon, point.precision) == (49.20697, 37.27679, "point")
    assert [m.text for m in found.values() if m.precision == "point"] == ["49.20697, 37.27679"]


def test_softmax_sums_to_one() -> None:
    assert sum(softmax([1.0, 2.0, -700.0, 900.0])) == pytest.approx(1.0)
    assert len(weights().values) == len(FEATURES)


def test_the_red_cross_is_a_body_wherever_a_hamlet_is_called_so() -> None:
    parsed = parse(Document(id="t", text="The Red Cross flew water to Aden with Nature Air on Monday."))
    assert [m.text for m in places(parsed) if m.kind == "literal"] == ["Aden"]


def test_a_spelling_known_of_a_region_alone_is_also_its_seats() -> None:
    def of(text: str) -> str | None:
        return next(
            m.feature for m in places(parse(Document(id="d", text=text))) if m.text.startswith("Deir Ezzor")
        )

    assert of("The fighters were taken to Deir Ezzor on Friday.") == "PPL"
    assert of("Shelling hit villages across Deir Ezzor province on Friday.") == "ADM1"


def test_a_county_is_not_called_by_its_bare_name() -> None:
    place = resolved("The envoy flew from Washington to Oslo, where the talks on Gaza were to go on.")[
        "Washington"
    ]
    assert (place.lat, place.lon) == (pytest.approx(38.9, abs=0.1), pytest.approx(-77.04, abs=0.1))
    assert place.score > 0.6


def test_a_piece_of_a_hyphenated_name_is_no_place() -> None:
    found = resolved("In Nawa-i-Barakzai, Helmand, the marines handed over three bases.")
    assert not found.keys() & {"Nawa", "Barakzai"}


def test_a_groups_own_long_name_holds_no_place() -> None:
    found = resolved("Men of the Islamic State of Iraq and al-Sham turned up in Azaz in Syria.")
    assert all("Sham" not in words or m.kind == "associative" for words, m in found.items())


def test_a_government_that_is_accused_is_no_place() -> None:
    assert resolved("Pakistan has long accused Kabul of harbouring the group.")["Kabul"].kind == "government"
