"""Time expressions, each with the days it stands for."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fogline.extract.date_units import told_unit
from fogline.extract.date_values import Value
from fogline.extract.dates import dates
from fogline.extract.feasts import easter, islamic
from fogline.model import Document, When

WEDNESDAY = date(2017, 3, 8)


def read(text: str, published: date | None = WEDNESDAY, **known: str) -> list[When]:
    return dates(Document(id="d", text=text, published=published, **known))


def days(text: str, published: date | None = WEDNESDAY, **known: str) -> list[tuple[str, str, str]]:
    return [
        (w.text or "", w.earliest.isoformat() if w.earliest else "", w.latest.isoformat() if w.latest else "")
        for w in read(text, published, **known)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # told in full
        ("The bridge fell on 3 May 1999.", ("on 3 May 1999", "1999-05-03", "1999-05-03")),
        ("The bridge fell on May 3, 1999.", ("on May 3, 1999", "1999-05-03", "1999-05-03")),
        ("The bridge fell on the 3rd of May, 1999.", ("on the 3rd of May, 1999", "1999-05-03", "1999-05-03")),
        ("Report of 1999-05-03.", ("1999-05-03", "1999-05-03", "1999-05-03")),
        ("It lasted from 3–5 May 1999.", ("from 3–5 May 1999", "1999-05-03", "1999-05-05")),
        ("Between 28 February and 2 March 2012 they shelled it.",
         ("Between 28 February and 2 March 2012", "2012-02-28", "2012-03-02")),
        ("The army took it between 6 and 13 September.",
         ("between 6 and 13 September", "2016-09-06", "2016-09-13")),
        # months, seasons, years
        ("They left in March 2004.", ("in March 2004", "2004-03-01", "2004-03-31")),
        ("They left in mid-March 2004.", ("in mid-March 2004", "2004-03-11", "2004-03-20")),
        ("They left in late November.", ("in late November", "2016-11-21", "2016-11-30")),
        (
            "Left in the second week of June 2010.",
            ("in the second week of June 2010", "2010-06-08", "2010-06-14")),
        ("They left in the winter of 2014.", ("in the winter of 2014", "2014-12-01", "2015-02-28")),
        ("They left last summer.", ("last summer", "2016-06-01", "2016-08-31")),
        ("They left in 2011.", ("in 2011", "2011-01-01", "2011-12-31")),
        ("They fought in the 1990s.", ("in the 1990s", "1990-01-01", "1999-12-31")),
        (
            "Fought in the first half of the year.",
            ("in the first half of the year", "2017-01-01", "2017-06-30")),
        # weekdays, from a Wednesday
        ("Rebels entered on Monday.", ("on Monday", "2017-03-06", "2017-03-06")),
        ("Rebels entered late Saturday night", ("late Saturday night", "2017-03-04", "2017-03-04")),
        ("Rebels entered on Wednesday, he said", ("on Wednesday", "2017-03-08", "2017-03-08")),
        ("The envoys will meet on Friday in Oslo", ("on Friday", "2017-03-10", "2017-03-10")),
        ("The envoys will meet next Tuesday", ("next Tuesday", "2017-03-14", "2017-03-14")),
        ("They met last Thursday in Oslo", ("last Thursday", "2017-03-02", "2017-03-02")),
        ("From Monday to Wednesday, shells fell", ("From Monday to Wednesday", "2017-03-06", "2017-03-08")),
        ("The city was hit over the weekend", ("over the weekend", "2017-03-04", "2017-03-05")),
        # counted from publication
        ("They left two weeks ago", ("two weeks ago", "2017-02-19", "2017-02-25")),
        ("They left three days ago", ("three days ago", "2017-03-05", "2017-03-05")),
        ("They left four years ago", ("four years ago", "2013-01-01", "2013-12-31")),
        ("They left last month", ("last month", "2017-02-01", "2017-02-28")),
        ("They left earlier this week", ("earlier this week", "2017-03-06", "2017-03-08")),
        ("They gained ground in the past week", ("in the past week", "2017-03-01", "2017-03-08")),
        ("Shells fell in the past 24 hours", ("in the past 24 hours", "2017-03-07", "2017-03-08")),
        ("Beaten after seven years of war", ("after seven years of war", "2010-03-08", "2017-03-08")),
        ("Shells fell yesterday evening", ("yesterday evening", "2017-03-07", "2017-03-07")),
        ("Shells fell overnight", ("overnight", "2017-03-07", "2017-03-08")),
        ("Shells fell last night", ("last night", "2017-03-07", "2017-03-08")),
        # bent by the word before
        ("They held it since July 2016", ("since July 2016", "2016-07-01", "2017-03-08")),
        ("They held it until January 2016", ("until January 2016", "", "2016-01-31")),
        ("By 9 September 2015 they held it", ("By 9 September 2015", "", "2015-09-09")),
        (
            "Begun on the night of 3 November 2016",
            ("on the night of 3 November 2016", "2016-11-03", "2016-11-04")),
        ("In the early hours of 4 November 2016 they came",
         ("In the early hours of 4 November 2016", "2016-11-04", "2016-11-04")),
        # feasts
        ("They attacked on Christmas Day 2016", ("on Christmas Day 2016", "2016-12-25", "2016-12-25")),
        ("Fighting stopped at Newroz 2016", ("at Newroz 2016", "2016-03-21", "2016-03-21")),
    ],
)  # fmt: skip
def test_days(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in days(text)


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        # it is a day later already where it happened
        (
            "A rocket rose into the sky on Feb. 7, local television showed.",
            date(2016, 2, 6),
            date(2016, 2, 7),
        ),
        ("Shells fell on January 1, the mayor said.", date(2016, 12, 31), date(2017, 1, 1)),
        # what is offered for next week was not last year
        ("Seoul responded with an offer of talks on January 9.", date(2018, 1, 3), date(2018, 1, 9)),
        # months away, it is of the past
        ("Shells fell on 9 June.", date(2018, 3, 3), date(2017, 6, 9)),
    ],
)
def test_the_year_of_a_day_told_without_one(text: str, published: date, expected: date) -> None:
    (when,) = read(text, published)
    assert (when.earliest, when.latest) == (expected, expected)


def test_games_named_after_a_season_are_no_time() -> None:
    assert days("He forges ahead with overtures ahead of the Winter Olympics.") == []
    assert [text for text, *_ in days("They left ahead of winter.")] != []


@pytest.mark.parametrize(
    ("text", "known", "expected"),
    [
        ("On Saturday (10/9/2016) troops left", {}, date(2016, 9, 10)),
        ("On Sunday (10/9/2016) troops left", {}, date(2016, 10, 9)),
        ("Troops left on 10/9/2016", {"outlet": "The Guardian"}, date(2016, 9, 10)),
        ("Troops left on 10/9/2016", {"outlet": "The New York Times"}, date(2016, 10, 9)),
        ("Troops left on 25/9/2016", {"outlet": "The New York Times"}, date(2016, 9, 25)),
    ],
)
def test_order_of_day_and_month(text: str, known: dict[str, str], expected: date) -> None:
    (when,) = read(text, **known)
    assert (when.earliest, when.latest, when.flags) == (expected, expected, ())


def test_doubtful_order_is_flagged() -> None:
    (when,) = read("Troops left on 10/9/2016.")
    assert when.flags == ("day-month-order",)


def test_wrong_weekday_is_flagged() -> None:
    (when,) = read("Troops left on Friday, 10 September 2016.")
    assert (when.earliest, when.flags) == (date(2016, 9, 10), ("weekday-mismatch",))


def test_counts_from_the_day_told_before() -> None:
    text = "On 12 May 2016 shells hit a market. The next day a mosque was hit, two days later a school."
    assert [d[1] for d in days(text)] == ["2016-05-12", "2016-05-13", "2016-05-15"]


def test_same_day_and_a_bare_day_of_the_month() -> None:
    text = "On 12 May 2016 the post fell. The same day a convoy was hit. On the 23rd the town followed."
    assert [d[1] for d in days(text)] == ["2016-05-12", "2016-05-12", "2016-05-23"]


def test_a_day_after_an_occurrence_lies_before_the_day_told() -> None:
    text = "Rebels entered the town on Tuesday, a day after jets bombed the silos."
    assert [d[1] for d in days(text)] == ["2017-03-07", "2017-03-06"]


def test_third_day_of_a_campaign_counts_from_its_beginning() -> None:
    text = "The offensive began on 3 March. On the third day of the campaign two villages fell."
    assert [d[1] for d in days(text)] == ["2017-03-03", "2017-03-05"]


def test_start_of_a_war_that_the_text_is_plainly_about() -> None:
    text = "Ukraine says Russia failed. Since the start of the war Russia lost ground, Ukraine said."
    (when,) = dates(Document(id="d", text=text, published=date(2022, 9, 11)))
    assert (when.earliest, when.latest) == (date(2022, 2, 24), date(2022, 9, 11))


def test_encyclopaedia_takes_the_year_of_its_battle() -> None:
    text = "On 11 June the rebels entered the city. By the evening the garrison had fled."
    found = dates(
        Document(
            id="d", text=text, title="Fall of Mosul", outlet="Wikipedia", published=date(2023, 7, 19),
        )
    )  # fmt: skip
    assert [(w.earliest, w.latest) for w in found] == [(date(2014, 6, 11), date(2014, 6, 11))] * 2


def test_a_day_of_a_campaign_younger_than_the_war_is_the_present() -> None:
    text = "Syria's rebels and Syria's army clashed; rebels fell back on the third day of a new campaign."
    (when,) = read(text, date(2018, 1, 22))
    assert (when.earliest, when.latest) == (date(2018, 1, 21), date(2018, 1, 22))


def test_a_war_that_the_words_name_is_taken_before_the_one_of_the_title() -> None:
    text = "The town fell in the early days of the Russian invasion of Ukraine."
    document = Document(
        id="d", text=text, title="Battle of Balakliia", outlet="Wikipedia", published=date(2023, 7, 1)
    )
    (when,) = dates(document)
    assert (when.earliest, when.latest) == (date(2022, 2, 24), date(2022, 3, 10))


def test_earlier_in_the_day_goes_back_to_the_day_told() -> None:
    text = "On 12 May 2016 the post fell. Earlier in the day shells had hit it."
    assert [d[1] for d in days(text)] == ["2016-05-12", "2016-05-12"]


def test_a_year_in_a_name_is_flagged() -> None:
    flags = [w.flags for w in read("In 2014 they fled. The 2016 ceasefire failed.")]
    assert flags == [(), ("of-a-name",)]


def test_without_a_day_of_publication_nothing_is_guessed() -> None:
    found = read("Shells fell on Monday, two weeks ago and in May.", None)
    assert [(w.earliest, w.latest) for w in found] == [(None, None)] * 3
    assert all("publication" in w.reason for w in found)


@pytest.mark.parametrize(
    "text",
    [
        "They may march on the city.",
        "The fall of the town.",
        "He took 2000 sq km of land.",
        "Jan Novak spoke.",
        "The 25th Brigade attacked.",
        "The offensive began.",
    ],
)
def test_what_is_no_time(text: str) -> None:
    assert read(text) == []


def test_easter_and_the_islamic_year() -> None:
    assert [easter(y) for y in (1961, 2008, 2024)] == [date(1961, 4, 2), date(2008, 3, 23), date(2024, 3, 31)]
    assert [easter(y, orthodox=True) for y in (1999, 2022)] == [date(1999, 4, 11), date(2022, 4, 24)]
    assert abs(islamic(1445, 9, 1) - date(2024, 3, 11)) <= timedelta(days=1)


_DAYS = st.dates(date(1950, 1, 1), date(2049, 12, 31))


@given(
    _DAYS,
    st.sampled_from(["on {d} {B} {Y}", "on {B} {d}, {Y}", "on {A}, {d} {B} {Y}", "{Y}-{m:02d}-{d:02d}"]),
)
def test_a_full_date_is_that_day(day: date, form: str) -> None:
    words = form.format(d=day.day, B=day.strftime("%B"), Y=day.year, A=day.strftime("%A"), m=day.month)
    (when,) = read(f"The town was hit {words}, officials said.")
    assert (when.earliest, when.latest, when.flags) == (day, day, ())


@given(_DAYS, st.integers(0, 6))
def test_a_weekday_is_the_last_before_publication(published: date, back: int) -> None:
    day = published - timedelta(days=back)
    (when,) = read(f"Jets hit the town on {day.strftime('%A')}, officials said.", published)
    assert when.earliest == when.latest == day


@given(_DAYS, st.integers(1, 300))
def test_a_day_and_month_is_the_last_before_publication(published: date, back: int) -> None:
    day = published - timedelta(days=back)
    (when,) = read(f"Jets hit the town on {day.day} {day.strftime('%B')}, officials said.", published)
    assert when.earliest == when.latest == day


_AGO = st.sampled_from([("day", 1), ("week", 7), ("month", 30), ("year", 365)])


@given(_DAYS, _AGO, st.integers(2, 9))
def test_so_long_ago_holds_its_day(published: date, unit: tuple[str, int], count: int) -> None:
    (when,) = read(f"Jets hit the town {count} {unit[0]}s ago.", published)
    day = published - timedelta(days=unit[1] * count)
    assert when.earliest is not None and when.latest is not None
    assert when.earliest - timedelta(days=7) <= day <= when.latest + timedelta(days=7)


_VOCABULARY = """
on the 3rd of May 2014 March since until by Monday last week two days later a year ago between and to from
early late 12 31 1999 10/9/2022 (2016) , . before after dawn Easter Ramadan next this that of war
"""
_WORDS = st.lists(st.sampled_from([*_VOCABULARY.split(), "\n"]), max_size=40)


@given(_WORDS, st.one_of(st.none(), _DAYS))
@settings(max_examples=300)
def test_text_is_the_slice_and_intervals_are_in_order(words: list[str], published: date | None) -> None:
    text = " ".join(words)
    found = read(text, published)
    assert [w.start for w in found] == sorted(w.start or 0 for w in found)
    for when in found:
        assert when.text == text[when.start : when.end]
        assert when.reason
        assert when.earliest is None or when.latest is None or when.earliest <= when.latest


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    for when in read(text):
        assert when.text == text[when.start : when.end]


@pytest.mark.parametrize("piece", ["9", "1/", "12 May ", "a day after ", "since ", "2014-", "a" * 50])
def test_junk_takes_linear_time(piece: str) -> None:
    def seconds(size: int) -> float:
        text = (piece * (size // len(piece) + 1))[:size]
        begin = time.process_time()
        dates(Document(id="d", text=text, published=WEDNESDAY))
        return time.process_time() - begin

    small, large = seconds(15_000), seconds(60_000)
    assert large < 12 * small + 0.3


@pytest.mark.parametrize(
    ("earliest", "latest"), [(date(2024, 2, 1), None), (None, date(2024, 2, 1)), (None, None)]
)
@pytest.mark.parametrize("unit", ["day", "week", "weekend", "month", "year"])
def test_what_follows_a_time_of_open_end_counts_from_the_end_that_is_told(
    unit: str, earliest: date | None, latest: date | None
) -> None:
    value = told_unit(Value(earliest, latest, "month", "since a month"), unit, "next")
    assert (value.earliest is None) == (earliest is None and latest is None)
    if unit == "day" and value.earliest is not None:
        assert value.earliest == date(2024, 2, 2)


LATER = date(2019, 6, 1)


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        # an aside far back is not where the text goes on from
        (
            "On 3 March 2018 they took Akar. The barracks, held since December 2011, fell on 5 March.",
            "on 5 March",
            date(2018, 3, 5),
        ),
        (
            "A truce began on 3 March 2018. It was the first since the invasion of 2003. On 9 March "
            "it ended.",
            "On 9 March",
            date(2018, 3, 9),
        ),
        # a feast lies near the day told before, where the text looks back
        (
            "They left Akar on 3 August 2017. On 5 September 2017 Oru fell. The square was shelled on "
            "Christmas Eve. On 9 January Sako fell.",
            "on Christmas Eve",
            date(2017, 12, 24),
        ),
        (
            "Akar fell on 3 August 2017. Oru fell on 5 September 2017. Sako fell on 24 July of that year.",
            "on 24 July of that year",
            date(2017, 7, 24),
        ),
    ],
)
def test_where_a_look_back_goes_on_from(text: str, words: str, expected: date) -> None:
    told = {when.text: when for when in read(text, LATER, outlet="Wikipedia")}
    assert (told[words].earliest, told[words].latest) == (expected, expected)


def test_what_has_happened_is_not_taken_for_what_is_soon_to_come() -> None:
    (when,) = read("They left Akar with the bank's cash on 31 March.", date(2022, 3, 24))
    assert when.earliest == date(2021, 3, 31)
    (when,) = read("The vote was postponed to 31 March.", date(2022, 3, 24))
    assert when.earliest == date(2022, 3, 31)


def test_a_day_on_which_something_was_said_is_not_that_evening() -> None:
    text = "A school was hit on Tuesday.\n\nThe coalition said on Friday that it flew nowhere that evening."
    told = {when.text: when.earliest for when in read(text, date(2018, 6, 25))}
    assert told["that evening"] == date(2018, 6, 19)


def test_nothing_is_told_of_a_year_after_publication() -> None:
    text = (
        "Akar fell on 3 August 2018. Oru fell on 5 August 2018. Sako fell on 9 August 2018. "
        "A year later they held a vigil."
    )
    assert all(when.text != "A year later" or when.earliest is None for when in read(text, LATER))


def test_remains_of_people_are_no_present() -> None:
    assert days("The remains of nine men were found.") == []


def test_an_hour_is_of_the_day_that_fresh_news_is_about() -> None:
    text = "Gunmen raided Oru on Friday.\n\nAt dawn they blocked both exits."
    told = {when.text: when.earliest for when in read(text, date(2020, 2, 18))}
    assert told["At dawn"] == date(2020, 2, 14)


def test_a_meeting_that_is_held_on_a_day_to_come() -> None:
    (when,) = read("Allies are meeting on Friday.", date(2023, 1, 19))
    assert when.earliest == date(2023, 1, 20)


def told(text: str, published: date, *, title: str | None = None, outlet: str | None = None) -> list[tuple]:
    document = Document(id="d", text=text, title=title, outlet=outlet, published=published)
    return [(w.text, w.earliest, w.latest) for w in dates(document)]


def test_the_year_in_a_title_outweighs_years_told_in_passing() -> None:
    text = (
        "Raids on Massawa, August to October 1989\n\nThe rebels were founded in 1970. "
        "On 23 August a depot went up in flames. Guards, supplied in the spring, fled."
    )
    found = told(text, date(2014, 5, 20), title=text.splitlines()[0], outlet="An encyclopaedia")
    assert ("On 23 August", date(1989, 8, 23), date(1989, 8, 23)) in found
    assert ("in the spring", date(1989, 3, 1), date(1989, 5, 31)) in found


def test_what_led_up_to_a_battle_lies_before_it() -> None:
    text = (
        "The Battle of Chipyong was fought from 13 to 15 February 1951. The army had come south in the "
        "autumn and taken the capital on 4 January. In March it was pushed back. At dawn on the 14th the "
        "hill was lost."
    )
    found = {w: (a, b) for w, a, b in told(text, date(2014, 6, 1), outlet="An encyclopaedia")}
    assert found["in the autumn"] == (date(1950, 9, 1), date(1950, 11, 30))
    assert found["on 4 January"] == (date(1951, 1, 4), date(1951, 1, 4))
    assert found["At dawn on the 14th"] == (date(1951, 2, 14), date(1951, 2, 14))


def test_a_year_far_from_what_a_look_back_is_about_moves_nothing() -> None:
    text = (
        "Fighting at Kalait began on 3 June 1983 and ended on 9 July. A study of 1996 puts the dead at 90. "
        "In August the town was retaken."
    )
    assert told(text, date(2014, 6, 1), outlet="An encyclopaedia")[-1][1:] == (
        date(1983, 8, 1),
        date(1983, 8, 31),
    )


def test_days_after_that_lie_behind_it_and_a_truce_for_days_after_a_fight_tells_no_day() -> None:
    found = told("Aid came on 19 May. The site opened eight days after that.", date(2025, 6, 18))
    assert found[-1] == ("eight days after that", date(2025, 5, 27), date(2025, 5, 27))
    assert (
        told("They will hold fire for 48 hours after tanks pounded the crossing.", date(2025, 10, 15)) == []
    )


def test_to_spring_is_no_season() -> None:
    assert told("Gunmen spring from shafts and vanish.", date(2024, 1, 25)) == []
    assert told("By spring it was back.", date(2024, 9, 25))[0][2] == date(2025, 5, 31)


def test_that_year_is_the_year_told_last_even_in_passing() -> None:
    text = (
        "The Battle of Lysa lasted from 25 June to 3 July 2022. The town had been lost in 2014, and taken "
        "back on 24 July of that year. On 30 June the refinery fell."
    )
    found = {w: a for w, a, _ in told(text, date(2023, 6, 1), outlet="An encyclopaedia")}
    assert found["on 24 July of that year"] == date(2014, 7, 24) and found["On 30 June"] == date(2022, 6, 30)


def test_a_report_that_opens_with_tomorrows_weekday_is_in_the_time_of_the_place() -> None:
    text = "TOKYO: A trawler was sunk early on Thursday off Wakkanai, the coast guard said.\n\n"
    assert days(text) == [("early on Thursday", "2017-03-09", "2017-03-09")]
    again = days(text + "It was struck twice on Thursday, after a quarrel on Tuesday.")
    assert [day for _, day, _ in again] == ["2017-03-09", "2017-03-09", "2017-03-07"]
    later = days("The coast guard found a trawler adrift. " * 14 + "It was struck early on Thursday.")
    assert later == [("early on Thursday", "2017-03-02", "2017-03-02")]


LOOK_BACK = (
    "Battle of Torrego\n\nThe Battle of Torrego was fought between 12 and 16 November 1843.\n\n"
    "A map of it was printed in Madrid in February 1845.\n\n"
)


def test_a_new_paragraph_goes_back_to_the_days_that_a_look_back_is_headed_with() -> None:
    text = LOOK_BACK + "On 26 September, two ships had brought guns. Torrego was given up that November."
    told = {word: day for word, day, _ in days(text, date(2019, 1, 4), outlet="An encyclopaedia")}
    assert told["On 26 September"] == "1843-09-26"
    same = LOOK_BACK.replace("1845.\n\n", "1845. ") + "On 12 March a second one was."
    assert days(same, date(2019, 1, 4), outlet="An encyclopaedia")[-1][1] == "1845-03-12"


def test_a_count_of_days_behind_its_day_tells_no_other_day() -> None:
    text = (
        "The hill was left on 19 May 1999, three days later, and the mill on 2 June, a week into the truce."
    )
    told = days(text)
    assert [day for _, day, _ in told] == ["1999-05-19", "1999-05-19", "1999-06-02", "1999-06-02"]
    assert days("The hill was left on 19 May 1999. Three days later, the mill was.")[-1][1] == "1999-05-22"


def test_a_bare_year_tells_no_month_of_a_day() -> None:
    text = "The mill, built in 1954, burned. On the 3rd the bridge fell."
    assert days(text)[-1] == ("On the 3rd", "2017-03-03", "2017-03-03")


def test_names_with_a_weekday_or_a_feast_tell_no_time() -> None:
    assert days("They met at the Friday marches after Bloody Sunday, near Christmas Island.") == []
    assert [day for _, _, day in days("It is closed to this day.")] == ["2017-03-08"]


def test_an_offer_is_of_days_to_come() -> None:
    assert days("He has offered to meet them on 2 May.")[-1][1] == "2017-05-02"
