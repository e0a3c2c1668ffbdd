"""Who vouches for a claim: the innermost voice that holds its evidence."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fogline.extract.parse import parse
from fogline.extract.voices import attributions
from fogline.model import Document, Span
from fogline.resolve.references import References
from fogline.resolve.voices import NARRATED, ClaimVoice, Voices, claim_voice, named


def voice(text: str, evidence: str) -> ClaimVoice:
    parsed = parse(Document(id="d", text=text))
    start = text.index(evidence)
    found = named(attributions(parsed), References(parsed))
    return claim_voice(parsed, Span(start, start + len(evidence)), found)


def speaker(text: str, evidence: str) -> str | None:
    found = voice(text, evidence).speaker
    return found.text if found is not None else None


@pytest.mark.parametrize(
    ("text", "evidence", "expected"),
    [
        (
            "The army said rebels had shelled the port of Mocha.",
            "rebels had shelled the port of Mocha",
            "The army",
        ),
        ("Rebels shelled the port of Mocha on Sunday.", "Rebels shelled the port of Mocha", None),
        (
            "The BBC reported that witnesses said the market had been shelled.",
            "the market had been shelled",
            "witnesses",
        ),
        ("Turkey believes the militia has 4,000 men.", "the militia has 4,000 men", "Turkey"),
        ("The president vowed to retake Lachin.", "retake Lachin", "The president"),
        ("Kenya plans to withdraw its troops from Somalia.", "withdraw its troops from Somalia", None),
        ("Footage shows a tank burning near Saraqib.", "a tank burning near Saraqib", None),
        ("Photographs taken by residents show the bridge destroyed.", "the bridge destroyed", None),
        (
            "The militia, which controls the dam, said the turbines were safe.",
            "which controls the dam",
            None,
        ),
        (
            "Officers said the convoy left Gao, which jihadists seized in 2012, on Friday.",
            "which jihadists seized in 2012",
            None,
        ),
        (
            "The ministry denied that its planes had bombed Hajjah.",
            "its planes had bombed Hajjah",
            "The ministry",
        ),
        (
            "The general accused Eritrea of shelling Zalambessa.",
            "Eritrea of shelling Zalambessa",
            "The general",
        ),
        ("We counted twelve graves behind the church.", "twelve graves behind the church", None),
        (
            '"We burned their lorries," said Omar Farah, a fighter.',
            "We burned their lorries",
            "Omar Farah, a fighter",
        ),
        (
            '"We lost the hill," he said. "They took the mast. Nobody could stop them."',
            "They took the mast",
            "he",
        ),
        ("SANA - The port was hit twice overnight.", "The port was hit twice overnight", None),
        (
            "According to the UN, 900 people crossed at Adré; the town itself was calm.",
            "900 people crossed at Adré",
            "the UN",
        ),
    ],
)
def test_the_innermost_voice_vouches(text: str, evidence: str, expected: str | None) -> None:
    assert speaker(text, evidence) == expected


def test_a_bare_denial_is_a_claim_of_the_denier() -> None:
    found = voice("Residents spoke of a raid. The Kremlin denied it.", "The Kremlin denied it")
    assert found.speaker is not None
    assert found.speaker.text == "The Kremlin"
    assert found.denies


def test_confirmed_and_denied_are_told_apart() -> None:
    text = "The governor confirmed that Nikopol had been shelled but denied that the plant had been hit."
    assert not voice(text, "Nikopol had been shelled").denies
    assert voice(text, "the plant had been hit").denies


def test_modes_follow_the_evidence() -> None:
    text = 'The general said the road was open and that "no shell has fallen since Monday".'
    assert voice(text, "the road was open").mode == "indirect"
    assert voice(text, "no shell has fallen since Monday").mode == "direct"
    mixed = 'The ministry said its men had "liberated" the village of Khvalynka.'
    assert voice(mixed, 'its men had "liberated" the village of Khvalynka').mode == "mixed"
    assert voice("Rain fell on Donetsk.", "Rain fell on Donetsk") == NARRATED


def test_relays_and_hedges_are_kept() -> None:
    found = voice("Officials told Reuters that the base had been emptied.", "the base had been emptied")
    assert found.relays == ("Reuters",)
    assert found.hedge is None
    hedged = voice("Analysts estimate that 300 men crossed the border.", "300 men crossed the border")
    assert hedged.hedge == "estimate"


def test_every_voice_says_what_it_rests_on() -> None:
    found = voice("The army said rebels had shelled Mocha.", "rebels had shelled Mocha")
    assert found.reason == "verb: said"
    assert NARRATED.reason == "nobody but the outlet tells it"


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 70), st.integers(1, 40))
def test_any_evidence_gets_an_answer(start: int, length: int) -> None:
    text = 'The army said "rebels had shelled Mocha", and the port, it added, was closed.'
    parsed = parse(Document(id="d", text=text))
    voices = Voices(parsed, attributions(parsed))
    evidence = Span(min(start, len(text) - 1), min(start + length, len(text)))
    answer = voices.of(evidence)
    assert (answer.speaker is None) == (answer.mode == "narrated")


def test_a_relay_holds_while_the_same_voice_goes_on() -> None:
    text = (
        "Governor Amina Yusuf told the BBC that the dam was safe. Yusuf said that the turbines had stopped."
    )
    assert voice(text, "the turbines had stopped").relays == voice(text, "the dam was safe").relays != ()


def test_a_reader_lends_weight_to_the_speaker_it_sees() -> None:
    text = "Residents of Mekelle said the army had left, and soldiers burned the depot at Quiha."
    parsed = parse(Document(id="d", text=text))
    voices = Voices(parsed, named(attributions(parsed), References(parsed)))
    claim = Span(text.index("soldiers"), len(text) - 1)
    told = voices.of(claim, attributed=0.99, spans=[(Span(0, len("Residents of Mekelle")), 0.95)]).speaker
    assert told is not None
    assert told.text == "Residents of Mekelle"
    assert voices.of(claim, attributed=0.01) == NARRATED


def test_a_speaker_whom_only_the_reader_sees_is_kept_by_name() -> None:
    text = "The depot fell at noon. By Khartoum's telling, so it goes at Meroe, soldiers burned the granary."
    parsed = parse(Document(id="d", text=text))
    voices = Voices(parsed, [])
    claim = Span(text.index("soldiers"), len(text) - 1)
    words = Span(text.index("Khartoum"), text.index("'s"))
    told = voices.of(claim, attributed=0.99, spans=[(words, 0.9)])
    assert told.speaker is not None
    assert (told.speaker.text, told.speaker.side) == ("Khartoum", "SDN")
    assert told.reason == "the trained reader takes it for who speaks"
    assert voices.of(claim, attributed=0.02, spans=[(words, 0.9)]) == NARRATED
    assert voices.of(claim, attributed=0.99, spans=[(words, 0.4)]) == NARRATED


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("At least 40 died, a figure that does not count the 12 men who drowned.", "the 12 men who drowned"),
        ("An accord that October saw two brigades pulled out of Juba.", "two brigades pulled out of Juba"),
        ("A truck indicated that the column had left Kidal.", "the column had left Kidal"),
        ("Nobody disputes that the column had left Kidal.", "the column had left Kidal"),
    ],
)
def test_things_and_times_vouch_for_nothing(text: str, evidence: str) -> None:
    assert voice(text, evidence).speaker is None


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        (
            "Pictures were taken in Palma, which the group has held since August, readers have pointed out.",
            "Palma, which the group has held since August",
        ),
        (
            "Troops freed 30 pupils, the army said, twelve days after gunmen took them from a school.",
            "twelve days after gunmen took them from a school",
        ),
        (
            "The militia, which blamed the army, has held no post in the town since May.",
            "The militia, which blamed the army, has held no post in the town since May",
        ),
    ],
)
def test_what_is_told_beside_it_is_the_outlets(text: str, evidence: str) -> None:
    assert voice(text, evidence).speaker is None


def test_behind_a_semicolon_somebody_else_speaks() -> None:
    text = "Colonel Diallo announced that Sevare had been retaken; the rebels denied having lost it."
    whole = "Sevare had been retaken; the rebels denied"
    assert speaker(text, whole) == speaker(text, "Sevare had been retaken") == "Colonel Diallo"


def test_how_a_claim_is_told_is_a_ground_for_its_voice() -> None:
    text = "The mayor said the bridge had fallen."
    parsed = parse(Document(id="d", text=text))
    claim = Span(text.index("the bridge"), len(text) - 1)
    options = Voices(parsed, attributions(parsed)).choices(claim, status="denied")
    assert all(any("status=denied" in f for f in o.features) for o in options)


def test_the_outlet_is_always_a_choice_and_comes_first() -> None:
    text = "The mayor said the bridge had fallen."
    parsed = parse(Document(id="d", text=text))
    options = Voices(parsed, attributions(parsed)).choices(Span(text.index("the bridge"), len(text) - 1))
    assert [o.attribution and o.attribution.reason for o in options] == [None, "verb: said"]
    assert all(o.features for o in options)


@pytest.mark.parametrize(
    ("cue", "attitude"),
    [("claimed", "claimed"), ("admitted", "admitted"), ("conceded", "admitted"), ("said", None)],
)
def test_the_reporters_attitude_is_kept(cue: str, attitude: str | None) -> None:
    text = f"The rebels {cue} that they had lost the hill above Bunia."
    assert voice(text, "they had lost the hill above Bunia").attitude == attitude


def test_a_cited_voice_is_found_where_its_cue_stands_in_the_clause() -> None:
    text = "Reuters reported, citing the General Staff, that Russian troops shelled Kupiansk."
    found = voice(text, "Russian troops shelled Kupiansk")
    assert found.speaker is not None
    assert (found.speaker.text, found.relays) == ("the General Staff", ("Reuters",))


def test_the_us_is_a_state_and_not_us() -> None:
    text = "The campaign followed a US announcement that it would train a border force in Hasakah."
    told = voice(text, "it would train a border force in Hasakah").speaker
    assert told is not None
    assert (told.text, told.name, told.side) == ("US", "Government of the United States", "USA")


def test_a_medium_that_passes_on_what_others_say_is_a_relay() -> None:
    text = "The New York Times said that Malian officials had estimated that dozens of settlers were killed."
    found = voice(text, "dozens of settlers were killed")
    assert found.speaker is not None
    assert found.speaker.text == "Malian officials"
    assert found.relays == ("The New York Times",)


def test_a_repeated_pronoun_means_whom_the_one_before_meant() -> None:
    text = "M23 rebels came at dawn. They told us the army had fled. They said that Goma would fall next."
    first, second = voice(text, "the army had fled").speaker, voice(text, "Goma would fall next").speaker
    assert first is not None
    assert second is not None
    assert first.name == second.name


def test_what_there_was_none_of_does_not_speak() -> None:
    text = "The ministry made no mention of it and Ukraine said fighting was still going on."
    assert speaker(text, "fighting was still going on") == "Ukraine"
