"""Figures, each with its range, unit and kind."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fogline.extract.numbers import number_value, ordinal_value
from fogline.extract.quantities import quantities
from fogline.model import Document, Quantity


def read(text: str) -> list[Quantity]:
    return [q for q in quantities(Document(id="d", text=text)) if "singular" not in q.flags]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("twenty-five", (25, 25)),
        ("two hundred and six", (206, 206)),
        ("1,250", (1250, 1250)),
        ("1.2 million", (1_200_000, 1_200_000)),
        ("half a dozen", (6, 6)),
        ("two dozen", (24, 24)),
        ("a hundred", (100, 100)),
        ("a hundred thousand", (100_000, 100_000)),
        ("half a million", (500_000, 500_000)),
        ("several hundred", (300, 999)),
        ("several thousand", (3000, 9999)),
        ("tens of thousands", (20_000, 99_000)),
        ("dozens", (24, 99)),
        ("scores", (40, 99)),
        ("four and a half", (4.5, 4.5)),
    ],
)
def test_number_words(words: str, value: tuple[float, float]) -> None:
    assert number_value(words) == value


def test_words_that_are_no_number() -> None:
    assert number_value("brigade") is None
    assert ordinal_value("brigade") is None


@pytest.mark.parametrize(("words", "value"), [("third", 3), ("23rd", 23), ("twenty-first", 21)])
def test_ordinals(words: str, value: int) -> None:
    assert ordinal_value(words) == value


@pytest.mark.parametrize(
    ("text", "low", "high", "unit", "kind"),
    [
        ("The raid killed at least 20 people.", 20, None, "people", "killed"),
        ("The raid killed up to 20 people.", None, 20, "people", "killed"),
        ("More than 300 were wounded.", 300, None, "people", "wounded"),
        ("Some 40 soldiers were captured.", 40, 40, "people", "detained"),
        ("Nearly 5,000 people were displaced.", 5000, 5000, "people", "displaced"),
        ("Between 40 and 50 fighters were killed.", 40, 50, "people", "killed"),
        ("They took four or five villages.", 4, 5, "villages", "settlements"),
        ("They sent four or five thousand men.", 4000, 5000, "people", "troops"),
        ("They sent 7–10 tanks.", 7, 10, "tanks", "equipment"),
        ("They advanced five miles.", 8.047, 8.047, "km", "distance"),
        ("They moved 300 metres.", 0.3, 0.3, "km", "distance"),
        ("They hold 3,000 square kilometres.", 3000, 3000, "km2", "area"),
        ("They hold 100 square miles.", 259, 259, "km2", "area"),
        ("It lasted ten days.", 10, 10, "day", "duration"),
        ("It lasted three decades.", 30, 30, "year", "duration"),
        ("It cost $5 million.", 5_000_000, 5_000_000, "USD", "other"),
        ("They hold 80% of the town.", 80, 80, "percent", "other"),
        ("They hold two-thirds of the town.", 0.67, 0.67, "share", "other"),
    ],
)
def test_figures(text: str, low: float | None, high: float | None, unit: str, kind: str) -> None:
    (quantity,) = read(text)
    assert (quantity.low, quantity.high, quantity.unit, quantity.kind) == (low, high, unit, kind)


def test_conversion_in_brackets_is_the_same_figure() -> None:
    (quantity,) = read("Troops moved 50 kilometers (31 miles) south.")
    assert (quantity.text, quantity.low, quantity.unit, quantity.flags) == (
        "50 kilometers (31 miles)",
        50,
        "km",
        (),
    )


def test_conversion_that_does_not_agree_is_flagged() -> None:
    (quantity,) = read("Troops moved 50 kilometers (20 miles) south.")
    assert (quantity.low, quantity.flags) == (50, ("conversion-mismatch",))


def test_two_counts_of_one_clause_keep_their_kinds() -> None:
    found = read("A bomb hit the market, killing three people and wounding 11.")
    assert [(q.low, q.kind) for q in found] == [(3, "killed"), (11, "wounded")]


@pytest.mark.parametrize(
    "text",
    [
        "It happened on 12 May 1999.",
        "It happened at 16:30.",
        "The 25th Brigade held Hill 776.",
        "A Su-25 fired.",
        "Olha, a teacher aged 41, left.",
        "A 66-year-old woman left.",
        "Resolution 1701 stands.",
        "They fired a 120 mm round.",
        "It is a city of 285,000.",
    ],
)
def test_what_is_no_figure(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("They burned four of the five villages.", [4]),
        ("They burned four of Ituri's five villages.", [4]),
        ("The boat carried 19 out of 22 sailors.", [19]),
        ("They freed 39 people, two in five of them women.", [39]),
        ("They killed five in two raids.", [5, 2]),
        ("Awa Traoré, 34, fled with two sons.", [2]),
        ("Two Mi-35 helicopters were shot down.", [2]),
        ("They drove 12 mi north.", [19.31]),
    ],
)
def test_what_a_number_is_part_of_is_no_second_figure(text: str, values: list[float]) -> None:
    assert [q.low for q in read(text)] == values


def test_one_person_is_told_apart() -> None:
    (quantity,) = quantities(Document(id="d", text="Shells killed an elderly farmer."))
    assert (quantity.text, quantity.low, quantity.high, quantity.flags) == (
        "an elderly farmer",
        1,
        1,
        ("singular",),
    )


@given(
    st.integers(1, 9_999_999), st.sampled_from(["{n}", "{n:,}", "at least {n}", "about {n:,}", "up to {n}"])
)
def test_a_figure_holds_its_number(number: int, form: str) -> None:
    (quantity,) = read(f"Shells hit {form.format(n=number)} houses.")
    bounds = [v for v in (quantity.low, quantity.high) if v is not None]
    assert bounds and all(v == number for v in bounds)


_VOCABULARY = """
at least 20 1,000 twenty dozens of to and between km ( ) miles killed soldiers half a third million several
hundred % $5 - or tanks .
"""
_WORDS = st.lists(st.sampled_from([*_VOCABULARY.split(), "\n"]), max_size=40)


@given(_WORDS)
@settings(max_examples=300)
def test_text_is_the_slice_and_low_is_not_above_high(words: list[str]) -> None:
    text = " ".join(words)
    found = quantities(Document(id="d", text=text))
    assert [q.start for q in found] == sorted(q.start for q in found)
    for quantity in found:
        assert quantity.text == text[quantity.start : quantity.end]
        assert quantity.low is None or quantity.high is None or quantity.low <= quantity.high


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    for quantity in quantities(Document(id="d", text=text)):
        assert quantity.text == text[quantity.start : quantity.end]


@pytest.mark.parametrize(
    "piece", ["9", "9,999", "1 to ", "a hundred ", "twenty-", "(5 km", "half a ", "at least "]
)
def test_junk_takes_linear_time(piece: str) -> None:
    def seconds(size: int) -> float:
        text = (piece * (size // len(piece) + 1))[:size]
        begin = time.process_time()
        quantities(Document(id="d", text=text))
        return time.process_time() - begin

    small, large = seconds(10_000), seconds(40_000)
    assert large < 12 * small + 0.3
