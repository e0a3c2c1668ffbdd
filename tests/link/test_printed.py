"""Claims that are one text, printed twice, are linked for certain."""

from __future__ import annotations

from datetime import date

from made import said

from fogline.link.pairs import Link
from fogline.link.printed import printed_twice, with_printed
from fogline.model import Copy

WORDS = "gunmen crossed the river below Goma before first light and burned the ferry landing"


def test_copied_words_link_however_they_were_read() -> None:
    wire = said(WORDS, "ATTACK", document="wire", told=date(2023, 2, 9))
    paper = said(WORDS, "DESTROY", document="paper", told=date(2023, 2, 16))
    other = said("gunmen crossed the river below Goma", "ATTACK", document="other")
    copy = Copy(
        document="paper", start=0, end=len(WORDS), source="wire", source_start=0, source_end=len(WORDS),
        words=14, similarity=1.0, reason="",
    )  # fmt: skip
    one, two = sorted((wire.claim.id, paper.claim.id))
    why = "they are one text, printed twice (+8.0)."
    assert printed_twice([wire, paper, other], [copy]) == [Link(one, two, 8.0, why)]
    assert printed_twice([wire, paper, other], []) == []


def test_what_is_printed_twice_counts_before_what_was_compared() -> None:
    compared = [Link("b", "c", 1.0, "alike."), Link("a", "b", 2.0, "alike.")]
    certain = Link("b", "c", 8.0, "one text.")
    assert with_printed(compared, [certain]) == [compared[1], certain]
