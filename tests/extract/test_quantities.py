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
        ("a few hundred", (200, 999)),
        ("a few thousand", (2000, 9999)),
        ("a few dozen", (24, 99)),
        ("several dozen", (36, 99)),
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
        ("They stopped 20km south of Juba.", 20, 20, "km", "distance"),
        ("They came to less than 15km from Aden.", None, 15, "km", "distance"),
        ("The fund pays £85m.", 85_000_000, 85_000_000, "GBP", "other"),
        ("Between ten and fourteen guards were killed.", 10, 14, "people", "killed"),
        ("He got between three and seven years.", 3, 7, "year", "duration"),
        ("It lasted four and a half years.", 4.5, 4.5, "year", "duration"),
        ("They broke a five-month truce.", 5, 5, "month", "duration"),
        ("A 24-hour ultimatum was set.", 24, 24, "hour", "duration"),
        ("Between 20% and 30% of the force fell.", 20, 30, "percent", "other"),
        ("The toll rose from two to four.", 4, 4, "people", "killed"),
        ("The count fell from 11 to 8.", 8, 8, "people", "other"),
        ("They will hand over 55 prisoners.", 55, 55, "people", "detained"),
        ("Shells fell over five days.", 5, 5, "day", "duration"),
        ("It went on for over five days.", 5, None, "day", "duration"),
        ("Up to three-quarters of a million civilians fled.", None, 750_000, "people", "displaced"),
        ("They took forty (40) soldiers.", 40, 40, "people", "detained"),
        ("No fewer than 80 people died.", 80, None, "people", "killed"),
        ("Four lorries were lost, not seven.", 4, 4, "lorries", "equipment"),
        ("09.40 Three teachers were seized in Goma.", 3, 3, "people", "detained"),
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
        "The ship sailed at 0900.",
        "Her aunt, who is 81, left.",
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
        ("Eight members of one family died.", [8]),
        ("Two boys aged nine and 12 fled.", [2]),
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
    "piece",
    [
        "9",
        "9,999",
        "1 to ",
        "a hundred ",
        "twenty-",
        "(5 km",
        "half a ",
        "at least ",
        "a farmer, ",
        "ten or ",
        "for a week ",
    ],
)
def test_junk_takes_linear_time(piece: str) -> None:
    def seconds(size: int) -> float:
        text = (piece * (size // len(piece) + 1))[:size]
        begin = time.process_time()
        quantities(Document(id="d", text=text))
        return time.process_time() - begin

    small, large = seconds(10_000), seconds(40_000)
    assert large < 12 * small + 0.3


@pytest.mark.parametrize(
    ("text", "words", "low", "high", "unit"),
    [
        ("The guards kept the gate for a week.", "a week", 1, 1, "week"),
        ("It was over in less than an hour.", "less than an hour", None, 1, "hour"),
        ("They held it for more than a year.", "more than a year", 1, None, "year"),
        ("It lasted a day and a half.", "a day and a half", 1.5, 1.5, "day"),
        ("The road was shut for a fortnight.", "a fortnight", 14, 14, "day"),
        ("They pulled back about a kilometre (0.6 miles).", "about a kilometre (0.6 miles)", 1, 1, "km"),
        ("Both kept a week-long lull.", "week-long", 1, 1, "week"),
    ],
)
def test_measures_without_a_figure(
    text: str, words: str, low: float | None, high: float | None, unit: str
) -> None:
    found = [q for q in read(text) if q.unit != "people"]
    assert [(q.text, q.low, q.high, q.unit) for q in found] == [(words, low, high, unit)]


@pytest.mark.parametrize(
    "text",
    ["She left about a week ago.", "It fell an hour later.", "A two-year-old fled.", "They ran a mile."],
)
def test_days_told_from_others_are_no_measures(text: str) -> None:
    assert read(text) == []


def test_a_length_with_its_number_is_taken_whole() -> None:
    (quantity,) = read("It ended a two-year-long siege.")
    assert (quantity.low, quantity.unit) == (2, "year")


@pytest.mark.parametrize(
    ("text", "words", "low", "high"),
    [
        ("Ten dead, perhaps eleven, lay in Bria.", "Ten dead, perhaps eleven", 10, 11),
        ("Five miners, or six, have died.", "Five miners, or six", 5, 6),
        ("Shells killed a mother and her two children.", "a mother and her two children", 3, 3),
        ("It killed a guard, a nurse and up to 5 men.", "a guard, a nurse and up to 5 men", 2, 7),
    ],
)
def test_what_is_told_together_is_one_figure(text: str, words: str, low: float, high: float | None) -> None:
    (quantity,) = quantities(Document(id="d", text=text))
    assert (quantity.text, quantity.low, quantity.high) == (words, low, high)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Shells killed five nurses and a driver.", [5, 1]),
        ("A soldier was killed and two were hurt.", [1, 2]),
        ("Ten were killed or six wounded.", [10, 6]),
    ],
)
def test_what_is_told_apart_stays_apart(text: str, values: list[float]) -> None:
    assert [q.low for q in quantities(Document(id="d", text=text))] == values


def test_a_share_of_a_number_is_as_many() -> None:
    text = "Two thirds of the 24,000 residents fled at half past two; half of the boats sank, two B-52s left."
    told = [(q.text, q.low, q.unit) for q in quantities(Document(id="d", text=text))]
    assert told == [
        ("Two thirds of the 24,000 residents", 16000, "people"),
        ("half", 0.5, "share"),
        ("two B-52s", 2, "aircraft"),
    ]
