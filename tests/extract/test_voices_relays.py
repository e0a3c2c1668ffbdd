"""Chains: through whom words came, and who stands inside whose words."""

from __future__ import annotations

import pytest

from fogline.extract.parse import parse
from fogline.extract.voices import attributions
from fogline.model import Document


def chains(text: str) -> list[tuple[str | None, tuple[str, ...]]]:
    found = attributions(parse(Document(id="d", text=text)))
    return [(a.source.of(text) if a.source else None, a.relays) for a in found]


@pytest.mark.parametrize(
    ("text", "source", "relays"),
    [
        ("Residents told Suspilne that the shelling had gone on all night.", "Residents", ("Suspilne",)),
        ("The admiral told reporters that the ship was afloat.", "The admiral", ()),
        (
            "Reuters reported, citing the General Staff, that Ukrainian units had crossed the Oskil.",
            "the General Staff",
            ("Reuters",),
        ),
        (
            "Interfax, citing a source in the ministry, said two officers had been detained.",
            "a source in the ministry",
            ("Interfax",),
        ),
        (
            "The minister was quoted by AFP as saying that talks would resume in Doha.",
            "The minister",
            ("AFP",),
        ),
        ("As reported by the AP, Haftar said his forces would not leave Jufra.", "Haftar", ("the AP",)),
        (
            "The Houthis, quoted by Al Jazeera, said they had fired four missiles at Abha.",
            "The Houthis",
            ("Al Jazeera",),
        ),
        (
            "The State Department said that Yerevan had assured envoys that the border was calm.",
            "Yerevan",
            ("The State Department",),
        ),
        (
            "TASS reported that the ministry said that pilots had claimed the bridge was down.",
            "pilots",
            ("the ministry", "TASS"),
        ),
        (
            "The army, through state television, denied having crossed the river.",
            "The army",
            ("state television",),
        ),
    ],
)
def test_relays_are_named_innermost_first(text: str, source: str, relays: tuple[str, ...]) -> None:
    assert (source, relays) in [(s, tuple(r)) for s, r in chains(text)]


def test_whoever_denies_words_does_not_pass_them_on() -> None:
    text = "Khartoum denied that the rebels' claim that Nyala had fallen was true."
    inner = [r for s, r in chains(text) if s == "the rebels"]
    assert inner == [()]


@pytest.mark.parametrize(
    ("text", "source", "expected"),
    [
        (
            "Peru's president, in an interview with Radio Programas, said the column had been broken.",
            "Peru's president",
            ("Radio Programas",),
        ),
        ("The minister wrote on Facebook that thirty gunmen had been killed.", "The minister", ()),
        (
            "The farmers told Human Rights Watch that the wells were mined.",
            "The farmers",
            ("Human Rights Watch",),
        ),
        (
            "SANA, quoting an army statement, announced that the town was taken.",
            "an army statement",
            ("SANA",),
        ),
        (
            "Asked by the BBC whether the pass was open, the general said it was shut.",
            "the general",
            ("the BBC",),
        ),
        ("The mayor told the newspaper El Faro that the dam had held.", "The mayor", ("El Faro",)),
        (
            "The widow told the morning programme of Radio Sol that he was dead.",
            "The widow",
            ("Radio Sol",),
        ),
        (
            "The front claimed the raid in a statement carried by the ANF news agency.",
            "The front",
            ("the ANF news agency",),
        ),
        ("The envoy denied rumours on state radio that talks were over.", "The envoy", ()),
        (
            "The rebels told Radio al-Manar that the dam had fallen.",
            "The rebels",
            ("Radio al-Manar",),
        ),
        (
            "Omar Farah told Suspilne, which AFP carried, that the bridge had fallen.",
            "Omar Farah",
            ("Suspilne", "AFP"),
        ),
        (
            "A letter leaked by an official to the Guardian said forty men had been shot.",
            "A letter leaked by an official to the Guardian",
            ("an official", "the Guardian"),
        ),
        ("The navy said in its daily update that two boats had been sunk.", "The navy", ()),
        ("The envoy told a news conference that the truce had held.", "The envoy", ()),
    ],
)
def test_interviews_pass_words_on_and_ones_own_page_or_paper_does_not(
    text: str, source: str, expected: tuple[str, ...]
) -> None:
    found = attributions(parse(Document(id="d", text=text)))
    assert [a.relays for a in found if a.source is not None and a.source.of(text) == source] == [expected]
