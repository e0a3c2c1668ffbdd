"""On which days an event was, by what its claims tell."""

from datetime import date

import msgspec

from fogline.link.assemble import days
from fogline.model import Claim, When, Words
from fogline.store import Stored


def _told(earliest: date | None, latest: date | None) -> Stored:
    words = Words(start=0, end=1, text="x")
    when = When(earliest=earliest, latest=latest)
    return Stored(claim=Claim(document="d", evidence=words, event="WITHDRAW", when=when))


def test_an_open_end_that_nobody_closes_stays_open() -> None:
    tenth, eleventh = date(2016, 3, 10), date(2016, 3, 11)
    assert days([_told(tenth, None), _told(eleventh, None)]) == (eleventh, None)
    assert days([_told(tenth, None), _told(tenth, eleventh)]) == (tenth, eleventh)
    assert days([_told(None, tenth)]) == (None, tenth)


def test_most_claims_say_which_days() -> None:
    claims = [_told(date(2016, 3, 1), date(2016, 3, 9)), _told(date(2016, 3, 8), date(2016, 3, 9))]
    assert days([*claims, _told(date(2016, 5, 1), date(2016, 5, 2))]) == (date(2016, 3, 8), date(2016, 3, 9))
    assert days([_told(None, None)]) == (None, None)


def test_what_is_told_as_fact_says_when_before_what_is_planned() -> None:
    tenth, twelfth = date(2016, 3, 10), date(2016, 3, 12)
    plans = [
        msgspec.structs.replace(told, claim=msgspec.structs.replace(told.claim, status="intended"))
        for told in (_told(twelfth, None), _told(twelfth, None))
    ]
    assert days([*plans, _told(tenth, tenth)]) == (tenth, tenth)
    assert days(plans) == (twelfth, None)
