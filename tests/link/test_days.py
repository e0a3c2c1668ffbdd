"""On which days an event was, by what its claims tell."""

from datetime import date

import msgspec

from fogline.link.agreed import agreed_days
from fogline.link.assemble import event_of
from fogline.model import Claim, When, Words
from fogline.store import Stored


def days(claims: list[Stored]) -> tuple[date | None, date | None]:
    agreed = agreed_days(claims)
    return agreed.first, agreed.last


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


def test_a_title_has_the_days_that_a_list_has() -> None:
    first, third = date(2016, 3, 1), date(2016, 3, 3)
    taken = msgspec.structs.replace(_told(first, first).claim, event="CAPTURE", id="c1")
    left = [msgspec.structs.replace(_told(third, third).claim, id=id) for id in ("c2", "c3")]
    event = event_of("e", [Stored(claim=claim) for claim in (taken, *left)])
    assert (event.earliest, event.latest) == (third, third)
    assert event.title.endswith(", 3 March 2016")
    assert {"c2", "c3"} in [set(piece.claims) for piece in event.summary if "3 March" in piece.text]
