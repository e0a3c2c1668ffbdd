"""A team's map in PostGIS, and who may see and change what."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from stub import StubReader, report

import fogline
from cluster import Cluster
from fogline import Ledger
from fogline.cli import main
from fogline.errors import LedgerError, QueryError
from fogline.export.postgis import make_layers
from fogline.store import now
from fogline.store.roles import roles_sql

YOUNG = now().date() - timedelta(days=1)
SIGHTINGS = "date,side,lat,lon,text,source\n2022-09-10,UKR,49.2112,37.2345,A column,A team\n"
BARRED = ("DELETE FROM claims", "UPDATE claims SET event = 'X'", "DELETE FROM reviews", "DROP TABLE runs")
MAP = (
    '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"holder": "RUS"}, '
    '"geometry": {"type": "Polygon", "coordinates": [[[37, 49], [38, 49], '
    "[38, 49.6], [37, 49.6], [37, 49]]]}}]}"
)


@pytest.fixture(autouse=True)
def postgis(cluster: Cluster) -> None:
    if not cluster.postgis:
        pytest.skip("Not run: PostGIS is not on this machine (Debian: apt-get install postgresql-postgis).")


@pytest.fixture
def book(emptied: str, tmp_path: Path) -> Ledger:
    """Give a ledger on a server with old and young claims, events, a sighting and a map."""
    (tmp_path / "sightings.csv").write_text(SIGHTINGS, encoding="utf-8")
    (tmp_path / "map.geojson").write_text(MAP, encoding="utf-8")
    ledger = fogline.connect(emptied, archive=tmp_path / "archive", reader=StubReader())
    ledger.add([report("old"), report("young", published=YOUNG)])
    ledger.link()
    ledger.import_control(tmp_path / "sightings.csv")
    ledger.import_control(tmp_path / "map.geojson", source="A mapping team", day="2022-09-05", holder="RUS")
    return ledger


def points(cluster: Cluster, address: str, layer: str, columns: str = "public.ST_AsText(geom)") -> list[str]:
    told = cluster.query(f"SELECT {columns} FROM fogline_map.{layer} ORDER BY 1", _database(address))
    return told.splitlines()


def _database(address: str) -> str:
    return address.split("@/")[1].split("?")[0]


def test_layers_show_what_the_ledger_holds(cluster: Cluster, book: Ledger, emptied: str) -> None:
    made = {layer.name: layer for layer in make_layers(book.store)}
    assert {name: layer.features for name, layer in made.items()} == {
        "claims": 6, "events": 4, "sightings": 1, "maps": 1, "settlements": 0, "areas": 0, "lines": 0,
    }  # fmt: skip
    assert points(cluster, emptied, "claims")[0] == "POINT(36.8534 49.4612)"
    book.add(report("more"))
    assert len(points(cluster, emptied, "claims")) == 9
    known = "SELECT f_table_name || ' ' || type || ' ' || srid FROM public.geometry_columns WHERE "
    named = cluster.query(f"{known} f_table_schema = 'fogline_map' ORDER BY 1", _database(emptied))
    assert named.splitlines()[:3] == ["areas MULTIPOLYGON 4326", "claims POINT 4326", "events POINT 4326"]
    kinds = "SELECT indexdef FROM pg_indexes WHERE indexname = 'claim_places_geom'"
    assert "USING gist (geom)" in cluster.query(kinds, _database(emptied))


def test_a_map_asks_the_index(cluster: Cluster, book: Ledger, emptied: str) -> None:
    make_layers(book.store)
    box = "geom && public.ST_MakeEnvelope(36, 49, 37, 50, 4326)"
    plan = f"SET enable_seqscan = off; EXPLAIN SELECT id FROM fogline_map.claims WHERE {box}"
    assert "claim_places_geom" in cluster.query(plan, _database(emptied))


def test_the_claims_of_the_map_are_those_of_the_ledger(cluster: Cluster, book: Ledger, emptied: str) -> None:
    make_layers(book.store)
    book.add(msgspec.structs.replace(report("undated", published=None), title=None))
    book.add(report("undated"))  # told more fully: it takes the other's place
    fogline.connect(emptied, archive=book.archive.folder, reader=StubReader("stub/2")).add(report("young"))
    shown = set(points(cluster, emptied, "claims", "claim"))
    assert shown == {claim.id for claim in book.claims() if claim.places}


def test_an_embargo_and_coarsening_hold_in_the_views(cluster: Cluster, book: Ledger, emptied: str) -> None:
    make_layers(book.store, embargo_hours=72, coarsen=True)
    assert set(points(cluster, emptied, "claims", "outlet || ' ' || published")) == {"The Courier 2022-09-11"}
    assert sorted(points(cluster, emptied, "claims")) == [
        "POINT(36.8534 49.4612)",  # a settlement stays where its centre is
        "POINT(37.28 49.21)",
        "POINT(37.3 49.2)",  # a point is rounded
    ]
    assert set(points(cluster, emptied, "events", "earliest")) == {"2022-09-10"}
    assert points(cluster, emptied, "sightings") == ["POINT(37.2 49.2)"]
    make_layers(book.store)
    assert len(points(cluster, emptied, "claims")) == 6


def test_days_are_drawn_and_drawn_again(
    cluster: Cluster, book: Ledger, emptied: str, capsys: pytest.CaptureFixture[str]
) -> None:
    book.close()
    for _ in range(2):
        assert main(["layers", "--ledger", emptied, "--on", "2022-09-06"]) == 0
    out, err = capsys.readouterr()
    assert "postgres@" in err
    counts = dict(line.split() for line in out.splitlines()[-7:])
    assert int(counts["settlements"].replace(",", "")) > 0
    told = "concat_ws(' ', day, \"view\", holder, public.ST_IsValid(geom))"
    drawn = points(cluster, emptied, "areas", told)
    assert "2022-09-06 assessed RUS t" in drawn
    assert int(counts["areas"]) == len(drawn) == len(set(drawn))
    style = "SELECT styleqml FROM public.layer_styles WHERE f_table_name = 'areas' AND useasdefault"
    assert 'value="RUS"' in cluster.query(style, _database(emptied))
    many = "SELECT count(*) FROM public.layer_styles WHERE f_table_schema = 'fogline_map'"
    assert cluster.query(many, _database(emptied)) == "7"
    of = "SELECT styleqml FROM public.layer_styles WHERE f_table_name = '{}' AND stylename = 'Fogline'"
    styles = [cluster.query(of.format(name), _database(emptied)) for name in ("settlements", "sightings")]
    one, other = (re.findall('<category [^>]*value="([^"]*)"', told) for told in styles)
    assert '<userNotes value="Imported sightings' in styles[1]
    assert one == other  # a party has one colour on the whole map, also where a layer has not all of them


def test_roles_may_do_what_they_are_for(cluster: Cluster, book: Ledger, emptied: str, tmp_path: Path) -> None:
    make_layers(book.store)
    for statement in [*roles_sql(book.store, prefix="team"), *roles_sql(book.store, prefix="team")]:
        book.store.run(statement)
    for person in ("reader", "writer", "map"):
        cluster.query(f"CREATE ROLE of_{person} LOGIN IN ROLE team_{person}")
    database = _database(emptied)
    connect = {"archive": tmp_path / "archive", "reader": StubReader()}
    reading = fogline.connect(cluster.address(database, "of_reader"), read_only=True, **connect)
    assert len(reading.claims()) == len(reading.events()) == 4
    assert len(reading.control("2022-09-06")) > 0
    barred = fogline.connect(cluster.address(database, "of_reader"), **connect)
    with pytest.raises(LedgerError, match=r"may not do this \(permission denied.*fogline roles"):
        barred.add(report("more"))
    with fogline.connect(cluster.address(database, "of_writer"), **connect) as writing:
        assert writing.add(report("more")).claims == 2
        assert writing.link().new == 2
        claim = writing.claims()[0].id
        writing.review("wrong", claim, field="claim", reviewer="Maria", reason="No claim.")
        for sql in BARRED:
            with pytest.raises(LedgerError, match=r"may not do this|must be owner"):
                writing.store.run(sql)
    with pytest.raises(LedgerError, match="The role of_map may not use the ledger"):
        fogline.connect(cluster.address(database, "of_map"), read_only=True, **connect)
    assert cluster.query("SET ROLE of_map; SELECT count(*) FROM fogline_map.claims", database) == "9"
    with pytest.raises(AssertionError, match="permission denied"):
        cluster.query("SET ROLE of_map; SELECT text FROM fogline.documents", database)
    with pytest.raises(QueryError, match="cannot begin a role's name"):
        roles_sql(book.store, prefix="x; DROP")


def test_a_database_without_postgis_is_a_ledger_without_a_map(cluster: Cluster, tmp_path: Path) -> None:
    database = cluster.database(plain=True)
    cluster.query("CREATE ROLE nobodys LOGIN")
    cluster.query(f"ALTER DATABASE {database} OWNER TO nobodys")
    address = cluster.address(database, "nobodys")
    with fogline.connect(address, archive=tmp_path, reader=StubReader()) as ledger:
        ledger.add(report())
        assert ledger.link().events == 2
        with pytest.raises(LedgerError, match=r"PostGIS is not in the database.*CREATE EXTENSION postgis"):
            make_layers(ledger.store)
        cluster.query("CREATE EXTENSION postgis", database)
        made = make_layers(ledger.store)  # what was there before it is drawn as well
        assert (made[0].features, made[0].styled) == (3, True)


def test_a_file_has_neither_layers_nor_roles(tmp_path: Path) -> None:
    with fogline.connect(tmp_path / "l.duckdb") as ledger:
        for ask in (make_layers, roles_sql):
            with pytest.raises(LedgerError, match="is a file"):
                ask(ledger.store)
