"""What fuzzing found, each as a test of its own."""

from __future__ import annotations

import json
import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from fogline.control import ImportOptions, Unread, read_rows
from fogline.control.places import box_of
from fogline.errors import QueryError, SourceError
from fogline.extract.sentences import sentences
from fogline.extract.voices.datelines import datelines
from fogline.ingest import Item, Problem
from fogline.link.credits import credits_of
from fogline.model import Document
from fogline.pipeline import Extractor
from fogline.read import read
from fogline.read.fields import day
from fogline.resolve.gazetteer import open_gazetteer
from fogline.resolve.gazetteer.dump import dump_of
from fogline.resolve.gazetteer.files import read_places
from fogline.resolve.parties.names import definitions
from fogline.settings import load

ROW = "1\tSake\tSake\tSake\t-1.57\t29.04\tP\tPPL\tCD\t\t11\t\t\t\t1000\t\t\tAfrica/Lubumbashi\t2020-01-01"
OPTIONS = ImportOptions(day=date(2022, 9, 1), holder="UKR")


def test_columns_of_spaces_before_a_place_do_not_hang_the_reader() -> None:
    begun = time.process_time()
    for gap in (" " * 45, ", " * 20, " ,\t" * 15):
        text = f"Losses were heavy.{gap}x Kharkiv was shelled on Monday, the army said."
        Extractor(finder="rules").extract(Document(id="x", text=text, published=date(2022, 9, 11)))
    assert time.process_time() - begun < 20


@pytest.mark.parametrize(
    "work",
    [
        lambda: definitions("Aa" * 200_000),
        lambda: definitions("A." * 200_000),
        lambda: sentences("It ended." + "'" * 200_000 + " Next"),
        lambda: credits_of(Document(id="x", text=f"{'=' * 80} Reuters {'=' * 80} Ryan\nGoma fell.")),
        lambda: datelines("Aa" + "/" * 100_000),
        lambda: datelines("ABC" + " " * 100_000 + "x"),
        lambda: datelines("ABC," + " " * 100_000 + "x"),
    ],
    ids=[
        "letters",
        "initials",
        "quotation marks",
        "a line drawn beside an outlet",
        *("a line", "a gap", "a comma"),
    ],
)
def test_time_is_linear_where_it_was_not(work: object) -> None:
    begun = time.process_time()
    assert callable(work)
    work()
    assert time.process_time() - begun < 5


def test_a_box_of_spaces_is_refused_at_once() -> None:
    begun = time.process_time()
    with pytest.raises(QueryError):
        box_of("1" + " " * 20_000)
    assert time.process_time() - begun < 5


def test_lone_surrogates_are_read_as_what_they_are_not() -> None:
    text = "Troops entered \ud800Kharkiv on Monday, \udfffthe army said. Nobody was\0 hurt."
    document = Document(id="x\ud800", text=text, title="\udfff", published=date(2022, 9, 11))
    sound = document.sound()
    assert (sound.id, sound.title, len(sound.text)) == ("x\ufffd", "\ufffd", len(text))
    assert sound.sound() is sound
    found = Extractor().extract(document)
    assert found.claims
    for claim in found.claims:
        assert sound.text[claim.evidence.start : claim.evidence.end] == claim.evidence.text
        claim.evidence.text.encode()


@pytest.mark.parametrize("told", ["ledger = 7", "a = " + "[" * 5000, "ledger = ["])
def test_settings_that_cannot_be_read_are_told(
    told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "fogline.toml").write_text(told, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FOGLINE_LEDGER", raising=False)
    with pytest.raises(QueryError):
        load()


def test_a_number_of_thousands_of_digits_is_a_broken_file() -> None:
    with pytest.raises(SourceError, match="cannot be read"):
        list(read_rows(b'{"lat": ' + b"9" * 5000 + b"}", "a.jsonl", OPTIONS))


@pytest.mark.parametrize(
    "shape", [7, [], {"type": "Point", "coordinates": 7}, {"type": "Point", "coordinates": [1e400]}]
)
def test_a_shape_that_is_none_is_a_row_left_out(shape: object) -> None:
    feature = {"type": "Feature", "properties": {"side": "UKR"}, "geometry": shape}
    (row,) = read_rows(json.dumps(feature).encode(), "a.geojson", OPTIONS)
    assert isinstance(row, Unread)


@pytest.mark.parametrize(
    "told",
    [
        '{"type": "FeatureCollection", "features": [7]}',
        '{"type": "FeatureCollection", "features": 7}',
        '{"type":"Polygon","coordinates":' + "[" * 100_000,
    ],
)
def test_places_of_a_broken_file_are_refused(told: str, tmp_path: Path) -> None:
    path = tmp_path / "a.geojson"
    path.write_text(told, encoding="utf-8")
    with pytest.raises(SourceError, match="is no GeoJSON"):
        list(read_places(path, open_gazetteer()))


@pytest.mark.parametrize(
    "row",
    [f"²{ROW[1:]}", f"{'9' * 5000}{ROW[1:]}", ROW.replace("-1.57", "nan"), ROW.replace("29.04", "1e999")],
)
def test_a_dump_with_numbers_that_are_none_is_refused(row: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"{ROW}\n{row}\n", encoding="utf-8")
    with pytest.raises(SourceError, match="not in the form of GeoNames"):
        for record in dump_of([path]).records():
            assert record.lat == record.lat


@pytest.mark.parametrize("zone", ["+0300000000000000", "111111111111110:00:00 +0300"])
def test_a_day_of_a_message_that_is_none_leaves_the_message(zone: str) -> None:
    mail = f"From: a@a.example\r\nDate: Sat, 10 Sep 2022 10:00:00 {zone}\r\n\r\nTroops left Sake on Monday."
    (document,) = read(Item(name="a.eml", data=mail.encode(), retrieved=datetime(2022, 9, 11, tzinfo=UTC)))
    assert isinstance(document, Document)
    assert document.published in (None, date(2022, 9, 10))
    assert day(f"Sat, 10 Sep 2022 10:00:00 {zone}") in (None, date(2022, 9, 10))


def test_a_parquet_file_with_names_that_are_no_text_is_refused() -> None:
    import io

    import pyarrow as pa
    import pyarrow.parquet as pq

    out = io.BytesIO()
    pq.write_table(pa.table({"text": ["a"], "titel": ["b"]}), out, store_schema=False)
    data = out.getvalue().replace(b"titel", b"ti\x93el")
    (problem,) = read(Item(name="a.parquet", data=data, retrieved=datetime(2022, 9, 11, tzinfo=UTC)))
    assert isinstance(problem, Problem)
    assert "is no Parquet that can be read" in problem.message


@pytest.mark.parametrize(("at", "value"), [(6, 32), (6, 1), (40, 0xFF)], ids=["patched", "locked", "broken"])
def test_a_packed_dump_that_cannot_be_unpacked_is_refused(at: int, value: int, tmp_path: Path) -> None:
    from fuzz.seeds import zipped

    made = bytearray(zipped(a_DOT_txt=f"{ROW}\n".encode() * 50))
    made[at] = value
    if at == 6:
        made[made.index(b"PK\x01\x02") + 8] = value
    path = tmp_path / "a.zip"
    path.write_bytes(bytes(made))
    with pytest.raises(SourceError):
        dump_of([path])
