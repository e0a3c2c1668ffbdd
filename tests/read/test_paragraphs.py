"""Printed lines joined into paragraphs."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fogline.read.paragraphs import Line, join

WORDS = st.lists(st.sampled_from(["shells", "fell", "on", "Sirte.", "said", "he"]), min_size=1, max_size=12)


def page(*lines: str, top: float = 800, pitch: float = 14) -> list[Line]:
    """Return lines that stand below each other, five points a letter."""
    return [
        Line(text, 50, 50 + 5 * len(text), top - pitch * place, 11)
        for place, text in enumerate(lines)
        if text
    ]


def test_an_empty_line_ends_a_paragraph() -> None:
    assert join([page("Shells fell on the", "harbour.", "", "It was over", "by noon.")]) == (
        "Shells fell on the harbour.\nIt was over by noon."
    )


def test_an_indented_line_begins_a_paragraph() -> None:
    lines = page(
        "Shells fell on the harbour", "of Sirte, he told us all.", "It was over by noon, said", "the mayor."
    )
    lines[2] = lines[2]._replace(left=65, right=65 + 125)
    assert (
        join([lines])
        == "Shells fell on the harbour of Sirte, he told us all.\nIt was over by noon, said the mayor."
    )


def test_a_line_with_room_for_the_next_word_ends_a_paragraph_where_it_ends_a_sentence() -> None:
    lines = page(
        "Shells fell on the harbour all of", "Monday.", "It was over by noon, the mayor of", "Sirte", "said."
    )
    assert (
        join([lines])
        == "Shells fell on the harbour all of Monday.\nIt was over by noon, the mayor of Sirte said."
    )


def test_bullets_begin_paragraphs() -> None:
    assert join([page("• Shells fell on", "the harbour", "• Two houses burnt", "1. Nothing else")]) == (
        "• Shells fell on the harbour\n• Two houses burnt\n1. Nothing else"
    )


@pytest.mark.parametrize("number", ["3", "- 3 -", "Page 3", "page 3 of 12", "3/12"])
def test_page_numbers_are_dropped(number: str) -> None:
    assert join([page("Shells fell on the", "harbour.", "", number)]) == "Shells fell on the harbour."


def test_a_number_inside_a_page_stays() -> None:
    assert join([page("The dead were", "3", "and the wounded were", "14, the mayor of Sirte", "said.")]) == (
        "The dead were 3 and the wounded were 14, the mayor of Sirte said."
    )


def test_a_number_that_ends_the_text_of_a_page_stays() -> None:
    assert join([page("The mayor put the dead at", "14")]) == "The mayor put the dead at 14"


def test_a_number_alone_on_a_page_stays() -> None:
    assert join([page("2014")]) == "2014"


def test_running_heads_are_dropped_from_three_pages_on() -> None:
    texts = ("Shells fell", "They fell again", "Nobody knows why")
    pages = [page(f"Review {n}", text, "and", "on", "here.") for n, text in enumerate(texts)]
    assert "Review" not in join(pages)
    assert join(pages[:2]).count("Review") == 2


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("the coun\ufffe", "tryside", "the countryside"),
        ("the coun\u00ad", "tryside", "the countryside"),
        ("the coun-", "tryside", "the countryside"),
        ("near Al-", "Jawf", "near Al-Jawf"),
        ("in 2014\ufffe", "15", "in 2014-15"),
        ("the years 2014\u2013", "15", "the years 2014\u201315"),
        ("talks \u2013", "at last", "talks \u2013 at last"),
        ("pro-Russian and pro-", "Russian", "pro-Russian and pro-Russian"),
        ("a counter-attack, one counter-", "attack", "a counter-attack, one counter-attack"),
    ],
)
def test_words_broken_at_a_line_end_are_joined(first: str, second: str, whole: str) -> None:
    assert join([page(first, second)]) == whole


@settings(deadline=None)
@given(st.lists(st.lists(WORDS, min_size=1, max_size=8), min_size=1, max_size=2))
def test_no_word_is_lost_and_none_made_up(pages: list[list[list[str]]]) -> None:
    printed = [page(*(" ".join(words) for words in lines)) for lines in pages]
    assert join(printed).split() == [word for lines in pages for words in lines for word in words]


def test_nothing_gives_nothing() -> None:
    assert join([]) == ""
    assert join([[]]) == ""


def test_many_lines_take_time_in_proportion() -> None:
    begun = time.monotonic()
    join([page(*["-" * 100 + "a" * 100] * 50) for _ in range(100)])
    join([page("1" * 100_000, "\ufffe" * 100_000, "a-" * 100_000)])
    assert time.monotonic() - begun < 10
