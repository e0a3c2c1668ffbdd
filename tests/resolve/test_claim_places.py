"""Where a claim's occurrence is."""

from __future__ import annotations

import pytest

from fogline.extract.parse import parse
from fogline.model import Document, EventType, Place, Span
from fogline.resolve.claim_anaphors import anaphors
from fogline.resolve.claim_capitals import with_capitals
from fogline.resolve.claim_places import claim_places
from fogline.resolve.places import places


def of(text: str, evidence: str, event: EventType = "CAPTURE", words: str | None = None) -> tuple[Place, ...]:
    parsed = parse(Document(id="d", text=text))
    start = text.index(evidence)
    span = Span(start, start + len(evidence))
    sentence = next(s for s in parsed.sentences if s.start <= start < s.end)
    at = text.index(words) if words else 0
    spans = [(Span(at, at + len(words)), 0.9)] if words else None
    named = with_capitals(text, places(parsed))
    return claim_places(parsed, sentence, span, named, event=event, spans=spans)


@pytest.mark.parametrize(
    ("text", "evidence", "event", "name", "role"),
    [
        ("Troops entered Kupiansk on Saturday.", "Troops entered Kupiansk", "ADVANCE", "Kupiansk", "to"),
        ("Units withdrew from Izium overnight.", "Units withdrew from Izium", "WITHDRAW", "Izium", "from"),
        ("French troops left Gao on Monday.", "French troops left Gao", "WITHDRAW", "Gao", "from"),
        ("Villagers were fleeing Goma.", "Villagers were fleeing Goma", "DISPLACE", "Goma", "from"),
        ("Units had fled Mosul.", "Units had fled Mosul", "WITHDRAW", "Mosul", "from"),
        ("Rockets landed near Sderot at dawn.", "Rockets landed near Sderot", "SHELL", "Sderot", "near"),
        ("A bomb killed nine in Maiduguri.", "A bomb killed nine in Maiduguri", "ATTACK", "Maiduguri", "at"),
    ],
)  # fmt: skip
def test_the_place_of_the_clause_with_its_role(
    text: str, evidence: str, event: EventType, name: str, role: str
) -> None:
    (place,) = of(text, evidence, event)
    assert (place.text, place.role) == (name, role)
    assert place.lat is not None and place.reason.startswith("Named in the clause.")


def test_the_sentence_gives_the_place_that_the_clause_lacks() -> None:
    text = "In Goma, where the rebels arrived on Monday, residents said that two shops had been looted."
    (place,) = of(text, "two shops had been looted", "DESTROY")
    assert place.name == "Goma"
    assert "names no place" in place.reason


def test_the_city_is_the_last_city_named() -> None:
    text = "The rebels reached Manbij on Friday. By night they had taken the city."
    (place,) = of(text, "they had taken the city")
    assert (place.text, place.lat) == ("the city", pytest.approx(36.53, abs=0.05))


def test_the_airport_is_the_airport_named_before() -> None:
    text = "Paratroopers landed at Antonov Airport. Kyiv sent tanks. At noon they lost the airport."
    (place,) = of(text, "they lost the airport")
    assert place.lat == pytest.approx(50.6, abs=0.05)


def test_a_people_is_not_a_place() -> None:
    text = "Syrian soldiers shot Turkish officers near Saraqib."
    assert [p.text for p in of(text, "Syrian soldiers shot Turkish officers near Saraqib", "ATTACK")] == [
        "Saraqib"
    ]


def test_a_reader_lends_weight_to_the_words_it_chose() -> None:
    text = "Clashes broke out in Aleppo. Shells hit the western edge of the city."
    (place,) = of(text, "Shells hit the western edge of the city", "SHELL", "the western edge of the city")
    (alone,) = of(text, "Shells hit the western edge of the city", "SHELL")
    assert place.text == alone.text == "the city"
    assert place.lat == pytest.approx(36.2, abs=0.05)
    assert place.score > alone.score


def test_a_report_without_places_gives_none() -> None:
    assert of("They shot two men. Nobody knew why.", "They shot two men", "ATTACK") == ()


def test_a_report_filed_from_the_capital_is_not_about_it() -> None:
    text = "KHARTOUM, 9 May - Rebels have taken two garrisons in Blue Nile state, the army said."
    assert "Khartoum" not in [p.name for p in of(text, "Rebels have taken two garrisons in Blue Nile state")]
    assert of("KHARTOUM, 9 May - Rebels have taken a garrison.", "Rebels have taken a garrison") == ()


def test_a_place_that_only_measures_another_is_not_where_it_was() -> None:
    text = "Rebels hold land twice the size of Wales in Darfur."
    assert "Wales" not in [
        p.name for p in of(text, "Rebels hold land twice the size of Wales in Darfur", "CONTROL")
    ]


def test_the_seat_of_a_monitor_is_not_where_it_was_but_a_base_of_soldiers_is() -> None:
    text = "Shells fell on Idlib. A monitor based in Coventry counted 12 dead."
    assert [p.name for p in of(text, "counted 12 dead", "CASUALTIES")] == ["Idlib"]
    text = "A second brigade is based in Bamako."
    assert [p.name for p in of(text, "A second brigade is based in Bamako", "CONTROL")] == ["Bamako"]


def test_two_unknown_places_joined_are_two_places() -> None:
    text = "Fighting was reported in Qulbarra and Wezzimer on Friday."
    parsed = parse(Document(id="t", text=text))
    hint = Span(text.index("Qulbarra"), text.index(" on Friday"))
    assert [m.text for m in places(parsed, hints=[hint])] == ["Qulbarra", "Wezzimer"]


def test_places_that_are_listed_have_one_role() -> None:
    text = "Thousands fled towards Erbil and Sulaymaniyah on Monday."
    found = of(text, text, "DISPLACE")
    assert {(p.text, p.role) for p in found} == {("Erbil", "to"), ("Sulaymaniyah", "to")}


def test_there_is_not_the_capital_that_speaks_but_where_it_speaks_of() -> None:
    text = "Troops left the Kharkiv region, the ministry in Moscow said, after fighting began there."
    parsed = parse(Document(id="d", text=text))
    (found,) = anaphors(parsed, Span(text.index("fighting"), len(text)), places(parsed))
    assert found.target is not None and found.target.text == "Kharkiv region"


def test_a_country_that_the_clause_names_goes_before_a_town_named_earlier() -> None:
    text = "Shells fell on Tyre at dawn. More than 40 people have been killed in Lebanon since Monday."
    (place,) = of(text, "More than 40 people have been killed in Lebanon", "CASUALTIES")
    assert place.name == "Lebanon"


def test_where_somebody_speaks_gives_the_place_of_what_is_told_there() -> None:
    text = "Rebels entered Goma on Monday. A nurse at a clinic in Bukavu said that shells had killed six."
    (place,) = of(text, "shells had killed six", "SHELL")
    assert place.name == "Bukavu"


def test_soil_and_airspace_make_a_place_of_a_people() -> None:
    (place,) = of("Two drones fell on Romanian soil.", "Two drones fell on Romanian soil", "AIRSTRIKE")
    assert (place.text, place.country) == ("Romanian", "ROU")
    assert of("Two Romanian drones fell.", "Two Romanian drones fell", "AIRSTRIKE") == ()


def test_a_clause_without_a_place_inherits_two_at_most() -> None:
    text = "Goma, Bukavu, Uvira and Beni were shelled. Nine died."
    assert len(of(text, "Nine died", "CASUALTIES", words="Goma")) <= 2


def test_the_side_of_a_country_is_where_a_claim_is() -> None:
    text = "Warplanes struck camps in northern Iraq overnight."
    (place,) = of(text, "Warplanes struck camps in northern Iraq overnight", "AIRSTRIKE")
    assert place.lat is not None and place.lat > 36 and place.country == "IRQ"
    assert place.relative is not None and place.radius_km == place.relative.radius_km


def test_the_capital_goes_before_the_town_that_was_named_last() -> None:
    text = "Rebels in Bria and Bambari moved on. Shells fell on the capital at night."
    (place,) = of(text, "Shells fell on the capital at night", "SHELL")
    assert (place.text, place.name) == ("the capital", "Bangui")


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("The New York Times said that dozens of settlers were killed.", "dozens of settlers were killed"),
        ("The Arakan Army said it had captured the post.", "it had captured the post"),
        ("Ten died in a raid, according to Israel.", "Ten died in a raid, according to Israel"),
    ],
)
def test_who_only_lends_a_name_or_speaks_is_not_where_it_was(text: str, evidence: str) -> None:
    assert of(text, evidence, "CASUALTIES") == ()


def test_a_word_with_its_name_behind_it_does_not_refer_back() -> None:
    text = "The girls were seized in Chibok. Four men were freed in the northeast town of Banki."
    assert [p.text for p in of(text, "Four men were freed in the northeast town of Banki", "DETAIN")] == [
        "Banki"
    ]


def test_a_group_that_no_place_is_called_after_is_no_place() -> None:
    text = "Its loss heralds the collapse of Isis in Albu Kamal."
    assert [m.text for m in places(parse(Document(id="d", text=text)))] == ["Albu Kamal"]


def test_no_town_holds_two_thousand_square_kilometres() -> None:
    text = (
        "Troops left Izium on Saturday, the ministry in the Kharkiv region said. "
        "The army had retaken about 2,000 square kilometres since Monday. It had retaken a bakery, too."
    )
    wide, narrow = "The army had retaken about 2,000 square kilometres", "It had retaken a bakery"
    assert "Izium" not in [p.text for p in of(text, wide, "CAPTURE")]
    assert [p.text for p in of(text, narrow, "CAPTURE")] == ["Izium"]
