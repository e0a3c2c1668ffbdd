"""What nobody could check is marked, and nothing else."""

from __future__ import annotations

import pytest

from fogline.extract.sentences import sentences
from fogline.model import Span
from fogline.resolve.verification import unverified


def marked(text: str, *claims: str) -> list[str]:
    spans = [Span(text.index(c), text.index(c) + len(c)) for c in claims]
    found = unverified(text, sentences(text), spans)
    return [s.of(text) for s in spans if s in found]


@pytest.mark.parametrize(
    ("text", "claims", "expected"),
    [
        (
            "The rebels said they had taken Bria. The claim could not be independently verified.",
            ["they had taken Bria"],
            ["they had taken Bria"],
        ),
        (
            "The militia said it had burned six lorries near Marib, which Reuters could not verify.",
            ["it had burned six lorries near Marib"],
            ["it had burned six lorries near Marib"],
        ),
        (
            "Mortars fell on Hodeidah. The agency could not verify that a ship had been hit.",
            ["Mortars fell on Hodeidah", "a ship had been hit"],
            ["a ship had been hit"],
        ),
        (
            "Reports that they had crossed the Tekeze could not be confirmed. Rain fell on Adwa.",
            ["they had crossed the Tekeze", "Rain fell on Adwa"],
            ["they had crossed the Tekeze"],
        ),
        (
            "Officials verified that the bridge at Singa had fallen.",
            ["the bridge at Singa had fallen"],
            [],
        ),
        (
            "Shells hit the port.\n\nIt has been verified. The army left Palma.",
            ["Shells hit the port", "The army left Palma"],
            [],
        ),
    ],
)
def test_the_flag_goes_to_what_is_spoken_of(text: str, claims: list[str], expected: list[str]) -> None:
    assert marked(text, *claims) == expected


def test_junk_costs_no_more_than_its_length() -> None:
    junk = "could not be be not " * 20_000
    assert unverified(junk, [Span(0, len(junk))], []) == set()
