"""Who did it and to whom, in sentences on several wars."""

# ruff: noqa: E501
from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fogline.extract.parse import parse
from fogline.model import Document, EventType, Span
from fogline.resolve.claim_parties import claim_parties
from fogline.resolve.frames import frames, predicates, verbs
from fogline.resolve.joined import joined_parties


def _parties(
    text: str, event: EventType, evidence: str | None = None
) -> tuple[list[tuple[str, str | None]], list[tuple[str, str | None]]]:
    parsed = parse(Document(id="t", text=text))
    start = text.index(evidence) if evidence else 0
    span = Span(start, start + len(evidence or text.rstrip(".")))
    sentence = next(s for s in parsed.sentences if s.start <= span.start < s.end)
    agents, targets = claim_parties(parsed, sentence, span, event=event, agents=None, targets=None)
    return [(p.text, p.side) for p in agents], [(p.text, p.side) for p in targets]


@pytest.mark.parametrize(
    ("text", "event", "agents", "targets"),
    [
        ("Ukrainian troops entered the village.", "ADVANCE", [("Ukrainian troops", "UKR")], []),
        ("Russian troops were pulled back from the river.", "WITHDRAW", [("Russian troops", "RUS")], []),
        ("Two civilians were killed in Aden.", "CASUALTIES", [], [("Two civilians", "CIV")]),
        ("Turkish jets bombed Kurdish positions.", "AIRSTRIKE", [("Turkish jets", "TUR")], [("Kurdish positions", "Kurdish forces")]),
        ("The checkpoint was attacked by Taliban fighters.", "ATTACK", [("Taliban fighters", "Taliban")], [("The checkpoint", None)]),
        ("Thousands of villagers fled the fighting.", "DISPLACE", [], [("Thousands of villagers", "CIV")]),
        ("Ethiopian soldiers captured the town.", "CAPTURE", [("Ethiopian soldiers", "ETH")], []),
        ("The M23 holds the bridge.", "CONTROL", [("The M23", "M23")], []),
        ("French police arrested two activists.", "DETAIN", [("French police", "FRA")], [("two activists", "CIV")]),
        ("Iraqi soldiers surrendered near the refinery.", "DETAIN", [], [("Iraqi soldiers", "IRQ")]),
        ("Hamas and Fatah signed an accord in Cairo.", "AGREE", [("Hamas", "Hamas"), ("Fatah", "PSE")], []),
        ("Israeli envoys met Hezbollah in Cyprus.", "NEGOTIATE", [("Israeli envoys", "ISR"), ("Hezbollah", "Hezbollah")], []),
        ("Nigerian troops repelled Boko Haram near the lake.", "CLASH", [("Nigerian troops", "NGA")], [("Boko Haram", "Boko Haram")]),
        ("Kenya blamed Al-Shabaab for the raid on the market.", "ATTACK", [("Al-Shabaab", "Al-Shabaab")], [("the market", "CIV")]),
        ("Malian troops were driven out of the town.", "CAPTURE", [], [("Malian troops", "MLI")]),
        ("Georgian forces lost control of the pass.", "CAPTURE", [], [("Georgian forces", "GEO")]),
    ],
)  # fmt: skip
def test_parties_by_grammar(
    text: str, event: EventType, agents: list[tuple[str, str | None]], targets: list[tuple[str, str | None]]
) -> None:
    assert _parties(text, event) == (agents, targets)


def test_the_day_and_a_preposition_are_no_part_of_who_acted() -> None:
    text = "On Tuesday security forces destroyed a workshop in Mir Ali."
    assert _parties(text, "DESTROY")[0][0][0] == "security forces"
    text = "The capture of the self-proclaimed republic was announced."
    parsed = parse(Document(id="t", text=text))
    whole = Span(0, len(text))
    words = Span(text.index("of the"), text.index(" was"))
    (taken,), _ = claim_parties(parsed, whole, whole, event="CAPTURE", agents=[words], targets=[])
    assert taken.text == "the self-proclaimed republic"


def test_the_subject_may_stand_outside_the_evidence() -> None:
    text = "Sudanese gunners shelled the market and destroyed a clinic."
    agents, targets = _parties(text, "DESTROY", "destroyed a clinic")
    assert agents == [("Sudanese gunners", "SDN")]
    assert targets == [("a clinic", "CIV")]


def test_a_relative_clause_takes_the_noun_it_describes() -> None:
    text = "The fort was held by Malian soldiers who had retreated from Kidal."
    agents, _ = _parties(text, "WITHDRAW", "who had retreated from Kidal")
    assert agents == [("Malian soldiers", "MLI")]


def test_the_object_of_an_order_is_the_one_who_acts() -> None:
    text = "The general ordered Serbian units to leave the hill."
    agents, _ = _parties(text, "WITHDRAW", "Serbian units to leave the hill")
    assert [side for _, side in agents] == ["SRB"]


def test_held_by_hands_not_by_the_place() -> None:
    text = "The harbour is in the hands of the Houthis."
    assert _parties(text, "CONTROL")[0] == [("the Houthis", "Houthis")]


def test_given_spans_are_tidied_and_resolved() -> None:
    text = "Peruvian marines stormed the camp, and Shining Path's fighters fled."
    parsed = parse(Document(id="t", text=text))
    whole = Span(0, len(text))
    agents, targets = claim_parties(
        parsed, whole, whole, event="ATTACK", agents=[Span(0, 17)], targets=[Span(38, 54)]
    )
    assert [(p.text, p.start, p.end, p.side) for p in agents] == [("Peruvian marines", 0, 16, "PER")]
    assert [(p.text, p.side) for p in targets] == [("Shining Path", "Shining Path")]
    assert all(p.text == text[p.start : p.end] and p.reason for p in agents + targets)


def test_no_spans_given_means_none() -> None:
    text = "Peruvian marines stormed the camp."
    parsed = parse(Document(id="t", text=text))
    whole = Span(0, len(text))
    assert claim_parties(parsed, whole, whole, event="ATTACK", agents=[], targets=[]) == ((), ())


def test_every_event_type_has_a_frame_and_words() -> None:
    assert set(frames()) == set(predicates()) == set(EventType.__args__)
    assert not verbs().loses & verbs().does


@settings(max_examples=25, deadline=None)
@given(st.text(min_size=1, max_size=80), st.sampled_from(EventType.__args__), st.data())
def test_any_evidence_of_any_text_gives_slices(text: str, event: EventType, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    parsed = parse(Document(id="t", text=text))
    agents, targets = claim_parties(
        parsed, Span(0, len(text)), Span(start, end), event=event, agents=None, targets=None
    )
    assert all(party.text == text[party.start : party.end] for party in agents + targets)


def test_what_the_words_say_plainly_stands_where_the_reader_saw_nobody() -> None:
    text = "The harbour is in the hands of the Houthis."
    parsed = parse(Document(id="t", text=text))
    whole = Span(0, len(text))
    nobody: tuple[list[Span], list[Span]] = ([], [])
    agents, _ = joined_parties(parsed, whole, whole, event="CONTROL", sure=nobody, seen=nobody)
    assert [(p.text, p.side) for p in agents] == [("the Houthis", "Houthis")]


def test_a_thing_of_no_side_does_nothing() -> None:
    text = "Heavy weapons echoed over the lake while gunmen burned the depot."
    parsed = parse(Document(id="t", text=text))
    whole = Span(0, len(text))
    gunmen = Span(text.index("gunmen"), text.index("gunmen") + 6)
    sure = ([Span(0, 13), gunmen], list[Span]())
    agents, _ = joined_parties(
        parsed, whole, whole, event="SHELL", sure=sure, seen=(list[Span](), list[Span]())
    )
    assert [p.text for p in agents] == ["gunmen"]


@pytest.mark.parametrize(
    ("text", "event", "words", "does"),
    [
        ("By dusk the garrison was besieged.", "ENCIRCLE", "the garrison", False),
        ("Two teachers were shot on the bridge.", "ATTACK", "Two teachers", False),
        ("The militia was blamed for the blast.", "ATTACK", "The militia", True),
        ("The brigade is believed to have shelled the market.", "SHELL", "The brigade", True),
        ("The brigade was deployed to the border.", "DEPLOY", "The brigade", True),
    ],
)
def test_who_undergoes_something_does_not_do_it(text: str, event: EventType, words: str, does: bool) -> None:
    parsed = parse(Document(id="t", text=text))
    whole = Span(0, len(text))
    at = text.index(words)
    sure = ([Span(at, at + len(words))], list[Span]())
    agents, targets = joined_parties(parsed, whole, whole, event=event, sure=sure, seen=sure)
    assert (words in [p.text for p in agents]) is does
    assert (words in [p.text for p in targets]) is not does
