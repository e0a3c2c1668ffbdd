"""Claims become observations by the table of statements."""

from __future__ import annotations

from datetime import date

from builders import claim

from fogline.control.observe import observations_of
from fogline.control.parties import holder_of, party_named
from fogline.control.statements import statements


def test_a_capture_says_who_holds_the_place_after_it_and_who_did_not_before() -> None:
    after, before = observations_of([claim("CAPTURE", agent="IRQ", on="2017-10-05")])
    assert (after.holder, after.latest, after.change, after.explicit) == (
        "IRQ",
        date(2017, 10, 5),
        True,
        True,
    )
    assert after.weight > 0 > before.weight
    assert (before.holder, before.latest, before.explicit) == ("IRQ", date(2017, 10, 4), False)


def test_owning_to_a_loss_weighs_more_than_an_opponents_boast() -> None:
    def weight(side: str) -> float:
        told = claim("WITHDRAW", agent="IRQ", voice="a spokesman", side=side, target="Islamic State")
        return next(o.weight for o in observations_of([told]) if o.weight < 0)

    assert weight("IRQ") == 1.5 * statements().events["WITHDRAW"]["happened"][0].weight
    assert weight("Islamic State") == 0.7 * statements().events["WITHDRAW"]["happened"][0].weight
    assert weight("FRA") == statements().events["WITHDRAW"]["happened"][0].weight


def test_shelling_by_a_side_says_that_it_does_not_hold_the_place() -> None:
    (one,) = observations_of([claim("SHELL", agent="SYR", at=(35.93, 36.63), country="SYR")])
    assert (one.holder, one.weight < 0, one.explicit, one.change) == ("SYR", True, False, False)


def test_a_denied_capture_speaks_against_the_agent() -> None:
    (one,) = observations_of([claim("CAPTURE", status="denied", agent="Islamic State")])
    assert (one.holder, one.weight < 0) == ("Islamic State", True)


def test_a_hedge_lowers_the_weight() -> None:
    plain, hedged = (
        observations_of([claim("CONTROL", hedge=hedge)])[0].weight for hedge in (None, "reportedly")
    )
    assert hedged == round(plain * statements().hedged, 3)


def test_a_part_of_a_place_leaves_it_contested() -> None:
    told = observations_of([claim("CAPTURE", words="the army took the western part of Hawija")])
    assert sorted(o.contested for o in told) == [False, False, True]
    whole = observations_of([claim("CAPTURE")])[0].weight
    assert max(o.weight for o in told if not o.contested) == round(whole * statements().partly_weight, 3)


def test_a_place_that_returned_went_to_its_state_where_nobody_is_named() -> None:
    back = observations_of([claim("CAPTURE", agent=None, words="Hawija was liberated")])
    assert {o.holder for o in back} == {"IRQ"}
    assert observations_of([claim("CAPTURE", agent=None, words="Hawija was captured")]) == []
    opponent = claim("CAPTURE", agent=None, words="Hawija was liberated", voice="x", side="Islamic State")
    assert observations_of([opponent]) == []


def test_a_region_is_only_said_to_be_left_as_a_whole() -> None:
    def told(event: str, role: str) -> int:
        return len(observations_of([claim(event, precision="region", role=role)]))

    assert (told("WITHDRAW", "from"), told("CAPTURE", "at"), told("CONTROL", "at")) == (1, 0, 0)


def test_what_tells_no_day_or_names_no_holder_says_nothing() -> None:
    assert observations_of([claim("CONTROL", on="2014-06-11", until="2017-10-05")]) == []
    assert observations_of([claim("CONTROL", agent="CIV")]) == []
    assert observations_of([claim("NEGOTIATE")]) == []


def test_one_voice_saying_the_same_of_one_day_counts_once() -> None:
    twice = [claim("CONTROL", voice="the mayor"), claim("CONTROL", voice="the mayor", words="it is held")]
    assert len(observations_of(twice)) == 1
    assert len(observations_of([*twice, claim("CONTROL", voice="a monitor")])) == 2


def test_forces_that_hold_land_for_a_state_are_told_as_it() -> None:
    assert holder_of("Wagner Group") == "RUS"
    assert holder_of("Islamic State") == "Islamic State"
    assert holder_of("CIV") is None
    assert holder_of("A person of no side") is None


def test_a_party_is_known_by_code_name_and_people() -> None:
    assert [party_named(name) for name in ("ua", "UKR", "Ukraine", "ukrainian", "A new front")] == [
        "UKR", "UKR", "UKR", "UKR", "A new front",
    ]  # fmt: skip


def test_each_voice_and_place_factor_is_positive_and_each_statement_says_something() -> None:
    table = statements()
    for statuses in table.events.values():
        for rows in statuses.values():
            assert all(row.weight or row.contested for row in rows)
    assert set(table.reach_share) <= set(table.reach_km) == set(table.precision)


def told(
    words: str, event: str = "CAPTURE", *, place: str = "Hawija", **changed: str
) -> list[tuple[str, bool]]:
    """Return whom a claim with a place in its words says to hold it, or not, on its day."""
    from msgspec.structs import replace

    made = claim(event, words=words, **changed)  # type: ignore[arg-type]
    start = words.find(place)
    there = replace(made.claim.places[0], text=place, start=start, end=start + len(place))
    found = observations_of([replace(made, claim=replace(made.claim, places=(there,)))])
    return sorted((o.holder, o.weight > 0) for o in found if o.explicit and o.latest == date(2017, 10, 5))


def test_an_attempt_is_no_capture_and_who_lost_a_place_did_not_take_it() -> None:
    assert told("the army took Hawija") == [("IRQ", True)]
    assert told("the army attempted to take Hawija") == []
    assert told("the army failed to take Hawija") == [("IRQ", False)]
    assert told("the army lost control of Hawija") == [("IRQ", False)]
    assert told("Hawija was retaken from the army", target="IRQ") == [("IRQ", False), ("IRQ", True)]
    assert told("the town of Hawija was not under the army's control", "CONTROL") == [("IRQ", False)]


def test_a_place_that_troops_go_back_to_is_not_one_they_left() -> None:
    assert told("the army fell back toward Hawija", "WITHDRAW") == [("IRQ", True)]
    assert told("the army withdrew from Hawija", "WITHDRAW") == [("IRQ", False)]


def test_near_a_place_is_not_in_it_and_a_province_is_not_its_capital() -> None:
    assert told("the army took two villages near Hawija") == []
    assert told("the army took part in the Hawija offensive") == []


def test_a_place_that_is_named_among_parts_is_meant_whole() -> None:
    def weight(words: str) -> float:
        return max(o.weight for o in observations_of([claim(words=words)]))

    assert weight("parts of Hawija") < weight("the army took Hawija")


def test_nearly_all_of_a_region_is_less_than_all_of_it_and_more_than_a_part() -> None:
    def weight(words: str) -> float:
        words = f"Islamic State left {words} there"
        told = claim(
            "WITHDRAW",
            agent="Islamic State",
            role="from",
            words=words,
            precision="region",
            geonameid=94824,
        )
        return max(-o.weight for o in observations_of([told]))

    assert weight("most of") < weight("nearly all of") < weight("all of")


def test_who_left_a_whole_region_need_not_have_held_all_of_it() -> None:
    told = observations_of(
        [
            claim(
                "WITHDRAW",
                agent="Islamic State",
                role="from",
                words="all its forces left Kirkuk Governorate",
                precision="region",
                geonameid=94824,
                on="2017-10-05",
            )
        ]
    )
    assert {o.latest for o in told} == {date(2017, 10, 5)}
    assert all(o.weight < 0 for o in told)


def test_a_whole_region_is_held_only_where_the_words_say_so() -> None:
    def regions(words: str, event: str, role: str = "at") -> list[int | None]:
        from msgspec.structs import replace

        made = claim(event, words=words, precision="region", role=role, geonameid=94824)
        place = replace(made.claim.places[0], text="Kirkuk Governorate")
        return [
            o.region
            for o in observations_of([replace(made, claim=replace(made.claim, places=(place,)))])
            if o.latest == date(2017, 10, 5)
        ]

    assert regions("the army took all of Kirkuk Governorate", "CAPTURE") == [94824]
    assert regions("the army took towns in Kirkuk Governorate", "CAPTURE") == []
    assert regions("the last bastion in all of Kirkuk Governorate", "CONTROL") == []
    assert regions("all its forces left Kirkuk Governorate", "WITHDRAW", "from") == [94824]


def test_words_of_readings_are_lower_case() -> None:
    from msgspec import to_builtins

    from fogline.control.readings import readings

    for name, words in to_builtins(readings()).items():
        if name != "statuses":
            assert all(word == word.casefold() for word in words)
