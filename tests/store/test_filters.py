"""Filters say what they cannot make sense of."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fogline.errors import QueryError
from fogline.store import Filters
from fogline.store.filters import embargo_day


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"event": "CAPTUR"}, "Did you mean CAPTURE?"),
        ({"status": "happend"}, "Did you mean happened?"),
        ({"day": "10/9/2022"}, "as in 2022-09-10"),
        ({"day": "2022-09-10", "since": "2022-09-09"}, "do not go together"),
        ({"since": "2022-09-10", "until": "2022-09-09"}, "Swap the two"),
        ({"radius_km": 5.0}, "needs a place"),
        ({"place": "37.28,149.21", "radius_km": -1.0}, "it goes from 0 to 20000"),
        ({"place": "149.21,37.28"}, "no point on Earth"),
        ({"place": "  "}, "The place is empty"),
        ({"min_confidence": 90}, "it goes from 0 to 1"),
        ({"limit": 0}, "Give 1 or more"),
        ({"embargo_hours": float("nan")}, "it goes from 0"),
        ({"evnet": "CAPTURE"}, "Did you mean event?"),
    ],
)
def test_what_makes_no_sense_is_named_with_what_would(options: dict[str, Any], told: str) -> None:
    with pytest.raises(QueryError) as error:
        Filters.of(**options)
    assert told in str(error.value)


def test_filters_are_read_as_a_user_writes_them() -> None:
    filters = Filters.of(
        place=" 49.21, -37.28 ", event="capture, withdraw", status=["Denied"], day="2022-09-10"
    )
    assert filters == Filters(
        point=(49.21, -37.28),
        radius_km=10.0,
        event=("CAPTURE", "WITHDRAW"),
        status=("denied",),
        since=date(2022, 9, 10),
        until=date(2022, 9, 10),
    )


def test_a_day_is_old_enough_when_it_has_been_over_for_so_many_hours() -> None:
    at = datetime(2022, 9, 12, 23, 59, tzinfo=UTC)
    assert embargo_day(24, at=at) == date(2022, 9, 10)
    assert embargo_day(24, at=datetime(2022, 9, 13, tzinfo=UTC)) == date(2022, 9, 11)
    assert embargo_day(0.5, at=at) == date(2022, 9, 11)


@given(st.floats(0, 10_000), st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))
def test_no_day_is_let_out_too_early(hours: float, at: datetime) -> None:
    day = embargo_day(hours, at=at)
    end = datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() + 86_400
    assert hours * 3600 - 1e-3 <= at.timestamp() - end < hours * 3600 + 86_400
