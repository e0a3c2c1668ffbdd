"""Versions: where voices part, what is no contradiction, and what stays unresolved."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made import origin, place, said

from fogline.link.figures import agree
from fogline.link.versions import Versions, versions_of
from fogline.model import EventType, Quantity, Status
from fogline.store import Stored

MAYOR = {"by": "the mayor", "kind": "official", "side": "COD"}
SHELLING = {"agents": [("M23", "M23")], "at": ["Goma"], "on": date(2023, 2, 9)}


def texts(found: Versions) -> list[str]:
    """Return the disputes in words."""
    return [dispute.text for dispute in found.disputes]


def test_who_held_a_place_before_another_did_contradicts_nobody() -> None:
    def held(side: str, day: int, by: str) -> Stored:
        return said(f"{side} fighters held the town", "CONTROL", by=by, agents=[(f"{side} fighters", side)],
                    at=["Sake"], on=date(2023, 2, day), document=f"{side}{day}")  # fmt: skip

    assert texts(versions_of([held("M23", 7, "an aid worker"), held("COD", 9, "the mayor")])) == []
    found = texts(versions_of([held("M23", 9, "an aid worker"), held("COD", 9, "the mayor")]))
    assert len(found) == 1 and found[0].startswith("held by")


def test_two_sides_that_hold_a_place_on_days_that_touch_do_not_bear_each_other_out() -> None:
    claims = [
        said(f"{side} fighters held the town", "CONTROL", by=by, agents=[(f"{side} fighters", side)],
             at=["Sake"], on=date(2023, 2, day), document=side)
        for side, day, by in (("M23", 7, "an aid worker"), ("COD", 8, "the mayor"))
    ]  # fmt: skip
    found = versions_of(claims)
    assert len(found.versions) == 2
    assert texts(found)[0].startswith("held by")


@pytest.mark.parametrize("later", ["M23", "COD"])
def test_of_two_versions_as_well_supported_the_later_told_comes_first(later: str) -> None:
    claims = [
        said(f"{side} fighters held the town", "CONTROL", by=by, agents=[(f"{side} fighters", side)],
             at=["Sake"], on=date(2023, 2, 9), document=side, told=date(2023, 2, 10 + (side == later)))
        for side, by in (("M23", "an aid worker"), ("COD", "the mayor"))
    ]  # fmt: skip
    first = versions_of(claims).versions[0]
    assert [s.claim.agents[0].side for s in claims if s.claim.id in first.claims] == [later]


def test_a_toll_is_disputed_by_figure_and_by_voice() -> None:
    claims = [
        said("shelling killed four people", "SHELL", by="Mayor of Goma", side="COD",
             counts=[("killed", 4, 4)], document="a", at=["Goma"]),
        said("four died when shells fell", "SHELL", by="residents", kind="resident", side="CIV",
             counts=[("killed", 4, 4)], document="b", at=["Goma"]),
        said("nobody was killed", "CASUALTIES", by="Ministry of Defence", side="RWA", kind="military",
             status="denied", document="c", at=["Goma"]),
    ]  # fmt: skip
    found = versions_of(claims)
    assert texts(found) == ["killed 4 (Mayor of Goma and residents) / 0 (Ministry of Defence)"]
    (dispute,) = found.disputes
    assert dispute.field == "quantity"
    assert [set(value.claims) for value in dispute.values] == [
        {claims[0].claim.id, claims[1].claim.id},
        {claims[2].claim.id},
    ]
    assert [set(v.claims) for v in found.versions] == [
        {claims[0].claim.id, claims[1].claim.id},
        {claims[2].claim.id},
    ]


def test_one_side_withdrew_where_the_other_drove_it_out() -> None:
    claims = [
        said("our units withdrew from Palmyra", "WITHDRAW", by="Ministry of Defence", side="SYR",
             agents=[("our units", "SYR")], at=[("Palmyra", "from")], document="a"),
        said("the army was driven out of Palmyra", "WITHDRAW", by="Amaq", side="Islamic State",
             kind="agency", agents=[("the army", "SYR")], at=[("Palmyra", "from")], document="b"),
    ]  # fmt: skip
    found = versions_of(claims)
    assert texts(found) == ["was driven out (Amaq) / withdrew (Ministry of Defence)"]
    assert found.disputes[0].field == "event"
    assert found.unresolved


def test_a_withdrawal_and_a_capture_are_two_accounts_of_one_event() -> None:
    claims = [
        said("troops were regrouped from Izium", "WITHDRAW", by="Igor K.", side="RUS",
             agents=[("troops", "RUS")], at=[("Izium", "from")], document="a"),
        said("we retook Izium", "CAPTURE", by="General Staff", side="UKR", kind="military",
             agents=[("we", "UKR")], at=["Izium"], document="b"),
    ]  # fmt: skip
    found = versions_of(claims)
    assert {value.text for value in found.disputes[0].values} == {"regrouped", "was retaken"}
    assert [d.field for d in found.disputes] == ["event"]  # their agents differ by nature


def test_whether_it_happened_at_all() -> None:
    claims = [
        said("troops have entered Khartoum", "ADVANCE", by="Rapid Support Forces",
             side="Rapid Support Forces", kind="party", agents=[("troops", "Rapid Support Forces")],
             at=["Khartoum"], document="a"),
        said("that they entered Khartoum", "ADVANCE", by="the army", side="SDN", kind="military",
             agents=[("they", "Rapid Support Forces")], at=["Khartoum"], status="denied", document="b"),
    ]  # fmt: skip
    found = versions_of(claims)
    assert [d.field for d in found.disputes] == ["status"]
    assert {value.text for value in found.disputes[0].values} == {"happened", "denied"}
    assert {v.status for v in found.versions} == {"happened", "denied"}


def test_each_blames_the_other() -> None:
    claims = [
        said("Russian forces shelled Kherson", "SHELL", by="Governor", side="UKR", at=["Kherson"],
             agents=[("Russian forces", "RUS")], document="a"),
        said("Ukrainian forces shelled Kherson", "SHELL", by="Occupation head", side="RUS", at=["Kherson"],
             agents=[("Ukrainian forces", "UKR")], document="b"),
    ]  # fmt: skip
    found = versions_of(claims)
    assert found.disputes[0].field == "agents"
    assert {value.text for value in found.disputes[0].values} == {"by Russia", "by Ukraine"}
    assert found.unresolved


def test_sides_that_fight_together_are_no_contradiction() -> None:
    claims = [
        said("Russian forces shelled it", "SHELL", by="A", side="UKR", agents=[("x", "RUS")], document="a"),
        said("the DPR shelled it", "SHELL", by="B", side="GBR", document="b",
             agents=[("the DPR", "Donetsk People's Republic")]),
    ]  # fmt: skip
    assert versions_of(claims).disputes == ()


def test_civilians_or_soldiers() -> None:
    claims = [
        said("civilians were killed in the strike", "AIRSTRIKE", by="A", side="SYR", kind="monitor",
             targets=[("civilians", "CIV")], document="a"),
        said("fighters were killed in the strike", "AIRSTRIKE", by="B", side="RUS", kind="military",
             targets=[("fighters", "Islamic State")], document="b"),
    ]  # fmt: skip
    (dispute,) = versions_of(claims).disputes
    assert dispute.field == "targets"
    assert {value.text for value in dispute.values} == {"civilians", "Islamic State"}


def test_days_told_in_words_that_do_not_meet() -> None:
    def on(day: int, **more: object) -> Stored:
        return said("the town fell", "CAPTURE", on=date(2023, 2, day), words_for_day="on that day", **more)  # type: ignore[arg-type]

    found = versions_of([on(7, by="A", side="COD", document="a"), on(9, by="B", side="RWA", document="b")])
    assert texts(found) == ["7 February 2023 (A) / 9 February 2023 (B)"]
    assert found.disputes[0].field == "when"


def test_a_day_worked_out_without_words_is_no_answer() -> None:
    claims = [
        said(
            "the town fell", "CAPTURE", by="A", document="a", on=date(2023, 2, 7), words_for_day="on Tuesday"
        ),
        said("the town fell", "CAPTURE", by="B", document="b", on=date(2023, 2, 9)),
    ]
    assert versions_of(claims).disputes == ()


def test_two_spots_far_apart() -> None:
    claims = [
        said("a bomb went off in Goma", "ATTACK", by="A", at=["Goma"], document="a"),
        said("a bomb went off in Khartoum", "ATTACK", by="B", at=["Khartoum"], document="b"),
    ]
    (dispute,) = versions_of(claims).disputes
    assert (dispute.field, {value.text for value in dispute.values}) == ("place", {"in Goma", "in Khartoum"})


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        ((20, None), (25, 25), True),  # at least 20, and 25
        ((20, None), (15, 15), False),
        ((None, 50), (30, 30), True),  # up to 50
        ((24, 99), (60, 60), True),  # dozens
        ((4, 4), (0, 0), False),
        ((400, 400), (388, 388), True),  # nearly 400
        ((104, 104), (98, 98), False),
        ((7, 7), (8, 8), False),
    ],
)  # fmt: skip
def test_figures_agree_where_both_can_be_right(
    one: tuple[float | None, float | None], other: tuple[float | None, float | None], both: bool
) -> None:
    def quantity(ends: tuple[float | None, float | None]) -> Quantity:
        return Quantity(text="", start=0, end=0, kind="killed", low=ends[0], high=ends[1], unit="people")

    assert agree(quantity(one), quantity(other)) is both
    assert agree(quantity(other), quantity(one)) is both


def test_a_voice_that_corrects_itself_gives_a_series() -> None:
    claims = [
        said("12 killed", "CASUALTIES", by="Ministry", counts=[("killed", 12, 12)], told=date(2023, 2, 6)),
        said("31 killed", "CASUALTIES", by="Ministry", counts=[("killed", 31, 31)], told=date(2023, 2, 7)),
        said("29 killed", "CASUALTIES", by="Ministry", counts=[("killed", 29, 29)], told=date(2023, 2, 8)),
    ]
    found = versions_of(claims)
    assert found.disputes == ()
    assert len(found.versions) == 1
    assert [(f.low, f.told, f.corrected) for f in found.figures] == [
        (12, date(2023, 2, 6), True),
        (31, date(2023, 2, 7), True),
        (29, date(2023, 2, 8), False),
    ]


def test_a_toll_that_rises_in_other_mouths_is_no_dispute_but_a_lower_one_is() -> None:
    def toll(number: float, by: str, day: int) -> Stored:
        return said(
            f"{number} killed",
            "CASUALTIES",
            by=by,
            counts=[("killed", number, number)],
            told=date(2023, 2, day),
        )

    assert versions_of([toll(12, "Mayor", 6), toll(31, "Red Cross", 8)]).disputes == ()
    assert texts(versions_of([toll(31, "Mayor", 6), toll(12, "Red Cross", 8)])) == [
        "killed 31 (Mayor) / 12 (Red Cross)"
    ]


def test_a_higher_toll_from_an_opposed_side_is_a_dispute_on_any_day() -> None:
    claims = [
        said("80 killed", "CASUALTIES", by="A", side="ARM", counts=[("killed", 80, 80)],
             told=date(2020, 10, 1)),
        said("900 killed", "CASUALTIES", by="B", side="AZE", counts=[("killed", 900, 900)],
             told=date(2020, 10, 3)),
    ]  # fmt: skip
    assert texts(versions_of(claims)) == ["killed 80 (A) / 900 (B)"]


def test_what_a_report_corrects_is_no_party_to_a_dispute() -> None:
    claims = [
        said("3,800 km2 were retaken", "CAPTURE", by="earlier report", kind="unnamed", document="a",
             counts=[("area", 3800, 3800)]),
        said("8,500 km2 were retaken", "CAPTURE", by="Minister", document="a", counts=[("area", 8500, 8500)]),
    ]  # fmt: skip
    found = versions_of(claims)
    assert found.disputes == ()
    assert [(f.low, f.corrected) for f in found.figures] == [(8500, False), (3800, True)]


def test_copies_of_one_dispatch_are_one_voice() -> None:
    one = said("4 killed", "CASUALTIES", counts=[("killed", 4, 4)], outlet="Lake Wire", document="a")
    two = said("5 killed", "CASUALTIES", counts=[("killed", 5, 5)], outlet="Courier", document="b")
    assert versions_of([one, two], [origin("o1", one, two)]).disputes == ()
    assert len(versions_of([one, two]).disputes) == 1


def test_a_vague_claim_stands_against_none_and_leaves_the_question_open() -> None:
    claims = [
        said("4 killed", "CASUALTIES", by="A", counts=[("killed", 4, 4)], document="a"),
        said("9 killed", "CASUALTIES", by="B", counts=[("killed", 9, 9)], document="b"),
        said("people were killed", "CASUALTIES", by="C", document="c"),
        said("at least two killed", "CASUALTIES", by="D", counts=[("killed", 2, None)], document="d"),
    ]
    found = versions_of(claims)
    assert texts(found) == ["killed 4 (A) / 9 (B)"]
    open_ = {claims[2].claim.id, claims[3].claim.id}
    (version,) = [v for v in found.versions if set(v.claims) & open_]
    assert set(version.claims) == open_
    assert version.text.endswith("(leaves open how many)")


def test_two_neutral_origins_resolve_what_parties_dispute() -> None:
    claims = [
        said("shelled by Russian forces", "SHELL", by="Governor", side="UKR", agents=[("x", "RUS")],
             document="a"),
        said("shelled by Ukrainian forces", "SHELL", by="Head", side="RUS", agents=[("x", "UKR")],
             document="b"),
        said("shelled by Russian forces", "SHELL", by="Monitors", side="United Nations", kind="international",
             agents=[("x", "RUS")], document="c"),
    ]  # fmt: skip
    assert versions_of(claims[:2]).unresolved
    found = versions_of(claims)
    assert len(found.disputes) == 1
    assert not found.unresolved
    assert [len(v.claims) for v in found.versions] == [2, 1]  # the minority keeps its version


def test_nobody_contradicts_others_by_contradicting_himself() -> None:
    claims = [
        said("they withdrew", "WITHDRAW", by="A", document="a"),
        said("they were driven out", "WITHDRAW", by="A", document="a"),
        said("they withdrew", "WITHDRAW", by="B", document="b"),
    ]
    assert versions_of(claims).disputes == ()


def test_a_plan_and_the_deed_do_not_part() -> None:
    plan = said("forces will take Goma", "CAPTURE", by="A", status="intended", document="a")
    deed = said("forces took Goma", "CAPTURE", by="B", document="b")
    assert versions_of([plan, deed]).disputes == ()


def test_no_claims_make_no_versions() -> None:
    assert versions_of([]) == Versions()


EVENTS: list[EventType] = ["WITHDRAW", "CAPTURE", "SHELL", "CASUALTIES", "AIRSTRIKE", "CONTROL", "CLASH"]
STATUSES: list[Status] = ["happened", "denied", "possible", "intended", "conditional"]


@st.composite
def some_claims(draw: st.DrawFn) -> list[Stored]:
    """Return claims of one event, of any kind."""
    claims = []
    for number in range(draw(st.integers(1, 9))):
        figure = draw(st.none() | st.integers(0, 40))
        claims.append(
            said(
                draw(
                    st.sampled_from(["they fled", "driven out", "it was hit", "withdrew", "a drone hit it"])
                ),
                draw(st.sampled_from(EVENTS)),
                by=draw(st.sampled_from([None, "A", "B", "C"])),
                side=draw(st.sampled_from([None, "UKR", "RUS"])),
                agents=draw(st.sampled_from([[], [("they", "UKR")], [("they", "RUS")]])),
                counts=[] if figure is None else [("killed", float(figure), float(figure))],
                status=draw(st.sampled_from(STATUSES)),
                at=draw(st.sampled_from([[], ["Izium"], ["Kharkiv"], ["Kharkiv region"]])),
                told=date(2022, 9, draw(st.integers(1, 20))),
                document=str(number),
            )
        )
    return claims


@given(some_claims())
def test_every_claim_has_exactly_one_version_and_disputes_name_different_claims(claims: list[Stored]) -> None:
    found = versions_of(claims)
    ids = sorted(stored.claim.id for stored in claims)
    assert sorted(id for version in found.versions for id in version.claims) == ids
    for dispute in found.disputes:
        named = [id for value in dispute.values for id in value.claims]
        assert len(dispute.values) > 1
        assert len(named) == len(set(named))
        assert set(named) <= set(ids)
        voices = [set(value.voices) for value in dispute.values]
        assert all(voices)
    assert found.unresolved <= bool(found.disputes)
    assert len(found.versions) > 1 or not found.disputes


@given(some_claims())
def test_the_order_in_which_claims_come_changes_nothing(claims: list[Stored]) -> None:
    one, other = versions_of(claims), versions_of(claims[::-1])
    assert {d.text for d in one.disputes} == {d.text for d in other.disputes}
    assert {v.claims for v in one.versions} == {v.claims for v in other.versions}


def test_made_places_are_where_they_are() -> None:
    assert place("Goma").country == "COD"


def test_what_is_told_against_nothing_joins_no_account() -> None:
    claims = [
        said("three died in Izium", "CASUALTIES", by="Mayor", document="a", at=["Izium"]),
        said("missiles hit Izium", "AIRSTRIKE", by="Governor", document="b", at=["Izium"]),
        said("guns shelled Izium", "SHELL", by="Monitors", document="c", at=["Izium"]),
    ]
    assert texts(versions_of(claims)) == ["missile strike (Governor) / shelled (Monitors)"]


def test_one_of_many_is_no_toll_and_the_dead_of_two_sides_are_two_counts() -> None:
    one = Quantity(text="One", start=0, end=3, kind="killed", low=1, high=1, unit="people")
    claims = [
        said("One of those killed was a student", "CASUALTIES", by="A", counts=[one], document="a"),
        said("nine were killed", "CASUALTIES", by="B", counts=[("killed", 9, 9)], document="b"),
    ]
    assert versions_of(claims).disputes == ()
    sides = [
        said("9 soldiers died", "CASUALTIES", by="A", counts=[("killed", 9, 9)], document="a",
             targets=[("soldiers", "NER")]),
        said("70 fighters died", "CASUALTIES", by="B", counts=[("killed", 70, 70)], document="b",
             targets=[("fighters", "Boko Haram")]),
    ]  # fmt: skip
    assert versions_of(sides).disputes == ()
