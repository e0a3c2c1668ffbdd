"""Voices that a parser hides: verbs read as nouns, subjects it mistakes, reports and who spread them."""

from __future__ import annotations

import pytest

from fogline.extract.parse import parse
from fogline.extract.voices import attributions
from fogline.model import Attribution, Document, Span


def told(text: str) -> list[tuple[str | None, str]]:
    """Return source and content of every attribution as text."""
    return [(of(text, a.source), " // ".join(c.of(text) for c in a.content)) for a in read(text)]


def read(text: str) -> list[Attribution]:
    return attributions(parse(Document(id="d", text=text)))


def of(text: str, span: Span | None) -> str | None:
    return span.of(text) if span is not None else None


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        (
            "The toll at the mine has risen to nine with the death of a driver from his burns, "
            "doctors in Goma report.",
            "doctors in Goma",
            "The toll at the mine has risen to nine with the death of a driver from his burns",
        ),
        (
            "Another 400 or so, the burial society in Bamako estimates, are still missing.",
            "the burial society in Bamako",
            "Another 400 or so // are still missing",
        ),
        (
            "Analysts at the Lowy Institute reckon that the state's writ does not run in the delta.",
            "Analysts at the Lowy Institute",
            "that the state's writ does not run in the delta",
        ),
    ],
)
def test_a_verb_of_saying_that_is_read_as_a_noun_speaks(text: str, source: str, content: str) -> None:
    assert (source, content) in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "The shelling went on, according to police reports.",
        "He read two papers, a novel and the quarterly estimates.",
        "They had maps, drones and good intelligence reports.",
    ],
)
def test_a_noun_stays_a_noun(text: str) -> None:
    assert not any(content.startswith(("He read", "They had")) for _, content in told(text))
    assert "police" not in {source for source, _ in told(text)}


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        (
            "Senior officers in Lima, speaking on condition of anonymity, believe the War Council has not "
            "sanctioned a new campaign in the south, and point out that not a shot has been fired.",
            "Senior officers in Lima",
            "that not a shot has been fired",
        ),
        (
            "Dryad counts 61 attacks on merchant ships since the Blue Star was seized "
            "and expects the tempo to hold through June.",
            "Dryad",
            "the tempo to hold through June",
        ),
        (
            "The rebels fired first, according to Captain Juan Mora, the army's spokesman in Cali, "
            "who reports no casualties on his side.",
            "Captain Juan Mora, the army's spokesman in Cali",
            "no casualties on his side",
        ),
        (
            "The army, added Lieutenant General Abebe Worku, could be back within three weeks.",
            "Lieutenant General Abebe Worku",
            "The army // could be back within three weeks",
        ),
    ],
)
def test_a_verb_has_the_subject_that_agrees_with_it(text: str, source: str, content: str) -> None:
    assert (source, content) in told(text)


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        (
            "The army denied allegations carried by some channels that artillery had hit a market.",
            "some channels",
            "that artillery had hit a market",
        ),
        (
            "The ministry denied a report in Le Monde that its special forces were on the ground.",
            "Le Monde",
            "that its special forces were on the ground",
        ),
        (
            "The militia denied Turkish assertions that its men had crossed the river.",
            "Turkish",
            "that its men had crossed the river",
        ),
        (
            "The coalition said it was examining reports that an air strike had killed nine people.",
            "reports",
            "that an air strike had killed nine people",
        ),
    ],
)
def test_who_spread_a_report_is_its_voice(text: str, source: str, content: str) -> None:
    assert (source, content) in told(text)


def test_an_allegation_of_no_named_author_has_no_voice_of_its_own() -> None:
    found = told("The Kremlin rejected the allegation that its guns had shelled the plant.")
    assert found == [
        ("The Kremlin", "that its guns had shelled the plant"),
        (None, "that its guns had shelled the plant"),
    ]


def test_the_first_who_posted_a_claim_is_its_voice() -> None:
    text = "The force knows of a claim, posted by a rebel account and aired by a channel, that 14 men died."
    assert of(text, read(text)[-1].source) == "a rebel account"


def test_an_outlet_named_first_passes_on_who_speaks_behind_it() -> None:
    text = "As reported by the AP, Marenko, said Russian steps were being taken."
    found = next(a for a in read(text) if of(text, a.cue) == "said")
    assert (of(text, found.source), found.relays) == ("Marenko", ("the AP",))


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        (
            "Medics said 39 had died since Monday; a local official loyal to the junta gave a figure of 52.",
            "a local official loyal to the junta",
            "52",
        ),
        (
            "The rebels said they had shot it down; the general staff puts the crash down to a fault "
            "and stresses that there was no fighting there.",
            "the general staff",
            "that there was no fighting there",
        ),
        (
            "The militia, silent on Tyre, boasted of having burnt out two tanks near Ayta.",
            "The militia, silent on Tyre",
            "having burnt out two tanks near Ayta",
        ),
        (
            "The guerrillas took responsibility for the mine that struck the convoy.",
            "The guerrillas",
            "the mine that struck the convoy",
        ),
        (
            "Washington had warned Tripoli not to break the truce.",
            "Washington",
            "Tripoli not to break the truce",
        ),
        ("Insurers have guessed at damage of 85 million pounds.", "Insurers", "damage of 85 million pounds"),
    ],
)
def test_figures_boasts_and_responsibility_have_their_own_source(
    text: str, source: str, content: str
) -> None:
    assert (source, content) in told(text)
