"""Filters in memory meet the claims that the command line's do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fogline.ledger import Ledger
from fogline.query import meant
from fogline.serve.index import Index
from fogline.serve.selection import Asked, Box, select
from fogline.store import Filters

DAYS = st.sampled_from(["2022-09-09", "2022-09-10", "2022-09-11", "2022-09-12", "2023-03-04"])
FILTERS = st.fixed_dictionaries(
    {},
    optional={
        "place": st.sampled_from(
            ["Novaya Niva", "niva", "mill bridge", "Stara", "49.21,37.28", "Niva Novaya"]
        ),
        "since": st.sampled_from(["2022-09-09", "2022-09-10", "2022-09-11"]),
        "until": st.sampled_from(["2022-09-11", "2022-09-12", "2023-03-04"]),
        "event": st.sampled_from(["CAPTURE", "WITHDRAW", "CAPTURE,WITHDRAW", "AID"]),
        "status": st.sampled_from(["happened", "denied"]),
        "side": st.sampled_from(["UKR", "ukr", "Ukraine", "RUS"]),
        "voice": st.sampled_from(["Orr", "colonel orr", "Colnel Orr", "narrator", "Vale", "Or"]),
        "voice_side": st.sampled_from(["RUS", "Russia", "UKR"]),
        "text": st.sampled_from(["captured", "APTURED NOV", "left the mill", "%", "niva.", "said it"]),
        "document": st.sampled_from(["r1", "dir/r4", "r9"]),
        "min_confidence": st.sampled_from([0.0, 0.6, 0.7, 0.95]),
    },
)


def ids(index: Index, asked: Asked) -> list[str]:
    """Return the ids of the claims that are met, in order."""
    return [index.ids[row] for row in np.flatnonzero(select(index, asked))]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(options=FILTERS)
def test_the_same_claims_are_met_as_by_the_command_line(ledger: Ledger, options: dict[str, Any]) -> None:
    index = INDEXES.setdefault(ledger.path, Index(ledger.stream()))
    expected = [stored.claim.id for stored in ledger.stream(**options)]
    assert ids(index, Asked(filters=meant(Filters.of(**options)))) == expected


INDEXES: dict[str, Index] = {}


@pytest.fixture
def index(ledger: Ledger) -> Index:
    """Give the index of the ledger."""
    return Index(ledger.stream())


def test_a_box_holds_what_lies_in_it_also_across_the_antimeridian(index: Index) -> None:
    near = ids(index, Asked(box=Box(37.0, 49.0, 38.0, 49.3)))
    assert near == [
        index.ids[row]
        for row in np.flatnonzero(
            np.isin(
                np.arange(len(index)), index.place_claim[(index.place_lat < 49.3) & (index.place_lon > 37.0)]
            )
        )
    ]
    assert ids(index, Asked(box=Box(179.0, -90.0, 37.0, 90.0))) != []
    assert ids(index, Asked(box=Box(38.0, -90.0, 36.0, 90.0))) == []


def test_words_are_sought_in_all_that_is_told_of_a_claim(index: Index) -> None:
    def met(words: str) -> int:
        return len(ids(index, Asked(words=words)))

    assert met("vale capt") == 1  # the voice and the evidence
    assert (
        met("withdr stara") == met("withdrawal stara") == 1
    )  # the type, by its code or its name, and the place
    assert met("ukr garrison") == met("ukraine garrison") > 1  # the side, by its code or its name
    assert met("courier") == 5  # the outlet of all but the hostile one
    assert met("vale zzz") == 0
    assert met("") == len(index)


def test_days_by_publication(index: Index) -> None:
    on = Filters.of(since="2022-09-13", until="2022-09-13")
    assert len(ids(index, Asked(filters=on, reported=True))) == 1
    assert len(ids(index, Asked(filters=on))) == 1
    before = Filters.of(since="2022-09-12", until="2022-09-12")  # the interval of r2 begins a day before it
    assert len(ids(index, Asked(filters=before))) == 2
    assert len(ids(index, Asked(filters=before, reported=True))) == 1


def test_an_empty_ledger_meets_nothing(make_ledger: Callable[..., Ledger]) -> None:
    index = Index([])
    asked = Asked(
        filters=Filters.of(place="x", side="UKR", voice="y", text="z", event="AID"), words="q", grade="B"
    )
    assert select(index, asked).tolist() == []
