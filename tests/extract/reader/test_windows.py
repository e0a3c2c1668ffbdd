"""Windows: what the reader sees of a document."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace

from fogline.extract.reader.windows import CONTEXT, windows
from fogline.extract.sentences import sentences

WORDS = ["rebels", "took", "the", "town", "on", "monday", "."]


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    tokenizer = Tokenizer(
        WordLevel({w: i for i, w in enumerate(["[UNK]", "[CLS]", "[SEP]", *WORDS])}, "[UNK]")
    )
    tokenizer.pre_tokenizer = Whitespace()
    return tokenizer


def test_sentences_are_packed_up_to_the_limit_with_the_sentence_before_as_context(
    tokenizer: Tokenizer,
) -> None:
    text = "Rebels took the town. The town took rebels. On monday the town took the rebels."
    spans = sentences(text)
    first, second = windows(text, spans, tokenizer, limit=10)
    assert (first.first, second.first) == (0, 2)
    assert set(first.sentence) == {0, 1}
    assert set(second.sentence) == {1, 2}
    assert second.characters(1, 6).of(text) == "The town took rebels."


def test_a_sentence_that_is_not_wanted_serves_as_context_only(tokenizer: Tokenizer) -> None:
    text = "Rebels took the town. The town took rebels. On monday the town took the rebels."
    (only,) = windows(text, sentences(text), tokenizer, wanted=[False, False, True])
    assert only.first == 2
    assert set(only.sentence) == {1, 2}


def test_a_long_sentence_is_cut_and_is_no_context(tokenizer: Tokenizer) -> None:
    long = " ".join(["town"] * (CONTEXT + 10)) + "."
    text = f"{long} Rebels took the town."
    first, second = windows(text, sentences(text), tokenizer, limit=CONTEXT + 5)
    assert len(first) == CONTEXT + 5 + 2
    assert set(second.sentence) == {1}


@given(st.lists(st.lists(st.sampled_from(WORDS[:-1]), min_size=1, max_size=12), min_size=1, max_size=12))
def test_every_piece_of_a_wanted_sentence_is_read_once(tokenizer: Tokenizer, lines: list[list[str]]) -> None:
    text = "\n\n".join(" ".join(line) for line in lines)
    spans = sentences(text)
    read = [
        (a, b)
        for window in windows(text, spans, tokenizer, limit=16)
        for a, b, s in zip(window.starts, window.ends, window.sentence, strict=True)
        if a >= 0 and s >= window.first
    ]
    assert read == [
        (s.start + a, s.start + b)
        for s in spans
        for a, b in tokenizer.encode(s.of(text), add_special_tokens=False).offsets
    ]
