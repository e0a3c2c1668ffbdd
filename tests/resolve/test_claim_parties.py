"""Who did it and to whom, in sentences on several wars."""

# ruff: noqa: E501
from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fogline.extract.parse import parse
from fogline.model import Document, EventType, Span
from fogline.resolve.claim_parties import claim_parties
from fogline.resolve.frames import frames, predicates, verbs
from fogline.resolve.joined import joined_parties
from fogline.resolve.lists import items
from fogline.resolve.party_phrases import tidy


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
        ("A Turkish drone attack destroyed a truck.", "AIRSTRIKE", [("Turkish", "TUR")], [("a truck", None)]),
        ("The Chadian army lost four pick-up trucks.", "DESTROY", [], [("The Chadian army", "TCD"), ("four pick-up trucks", None)]),
        ("Ethiopian troops repulsed two assaults mounted by Tigrayan fighters.", "CLASH", [("Ethiopian troops", "ETH")], [("Tigrayan fighters", "Tigray Defence Forces")]),
        ("The state of emergency was extended in Mali.", "DECLARE", [], []),
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


def _joined(
    text: str,
    event: EventType,
    agents: dict[str, float] | None = None,
    targets: dict[str, float] | None = None,
) -> tuple[list[str], list[str]]:
    """Return the words of the parties where a reader sees phrases of a text with these probabilities."""
    parsed = parse(Document(id="t", text=text))
    whole = Span(0, len(text))
    seen_agents, seen_targets = (
        [(Span(text.index(w), text.index(w) + len(w)), p) for w, p in (part or {}).items()]
        for part in (agents, targets)
    )
    found = joined_parties(parsed, whole, whole, event=event, seen=(seen_agents, seen_targets))
    return [p.text for p in found[0]], [p.text for p in found[1]]


def test_what_the_words_say_plainly_stands_where_the_reader_saw_nobody() -> None:
    assert _joined("The harbour is in the hands of the Houthis.", "CONTROL") == (["the Houthis"], [])


def test_a_thing_of_no_side_does_nothing() -> None:
    text = "Heavy weapons echoed over the lake while gunmen burned the depot."
    assert _joined(text, "SHELL", {"Heavy weapons": 0.9, "gunmen": 0.9})[0] == ["gunmen"]


def test_the_rest_of_a_list_is_taken_where_the_reader_sees_it_whole() -> None:
    text = "The army destroyed two tanks, four lorries and six huts near Gao."
    assert _joined(text, "DESTROY", {"The army": 0.9}, {"two tanks, four lorries and six huts": 0.8})[1] == [
        "two tanks",
        "four lorries",
        "six huts",
    ]


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("three judges and two firms of Vientiane", ["three judges", "two firms of Vientiane"]),
        ("tanks, rifles and a mortar", ["tanks", "rifles", "a mortar"]),
        ("two police and army officers", ["two police and army officers"]),
        ("Bosnia and Herzegovina", ["Bosnia and Herzegovina"]),
        ("the commander, a cousin of the king", ["the commander, a cousin of the king"]),
        ("the villagers", ["the villagers"]),
    ],
)
def test_lists_are_taken_apart(words: str, parts: list[str]) -> None:
    text = f"They attacked {words} on Monday."
    parsed = parse(Document(id="t", text=text))
    start = text.index(words)
    assert [s.of(text) for s in items(parsed, Span(start, start + len(words)))] == parts


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet="ab ,and.\n12’“", min_size=1, max_size=60), st.data())
def test_items_are_parts_of_their_span(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    found = items(parse(Document(id="t", text=text)), span)
    assert found
    assert all(span.start <= s.start < s.end <= span.end for s in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    ("text", "event", "targets", "expected"),
    [
        ("Mortars fell on the city at dawn.", "SHELL", {"the city": 0.9}, []),
        ("Mortars fell on rebel towns at dawn.", "SHELL", {"rebel towns": 0.9}, ["rebel towns"]),
        ("Troops closed in on the city.", "ENCIRCLE", {"the city": 0.9}, ["the city"]),
        ("The road was left open for the rebels.", "WITHDRAW", {"the rebels": 0.9}, []),
    ],
)
def test_where_it_is_and_who_only_moves_is_no_target(
    text: str, event: EventType, targets: dict[str, float], expected: list[str]
) -> None:
    assert _joined(text, event, {}, targets)[1] == expected


def test_who_does_it_is_no_target() -> None:
    text = "Four sailors were killed by the Houthi fighters off Mocha."
    assert _joined(text, "CASUALTIES", {}, {"Four sailors": 0.9, "the Houthi fighters": 0.8}) == (
        ["the Houthi fighters"],
        ["Four sailors"],
    )
    text = "The invaders burned the granary."
    assert _joined(text, "DESTROY", {}, {"The invaders": 0.8, "the granary": 0.8}) == (
        ["The invaders"],
        ["the granary"],
    )


def test_the_name_of_a_settlement_is_where_shells_land() -> None:
    text = "Rockets hit Derna and the Derna hospital."
    parsed = parse(Document(id="t", text=text))
    whole, name, ward = Span(0, len(text)), Span(12, 17), Span(22, 40)
    found = joined_parties(
        parsed, whole, whole, event="SHELL", seen=([], [(name, 0.9), (ward, 0.9)]), settlements=[name]
    )
    assert [p.text for p in found[1]] == ["the Derna hospital"]


def test_what_it_is_done_with_is_no_target() -> None:
    _, targets = _parties("Ethiopian troops shelled the depot, using tanks and mortars.", "SHELL")
    assert [words for words, _ in targets] == ["the depot"]


def test_the_winner_of_a_town_is_no_target() -> None:
    text = "Zintan fell to the Libyan militias in August."
    assert _joined(text, "CAPTURE", {}, {"the Libyan militias": 0.9}) == (["the Libyan militias"], [])


@pytest.mark.parametrize(
    ("text", "event", "who"),
    [
        ("The garrison of Kidal is besieged by its foes.", "ENCIRCLE", "The garrison of Kidal"),
        ("The last fighters are encircled near the port.", "ENCIRCLE", "The last fighters"),
        ("The Sudanese air force lost two jets.", "DESTROY", "The Sudanese air force"),
    ],
)
def test_who_is_told_to_be_left_so_did_not_do_it(text: str, event: EventType, who: str) -> None:
    agents, targets = _joined(text, event, {who: 0.9}, {})
    assert who not in agents and who in targets


def test_ours_tells_who_holds_it() -> None:
    text = "The bridge is ours."
    parsed = parse(Document(id="t", text=text))
    whole = Span(0, len(text))
    agents, targets = joined_parties(parsed, whole, whole, event="CONTROL", seen=([], []), speaker="SDN")
    assert [(p.text, p.side) for p in agents] == [("ours", "SDN")]
    assert targets == ()


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("The U.S.", "The U.S."),
        ("Two men.", "Two men"),
        ("The suspects who", "The suspects"),
        ("'s police", "police"),
        ("of the two firms,", "the two firms"),
    ],
)
def test_phrases_are_tidied(words: str, kept: str) -> None:
    span = tidy(words, Span(0, len(words)))
    assert span is not None
    assert span.of(words) == kept


def test_what_changes_hands_takes_nothing() -> None:
    assert _joined("The army said it fell to the Houthis.", "CAPTURE", {"it": 0.9, "the Houthis": 0.9})[
        0
    ] == ["the Houthis"]
    assert _joined("Hill 40 changed hands twice.", "CAPTURE", {"Hill 40": 0.9}) == ([], [])


@pytest.mark.parametrize(
    "text",
    [
        "Kenyan troops repelled an attempt by Al-Shabaab to take the bridge.",
        "Kenyan troops beat off an Al-Shabaab assault at dawn.",
        "An Al-Shabaab attack was repelled by Kenyan troops.",
    ],
)
def test_the_attackers_suffer_what_is_repelled(text: str) -> None:
    agents, targets = _joined(text, "CLASH", {"Kenyan troops": 0.9, "Al-Shabaab": 0.6})
    assert (agents, targets) == (["Kenyan troops"], ["Al-Shabaab"])


def test_who_lost_a_town_may_hang_on_its_name() -> None:
    _, targets = _parties("Wagner fighters took two villages from the Tuareg rebels.", "CAPTURE")
    assert [words for words, _ in targets] == ["the Tuareg rebels"]


def test_who_receives_aid_does_not_give_it() -> None:
    assert _parties("Ninety families received flour from Oxfam.", "AID") == (
        [("Oxfam", "Oxfam")],
        [("Ninety families", "CIV")],
    )


def test_who_surely_does_it_acts_whatever_the_word() -> None:
    text = "The bridge was blown up by the retreating party."
    seen = {"The bridge": 0.9}
    assert _joined(text, "DESTROY", {"the retreating party": 0.85}, seen)[0] == ["the retreating party"]
    assert _joined(text, "DESTROY", {"the retreating party": 0.7}, seen)[0] == []


def test_the_next_likeliest_is_taken_where_the_likeliest_does_it() -> None:
    text = "A number of policemen fell to the Tamil Tigers."
    seen = {"A number of policemen": 0.5, "the Tamil Tigers": 0.6}
    agents, targets = _joined(text, "CASUALTIES", {"the Tamil Tigers": 0.9}, seen)
    assert (agents, targets) == (["the Tamil Tigers"], ["A number of policemen"])


@pytest.mark.parametrize(
    ("text", "event", "agents", "other"),
    [
        ("The army, helped by Ugandan divisions, took Goma.", "CAPTURE", "The army", "Ugandan divisions"),
        ("Hezbollah fought alongside the Syrian army.", "CLASH", "Hezbollah", "the Syrian army"),
        (
            "Rebels overran Sirte with the help of the Zintan militia.",
            "CAPTURE",
            "Rebels",
            "the Zintan militia",
        ),
    ],
)
def test_those_who_help_do_it_too(text: str, event: EventType, agents: str, other: str) -> None:
    assert _joined(text, event, {agents: 0.9, other: 0.4})[0] == [agents, other]


@pytest.mark.parametrize(
    ("text", "event", "victims", "others"),
    [
        (
            "Nine soldiers were killed, along with two guides and a cook.",
            "CASUALTIES",
            "Nine soldiers",
            ["two guides", "a cook"],
        ),
        (
            "Six Azerbaijani officers were freed in exchange for ten Armenians.",
            "DETAIN",
            "Six Azerbaijani officers",
            ["ten Armenians"],
        ),
        (
            "Six Azerbaijani officers were freed before ten Armenians.",
            "DETAIN",
            "Six Azerbaijani officers",
            [],
        ),
    ],
)
def test_those_told_along_are_victims_too(
    text: str, event: EventType, victims: str, others: list[str]
) -> None:
    seen = {victims: 0.9, "two guides and a cook" if "cook" in text else "ten Armenians": 0.4}
    assert _joined(text, event, {}, seen)[1] == [victims, *others]


def test_two_sides_before_one_noun_are_two_parties() -> None:
    text = "Heavy fighting between Eritrean and Ethiopian forces went on, and US and British jets flew over."
    assert _parties(text, "CLASH", "Heavy fighting between Eritrean and Ethiopian forces")[0] == [
        ("Eritrean", "ERI"),
        ("Ethiopian forces", "ETH"),
    ]
    text = "Combined Turkish and Syrian National Army forces took Afrin."
    assert [side for _, side in _parties(text, "CAPTURE")[0]] == ["TUR", "Syrian National Army"]
    text = "American, British and French aircraft bombed the depot."
    assert [side for _, side in _parties(text, "AIRSTRIKE")[0]] == ["USA", "GBR", "FRA"]


def test_the_fallen_place_is_no_target_and_its_garrison_is() -> None:
    assert (
        _joined("The television tower fell on Sunday.", "CAPTURE", {}, {"The television tower": 0.9})[1] == []
    )
    assert _joined("The garrison fell on Sunday.", "CAPTURE", {}, {"The garrison": 0.9})[1] == [
        "The garrison"
    ]


def test_a_phrase_goes_on_to_its_noun() -> None:
    text = "The police shot the armed robbers near Accra."
    assert _joined(text, "ATTACK", {"The police": 0.9}, {"the armed": 0.9})[1] == ["the armed robbers"]
    text = "Witnesses said Turkish drones hit the depot."
    assert _joined(text, "AIRSTRIKE", {"Turkish": 0.9}, {"the depot": 0.9})[0] == ["Turkish"]


def test_the_likeliest_is_taken_where_nobody_else_is_found() -> None:
    text = "In Mopti the displaced keep coming."
    assert _joined(text, "DISPLACE", {}, {"the displaced": 0.4})[1] == ["the displaced"]
    assert _joined(text, "AIRSTRIKE", {}, {"the displaced": 0.4})[1] == []
    assert _joined(text, "AIRSTRIKE", {}, {"the displaced": 0.55})[1] == ["the displaced"]
    text = "A council put the toll at nine."
    assert _joined(text, "CASUALTIES", {}, {"nine": 0.4})[1] == []


def test_losses_are_inflicted_by_one_on_another() -> None:
    text, words = (
        "The attackers inflicted heavy losses on the garrison.",
        ({"The attackers": 0.6}, {"the garrison": 0.6}),
    )
    agents, targets = _joined(text, "CASUALTIES", *words)
    assert (agents, targets) == (["The attackers"], ["the garrison"])


@pytest.mark.parametrize(
    ("text", "event", "words", "does"),
    [
        ("By dusk the garrison was besieged.", "ENCIRCLE", "the garrison", False),
        ("The army was hit by a string of ambushes.", "ATTACK", "The army", False),
        ("The village came under artillery fire.", "SHELL", "The village", False),
        ("Niger faced a series of raids.", "ATTACK", "Niger", False),
        ("The brigade took heavy losses near the dam.", "CASUALTIES", "The brigade", False),
        ("Two teachers were shot on the bridge.", "ATTACK", "Two teachers", False),
        ("Villagers ran to the mangroves.", "DISPLACE", "Villagers", False),
        ("They lost the port in May.", "CAPTURE", "They", False),
        ("His troops had not been beaten.", "CLASH", "His troops", False),
        ("It freed a marine taken prisoner near the mill.", "DETAIN", "a marine", False),
        ("The militia was blamed for the blast.", "ATTACK", "The militia", True),
        ("The brigade is believed to have shelled the market.", "SHELL", "The brigade", True),
        ("The brigade was deployed to the border.", "DEPLOY", "The brigade", True),
    ],
)
def test_who_undergoes_something_does_not_do_it(text: str, event: EventType, words: str, does: bool) -> None:
    agents, targets = _joined(text, event, {words: 0.9})
    assert (words in agents) is does
    assert (words in targets) is not does


def test_who_is_accused_of_it_does_it() -> None:
    text = "Addis Ababa sent jets after accusing the TPLF of attacking an army base in Mekelle."
    agents, _ = _parties(text, "ATTACK", "attacking an army base in Mekelle")
    assert agents == [("the TPLF", "Tigray People's Liberation Front")]


def test_words_that_are_cut_off_are_no_part_of_a_party() -> None:
    text = "Eritrean soldiers shot dead hundreds of people. Gunmen on motorbikes fled."
    hundreds, gunmen = text.index("dead hundreds"), text.index("Gunmen on")
    assert tidy(text, Span(hundreds, hundreds + 23)) == Span(hundreds + 5, hundreds + 23)
    assert tidy(text, Span(gunmen, gunmen + 9)) == Span(gunmen, gunmen + 6)
    line = "(CNN) Boko Haram militants freed them."
    assert tidy(line, Span(1, 26)) == Span(6, 26)
