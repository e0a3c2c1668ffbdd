"""Words are found by their beginnings and parts exactly as by looking through every text."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from fogline.serve.words import Words, folded, holding, tokens

TEXTS = st.lists(st.text(alphabet="abİéß Дд-\n.'_1", max_size=12), max_size=8)
PART = st.text(alphabet="abéßдД1", min_size=1, max_size=3)


@given(texts=TEXTS, part=PART)
def test_beginnings_and_parts_are_those_of_the_words(texts: list[str], part: str) -> None:
    words, sought = Words(texts), folded(part)
    assert words.beginning(sought).tolist() == [any(t.startswith(sought) for t in tokens(x)) for x in texts]
    assert words.containing(sought).tolist() == [any(sought in t for t in tokens(x)) for x in texts]


@given(texts=TEXTS, sought=st.text(alphabet="abéß Дд-.1", min_size=1, max_size=4))
def test_very_words_are_found_in_any_case(texts: list[str], sought: str) -> None:
    lowered = [text.lower() for text in texts]
    exact = " ".join(sought.split()).lower()
    assert holding(Words(texts), lowered, sought).tolist() == [exact in text for text in lowered]


def test_case_and_accents_do_not_count() -> None:
    words = Words(["Кремль", "Élysée palace", "the elysium"])
    assert np.flatnonzero(words.beginning(folded("elys"))).tolist() == [1, 2]
    assert np.flatnonzero(words.beginning(folded("КРЕМ"))).tolist() == [0]


def test_no_texts_hold_nothing() -> None:
    assert Words([]).beginning("a").tolist() == []
    assert Words([]).containing("a").tolist() == []
