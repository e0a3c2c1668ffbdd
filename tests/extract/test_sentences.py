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
