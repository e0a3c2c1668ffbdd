"""Parts of a report by themselves: words, windows, charts, Markdown's escapes."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from msgspec import structs

from fogline.export.safe import printable
from fogline.model import Area, Change, EventType, Gain, Status
from fogline.model.event import DisputedField
from fogline.report import Found, ground, markdown, written
from fogline.report.frame import WIDTH, Frame
from fogline.report.gather import _summed
from fogline.report.html import rows_of
from fogline.report.markdown import text
from fogline.report.sections import _hands
from fogline.report.words import days_told, listed, words

SINCE, UNTIL = date(2022, 9, 6), date(2022, 9, 8)


def test_all_types_fields_statuses_and_weights_have_words() -> None:
    assert list(words("types")) == list(get_args(EventType))
    assert set(words("fields")) == set(get_args(DisputedField))
    assert list(words("statuses")) == list(get_args(Status))
    assert list(words("weights")) == ["error", "doubt", "note"]


def test_days_and_lists_are_as_short_as_they_go() -> None:
    assert days_told(SINCE, SINCE) == "6 September 2022"
    assert days_told(SINCE, UNTIL) == "6–8 September 2022"
    assert days_told(date(2022, 8, 30), UNTIL) == "30 August – 8 September 2022"
    assert days_told(date(2021, 12, 30), UNTIL) == "30 December 2021 – 8 September 2022"
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed(["a", "b", "c", "d"], 2) == "a, b and 2 more"


def test_marks_in_a_row_are_told_as_from_to() -> None:
    assert rows_of([1, 2, 3, 5, 7, 8]) == [(1, 3), (5, 5), (7, 8)]
    assert rows_of([]) == []


@given(st.text(max_size=60))
def test_words_in_markdown_are_shown_and_do_nothing(words: str) -> None:
    shown = MarkdownIt("commonmark", {"html": True}).parseInline(f"x {text(words)} x")[0].children or []
    assert {child.type for child in shown} <= {"text", "text_special"}
    assert "".join(child.content for child in shown) == f"x {printable(words)} x"


POINTS = st.tuples(st.floats(-80, 80), st.floats(-180, 180))


@given(st.lists(POINTS, min_size=1, max_size=12))
def test_a_window_holds_most_points_and_has_a_shape_that_fits(points: list[tuple[float, float]]) -> None:
    frame = Frame.around(points)
    held = sum(frame.at(lat, lon) is not None for lat, lon in points)
    assert held >= len(points) * 0.8 - 1
    assert 0 < frame.height <= 620.0
    assert frame.east - frame.west <= 360.0 + 1e-9


def test_a_window_spans_the_date_line() -> None:
    frame = Frame.around([(-17.0, 179.0), (-18.0, -179.0)])
    assert frame.east - frame.west < 10
    x, _ = frame.at(-17.5, 180.0) or (0.0, 0.0)
    assert x == pytest.approx(WIDTH / 2)


def area(holder: str, km2: float, on: date = SINCE) -> Area:
    return Area(on=on, holder=holder, km2=km2, low=km2 - 1, high=km2 + 2)


def test_land_of_wars_apart_is_added_up() -> None:
    rows = [area("UKR", 10.0), area("RUS", 5.0), area("UKR", 3.0)]
    assert _summed(rows, lambda one: (one.on, one.holder)) == (
        Area(on=SINCE, holder="UKR", km2=13.0, low=11.0, high=17.0),
        area("RUS", 5.0),
    )


@pytest.fixture
def found() -> Found:
    change = Change(
        geonameid=1, name="Sake <b>", lat=-1.57, lon=29.04, before="COD", after="M23", on=UNTIL,
        first_claimed_by="soldiers", first_claimed_on=UNTIL,
    )  # fmt: skip
    return Found(
        since=SINCE, until=UNTIL, within=None, box=(28.9, -1.7, 29.2, -1.4), events=(), claims={},
        changes=(change,),
        areas=(area("M23", 10.0), area("M23", 25.0, UNTIL), area("COD", 20.0)),
        gains=(Gain(since=SINCE, until=UNTIL, holder="M23", gained=15, lost=0, net=15, low=9, high=18),),
    )  # fmt: skip


def test_changes_and_land_are_told_with_who_claimed_and_who_bore_out(found: Found) -> None:
    told = markdown(written(found, made=UNTIL))
    assert "Sake \\<b\\> passed from " in told
    assert " to M23 on 8 September 2022. Soldiers claimed it first on 8 September 2022." in told
    assert "Nobody outside of that side has borne that out." in told
    assert "| M23 | 10 (9 to 12) | 25 (24 to 27) | +15 (+9 to +18) |" in told
    assert "| 20 (19 to 22) | 0 | 0 |" in told


def test_settlements_that_nobody_names_are_told_behind_the_others_and_as_such(found: Found) -> None:
    other = structs.replace(found.changes[0], geonameid=2, name="Kirotshe", first_claimed_by=None)
    alike = [structs.replace(other, geonameid=number, name="Mushaki") for number in (3, 4)]
    several = structs.replace(found, changes=(other, *alike, *found.changes))
    told = markdown(written(several, made=UNTIL))
    assert _hands(several).startswith("4 settlements changed hands: voices name 1 of them, the others follow")
    assert _hands(found) == "1 settlement changed hands."
    assert "Kirotshe and Mushaki (2 places) passed from " in told
    assert "No voice names them: it follows from what is told of the surroundings." in told
    assert told.index("Sake ") < told.index("Kirotshe")


def test_a_map_without_ground_has_a_net_of_degrees(
    found: Found, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(ground, "BASE", tmp_path)
    drawn = {picture.name: picture for picture in written(found, made=UNTIL).pictures()}
    assert set(drawn) == {"map", "areas"}
    assert 'class="net"' in drawn["map"].svg
    assert "Sake &lt;b&gt;: M23" in drawn["map"].svg
    assert "world-atlas" not in drawn["map"].caption[0].text


def test_a_map_with_ground_has_lands(found: Found, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("countries", "borders", "disputed"):
        (tmp_path / f"detail-{name}.json").write_text(
            '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":'
            '{"type":"Polygon","coordinates":[[[28,-3],[29,-3],[29,0],[28,0],[28,-3]]]}}]}'
            if name == "countries"
            else '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":'
            '{"type":"LineString","coordinates":[[29,-3],[29,0]]}}]}'
        )
    monkeypatch.setattr(ground, "BASE", tmp_path)
    svg = next(picture.svg for picture in written(found, made=UNTIL).pictures() if picture.name == "map")
    assert 'class="land" d="M' in svg
    assert 'class="border" d="M' in svg
    assert 'class="net"' not in svg
