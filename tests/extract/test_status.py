"""Status and hedges by rule, on clauses of sentences of our own."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fogline.extract.hedges import certainty, hedge
from fogline.extract.status import status
from fogline.model import Span, Status


def spans(text: str, clause: str) -> tuple[Span, Span]:
    start = text.index(clause)
    return Span(0, len(text)), Span(start, start + len(clause))


@pytest.mark.parametrize(
    ("text", "clause", "expected"),
    [
        ("Rebels took the town on Monday.", "Rebels took the town on Monday", "happened"),
        ("The army failed to take the hill.", "The army failed to take the hill", "denied"),
        ("The ministry denied that its jets had hit the clinic.", "its jets had hit the clinic", "denied"),
        ("There is no sign that the garrison has left.", "the garrison has left", "denied"),
        ("He denied that the campaign had stalled.", "the campaign had stalled", "happened"),
        ("The brigade no longer holds the pass.", "The brigade no longer holds the pass", "denied"),
        ("The general said troops would be regrouped.", "troops would be regrouped", "intended"),
        ("The council plans to send monitors.", "send monitors", "intended"),
        ("The mayor ordered residents to leave.", "The mayor ordered residents to leave", "intended"),
        ("The convoy may have been hit by a drone.", "The convoy may have been hit by a drone", "possible"),
        ("Officials fear that the dam could be blown up.", "the dam could be blown up", "possible"),
        ("If the road is cut, the garrison will surrender.", "the garrison will surrender", "conditional"),
        ("They would attack if the talks failed.", "They would attack if the talks failed", "conditional"),
        (
            "Envoys of six states meet in Nairobi on Thursday.",
            "Envoys of six states meet in Nairobi on Thursday",
            "intended",
        ),
        (
            "Envoys of six states met in Nairobi on Thursday.",
            "Envoys of six states met in Nairobi on Thursday",
            "happened",
        ),
        ("Lomé has offered a meeting.", "Lomé has offered a meeting", "intended"),
        ("The bloc is preparing sanctions.", "The bloc is preparing sanctions", "intended"),
        ("It was unclear whether anybody had been hurt.", "anybody had been hurt", "possible"),
        ("There was no shelling in Herat on Friday.", "There was no shelling in Herat on Friday", "denied"),
        ("No shell has hit the town since.", "No shell has hit the town since", "denied"),
        ("There was no let-up in the shelling.", "There was no let-up in the shelling", "happened"),
        ("They will take Goma soon, if they have not yet.", "They will take Goma soon", "intended"),
        ("The line barely moved in June.", "The line barely moved in June", "denied"),
        ("If the dam holds, where many shelter, they will stay.", "many shelter", "happened"),
        ("On 18 May militia overran the airbase.", "militia overran the airbase", "happened"),
        ("Nurses Without Borders said the clinic was shelled.", "the clinic was shelled", "happened"),
        ("The rebels denied it and shelled the port.", "shelled the port", "happened"),
        ("Had reserves come, the line would have held.", "the line would have held", "conditional"),
    ],
)
def test_status(text: str, clause: str, expected: Status) -> None:
    told, why, _ = status(text, *spans(text, clause))
    assert (told, bool(why)) == (expected, True)


def test_free_of_occupation_denies_that_it_is_held() -> None:
    text = "Bunagana is now free of rebel control."
    assert status(text, *spans(text, text), event="CONTROL").status == "denied"
    assert status(text, *spans(text, text), event="CAPTURE").status == "happened"


def test_a_surer_rule_says_so() -> None:
    def odds(text: str) -> float:
        return status(text, *spans(text, text)).odds

    assert odds("The column may have been hit.") > odds("Rebels took the town.") > odds("It was not hit.")


@pytest.mark.parametrize(
    ("text", "clause", "cue", "expected"),
    [
        (
            "The institute estimates that the army took the ridge.",
            "the army took the ridge",
            "estimates",
            "estimates",
        ),
        (
            "The institute estimates that the army took the ridge.",
            "the army took the ridge",
            None,
            "estimates",
        ),
        ("The group claimed it had shot down a jet.", "it had shot down a jet", "claimed", "claimed"),
        ("The town has probably fallen.", "The town has probably fallen", None, "probably"),
        ("Two pilots are reportedly held there.", "Two pilots are reportedly held there", None, "reportedly"),
        ("The guns appeared to be silent.", "The guns appeared to be silent", None, "appeared"),
        ("The governor said the town had fallen.", "the town had fallen", "said", None),
        ("The guns could reach the port.", "The guns could reach the port", None, None),
        (
            "The group claimed responsibility for the blast.",
            "claimed responsibility for the blast",
            None,
            None,
        ),
    ],
)
def test_hedge(text: str, clause: str, cue: str | None, expected: str | None) -> None:
    sentence, evidence = spans(text, clause)
    told = hedge(text, sentence, evidence, spans(text, cue)[1] if cue else None)
    assert told == expected


@pytest.mark.parametrize(
    ("status_", "words", "clause", "low", "high", "term"),
    [
        ("happened", "likely", "", 0.55, 0.75, "likely"),
        ("happened", "highly likely", "", 0.80, 0.90, "highly likely"),
        ("possible", "a realistic possibility", "", 0.40, 0.50, "realistic possibility"),
        ("denied", "unlikely", "", 0.25, 0.35, "unlikely"),
        ("happened", "almost certainly", "", 0.95, 1.0, "almost certain"),
        ("happened", "believed", "troops were most likely surprised", 0.80, 0.90, "highly likely"),
        ("happened", "claimed", "", 0.10, 0.90, None),
        ("happened", None, "", 0.95, 1.0, None),
        ("denied", None, "", 0.0, 0.05, None),
    ],
)
def test_certainty(
    status_: Status, words: str | None, clause: str, low: float, high: float, term: str | None
) -> None:
    told = certainty(status_, words, clause)
    assert (told.low, told.high, told.term) == (low, high, term)


def test_a_hedged_denial_turns_the_range_round() -> None:
    told = certainty("denied", "believed", "")
    assert (told.low, told.high) == (0.05, 0.45)


_TEXT = st.text(alphabet="abc no if may not will , .'", max_size=80)


@given(_TEXT, st.integers(0, 80), st.integers(0, 80))
def test_any_clause_has_a_status_and_a_range_within_bounds(text: str, one: int, two: int) -> None:
    start, end = sorted((min(one, len(text)), min(two, len(text))))
    sentence, evidence = Span(0, len(text)), Span(start, end)
    told = status(text, sentence, evidence).status
    words = hedge(text, sentence, evidence)
    range_ = certainty(told, words, evidence.of(text))
    assert 0.0 <= range_.low <= range_.high <= 1.0
    assert words is None or words in text


@pytest.mark.parametrize("piece", ["not ", "if ", "a", "denied the ", "would ", "9"])
def test_junk_takes_linear_time(piece: str) -> None:
    def seconds(size: int) -> float:
        text = (piece * (size // len(piece) + 1))[:size]
        begin = time.process_time()
        status(text, Span(0, size), Span(size // 2, size))
        hedge(text, Span(0, size), Span(size // 2, size))
        return time.process_time() - begin

    small, large = seconds(20_000), seconds(80_000)
    assert large < 12 * small + 0.3
