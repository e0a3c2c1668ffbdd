"""The time of a claim, with the reason for it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fogline.extract.dates import dates
from fogline.extract.sentences import sentences
from fogline.model import Document, Span, Status, When
from fogline.resolve.date_codes import acled_time_precision, edtf, ucdp_date_prec
from fogline.resolve.dates import claim_when

TUESDAY = date(2021, 6, 15)


def when_of(
    text: str, clause: str, status: Status = "happened", published: date | None = TUESDAY, **known: str
) -> When:
    document = Document(id="d", text=text, published=published, **known)
    start = text.index(clause)
    evidence = Span(start, start + len(clause))
    sentence = next(s for s in sentences(text) if s.covers(Span(start, start + 1)))
    return claim_when(document, sentence, evidence, dates(document), status=status, event="CAPTURE")


def test_words_of_the_clause() -> None:
    when = when_of("Rebels took the town on Sunday, officials said.", "Rebels took the town on Sunday")
    assert (when.text, when.earliest, when.latest) == ("on Sunday", date(2021, 6, 13), date(2021, 6, 13))
    assert when.reason.startswith("'on Sunday' of its sentence")


def test_words_that_open_the_sentence() -> None:
    when = when_of("On 3 March rebels took the town and burned the barracks.", "burned the barracks")
    assert (when.earliest, when.latest) == (date(2021, 3, 3), date(2021, 3, 3))


def test_fresh_news_without_words_is_of_the_last_day() -> None:
    when = when_of("Rebels have taken the town, officials said.", "Rebels have taken the town")
    assert (when.text, when.earliest, when.latest) == (None, date(2021, 6, 14), TUESDAY)
    assert "fresh news" in when.reason


def test_an_intention_without_words_is_open_towards_the_future() -> None:
    when = when_of("The army will retake the town, it said.", "The army will retake the town", "intended")
    assert (when.earliest, when.latest) == (TUESDAY, None)


def test_a_weekday_of_what_is_yet_to_come_is_the_next_one() -> None:
    text = "The leaders of six countries meet in Maputo on Thursday."
    ahead = when_of(text, "meet in Maputo on Thursday", "intended")
    assert (ahead.earliest, ahead.latest) == (date(2021, 6, 17), date(2021, 6, 17))
    behind = when_of("The leaders met in Maputo on Thursday.", "met in Maputo on Thursday")
    assert (behind.earliest, behind.latest) == (date(2021, 6, 10), date(2021, 6, 10))


def test_a_weekday_that_times_the_promise_opens_what_is_promised() -> None:
    when = when_of("On Friday the junta undertook to free the miners.", "to free the miners", "intended")
    assert (when.earliest, when.latest) == (date(2021, 6, 11), None)
    text = "The envoy arrives on Friday and will press for a truce."
    assert when_of(text, "press for a truce", "intended").latest == date(2021, 6, 18)


@pytest.mark.parametrize("status", ["intended", "conditional", "possible"])
def test_by_then_is_ahead_of_what_is_yet_to_come(status: Status) -> None:
    text = "The Red Cross could bring in flour by Friday."
    assert when_of(text, "could bring in flour by Friday", status).latest == date(2021, 6, 18)
    text = "Rebels may have left the port by Friday."
    assert when_of(text, "may have left the port by Friday", status).latest == date(2021, 6, 11)


def test_encyclopaedia_goes_on_from_the_day_told_before() -> None:
    text = "On 3 March 2011 rebels took the port. They burned the barracks."
    when = when_of(text, "They burned the barracks", outlet="Wikipedia", title="Battle of the Port (2011)")
    assert (when.text, when.earliest) == (None, date(2011, 3, 3))
    assert "told before" in when.reason and "carried" in when.flags


def test_encyclopaedia_implies_nothing_of_its_own() -> None:
    when = when_of("Rebels took the port.", "Rebels took the port", outlet="Wikipedia")
    assert (when.earliest, when.latest) == (None, None)
    assert "looks back" in when.reason


def test_without_publication_the_reason_says_so() -> None:
    when = when_of("Rebels took the port.", "Rebels took the port", published=None)
    assert (when.earliest, when.latest) == (None, None)
    assert "publication is not known" in when.reason


def test_a_readers_choice_outweighs_the_rest() -> None:
    text = "On Sunday, rebels who entered on Friday burned the barracks."
    document = Document(id="d", text=text, published=TUESDAY)
    friday = Span(text.index("on Friday"), text.index("on Friday") + len("on Friday"))
    when = claim_when(
        document, Span(0, len(text)), Span(11, len(text) - 1), dates(document), status="happened",
        event="DESTROY", spans=[friday],
    )  # fmt: skip
    assert when.text is not None and "Friday" in when.text


@pytest.mark.parametrize(
    ("first", "last", "precision", "code", "acled", "ucdp"),
    [
        ("2021-06-15", "2021-06-15", "day", "2021-06-15", 1, 1),
        ("2021-06-14", "2021-06-15", "days", "2021-06-14/2021-06-15", 2, 2),
        ("2021-06-07", "2021-06-13", "week", "2021-06-07/2021-06-13", 2, 3),
        ("2021-06-01", "2021-06-30", "month", "2021-06", 3, 4),
        ("2021-06-01", "2021-08-31", "season", "2021-22", None, 5),
        ("2021-01-01", "2021-12-31", "year", "2021", None, 5),
        ("1990-01-01", "1999-12-31", "years", "1990/1999", None, None),
        ("2021-03-01", "2021-05-31", "month", "2021-03/2021-05", None, 5),
        ("2021-06-15", None, "unknown", "2021-06-15/..", None, None),
        (None, "2021-06-15", "unknown", "../2021-06-15", None, None),
        (None, None, "unknown", None, None, None),
    ],
)
def test_codes(
    first: str | None, last: str | None, precision: str, code: str | None, acled: int | None, ucdp: int | None
) -> None:
    days = [date.fromisoformat(d) if d else None for d in (first, last)]
    when = When(earliest=days[0], latest=days[1], precision=precision)  # type: ignore[arg-type]
    assert (edtf(when), acled_time_precision(when), ucdp_date_prec(when)) == (code, acled, ucdp)


@given(
    st.integers(0, 60), st.integers(0, 60), st.sampled_from(["happened", "denied", "intended", "possible"])
)
def test_any_clause_gets_an_interval_in_order(one: int, two: int, status: Status) -> None:
    text = "On Monday rebels fled. The next day, in May and since 2019, he said, they will."
    start, end = sorted((one, two))
    document = Document(id="d", text=text, published=TUESDAY)
    when = claim_when(
        document, Span(0, len(text)), Span(start, end), dates(document), status=status, event="WITHDRAW"
    )
    assert when.reason
    assert when.earliest is None or when.latest is None or when.earliest <= when.latest
    assert when.start is None or when.end is None or when.text == text[when.start : when.end]


def test_what_lasts_goes_on_after_the_day_told_before() -> None:
    text = "The army struck in early June. During the offensive, it retook over 50 villages."
    when = when_of(text, "it retook over 50 villages")
    assert (when.earliest, when.latest) == (date(2021, 6, 1), TUESDAY)
    assert "of what lasts" in when.reason


def test_how_rare_something_is_tells_no_time() -> None:
    text = "On Sunday the army took Oru, the second town to fall in a month."
    assert when_of(text, "the second town to fall in a month").text != "in a month"
