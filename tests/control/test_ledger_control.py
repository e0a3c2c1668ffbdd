"""A ledger tells who held what: by its methods, on the command line, and in files that others open."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from msgspec.structs import replace

import fogline
from fogline.cli import main
from fogline.errors import LedgerError, QueryError, SourceError

SEEN = """date,side,lat,lon,text
2016-10-01,Islamic State,36.335,43.119,a checkpoint
2016-10-01,Islamic State,36.379,42.448,a column
2016-10-01,Iraq,36.191,44.009,a parade
2017-04-10,iq,36.335,43.119,=a flag on the bridge
2017-05-20,iq,36.335,43.119,tanks in the old town
2017-06-10,iq,36.335,43.119,
2017-07-01,iq,36.335,43.119,a parade
"""
MAP = {
    "type": "Feature",
    "properties": {"side": "Islamic State", "date": "2016-10-02"},
    "geometry": {
        "type": "Polygon",
        "coordinates": [[[42.9, 36.2], [43.3, 36.2], [43.3, 36.6], [42.9, 36.6], [42.9, 36.2]]],
    },
}
BOX = "42.2,35.9,44.2,36.7"


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a ledger with sightings and a map of a day."""
    folder = tmp_path_factory.mktemp("ledger")
    (folder / "seen.csv").write_text(SEEN, encoding="utf-8")
    (folder / "map.geojson").write_text(json.dumps(MAP), encoding="utf-8")
    path = folder / "ledger.duckdb"
    with fogline.connect(path) as book:
        done = book.import_control(folder / "seen.csv", source="A team")
        again = book.import_control(folder / "seen.csv", source="A team")
        mapped = book.import_control(folder / "map.geojson")
    assert [(d.new, d.known, d.unread) for d in (done, again, mapped)] == [(7, 0, 0), (0, 7, 0), (1, 0, 0)]
    assert (done.source, mapped.source) == ("A team", "map")
    return path


def test_a_map_of_a_day_speaks_for_what_lies_inside_it(ledger: Path) -> None:
    with fogline.connect(ledger, read_only=True) as book:
        held = {h.name: h for h in book.control("2016-10-03", within=BOX, known_by="2016-10-03")}
    assert held["Tallkayf"].holder == "Islamic State"
    assert "map: the map of 2016-10-02 shows it held by Islamic State" in held["Tallkayf"].reasons[1]
    assert held["Erbil"].holder == "IRQ"


def test_an_embargo_holds_back_what_is_young(ledger: Path) -> None:
    hours = (date.today() - date(2017, 1, 1)).days * 24
    with fogline.connect(ledger, read_only=True) as book:
        now, then = (
            {h.name: h for h in book.control("2017-07-10", within=BOX, embargo_hours=h)} for h in (0, hours)
        )
    assert (now["Mosul"].holder, then["Mosul"].holder) == ("IRQ", "Islamic State")


def test_coarsening_rounds_points_to_a_tenth_of_a_degree(ledger: Path) -> None:
    with fogline.connect(ledger, read_only=True) as book:
        found = book.control("2017-07-10", within=BOX, coarsen=True)
    assert found
    assert all(round(x * 10) / 10 == x for h in found for x in (h.lat, h.lon))


def test_importing_needs_a_file_and_a_ledger_that_can_be_written(ledger: Path, tmp_path: Path) -> None:
    with (
        fogline.connect(ledger, read_only=True) as book,
        pytest.raises(LedgerError, match="for reading only"),
    ):
        book.import_control(tmp_path / "a.csv")
    with fogline.connect(tmp_path / "other.duckdb") as book:
        with pytest.raises(SourceError, match=r"missing\.csv"):
            book.import_control(tmp_path / "missing.csv")
        with pytest.raises(SourceError, match="is a folder"):
            book.import_control(tmp_path)
        assert book.control("2017-07-10") == []
        assert book.areas("2017-07-10", "2017-07-11") == []
        with pytest.raises(QueryError, match="No settlement 'Mosul'"):
            book.control_history("Mosul")
        with pytest.raises(QueryError, match="ends"):
            book.changes("2017-07-10", "2017-07-01")


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Run a command and return its status and what it printed."""
    status = main(list(words))
    told = capsys.readouterr()
    return status, told.out, told.err


def test_the_table_of_a_day(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "control", "--on", "2017-07-10", "--in", BOX, "--ledger", str(ledger))
    rows = [line.split() for line in out.splitlines()]
    assert (status, rows[0][:3]) == (0, ["place", "holder", "p"])
    assert ["Mosul", "IRQ"] in [row[:2] for row in rows]
    assert "settlements: " in err


def test_the_history_of_a_place_and_what_changed_hands(
    ledger: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, _ = run(
        capsys, "control", "--place", "Mosul", "--from", "2016-10-02", "--ledger", str(ledger), "-f", "jsonl"
    )
    periods = [json.loads(line) for line in out.splitlines()]
    assert (status, periods[0]["holder"], periods[-1]["holder"]) == (0, "Islamic State", "IRQ")
    words = ("control", "--from", "2016-10-02", "--to", "2017-07-10", "--in", BOX, "--ledger", str(ledger))
    status, out, _ = run(capsys, *words, "-f", "csv")
    header, *rows = out.splitlines()
    assert (status, header.startswith("geonameid,name,lat,lon,before,after")) == (0, True)
    assert any(",Mosul," in row and "Islamic State,IRQ" in row for row in rows)


def test_geojson_holds_points_or_land(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("control", "--on", "2016-10-03", "--in", BOX, "--ledger", str(ledger), "-f", "geojson")
    for layer, kinds in (("settlements", {"Point"}), ("areas", {"Polygon", "MultiPolygon"})):
        _, out, _ = run(capsys, *words, "--layer", layer)
        features = json.loads(out)["features"]
        assert {feature["geometry"]["type"] for feature in features} <= kinds
        assert {"IRQ", "Islamic State"} <= {feature["properties"]["holder"] for feature in features}


def test_a_geopackage_holds_three_layers_with_styles(ledger: Path, tmp_path: Path) -> None:
    geopandas = pytest.importorskip("geopandas")
    path = tmp_path / "control.gpkg"
    words = ["control", "--on", "2016-10-03", "--in", BOX, "--ledger", str(ledger), "-o", str(path)]
    assert main(words) == 0
    for layer, kind in (("areas", "MultiPolygon"), ("lines", "MultiLineString"), ("settlements", "Point")):
        read = geopandas.read_file(path, layer=layer)
        assert set(read.geom_type) == {kind}
        assert read.crs.to_epsg() == 4326
        assert read.is_valid.all()
    with closing(sqlite3.connect(path)) as base:
        assert base.execute("PRAGMA application_id").fetchone() == (0x47504B47,)
        styles = dict(base.execute("SELECT f_table_name, styleQML FROM layer_styles"))
    assert set(styles) == {"areas", "lines", "settlements"}
    for style in styles.values():
        categories = ElementTree.fromstring(style.partition(">")[2]).findall(".//category")
        assert {"IRQ", "Islamic State", "contested", ""} <= {c.get("value") for c in categories}


def test_a_geoparquet_file_is_read_by_others(ledger: Path, tmp_path: Path) -> None:
    geopandas = pytest.importorskip("geopandas")
    path = tmp_path / "settlements.parquet"
    assert main(["control", "--on", "2016-10-03", "--in", BOX, "--ledger", str(ledger), "-o", str(path)]) == 0
    read = geopandas.read_parquet(path)
    assert read.crs == "OGC:CRS84"
    assert set(read.geom_type) == {"Point"}
    assert {"IRQ", "Islamic State"} <= set(read["holder"].dropna())
    style = ElementTree.parse(path.with_suffix(".qml")).getroot()
    assert {"IRQ", "Islamic State"} <= {one.get("value") for one in style.iter("category")}


def test_areas_go_into_a_table_and_a_drawing(
    ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plot, rows = tmp_path / "areas.svg", tmp_path / "areas.csv"
    words = ("area", "--from", "2016-10-03", "--to", "2017-07-04", "--in", BOX, "--ledger", str(ledger))
    status, _, err = run(capsys, *words, "-o", str(rows), "--plot", str(plot))
    assert (status, "km² gained" in err) == (0, True)
    header, *body = rows.read_text(encoding="utf-8").splitlines()
    assert header == "on,holder,km2,low,high"
    assert body[0].startswith("2016-10-03,")
    drawn = ElementTree.fromstring(plot.read_text(encoding="utf-8"))
    assert len(drawn.findall("{http://www.w3.org/2000/svg}polyline")) >= 2


@pytest.mark.parametrize(
    "words",
    [
        ("control",),
        ("control", "--on", "2017-07-10", "--place", "Mosul"),
        ("control", "--on", "2017-07-10", "-f", "gpkg"),
        ("control", "--on", "2017-07-10", "--in", "Qwxyzzia"),
        ("control", "--on", "2017-07-10", "--view", "SWE"),
        ("control", "--place", "Mosul", "-f", "geojson"),
    ],
)
def test_what_cannot_be_asked_is_told_in_a_paragraph(
    words: tuple[str, ...], ledger: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = run(capsys, *words, "--ledger", str(ledger))
    assert (status, out) == (2, "")
    assert "Traceback" not in err


def test_a_formula_in_a_sighting_stays_text(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("control", "--on", "2017-07-02", "--in", BOX, "--ledger", str(ledger), "-f", "csv")
    _, out, _ = run(capsys, *words)
    assert not any(cell.startswith("=") for line in out.splitlines() for cell in line.split(","))


def test_a_claim_that_a_person_judged_wrong_no_longer_counts(tmp_path: Path) -> None:
    from builders import claim

    from fogline.control import observations
    from fogline.model import Document, Extraction

    class Reader:
        """Finds one claim, whatever the text."""

        identity = "one/1"

        def extract(self, document: Document) -> Extraction:
            found = replace(claim("CAPTURE").claim, document=document.id, id="", extractor=self.identity)
            found = found.identified()
            return Extraction(document=document.id, claims=(found,), left_out=())

        def extract_all(self, documents: Iterable[Document]) -> Iterator[Extraction]:
            yield from map(self.extract, documents)

    with fogline.connect(tmp_path / "ledger.duckdb", reader=Reader()) as book:
        book.add(Document(id="d", text="the army took Hawija", published=date(2017, 10, 6)))
        (told,) = book.claims()
        assert len(observations(book._store)) == 2
        book.review("wrong", told.id, field="claim", reviewer="a reader", reason="a headline")
        assert observations(book._store) == []
