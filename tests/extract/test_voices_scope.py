"""How far words reach: asides, verbs before their subject, further predicates, figures without a verb."""

from __future__ import annotations

import pytest

from fogline.extract.parse import parse
from fogline.extract.voices import attributions
from fogline.model import Document


def told(text: str) -> list[tuple[str | None, str]]:
    """Return source and content of every attribution as text."""
    return [
        (a.source.of(text) if a.source is not None else None, " // ".join(c.of(text) for c in a.content))
        for a in attributions(parse(Document(id="d", text=text)))
    ]


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        (
            "If Hanoi sends its divisions across the Mekong, as it hinted in May, the town will fall.",
            "it",
            "If Hanoi sends its divisions across the Mekong // the town will fall",
        ),
        (
            "Meanwhile, rebel groups broke the truce in the gorge on Friday evening, firing five mortar "
            "shells which fell near the gate and wounded three persons, "
            "a source at the border post told the agency.",
            "a source at the border post",
            "Meanwhile, rebel groups broke the truce in the gorge on Friday evening, firing five mortar "
            "shells which fell near the gate and wounded three persons",
        ),
        ("As the mayor feared, the dam broke on Tuesday.", "the mayor", "the dam broke on Tuesday"),
        (
            "The guerrillas took the police post at dawn, or so their radio announced.",
            "their radio",
            "The guerrillas took the police post at dawn",
        ),
        (
            "Some 9,000 people have left Juba, 2,000 of them by barge, said the Red Cross.",
            "the Red Cross",
            "Some 9,000 people have left Juba, 2,000 of them by barge",
        ),
        (
            "Survivors told the court that soldiers ringed the market, shot the traders, "
            "took the bodies away and burned the stalls.",
            "Survivors",
            "that soldiers ringed the market, shot the traders, took the bodies away and burned the stalls",
        ),
        (
            "About 12,000 people have crossed, according to Unicef, most of them at night.",
            "Unicef",
            "About 12,000 people have crossed // most of them at night",
        ),
        (
            "Nine soldiers died and 14 were wounded, according to the hospital.",
            "the hospital",
            "Nine soldiers died and 14 were wounded",
        ),
        ("The general admits to losing two hills.", "The general", "losing two hills"),
        ("Her deputy put the toll at half that.", "Her deputy", "the toll at half that"),
    ],
)
def test_content_reaches_as_far_as_the_words(text: str, source: str, content: str) -> None:
    assert (source, content) in told(text)


def test_a_described_speaker_is_no_verb_before_its_subject() -> None:
    text = "Omar Farah, the spokesman, announced the capture of Kismayo."
    assert [source for source, _ in told(text)] == ["Omar Farah, the spokesman"]
