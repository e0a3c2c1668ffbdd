"""What is told from long after tells no fresh news."""

from __future__ import annotations

from datetime import date

import pytest

import fogline
from fogline.extract.hindsight import looks_back
from fogline.model import Document

HISTORY = (
    "Rebels crossed the river on 4 March 2011. The garrison of Brega surrendered on 6 March. "
    "On March 9 the army shelled Ajdabiya. Its tanks burnt the market."
)


def afar(text: str, *, published: str = "2019-05-01", outlet: str | None = None) -> bool:
    return looks_back(Document(id="d", text=text, published=date.fromisoformat(published), outlet=outlet))


def test_a_text_whose_days_are_all_long_past_looks_back() -> None:
    assert afar(HISTORY)
    assert afar("Rebels crossed the river.", outlet="Wikipedia")


@pytest.mark.parametrize(
    "text",
    [
        HISTORY + " On Monday the town's mayor laid a wreath.",
        HISTORY + " Shells fell on the town on 30 April 2019, and on 1 May.",
        "Rebels crossed the river on 4 March 2011.",
        "",
    ],
)
def test_a_text_that_also_tells_of_now_or_tells_few_days_does_not(text: str) -> None:
    assert not afar(text)


def test_the_days_of_fresh_reports_are_fresh() -> None:
    assert not afar(HISTORY, published="2011-03-10")


def test_a_history_gives_no_claim_the_day_it_was_printed() -> None:
    claims = fogline.extract(HISTORY, published="2019-05-01")
    assert claims
    assert all(c.when.latest is None or c.when.latest.year == 2011 for c in claims)
