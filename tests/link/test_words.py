"""The words by which claims are compared."""

from __future__ import annotations

from fogline.link.words import rare, stems


def test_forms_of_a_word_are_one() -> None:
    assert len(stems("shelled shells shelling")) == 1
    assert len(stems("withdrawn withdraw withdrawal withdrawing")) == 1
    assert stems("captured") == stems("capturing") == stems("captures")


def test_different_words_are_not() -> None:
    assert stems("mosque").isdisjoint(stems("mortar"))
    assert stems("said reported according") == set()


def test_what_many_claims_share_tells_nothing() -> None:
    told = stems("Shelling killed two people at the Kwangmyong foundry")
    assert "shell" in told
    assert rare(told) == stems("Kwangmyong foundry")
