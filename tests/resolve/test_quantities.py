"""The figures of a claim."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from fogline.extract.quantities import quantities
from fogline.model import Document, EventType, Party, Quantity, Span
from fogline.resolve.quantities import claim_quantities, strength_of_doers


def figures(text: str, clause: str, event: EventType) -> list[tuple[float | None, float | None, str]]:
    document = Document(id="d", text=text)
    start = text.index(clause)
    found = claim_quantities(
        document, Span(0, len(text)), Span(start, start + len(clause)), quantities(document), event=event
    )
    return [(q.low, q.high, q.kind) for q in found]


def test_killed_and_wounded_of_one_clause() -> None:
    text = "A car bomb killed at least 12 people and wounded 40 in the market, police said."
    told = figures(text, "A car bomb killed at least 12 people and wounded 40 in the market", "ATTACK")
    assert told == [(12, None, "killed"), (40, 40, "wounded")]


def test_dead_and_wounded_under_one_figure_are_counted_together() -> None:
    told = figures(
        "About 300 people were killed or injured in Khartoum.", "300 people were killed", "CASUALTIES"
    )
    assert told == [(300, 300, "killed_or_wounded")]
    told = figures("The blast killed and wounded 40 people.", "killed and wounded 40 people", "ATTACK")
    assert told == [(40, 40, "killed_or_wounded")]
    text = "Two were killed and wounded were left behind in the yard of the school, where 30 lay."
    assert all(
        kind != "killed_or_wounded" for low, _, kind in figures(text, text[:-1], "CASUALTIES") if low == 30
    )


def test_the_verb_before_a_figure_tells_what_befell_them() -> None:
    text = "The insurgency has claimed more than 20,000 lives and displaced 2.6 million people."
    told = figures(text, text[:-1], "CASUALTIES")
    assert (2_600_000, 2_600_000, "displaced") in told
    told = figures("Some 40 girls were abducted in Dapchi.", "Some 40 girls were abducted in Dapchi", "ABUSE")
    assert told == [(40, 40, "detained")]


def test_those_who_did_it_are_no_victims() -> None:
    text = "Two suicide bombers killed at least 12 people in Kandahar."
    doers = Party(text="Two suicide bombers", start=0, end=19, side=None)
    victims = Party(text="at least 12 people", start=27, end=45, side="CIV")
    told = quantities(Document(id="d", text=text))
    killed = [replace(quantity, kind="killed") for quantity in told]
    found = strength_of_doers(killed, [doers], [victims])
    assert [(q.low, q.kind) for q in found] == [(2, "troops"), (12, "killed")]
    assert strength_of_doers(killed, [doers], [doers])[0].kind == "killed"


def test_only_the_figures_of_the_clause() -> None:
    text = "A car bomb killed 12 people, and troops took three villages."
    assert figures(text, "troops took three villages", "CAPTURE") == [(3, 3, "settlements")]


def test_people_are_counted_as_what_befell_them() -> None:
    assert figures("Police arrested 30 people.", "Police arrested 30 people", "DETAIN") == [
        (30, 30, "detained")
    ]
    assert figures("Some 2,000 fled.", "Some 2,000 fled", "DISPLACE") == [(2000, 2000, "displaced")]
    assert figures("It sent 500 soldiers.", "It sent 500 soldiers", "DEPLOY") == [(500, 500, "troops")]


def test_a_noun_tells_what_befell_them() -> None:
    clause = "Hospitals counted 784 dead and 3,120 injured"
    assert figures(clause + ".", clause, "CASUALTIES") == [(784, 784, "killed"), (3120, 3120, "wounded")]
    assert figures("Georgia admits to 14 missing.", "Georgia admits to 14 missing", "CASUALTIES") == [
        (14, 14, "missing")
    ]
    text = "The Red Cross took 12 wounded to Abkhazia."
    assert figures(text, "took 12 wounded to Abkhazia", "DISPLACE") == [(12, 12, "displaced")]


def test_one_victim_told_without_a_figure() -> None:
    assert figures("Gunmen killed a farmer.", "Gunmen killed a farmer", "ATTACK") == [(1, 1, "killed")]


def test_ages_and_dates_are_none() -> None:
    text = "On 12 May 2016 the gunmen, aged 17 and 19, fled."
    assert figures(text, "On 12 May 2016 the gunmen, aged 17 and 19, fled", "WITHDRAW") == []


def test_areas_keep_their_kind() -> None:
    text = "The army retook 300 square kilometres."
    assert figures(text, "The army retook 300 square kilometres", "CAPTURE") == [(300, 300, "area")]


def test_a_readers_kind_lends_weight() -> None:
    text = "The clinic counted 14 after the raid."
    document = Document(id="d", text=text)
    span = Span(text.index("14"), text.index("14") + 2)
    (told,) = claim_quantities(
        document, Span(0, len(text)), Span(0, len(text)), quantities(document), event="CASUALTIES",
        spans=[(span, "wounded")] * 4,
    )  # fmt: skip
    assert told.kind == "wounded"


@given(st.integers(0, 70), st.integers(0, 70))
def test_every_figure_touches_the_clause(one: int, two: int) -> None:
    text = "Shells killed 12 people, wounded 30, and hit two schools and a tank 5 km away."
    start, end = sorted((min(one, len(text)), min(two, len(text))))
    document = Document(id="d", text=text)
    told: tuple[Quantity, ...] = claim_quantities(
        document, Span(0, len(text)), Span(start, end), quantities(document), event="SHELL"
    )
    assert all(q.start < end and q.end > start for q in told)
    assert all(q.text == text[q.start : q.end] for q in told)
