"""Claims leave as JSON Lines, CSV and GeoJSON, whatever their words are."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stub import StubReader, report

from fogline.export import EXPORTERS
from fogline.export.cells import cells, day, number, quantity
from fogline.export.flat import FLAT
from fogline.export.geojson import features
from fogline.export.safe import csv_cell, json_safe, printable, printable_lines
from fogline.model import Claim, Place, Quantity, Relative, When, Words
from fogline.store import Stored


def stored() -> list[Stored]:
    document = report()
    claims = StubReader().extract(document).claims
    nowhere = msgspec.structs.replace(claims[0], places=(Place(text="the front", role="near"),)).identified()
    return [
        Stored(claim=claim, title="Report", published=document.published, outlet="The Courier")
        for claim in (*claims, nowhere)
    ]


def written(form: str, claims: list[Stored] | Iterator[Stored]) -> str:
    to = io.StringIO(newline="")
    count = EXPORTERS[form](iter(claims), to)
    assert count == 3
    return to.getvalue()


def test_json_lines_hold_the_whole_claim() -> None:
    lines = written("jsonl", stored()).splitlines()
    assert [msgspec.json.decode(line, type=Claim) for line in lines] == [one.claim for one in stored()]
    fields = json.loads(lines[0])
    assert fields["evidence"] == {"start": 0, "end": 52, "text": report().text[:52]}
    assert fields["when"]["earliest"] == "2022-09-10"
    assert fields["speaker"]["side"] == "RUS"


def test_csv_has_a_row_a_claim() -> None:
    rows = list(csv.DictReader(io.StringIO(written("csv", stored()))))
    assert len(rows) == 3
    assert list(rows[0]) == list(FLAT)
    first, second, third = rows
    assert (first["voice"], first["event"], first["place"]) == ("Colonel Orr", "CAPTURE", "Novaya Niva")
    assert (first["lat"], first["lon"], first["geonameid"]) == ("49.21", "37.28", "1001")
    assert (second["voice"], second["places"]) == ("", "Stara Niva; the mill bridge")
    assert (second["quantities"], second["earliest"]) == ("troops 300", "2022-09-10")
    assert (third["place"], third["lat"], third["role"]) == ("the front", "", "near")


def test_geojson_has_a_feature_a_place_and_loses_no_claim() -> None:
    collection = json.loads(written("geojson", stored()))
    assert collection["type"] == "FeatureCollection"
    points = [one["geometry"] and one["geometry"]["coordinates"] for one in collection["features"]]
    assert points == [[37.28, 49.21], [36.8534, 49.4612], [37.2689, 49.2137], None]
    assert [one["properties"]["place"] for one in collection["features"]] == [
        "Novaya Niva",
        "Stara Niva",
        "the mill bridge",
        "the front",
    ]
    assert {one["properties"]["id"] for one in collection["features"]} == {one.claim.id for one in stored()}


def test_geojson_draws_what_a_text_tells_by_a_place_as_an_area() -> None:
    ring = ((36.0, 43.0), (36.0, 45.0), (37.0, 44.0), (36.0, 43.0))
    part = Relative(lat=36.3, lon=44.0, radius_km=90.0, shape="part", points=ring, words="northern")
    place = Place(text="Iraq", role="at", lat=33.0, lon=44.0, precision="country", relative=part)
    first = stored()[0]
    claim = msgspec.structs.replace(first.claim, places=(place,)).identified()
    (feature,) = features(msgspec.structs.replace(first, claim=claim))
    assert feature["geometry"] == {
        "type": "Polygon",
        "coordinates": [[[43.0, 36.0], [45.0, 36.0], [44.0, 37.0], [43.0, 36.0]]],
    }
    assert (feature["properties"]["lat"], feature["properties"]["lon"]) == (33.0, 44.0)


def test_no_claims_are_an_empty_file_of_the_format() -> None:
    for form, empty in (("jsonl", ""), ("geojson", '{"type": "FeatureCollection", "features": [\n\n]}\n')):
        to = io.StringIO(newline="")
        assert EXPORTERS[form]([], to) == 0
        assert to.getvalue() == empty
    assert json.loads(empty)["features"] == []


HOSTILE = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "\tx", "\r=x", "＝1", '=HYPERLINK("http://x")']


@pytest.mark.parametrize("words", HOSTILE)
def test_a_cell_that_looks_like_a_formula_is_made_text(words: str) -> None:
    evil = msgspec.structs.replace(stored()[0].claim, evidence=Words(0, 1, words), hedge=words)
    one = Stored(claim=evil, outlet=words)
    to = io.StringIO(newline="")
    EXPORTERS["csv"]([one], to)
    (row,) = csv.DictReader(io.StringIO(to.getvalue(), newline=""))
    assert row["evidence"] == row["hedge"] == row["outlet"] == f"'{words}"


def test_numbers_are_left_alone() -> None:
    assert [csv_cell(text) for text in ("-5", "+3.2", "-", "5", "")] == ["-5", "+3.2", "'-", "5", ""]


@given(st.text())
def test_a_cell_never_begins_as_a_formula(text: str) -> None:
    cell = csv_cell(text)
    assert cell.removeprefix("'") == text.removeprefix("'") or cell == text
    assert not cell.startswith(("=", "@", "\t", "\r"))


def test_what_steers_a_terminal_is_shown() -> None:
    assert printable("a\x1b[31mb\u202ec\nd\x9be\u200b") == "a\\x1b[31mb\\u202ec d\\x9be\\u200b"
    assert printable_lines("a\nb\x07") == "a\nb\\x07"
    assert printable("Ізюм, إدلب – “Izium”") == "Ізюм, إدلب – “Izium”"


@given(st.text())
def test_what_is_printed_is_one_line_that_steers_nothing(text: str) -> None:
    shown = printable(text)
    assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or 0xD800 <= ord(c) < 0xE000 for c in shown)
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029")


@given(st.text())
def test_json_made_safe_says_the_same(text: str) -> None:
    line = json_safe(json.dumps({"text": text}, ensure_ascii=False))
    assert json.loads(line) == {"text": text}
    assert not set(line) & set("\u202e\u2066\x9b\x85\u2028")


def test_days_are_as_short_as_they_go() -> None:
    ends = [
        (None, None),
        (date(2022, 9, 10), date(2022, 9, 10)),
        (date(2022, 9, 10), date(2022, 9, 11)),
        (date(2022, 9, 30), date(2022, 10, 2)),
        (date(2021, 12, 31), date(2022, 1, 1)),
        (date(2022, 9, 10), None),
        (None, date(2022, 9, 10)),
    ]
    assert [day(When(earliest=first, latest=last)) for first, last in ends] == [
        "",
        "2022-09-10",
        "2022-09-10..11",
        "2022-09-30..10-02",
        "2021-12-31..2022-01-01",
        "2022-09-10..",
        "..2022-09-10",
    ]


def test_quantities_are_told_with_their_doubt() -> None:
    def told(low: float | None, high: float | None, kind: str = "killed", unit: str | None = None) -> str:
        return quantity(Quantity(text="x", start=0, end=1, kind=kind, low=low, high=high, unit=unit))  # type: ignore[arg-type]

    assert told(12, 12) == "killed 12"
    assert told(20, None) == "killed >=20"
    assert told(None, 20) == "killed <=20"
    assert told(2500, 3000, "area", "km2") == "area 2500..3000 km2"
    assert told(2, 2, "other", "areas") == "2 areas"
    assert told(20, None, "settlements", "settlements") == "settlements >=20"
    assert told(None, None) == "killed x"
    assert [number(value) for value in (None, -122.41942, 1e6, 0.5, float("inf"))] == [
        "",
        "-122.41942",
        "1000000",
        "0.5",
        "inf",
    ]


def test_a_row_for_people_names_who_speaks() -> None:
    told, narrated, _ = stored()
    assert cells(told.claim)["voice"] == "Colonel Orr"
    assert cells(told.claim)["parties"] == "the garrison [UKR]"
    assert cells(narrated.claim)["voice"] == "(outlet)"
    assert cells(narrated.claim, outlet="The Courier")["voice"] == "(The Courier)"
    assert cells(stored()[2].claim)["place"] == "near the front?"
