"""Grades: letter and figure apart, each with the sentences it rests on; records with their counts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from made import origin, said
from test_versions import some_claims

from fogline.errors import DataError
from fogline.link.grades import LETTERS, grade_event, source_of, standing_of
from fogline.link.judging import Judge
from fogline.link.priors import priors
from fogline.link.records import Record, Verdict, records_of, verdicts_of
from fogline.link.taxonomies import certainty_tag, credibility_tag, grade_tags, reliability_tag
from fogline.link.tellers import tellers, voice_teller
from fogline.link.versions import versions_of
from fogline.model import Certainty, Check, Grade
from fogline.store import Stored

WITHDREW = {"agents": [("troops", "RUS")], "at": [("Kherson", "from")]}


def left(by: str, side: str | None, kind: str, document: str, **more: object) -> Stored:
    """Return a voice's word that Russian troops left Kherson."""
    return said("troops withdrew from Kherson", "WITHDRAW", by=by, side=side, kind=kind, document=document,
                **{**WITHDREW, **more})  # type: ignore[arg-type]  # fmt: skip


def graded(*claims: Stored, **more: object) -> Grade:
    """Return the grade of claims."""
    grade = grade_event(claims, (), versions_of(claims), **more)  # type: ignore[arg-type]
    assert grade is not None
    return grade


def test_one_voice_alone_is_possibly_true() -> None:
    grade = graded(left("Ministry", "GBR", "military", "a"))
    assert grade.code == "C3"
    assert grade.reasons == (
        "source C: Ministry, a military body or its spokesman: C to begin with",
        "information 3: nobody of another side or origin confirms what the Ministry tells",
    )


def test_a_party_to_the_war_is_held_less_reliable_unless_it_speaks_against_its_interest() -> None:
    took = said("our troops took Kherson", "CAPTURE", by="General Staff", side="UKR", kind="military",
                agents=[("troops", "UKR")])  # fmt: skip
    assert graded(took).source == "D"
    admitted = graded(left("Ministry", "RUS", "military", "a"))
    assert admitted.code == "B2"
    assert "it tells what is to its own side's disadvantage" in admitted.reasons[0]
    assert "a voice tells it against its own side's interest (Ministry)" in admitted.reasons[1]


def test_independent_confirmation_by_other_sides_raises_credibility() -> None:
    one = left("Monitors", "Monitors", "monitor", "a")
    two = left("residents", "CIV", "resident", "b")
    three = left("Ministry", "GBR", "military", "c")
    assert graded(one, two).information == "2"
    often = graded(one, two, three)
    assert often.information == "1"
    assert "2 independent origins of other sides confirm it (residents and Ministry)" in often.reasons[1]


def test_one_origin_printed_often_confirms_nothing() -> None:
    claims = [left("Ministry", "GBR", "military", name, outlet=name) for name in "abc"]
    grade = grade_event(claims, [origin("o", *claims)], versions_of(claims, [origin("o", *claims)]))
    assert grade is not None
    assert grade.information == "3"


def test_a_voice_of_the_same_side_adds_little() -> None:
    grade = graded(
        left("General Staff", "UKR", "military", "a", agents=[("troops", "RUS")]),
        left("Governor", "UKR", "official", "b", agents=[("troops", "RUS")]),
    )
    assert grade.information == "3"
    assert "another voice of the same side tells it too (Governor)" in grade.reasons[1]


def test_contradiction_lowers_credibility_and_says_by_whom() -> None:
    claims = [
        left("Ministry", "GBR", "military", "a"),
        left("Monitors", "Monitors", "monitor", "b", status="denied"),
    ]
    grade = graded(*claims)
    assert grade.information == "4"
    assert grade.reasons[0].startswith("graded is the version “")
    assert "independent origins contradict it" in grade.reasons[2]


def test_checks_weigh_by_their_gravity_and_notes_do_not() -> None:
    claim = left("Ministry", "GBR", "military", "a")

    def check(weight: str) -> Check:
        return Check(id="k", rule="area", sentence="Too large.", claims=(claim.claim.id,), weight=weight)  # type: ignore[arg-type]

    assert graded(claim, checks=[check("note")]).information == "3"
    assert graded(claim, checks=[check("doubt")]).information == "4"
    wrong = graded(claim, checks=[check("error")])
    assert wrong.information == "4"
    assert "a check found an error: Too large" in wrong.reasons[1]


def test_what_is_planned_cannot_be_judged_nor_what_an_unnamed_voice_tells_alone() -> None:
    assert graded(left("Ministry", "GBR", "military", "a", status="intended")).information == "6"
    assert graded(left("officials", "GBR", "unnamed", "a")).code == "F6"


def test_a_letter_set_by_hand_goes_before_all() -> None:
    grade = graded(left("Ministry", "GBR", "military", "a"), judged={"ministry": "A"})
    assert grade.source == "A"
    assert grade.reasons[0] == "source A: Ministry is rated A by hand"


@pytest.mark.parametrize(
    ("confirmed", "contradicted", "letter"),
    [(0, 0, "C"), (4, 0, "C"), (12, 0, "B"), (6, 3, "C"), (3, 3, "D"), (0, 9, "E")],
)
def test_a_record_moves_a_letter_from_five_judged_claims_on(
    confirmed: int, contradicted: int, letter: str
) -> None:
    record = Record(voice="Ministry", confirmed=confirmed, contradicted=contradicted)
    source = standing_of(voice_teller("Ministry", None, kind="military"), record)
    assert source.letter == letter
    if letter == "B":
        assert source.reasons[-1] == "of 12 earlier claims that others spoke to, 12 were confirmed"
    if letter == "E":
        assert source.reasons[-1] == "of 9 earlier claims that others spoke to, 9 were contradicted"


def test_outlets_are_rated_by_what_they_are() -> None:
    letters = [standing_of(voice_teller(None, outlet)).letter for outlet in ("Reuters", "TASS", "Lake Wire")]
    assert letters == ["B", "C", "C"]  # an agency, an agency that is an organ of a state, a paper unknown


def test_a_team_sets_its_own_priors_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "priors.yml"
    file.write_text(
        "reliability: {resident: {letter: B, sentence: we know them}}\n"
        "voices: {Lake Wire: {letter: E, sentence: it was caught inventing}}\n",
        encoding="utf-8",
    )
    table = priors(file)
    teller = voice_teller("residents", None, kind="resident")
    assert standing_of(teller, settings=table).letter == "B"
    assert standing_of(voice_teller(None, "Lake Wire"), settings=table).reasons == (
        "Lake Wire, it was caught inventing: E to begin with",
    )
    assert table.reliability["agency"].letter == "B"  # what it leaves out stays


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("reliability: {resident: {letter: Z}}", "letter"),
        ("reliabilty: {}", "reliabilty"),
        ("- a list", "no mapping"),
        ("{", "cannot be read"),
    ],
)
def test_priors_that_will_not_do_are_named(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "priors.yml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=told):
        priors(file)
    with pytest.raises(DataError, match="cannot be read"):
        priors(tmp_path / "none.yml")


def verdicts(*claims: Stored) -> list[tuple[str, str, str]]:
    """Return who was judged how by whom."""
    found = versions_of(claims)
    told = verdicts_of(claims, (), found.versions, found.disputes)
    return sorted((v.voice, v.finding, v.by) for v in told)


def test_an_earlier_claim_is_confirmed_by_a_later_one_of_another_side() -> None:
    early = left("Ministry", "RUS", "military", "a", told=date(2022, 11, 9))
    late = left("Monitors", "Monitors", "monitor", "b", told=date(2022, 11, 11))
    assert verdicts(early, late) == [("Ministry", "confirmed", "Monitors")]


def test_ones_own_side_and_ones_own_copies_confirm_nothing() -> None:
    one = left("Ministry", "RUS", "military", "a")
    ours = left("Governor", "RUS", "official", "b")
    again = left("Ministry", "RUS", "military", "c")
    assert verdicts(one, ours, again) == []


def test_a_party_that_contradicts_makes_a_dispute_and_a_third_a_contradiction() -> None:
    claim = said("Ukrainian forces shelled it", "SHELL", by="A", side="RUS", agents=[("x", "UKR")],
                 document="a")  # fmt: skip
    party = said("Russian forces shelled it", "SHELL", by="B", side="UKR", agents=[("x", "RUS")],
                 document="b")  # fmt: skip
    third = said("Russian forces shelled it", "SHELL", by="C", side="United Nations", kind="international",
                 agents=[("x", "RUS")], document="c")  # fmt: skip
    assert ("A", "disputed", "B") in verdicts(claim, party)
    assert ("A", "contradicted", "C") in verdicts(claim, party, third)


def test_records_count_by_voice() -> None:
    rows = [
        Verdict(voice="A", claim="1", finding="confirmed", by="B", other="2"),
        Verdict(voice="A", claim="3", finding="contradicted", by="C", other="4"),
        Verdict(voice="A", claim="5", finding="disputed", by="C", other="6"),
    ]
    record = records_of(rows)["A"]
    assert (record.confirmed, record.contradicted, record.disputed, record.judged) == (1, 1, 1, 2)
    assert record.share == 0.5


def test_a_judge_knows_whose_record_came_to_weigh_otherwise() -> None:
    judge = Judge({"A": Record(voice="A", confirmed=4), "B": Record(voice="B", confirmed=20)})
    after = {"A": Record(voice="A", confirmed=5), "B": Record(voice="B", confirmed=21)}
    assert judge.moved(after) == {"A"}


def test_names_of_other_tools() -> None:
    assert grade_tags(Grade(source="B", information="2")) == (
        'admiralty-scale:source-reliability="b"',
        'admiralty-scale:information-credibility="2"',
    )
    assert (reliability_tag("F"), credibility_tag("6")) == (
        'admiralty-scale:source-reliability="f"',
        'admiralty-scale:information-credibility="6"',
    )
    assert certainty_tag(Certainty(low=0.55, high=0.75)) == (
        'estimative-language:likelihood-probability="likely"'
    )
    assert certainty_tag(Certainty(low=0.95, high=1.0)) == (
        'estimative-language:likelihood-probability="almost-certain"'
    )
    assert certainty_tag(Certainty(low=0.0, high=1.0)) is None


@given(some_claims())
def test_every_grade_explains_itself(claims: list[Stored]) -> None:
    found = versions_of(claims)
    grade = grade_event(claims, (), found)
    assert grade is not None
    assert any(reason.startswith(f"source {grade.source}: ") for reason in grade.reasons)
    assert any(reason.startswith(f"information {grade.information}: ") for reason in grade.reasons)
    told = tellers(claims)
    letters = [source_of(s, told[s.claim.id]).letter for s in claims]
    assert all(letter in (*LETTERS, "F") for letter in letters)


def test_no_versions_no_grade() -> None:
    assert grade_event([], (), versions_of([])) is None
