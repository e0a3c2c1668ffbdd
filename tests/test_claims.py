"""Claims go to data frames and into notebooks."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import msgspec

sys.path.insert(0, str(Path(__file__).parent / "store"))

from stub import StubReader, report

from fogline.claims import Claims
from fogline.model import Words
from fogline.store import Stored


def claims() -> Claims:
    document = report()
    return Claims(
        Stored(claim=claim, title=document.title, published=document.published, outlet=document.outlet)
        for claim in StubReader().extract(document).claims
    )


def test_they_are_a_sequence() -> None:
    two = claims()
    assert len(two) == 2
    assert [claim.event for claim in two] == ["CAPTURE", "WITHDRAW"]
    assert two[1] == two.stored[1].claim
    assert two[:1] == Claims(two.stored[:1])
    assert repr(two) == "<2 claims of 1 named voice>"
    assert not Claims()


def test_arrow_keeps_types_and_what_is_not_told() -> None:
    table = claims().to_arrow()
    row = table.to_pylist()[1]
    assert (row["voice"], row["event"], row["geonameid"]) == (None, "WITHDRAW", 1002)
    assert (row["earliest"], row["latest"]) == (date(2022, 9, 10), date(2022, 9, 11))
    assert row["places"] == ["Stara Niva", "the mill bridge"]
    assert Claims().to_arrow().schema == table.schema


def test_pandas_and_polars_have_a_row_a_claim() -> None:
    assert claims().to_pandas()["event"].tolist() == ["CAPTURE", "WITHDRAW"]
    assert claims().to_polars()["lat"].to_list() == [49.21, 49.4612]
    assert claims().to_pandas().groupby("voice").size().to_dict() == {"Colonel Orr": 1}


def test_geopandas_has_a_point_a_claim_and_none_where_there_is_no_place() -> None:
    two = claims()
    nowhere = msgspec.structs.replace(two[0], places=())
    frame = Claims([*two.stored, Stored(claim=nowhere)]).to_geopandas()
    assert frame.crs == "EPSG:4326"
    assert [None if point is None else (point.x, point.y) for point in frame.geometry] == [
        (37.28, 49.21),
        (36.8534, 49.4612),
        None,
    ]
    assert Claims().to_geopandas().empty


def test_a_notebook_shows_words_and_no_markup_of_them() -> None:
    two = claims()
    evil = msgspec.structs.replace(two[0], evidence=Words(0, 1, "<script>alert(1)</script>\u202e & more"))
    html = Claims([Stored(claim=evil, outlet="<b>")] * 70)._repr_html_()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;\\u202e &amp; more" in html
    assert "<script" not in html and "<b>" not in html
    assert html.count("<tr") == 61
    assert "and 10 more claims" in html
