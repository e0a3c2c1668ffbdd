"""Voices that the order of words tells, and how far a cue set into a sentence reaches."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fogline.extract.parse import parse
from fogline.extract.voices import attributions
from fogline.model import Attribution, Document


def read(text: str) -> list[Attribution]:
    return attributions(parse(Document(id="d", text=text)))


def told(text: str) -> set[tuple[str | None, str]]:
    """Return source and content of every attribution as text."""
    return {
        (a.source.of(text) if a.source is not None else None, " // ".join(c.of(text) for c in a.content))
        for a in read(text)
    }


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        (
            "The barges, claimed the Armenian transport minister, Davit Sahakyan, got through.",
            "the Armenian transport minister, Davit Sahakyan",
            "The barges // got through",
        ),
        (
            "The valley lost half of its orchards, says its councillor, Rana Khoury, and six families "
            "have left for good.",
            "its councillor, Rana Khoury",
            "The valley lost half of its orchards // and six families have left for good",
        ),
        (
            "Two clinics were hit on Monday and a nurse died, the Regional Director of Health Services "
            "reported by satellite phone.",
            "the Regional Director of Health Services",
            "Two clinics were hit on Monday and a nurse died",
        ),
        (
            "Almost 900 people have crossed the river this week after militiamen overran a post near "
            "the town of Amdafok, the U.N. refugee agency said on Friday, and survivors spoke of fires.",
            "the U.N. refugee agency",
            "Almost 900 people have crossed the river this week after militiamen overran a post near "
            "the town of Amdafok",
        ),
        ("In a statement on Telegram the ELN rejected the charge.", "the ELN", "the charge"),
        (
            'On the 9th Colonel Ana Mora told reporters at Neiva that the village was "clear".',
            "Colonel Ana Mora",
            'that the village was "clear"',
        ),
        ("The Jaish boasted on 4 May of having taken the dam.", "The Jaish", "having taken the dam"),
        (
            "Elena Petrova, the governor, wrote that evening of 60 people killed.",
            "Elena Petrova, the governor",
            "60 people killed",
        ),
        ("Officers at two embassies say otherwise.", "Officers at two embassies", "otherwise"),
        ("American officials told Reuters as much in August.", "American officials", "as much"),
        ("The agency hopes to send six trucks on Sunday.", "The agency", "to send six trucks on Sunday"),
        ("The Long War Review says 216.", "The Long War Review", "216"),
        (
            "Claims by Eritrean state media that the port has fallen are false.",
            "Eritrean state media",
            "that the port has fallen",
        ),
        (
            "The pipe was shown in what the envoy called the worst raid of the year.",
            "the envoy",
            "the worst raid of the year",
        ),
    ],
)
def test_the_order_of_words_tells_who_speaks(text: str, source: str, content: str) -> None:
    assert (source, content) in told(text)


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        (
            "She left for Homs with a man who worked, she insists, in a bakery.",
            "she",
            "who worked // in a bakery",
        ),
        (
            "The talks broke down in May, when, the envoy says, loyalists opened fire.",
            "the envoy",
            "when // loyalists opened fire",
        ),
        (
            "Dozens, three hundred of them by his reckoning, entered the town and burned it.",
            "his",
            "three hundred of them",
        ),
        (
            "Gunmen attacked a base there, killing ten soldiers according to the mayor.",
            "the mayor",
            "killing ten soldiers",
        ),
        (
            "Gunmen raided the market, bringing to 31 the number of traders killed since May, according to a "
            "count by Radio Okapi.",
            "a count by Radio Okapi",
            "bringing to 31 the number of traders killed since May",
        ),
        (
            "Beirut, which experts say has supplied the fleet with fuel, is trying to end the siege.",
            "experts",
            "has supplied the fleet with fuel",
        ),
        (
            "They shelled the ferry, displacing, by a United Nations estimate, up to 4,000 people.",
            "United Nations",
            "They shelled the ferry, displacing // up to 4,000 people",
        ),
        (
            "The army pulled out of Gao, which it had held since March, the ministry said.",
            "the ministry",
            "The army pulled out of Gao, which it had held since March",
        ),
    ],
)
def test_a_cue_set_into_a_clause_speaks_for_that_clause(text: str, source: str, content: str) -> None:
    assert (source, content) in told(text)


def test_who_is_quoted_as_saying_speaks_and_who_quotes_him_passes_it_on() -> None:
    text = "It quoted the town's mayor as saying that the bridge was down."
    inner = next(a for a in read(text) if a.cue is not None and a.cue.of(text) == "saying")
    assert inner.source is not None
    assert (inner.source.of(text), inner.relays) == ("the town's mayor", ("It",))


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("A second man, thought to have crossed at Narva, is being sought.", "A second man"),
        ("The navy responded by shelling the pier.", "The navy"),
    ],
)
def test_deeds_and_suspects_say_nothing(text: str, source: str) -> None:
    assert source not in {who for who, _ in told(text)}


def test_an_entry_of_a_log_speaks_by_a_colon() -> None:
    text = (
        "The week in Hiiraan\n\nBomb at the gate of a camp. Police: one soldier killed. "
        "Displacement: 300 left. Staff at Medina hospital: nine bodies."
    )
    found = told(text)
    assert ("Police", "one soldier killed.") in found
    assert ("Staff at Medina hospital", "nine bodies.") in found
    assert "Displacement" not in {who for who, _ in found}


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from([",", "said", "the mayor", "who", "Ana", ":", "by phone", "troops left"])))
def test_any_order_of_words_is_read(words: list[str]) -> None:
    text = " ".join(words)
    assert all(c.of(text) for a in read(text) for c in a.content)
