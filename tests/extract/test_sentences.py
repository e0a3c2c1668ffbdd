"""Sentences, on the hard cases of reports, and on junk."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fogline.extract.sentences import sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gen. Haftar's men left Tarhuna. They went at 5 p.m. on Friday.", 2),
        ("“The town is ours.” He said no more.", 2),
        ("Nine died, the U.N. said. The U.S. sent aid.", 2),
        ("Lt. Col. A. B. Mensah spoke to the U.N. The session ended.", 2),
        ("Rebels took Goma\nThe army fled", 2),
        ("He asked: “Who fired?” and left.", 1),
        ("About 2.5 million fled... Others stayed.", 2),
        ("", 0),
        (" \n\n ", 0),
    ],
)
def test_sentences(text: str, expected: int) -> None:
    assert len(sentences(text)) == expected


@given(st.text(alphabet='ab.?! \n"”’)A', max_size=200))
def test_sentences_hold_every_letter_once_and_in_order(text: str) -> None:
    spans = sentences(text)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert "".join("".join(s.of(text).split()) for s in spans) == "".join(text.split())


@pytest.mark.parametrize("junk", [".", " ", "\n", ". ", '"', "a.b", "!?"])
def test_junk_takes_time_in_proportion_to_its_length(junk: str) -> None:
    text = junk * (1_000_000 // len(junk))
    begun = time.process_time()
    sentences(text)
    assert time.process_time() - begun < 8


WRAPPED = """Government troops shelled two villages north of
the town of Kadugli on Tuesday, killing at least nine
people and driving hundreds of families into the hills, a
church official said.
    The army did not comment. Rebels of the northern wing
claimed that they had taken the garrison at Talodi after
a fight of six hours, and said that they would hold the
town.

NO WORD FROM KHARTOUM
    Aid workers confirmed the shelling."""


def test_a_full_line_does_not_end_a_sentence_in_text_set_in_lines() -> None:
    told = [" ".join(s.of(WRAPPED).split()) for s in sentences(WRAPPED)]
    assert told[0].startswith("Government troops") and told[0].endswith("a church official said.")
    assert told[1] == "The army did not comment."
    assert told[2].endswith("and said that they would hold the town.")
    assert told[3:] == ["NO WORD FROM KHARTOUM", "Aid workers confirmed the shelling."]


def test_lines_of_different_length_are_paragraphs() -> None:
    text = "Troops enter Gao\nBamako, 25 January\nFrench jets struck\nThe mayor fled\nShops reopened today"
    assert len(sentences(text)) == 5


def test_a_sentence_goes_on_behind_a_quotation_that_asks_or_cries_out() -> None:
    assert len(sentences("“Are you still there?” President Deby said. “Who will bury them?”")) == 2
    assert len(sentences("“Why did they shell us?” The ruins smoked.")) == 2
    assert len(sentences("“They took the bridge!” The colonel said that more would come.")) == 2
