"""Checks that a good desk does: what each rule finds, with its sentence, and what it lets pass."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made import origin, place, said

from fogline.link.checks import RULES, check_claims
from fogline.model import Check, EventType, Place, Quantity, When, Words
from fogline.store import Stored


def found(*claims: Stored, rule: str, **more: object) -> list[Check]:
    """Return what one rule finds."""
    return [check for check in check_claims(claims, **more) if check.rule == rule]  # type: ignore[arg-type]


def figure(
    text: str, sentence: str, kind: str, low: float, *, unit: str = "people", flag: str = ""
) -> Quantity:
    """Return a figure where it stands in a sentence."""
    start = sentence.index(text)
    return Quantity(
        text=text, start=start, end=start + len(text), kind=kind, low=low, high=low, unit=unit,  # type: ignore[arg-type]
        flags=(flag,) if flag else (),
    )  # fmt: skip


def with_places(claim: Stored, *places: Place) -> Stored:
    """Return a claim with these places instead."""
    return msgspec.structs.replace(
        claim, claim=msgspec.structs.replace(claim.claim, places=places, id="").identified()
    )


def placed(sentence: str, name: str, role: str = "at") -> Place:
    """Return a place where it stands in a sentence."""
    return place(name, role, start=sentence.index(name))  # type: ignore[arg-type]


def test_a_conversion_that_does_not_agree_with_its_bracket() -> None:
    text = "3,000 square kilometres (1,850 square miles)"
    quantity = figure(text, text, "area", 3000, unit="km2", flag="conversion-mismatch")
    (check,) = found(said(text, "CAPTURE", counts=[quantity]), rule="conversion")
    assert check.weight == "error"
    assert check.sentence == (
        "“3,000 square kilometres (1,850 square miles)” (Lake Wire, 10 February 2023): the figure in "
        "brackets is not the one before it; 3,000 km² are about 1,160 square miles."
    )


def test_a_weekday_that_is_not_that_of_its_date() -> None:
    claim = said("shells fell", "SHELL", on=date(2023, 2, 8), words_for_day="Monday, 8 February 2023",
                 flags=["weekday-mismatch"])  # fmt: skip
    (check,) = found(claim, rule="weekday")
    assert check.sentence.endswith("weekday and date do not agree: 8 February 2023 was a Wednesday.")


def test_a_day_after_publication_told_as_past() -> None:
    late = said("the town fell", "CAPTURE", on=date(2023, 2, 14), words_for_day="on 14 February")
    (check,) = found(late, rule="future")
    assert "is 14 February 2023, after the report came out (Lake Wire, 10 February 2023)" in check.sentence
    plan = said("the town will fall", "CAPTURE", on=date(2023, 2, 14), words_for_day="on 14 February",
                status="intended")  # fmt: skip
    same_day = said("the town fell", "CAPTURE", on=date(2023, 2, 10), words_for_day="today")
    assert found(plan, same_day, rule="future") == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Izium, 110 km south-east of Kharkiv", False),
        ("Izium, about 75 miles south-east of Kharkiv", False),
        ("Izium, 50 km south-east of Kharkiv", True),
        ("Izium, 110 km north of Kharkiv", True),
        ("Izium, 110 km from Kharkiv", False),
        ("Izium, 300 km from Kharkiv", True),
    ],
)
def test_a_distance_between_places_that_cannot_be(text: str, wrong: bool) -> None:
    claim = with_places(said(text, "CLASH"), placed(text, "Izium"), placed(text, "Kharkiv", "near"))
    assert bool(found(claim, rule="distance")) is wrong


def test_a_distance_to_a_border_is_held_against_what_lies_across_it() -> None:
    def claim(text: str) -> Stored:
        return with_places(said(text, "CONTROL"), placed(text, "Kharkiv", "near"))

    (check,) = found(claim("north of Kharkiv they stood 80 km from the Russian border"), rule="distance")
    assert "what lies north of Kharkiv cannot be so far from that border" in check.sentence
    assert found(claim("north of Kharkiv they stood 20 km from the Russian border"), rule="distance") == []
    assert found(claim("south of Kharkiv they stood 80 km from the Russian border"), rule="distance") == []


def test_an_area_larger_than_where_it_lies() -> None:
    def claim(km2: float) -> Stored:
        return said("the area taken", "CAPTURE", at=["Kharkiv region"], counts=[("area", km2, km2)])

    (check,) = found(claim(80_000), rule="area")
    assert check.sentence.endswith("that is more than all of Kharkiv region.")
    assert found(claim(8_500), rule="area") == []


def test_an_area_against_the_settlements_in_it() -> None:
    crowded = said("they took it", "CAPTURE", counts=[("area", 12, 12), ("settlements", 40, 40)])
    (check,) = found(crowded, rule="area")
    assert "can hardly lie in it" in check.sentence
    wide = said("they took 3 km2 with Goma and Sake", "CAPTURE", at=["Goma", "Sake"], counts=[("area", 1, 1)])
    (check,) = found(wide, rule="area")
    assert check.sentence.endswith("Goma and Sake, told as lying in it, are 23 km apart.")
    fine = said("they took it", "CAPTURE", counts=[("area", 8500, 8500), ("settlements", 388, 388)])
    assert found(fine, rule="area") == []


@pytest.mark.parametrize(
    ("text", "figures", "wrong"),
    [
        ("12 people died, including 8 soldiers and 6 civilians", ["12 people", "8 soldiers", "6 civ"], True),
        ("12 people died, including 15 soldiers", ["12 people", "15 soldiers"], True),
        ("14 people died, including 8 soldiers and 6 civilians", ["14 people", "8 soldiers", "6 civ"], False),
        ("12 people died, including 3 children, and 40 were hurt", ["12 people", "3 children", "40"], False),
        ("12 people died and 30 fled", ["12 people", "30"], False),
        ("5 died, among them 3 policemen. 9 more died later", ["5", "3 policemen", "9 more"], False),
    ],
)
def test_a_total_lower_than_its_parts(text: str, figures: list[str], wrong: bool) -> None:
    counts = [figure(words, text, "killed", int(words.split()[0])) for words in figures]
    checks = found(said(text, "CASUALTIES", counts=counts), rule="total")
    assert bool(checks) is wrong
    if len(figures) == 3 and wrong:
        assert checks[0].sentence.endswith("the parts (8 + 6 = 14) are more than the whole (12).")


def test_a_quotation_in_two_wordings_is_shown_with_the_difference() -> None:
    def quote(text: str, outlet: str) -> Stored:
        return said(f"“{text}”", "WITHDRAW", by="Colonel Orr", mode="direct", outlet=outlet, document=outlet)

    one = quote("Our men left the town in good order before dawn today", "Lake Wire")
    two = quote("Our men left the town in great haste before dawn today", "Courier")
    cut = quote("left the town in good order before dawn", "Mirror")
    (check,) = found(one, two, rule="quotation")
    assert check.weight == "note"
    assert check.claims == (one.claim.id, two.claim.id)
    assert "“Our men left the town in [good order] before dawn today” (Lake Wire" in check.sentence
    assert "“Our men left the town in [great haste] before dawn today” (Courier" in check.sentence
    assert found(one, cut, rule="quotation") == []
    assert found(one, quote("Our men left the town in great haste before dawn today", "Lake Wire"),
                 rule="quotation") == []  # fmt: skip


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("fighting went on in Aleppo, Iraq, on Monday", True),
        ("fighting went on in Aleppo in northern Iraq", True),
        ("fighting went on in Aleppo in northern Syria", False),
        ("fighting went on in Aleppo, Syria.", False),
        ("fighting went on in Aleppo, Iraq said", False),
        ("fighting went on in Aleppo", False),
    ],
)
def test_a_place_outside_the_country_named_beside_it(text: str, wrong: bool) -> None:
    claim = with_places(said(text, "CLASH"), placed(text, "Aleppo"))
    checks = found(claim, rule="country")
    assert bool(checks) is wrong
    if wrong:
        assert "Aleppo is placed in Syria, but the text names Iraq beside it" in checks[0].sentence


def test_what_was_lost_as_a_claim_was_passed_on() -> None:
    def toll(words: str, outlet: str, day: int, **more: object) -> Stored:
        sentence = f"{words} fighters were killed"
        counts = [figure(words, sentence, "killed", 20)]
        return said(sentence, "CASUALTIES", counts=counts, outlet=outlet, document=outlet,
                    told=date(2023, 2, day), **more)  # type: ignore[arg-type]  # fmt: skip

    first = toll("about 20", "Lake Wire", 6, by="the army", hedge="claimed")
    bare = toll("20", "Courier", 7)
    faithful = toll("about 20", "Mirror", 7, by="the army", hedge="claimed")
    checks = found(first, bare, faithful, rule="hedge", origins=[origin("o1", first, bare, faithful)])
    assert {check.claims for check in checks} == {(first.claim.id, bare.claim.id)}
    passed = "Lake Wire, 6 February 2023 → Courier, 7 February 2023"
    assert sorted(check.sentence for check in checks) == [
        f"The hedge “claimed” was dropped as it was passed on ({passed}): “20 fighters were killed” is told "
        "as fact.",
        "“20 fighters were killed” is told in the report's own words; its source had it from the army "
        f"({passed}).",
        f"“about 20” became “20” as it was passed on ({passed}): what made the figure a rough one was "
        "dropped.",
    ]
    assert found(first, bare, rule="hedge") == []  # nothing says that one was taken from the other


def test_with_the_report_at_hand_a_check_sees_the_whole_sentence() -> None:
    text = "Nothing new. Troops reached Izium, 300 km from Kharkiv, on Monday. More soon."
    start = text.index("Troops reached Izium")
    claim = said("Troops reached Izium", "ADVANCE", document="a")
    claim = msgspec.structs.replace(
        claim,
        claim=msgspec.structs.replace(
            claim.claim,
            evidence=Words(start, start + 20, "Troops reached Izium"),
            places=(placed(text, "Izium"), placed(text, "Kharkiv", "near")),
        ),
    )
    assert found(claim, rule="distance") == []
    (check,) = found(claim, rule="distance", texts={"a": text})
    assert "Izium lies 114 km from Kharkiv, not 300 km" in check.sentence


def test_the_same_finding_has_the_same_id() -> None:
    claim = said("the town fell", "CAPTURE", on=date(2023, 2, 14), words_for_day="on 14 February")
    assert [c.id for c in check_claims([claim])] == [c.id for c in check_claims([claim, claim])]


def test_every_rule_is_listed_once_by_its_name() -> None:
    names = [rule.__name__ for rule in RULES]
    assert names == sorted(set(names), key=names.index)
    assert all(rule.__doc__ for rule in RULES)


EVENTS: list[EventType] = ["CAPTURE", "CASUALTIES", "SHELL"]


@settings(deadline=None)
@given(st.text(max_size=200), st.sampled_from(EVENTS), st.text(max_size=20))
def test_no_text_breaks_a_check(text: str, event: EventType, day: str) -> None:
    claim = said(text or "x", event, mode="direct", by="A", counts=[("killed", 3, 3), ("area", 1, 2)])
    odd = Place(text=text[:5], role="at", lat=1.0, lon=2.0, start=0, end=5, precision="settlement")
    claim = with_places(claim, odd, odd)
    claim = msgspec.structs.replace(
        claim, claim=msgspec.structs.replace(claim.claim, when=When(text=day, flags=("weekday-mismatch",)))
    )
    assert check_claims([claim, claim], texts={claim.claim.document: text}) is not None


def test_a_megabyte_of_junk_is_read_in_linear_time() -> None:
    junk = "“a " * 100_000 + "5 km " * 100_000 + "including 5, " * 20_000
    claim = said(junk, "CASUALTIES", mode="mixed", by="A", counts=[figure("5", junk, "killed", 5)])
    assert check_claims([claim]) == []
