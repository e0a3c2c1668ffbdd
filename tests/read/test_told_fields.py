"""Days and other fields that a source tells."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fogline.read.fields import day, told


@pytest.mark.parametrize(
    "value",
    [
        "2022-09-11", "20220911", "2022-09-11T23:50:00+09:00", "2022-09-11 08:00", "2022-09-11T08:00:00Z",
        "2022/09/11", "11 September 2022", "11 Sep 2022", "September 11, 2022", "Sep 11, 2022 14:05 EST",
        "11-SEP-2022 15:01:01.79", "Sun, 11 Sep 2022 10:00:00 GMT", " 2022-09-11 ", date(2022, 9, 11),
        datetime(2022, 9, 11, 23, 50, tzinfo=timezone(timedelta(hours=9))),
    ],
)  # fmt: skip
def test_days_are_taken_as_they_are_written(value: object) -> None:
    assert day(value) == date(2022, 9, 11)


@pytest.mark.parametrize(
    "value",
    [
        "10/9/2022", "2022-13-01", "2022-02-30", "Sunday", "September 2022", "2022", "", None, 5,
        ["2022-09-11"], "9" * 5000, "2022-09-1123",
    ],
)  # fmt: skip
def test_what_is_no_day_or_could_be_two_is_none(value: object) -> None:
    assert day(value) is None


@settings(deadline=None)
@given(st.dates(min_value=date(1000, 1, 1)))
def test_iso_days_come_back(value: date) -> None:
    assert day(value.isoformat()) == value


@settings(deadline=None)
@given(st.text())
def test_any_text_is_a_day_or_none(text: str) -> None:
    assert day(text) is None or isinstance(day(text), date)


def test_date_stands_in_for_published() -> None:
    assert told({"date": "2022-09-11"}).published == date(2022, 9, 11)
    assert told({"date": "2020-01-01", "published": "2022-09-11"}).published == date(2022, 9, 11)
