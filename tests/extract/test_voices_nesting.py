"""Voices within voices: who passes on whom, and who only stands beside."""

from __future__ import annotations

import pytest

from fogline.extract.parse import parse
from fogline.model import Document
from fogline.pipeline import find_voices


def relays(text: str, voice: str) -> tuple[str, ...]:
    (found,) = {a.relays for a in find_voices(parse(Document(id="d", text=text))) if a.name == voice}
    return found


@pytest.mark.parametrize(
    ("text", "voice", "expected"),
    [
        (
            "The Sudanese army said it had taken the ridge, which residents say was empty.",
            "residents",
            (),
        ),
        (
            "The rebels said they had left the town, a claim that Kigali denied.",
            "Government of Rwanda",
            (),
        ),
        (
            "The navy said the strait was open, while shipowners said it was mined.",
            "shipowners",
            (),
        ),
        (
            "Reuters reported that residents said the mill had burned down.",
            "residents",
            ("Reuters",),
        ),
    ],
)
def test_who_only_stands_beside_passes_nothing_on(text: str, voice: str, expected: tuple[str, ...]) -> None:
    assert relays(text, voice) == expected


def test_a_relay_told_by_a_pronoun_has_a_name() -> None:
    text = "Ana Gil fled on Monday. She said that her neighbours had told of shooting by the well."
    found = find_voices(parse(Document(id="d", text=text)))
    assert all("she" not in map(str.casefold, a.relays) for a in found)


def test_footage_and_buildings_pass_nothing_on() -> None:
    text = "A video shared in the valley showed that the mayor said the bridge was mined."
    assert all(a.relays == () for a in find_voices(parse(Document(id="d", text=text))))


def test_one_who_admits_and_insists_said_both_to_the_same_outlet() -> None:
    text = "A colonel admitted that two hills were lost, but insisted to the BBC that one had been won back."
    found = find_voices(parse(Document(id="d", text=text)))
    assert {a.relays for a in found if a.name == "colonel"} == {("BBC",)}


def test_what_is_cited_as_a_reason_is_nobodys_word() -> None:
    text = "The governor told reporters, citing security concerns, that the road was shut."
    assert all("concerns" not in str(a.name) for a in find_voices(parse(Document(id="d", text=text))))
