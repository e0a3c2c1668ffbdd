"""Sightings and maps of a day come out of files as they are told, and what cannot be used says why."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fogline.control.imports import BaselineRow, ImportOptions, SightingRow, Unread, read_rows
from fogline.errors import SourceError

NONE = ImportOptions()
SQUARE = {"type": "Polygon", "coordinates": [[[37, 49], [38, 49], [38, 50], [37, 50], [37, 49]]]}


def rows(text: str, name: str, options: ImportOptions = NONE) -> list[SightingRow | BaselineRow | Unread]:
    """Read a file's text."""
    return list(read_rows(text.encode(), name, options))


def test_csv_rows_are_sightings() -> None:
    text = 'date,side,lat,lon,text\n2016-10-20,iq,36.33,43.12,"tanks, near a mill"\n'
    (one,) = rows(text, "seen.csv")
    assert isinstance(one, SightingRow)
    assert (one.source, one.holder, one.day, one.lat, one.lon) == (
        "seen", "IRQ", date(2016, 10, 20), 36.33, 43.12,
    )  # fmt: skip
    assert one.text == "tanks, near a mill"


def test_columns_may_have_other_usual_names_and_separators() -> None:
    text = "Day;Party;Latitude;Longitude\n2016-10-20T08:00:00Z;Islamic State;36.33;43.12\n"
    (one,) = rows(text, "seen.csv", ImportOptions(source="A team"))
    assert isinstance(one, SightingRow)
    assert (one.source, one.holder, one.day) == ("A team", "Islamic State", date(2016, 10, 20))


def test_json_lines_are_sightings_and_the_same_row_has_the_same_id() -> None:
    line = json.dumps({"date": "2022-09-01", "side": "ua", "lat": 49.5, "lon": 37.1, "text": "a  tank"})
    one, again = rows(f"{line}\n\n{line}\n", "seen.jsonl")
    assert isinstance(one, SightingRow)
    assert one == again
    assert one.text == "a tank"


def test_geojson_holds_points_and_polygons() -> None:
    collection = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": {"side": "ru", "date": "2022-09-05"}, "geometry": SQUARE},
            {
                "type": "Feature",
                "properties": {"side": "ua", "date": "2022-09-05"},
                "geometry": {"type": "Point", "coordinates": [37.2, 49.3]},
            },
        ],
    }
    polygon, point = rows(json.dumps(collection), "map.geojson")
    assert isinstance(polygon, BaselineRow)
    assert (polygon.holder, json.loads(polygon.geometry)) == ("RUS", SQUARE)
    assert isinstance(point, SightingRow)
    assert (point.lat, point.lon) == (49.3, 37.2)


def test_the_polygons_of_a_collection_are_one_map() -> None:
    point = {"type": "Point", "coordinates": [37, 49]}
    mended = {"type": "GeometryCollection", "geometries": [point, SQUARE]}
    feature = {"type": "Feature", "properties": {"side": "ru", "date": "2022-09-05"}, "geometry": mended}
    (one,) = rows(json.dumps(feature), "map.geojson")
    assert isinstance(one, BaselineRow)
    assert json.loads(one.geometry) == {"type": "MultiPolygon", "coordinates": [SQUARE["coordinates"]]}


def test_what_a_polygon_does_not_tell_is_told_on_import() -> None:
    (one,) = rows(json.dumps(SQUARE | {"properties": {}}), "map.geojson", ImportOptions(holder="RUS"))
    assert one == Unread(row=1, why="it tells no day (a column such as 'date')")
    options = ImportOptions(holder="RUS", day=date(2022, 9, 5), source="A map")
    feature = {"type": "Feature", "properties": None, "geometry": SQUARE}
    (one,) = rows(json.dumps(feature), "map.geojson", options)
    assert isinstance(one, BaselineRow)
    assert (one.source, one.day) == ("A map", date(2022, 9, 5))


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("2016-10-20,iq,136.33,43.12", "no point on Earth"),
        ("2016-10-20,iq,,", "no point on Earth"),
        ("2016-13-20,iq,36.33,43.12", "tells no day"),
        ("2016-10-20,,36.33,43.12", "tells no side"),
    ],
)
def test_a_row_that_cannot_be_used_says_why_and_leaves_the_others(row: str, why: str) -> None:
    bad, good = rows(f"date,side,lat,lon\n{row}\n2016-10-20,iq,36.33,43.12\n", "seen.csv")
    assert isinstance(bad, Unread)
    assert (bad.row, why in bad.why) == (2, True)
    assert isinstance(good, SightingRow)


@pytest.mark.parametrize("name", ["seen.xlsx", "seen"])
def test_an_unknown_format_is_refused(name: str) -> None:
    with pytest.raises(SourceError, match="neither CSV, JSON Lines nor GeoJSON"):
        rows("", name)


@pytest.mark.parametrize(("text", "name"), [("{", "a.geojson"), ("not json", "a.jsonl")])
def test_a_broken_file_is_refused(text: str, name: str) -> None:
    with pytest.raises(SourceError, match=name):
        rows(text, name)


@given(st.binary(max_size=300), st.sampled_from(["a.csv", "a.jsonl", "a.geojson"]))
def test_any_bytes_are_rows_or_an_error_in_words(raw: bytes, name: str) -> None:
    try:
        found = list(read_rows(raw, name, NONE))
    except SourceError as error:
        assert name in str(error)
    else:
        assert all(isinstance(row, SightingRow | BaselineRow | Unread) for row in found)


def test_a_megabyte_of_junk_is_read_in_time() -> None:
    assert all(isinstance(row, Unread) for row in rows("date,side\n" + "2022-,x\n" * 130_000, "junk.csv"))
    with pytest.raises(SourceError, match=r"junk\.csv"):
        rows("date,side\n" + "2022-" * 200_000, "junk.csv")
