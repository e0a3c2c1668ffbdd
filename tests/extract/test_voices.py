"""Who says what: cues of all kinds, full sources, whole contents."""

from __future__ import annotations

import pytest

from fogline.extract.parse import Parse, parse
from fogline.extract.voices import attributions, outermost
from fogline.extract.voices.lexicon import lexicon
from fogline.model import Attribution, Document, Span


def read(text: str, title: str | None = None) -> Parse:
    return parse(Document(id="d", text=text, title=title))


def found(text: str) -> list[Attribution]:
    return attributions(read(text))


def words(text: str, span: Span | None) -> str | None:
    return None if span is None else span.of(text)


def told(text: str) -> list[tuple[str | None, str | None, str]]:
    """Return source, cue and content of every attribution as text."""
    return [
        (words(text, a.source), words(text, a.cue), " // ".join(c.of(text) for c in a.content))
        for a in found(text)
    ]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        pytest.param(
            "The Sudanese army said that its troops had retaken the bridge at Shambat.",
            "The Sudanese army",
            "said",
            "that its troops had retaken the bridge at Shambat",
            id="saying",
        ),
        pytest.param(
            "Analysts believe the rebels are running short of shells.",
            "Analysts",
            "believe",
            "the rebels are running short of shells",
            id="thinking",
        ),
        pytest.param(
            "The president vowed to retake every village by spring.",
            "The president",
            "vowed",
            "to retake every village by spring",
            id="intending",
        ),
        pytest.param(
            "Observers found that the warehouse had been emptied.",
            "Observers",
            "found",
            "that the warehouse had been emptied",
            id="perceiving",
        ),
        pytest.param(
            "Satellite images indicate that the runway at Hodeidah was hit twice.",
            "Satellite images",
            "indicate",
            "that the runway at Hodeidah was hit twice",
            id="showing",
        ),
        pytest.param(
            "The mayor accused the militia of looting the hospital.",
            "The mayor",
            "accused",
            "the militia of looting the hospital",
            id="accusing",
        ),
        pytest.param(
            "The ministry put the toll at 40, most of them civilians.",
            "The ministry",
            "put",
            "the toll at 40, most of them civilians",
            id="putting a figure",
        ),
        pytest.param(
            "The foreign minister ruled out a truce.",
            "The foreign minister",
            "ruled out",
            "a truce",
            id="a verb with its particle",
        ),
        pytest.param(
            "The claim that Goma had fallen spread within hours.",
            None,
            "claim",
            "that Goma had fallen",
            id="a noun without a source",
        ),
        pytest.param(
            "The army's plan to storm Marawi leaked on Tuesday.",
            "The army",
            "plan",
            "to storm Marawi",
            id="a noun with an owner",
        ),
        pytest.param(
            "The general was sure that the pass would hold.",
            "The general",
            "sure",
            "that the pass would hold",
            id="an adjective of mind",
        ),
        pytest.param(
            "According to the United Nations, 14,000 people have fled Tigray since Monday.",
            "the United Nations",
            "According to",
            "14,000 people have fled Tigray since Monday",
            id="according to, first",
        ),
        pytest.param(
            "Fourteen thousand people have fled Tigray since Monday, according to the United Nations.",
            "the United Nations",
            "according to",
            "Fourteen thousand people have fled Tigray since Monday",
            id="according to, last",
        ),
        pytest.param(
            "In the words of one diplomat, the ceasefire was dead before it was signed.",
            "one diplomat",
            "In the words of",
            "the ceasefire was dead before it was signed",
            id="in the words of",
        ),
        pytest.param(
            "In its view, the attack on El Fasher was planned in Nyala.",
            "its",
            "In its view",
            "the attack on El Fasher was planned in Nyala",
            id="in its view",
        ),
        pytest.param(
            "The bridge at Antonivka was reportedly destroyed on Friday.",
            None,
            "reportedly",
            "The bridge at Antonivka was // destroyed on Friday",
            id="an adverb with no source",
        ),
        pytest.param(
            "Moscow: troops regrouped near Lyman\n\nThe Russian army moved two brigades on Sunday.",
            "Moscow",
            ":",
            "troops regrouped near Lyman",
            id="a headline with a colon",
        ),
        pytest.param(
            "Houthis - ship hit in the Red Sea\n\nA tanker was damaged on Sunday.",
            "Houthis",
            " -",
            "ship hit in the Red Sea",
            id="a headline with a dash",
        ),
        pytest.param(
            "The commander is believed to have fled across the border into Chad.",
            None,
            "is believed",
            "The commander // to have fled across the border into Chad",
            id="passive without a source",
        ),
        pytest.param(
            "It is reported that four soldiers were wounded near Stepanakert.",
            None,
            "is reported",
            "that four soldiers were wounded near Stepanakert",
            id="it is reported",
        ),
        pytest.param(
            "Rebels have surrounded the airport, the governor said, and no flights can land.",
            "the governor",
            "said",
            "Rebels have surrounded the airport // and no flights can land",
            id="a cue in the middle",
        ),
        pytest.param(
            "The police came first; two shops were looted, the grocer said.",
            "the grocer",
            "said",
            "two shops were looted",
            id="a semicolon bounds the clause",
        ),
        pytest.param(
            "State media said, without giving a source, that the town of Saraqib had been cleared.",
            "State media",
            "said",
            "that the town of Saraqib had been cleared",
            id="an aside between cue and clause",
        ),
        pytest.param(
            "All four on board died, the harbour master said that day.",
            "the harbour master",
            "said",
            "All four on board died",
            id="that day opens no clause",
        ),
        pytest.param(
            "Villagers told the court that soldiers came at night, shot the men and had burned the mill.",
            "Villagers",
            "told",
            "that soldiers came at night, shot the men and had burned the mill",
            id="further predicates belong to what is said",
        ),
        pytest.param(
            "KHARTOUM, May 2 (Reuters) - The army said two drones had been shot down.",
            "The army",
            "said",
            "two drones had been shot down",
            id="a dateline is nobody's words",
        ),
    ],
)
def test_each_kind_of_cue(text: str, source: str | None, cue: str, content: str) -> None:
    assert (source, cue, content) in told(text)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (
            "Colonel Abu Bakr Mansour, a spokesman for the Libyan National Army, said drones were lost.",
            "Colonel Abu Bakr Mansour, a spokesman for the Libyan National Army",
        ),
        (
            "Two officials who asked not to be named said the convoy had been turned back.",
            "Two officials who asked not to be named",
        ),
        ("Kyiv's claim that it had sunk the ship was not confirmed.", "Kyiv"),
        ("The video shows two tanks burning beside a canal.", "The video"),
        ("They said the well was dry.", "They"),
        ("Amina Yusuf, who fled Bama with her sons, said the market was burning.", "Amina Yusuf"),
        ("The refugees say Turkish and Russian patrols have stopped.", "The refugees"),
    ],
)
def test_the_source_is_the_full_mention(text: str, source: str) -> None:
    assert source in [s for s, _, _ in told(text)]


def test_a_second_cue_is_not_part_of_what_the_first_says() -> None:
    text = "The governor confirmed the shelling of Nikopol but denied that the plant had been hit."
    first, second = found(text)
    assert words(text, first.source) == words(text, second.source) == "The governor"
    assert [c.of(text) for c in first.content] == ["the shelling of Nikopol"]
    assert [c.of(text) for c in second.content] == ["that the plant had been hit"]
    assert (first.denies, second.denies) == (False, True)


def test_what_is_added_has_the_same_source() -> None:
    text = "The institute expects the offensive to slow, adding that mines cover the northern road."
    assert told(text) == [
        ("The institute", "expects", "the offensive to slow"),
        ("The institute", "adding", "that mines cover the northern road"),
    ]


def test_two_voices_of_one_sentence_stay_apart() -> None:
    text = "Azerbaijan said its army had entered the village, while Armenia said the attack had failed."
    assert told(text) == [
        ("Azerbaijan", "said", "its army had entered the village"),
        ("Armenia", "said", "the attack had failed"),
    ]


def test_hedges_are_told_by_their_words() -> None:
    text = "Western officials estimate that the brigade has lost half its tanks."
    assert [a.hedge for a in found(text)] == ["estimate"]
    assert [a.hedge for a in found("The army announced that the road was open.")] == [None]


def test_not_denying_is_no_denial() -> None:
    (told_so,) = found("The army did not deny that the depot had been hit.")
    assert told_so.denies is False


def test_a_verb_that_only_sometimes_speaks_needs_its_clause() -> None:
    assert told("Marines hold the ridge above the town.") == []
    assert ("The court", "held", "that the order was void") in told("The court held that the order was void.")


def test_what_claims_lives_says_nothing() -> None:
    assert told("The blast claimed 12 lives in Kabul.") == []
    assert told("The group claimed the blast in Kabul.") != []


def test_who_confirms_a_quotation_stands_behind_it() -> None:
    text = '"Switzerland facilitated contacts with the rebels," confirmed ministry spokesman Urs Egli.'
    assert [who for who, _, _ in told(text)] == ["ministry spokesman Urs Egli"]


def test_outermost_leaves_out_what_stands_in_another_voice() -> None:
    text = "The BBC reported that witnesses said the market had been shelled."
    everything = found(text)
    assert [words(text, a.source) for a in everything] == ["The BBC", "witnesses"]
    assert [words(text, a.source) for a in outermost(everything)] == ["The BBC"]


def test_an_empty_document_has_no_voices() -> None:
    assert found("") == []
    assert found("\n \n") == []


def test_cue_data_is_consistent() -> None:
    cues = lexicon()
    for table in (cues.verbs, cues.nouns, cues.adjectives):
        for lemma, cue in table.items():
            assert lemma == lemma.strip().lower()
            assert cue.frames or cue.preps, lemma
    assert all(cue.frames for cue in cues.phrasal.values())
