"""Every format is read back as what went in."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import geopandas
import pyarrow.parquet as pq
import pytest
from msgspec import structs

from fogline.export.acled import coded as as_acled
from fogline.export.coded import Told, acled_regions, codes, countries
from fogline.export.colours import event_colours
from fogline.export.flat import FLAT
from fogline.export.formats import FORMATS, told
from fogline.export.ged import coded as as_ged
from fogline.export.hxl import TAGS
from fogline.export.plover import coded as as_plover
from fogline.ledger import Ledger, connect
from fogline.link.assemble import event_of
from fogline.model import Candidate, Claim, Party, Place, Quantity, Voice, When, Words
from fogline.model.where import Relative
from fogline.settings import Settings
from fogline.store import Filters, Stored
from fogline.store.filters import EVENTS

HOSTILE = '=HYPERLINK("http://evil.example") \u202e'


def claim(document: str = "r1", **given: Any) -> Stored:
    """Return a claim: a state's forces shelled a town and killed civilians."""
    told: dict[str, Any] = {
        "event": "SHELL",
        "agents": (Party(text="the army", start=0, end=1, side="SDN"),),
        "targets": (Party(text="market traders", start=0, end=1, side="CIV"),),
        "places": (
            Place(
                text="El Fasher", role="at", lat=13.628, lon=25.349, name="El Fasher", country="SDN",
                precision="settlement", score=0.9,
            ),
        ),
        "when": When(earliest=date(2024, 5, 10), latest=date(2024, 5, 11), precision="days"),
        "quantities": (Quantity(text="12", start=0, end=2, kind="killed", low=12.0, high=15.0),),
        "speaker": Voice(text="a doctor", name="Doctor Adam", kind="official"),
        "relays": ("Wire", "Daily"),
        "extractor": "hand/1",
    }  # fmt: skip
    words = Words(4, 40, "army shells killed 12 at the market")
    made = Claim(document=document, evidence=words, **told | given).identified()
    return Stored(claim=made, title="Market shelled", published=date(2024, 5, 12), outlet="The Courier")


def event(*claims: Stored) -> Told:
    """Return the event of claims."""
    return Told(event=event_of("e1", claims), claims=claims)


def text(name: str, *things: Any) -> str:
    """Return things as a format that writes text."""
    to, chosen = io.StringIO(newline=""), FORMATS[name]
    write = chosen.lines or chosen.events
    assert write is not None
    assert write(things, to) == len(things)
    return to.getvalue()


def test_hxl_has_a_tag_for_every_column() -> None:
    assert list(TAGS) == list(FLAT)
    rows = list(csv.reader(io.StringIO(text("hxl", claim()))))
    assert rows[1] == list(TAGS.values())
    assert all(tag.startswith("#") for tag in rows[1])
    assert rows[2][rows[0].index("voice")] == "Doctor Adam"


def test_parquet_has_the_flat_rows(tmp_path: Path) -> None:
    path = tmp_path / "claims.parquet"
    assert FORMATS["parquet"].file is not None
    assert FORMATS["parquet"].file((claim() for _ in range(3)), path) == 3
    (row, *_) = pq.read_table(path).to_pylist()
    assert list(row) == list(FLAT)
    assert (row["earliest"], row["relays"], row["lat"]) == (date(2024, 5, 10), ["Wire", "Daily"], 13.628)


def test_geoparquet_is_read_by_geopandas(tmp_path: Path) -> None:
    path = tmp_path / "claims.parquet"
    assert FORMATS["geoparquet"].file is not None
    FORMATS["geoparquet"].file([claim(), claim("r2", places=())], path)
    frame = geopandas.read_parquet(path)
    assert (frame.crs.to_authority(), len(frame)) == (("OGC", "CRS84"), 2)
    assert (frame.geometry[0].x, frame.geometry[0].y) == (25.349, 13.628)
    assert frame.geometry[1] is None


def test_a_geopackage_has_a_styled_point_for_each_place(tmp_path: Path) -> None:
    path = tmp_path / "claims.gpkg"
    assert FORMATS["gpkg"].file is not None
    assert FORMATS["gpkg"].file([claim(), claim("r2", places=())], path) == 2
    frame = geopandas.read_file(path, layer="claims")
    assert list(frame["event"]) == ["SHELL"]
    assert (frame.geometry[0].x, frame.geometry[0].y) == (25.349, 13.628)
    with sqlite3.connect(path) as base:
        ((name, style),) = base.execute("SELECT f_table_name, styleQML FROM layer_styles").fetchall()
        assert name == "claims"
        assert '<userNotes value="A point for each place of a claim' in style
        red, green, blue = (int(event_colours()["SHELL"][at : at + 2], 16) for at in (1, 3, 5))
        assert f'value="{red},{green},{blue},' in style


def test_a_place_that_is_told_as_an_area_is_a_point_of_the_layer(tmp_path: Path) -> None:
    north = Relative(lat=13.7, lon=25.3, radius_km=9.0, shape="sector", points=((13.6, 25.2), (13.8, 25.4)))
    place = Place(text="north of El Fasher", role="at", lat=13.7, lon=25.3, radius_km=9.0, relative=north)
    path = tmp_path / "claims.gpkg"
    assert FORMATS["gpkg"].file is not None
    assert FORMATS["gpkg"].file([claim(places=(place,))], path) == 1
    frame = geopandas.read_file(path, layer="claims")
    assert [(point.x, point.y) for point in frame.geometry] == [(25.3, 13.7)]


def test_an_event_in_the_form_of_acled() -> None:
    row = as_acled(event(claim(), claim("r2")))
    assert row is not None
    assert {name: value for name, value in row.items() if name not in ("notes", "tags")} == {
        "event_id_cnty": "SDNe1", "event_date": "2024-05-10", "year": 2024, "time_precision": 1,
        "disorder_type": "Political violence", "event_type": "Explosions/Remote violence",
        "sub_event_type": "Shelling/artillery/missile attack", "actor1": "Military Forces of Sudan",
        "assoc_actor_1": "", "inter1": "State forces", "actor2": "Civilians", "assoc_actor_2": "",
        "inter2": "Civilians",
        "interaction": "State forces-Civilians",
        "civilian_targeting": "Civilian targeting", "iso": 729, "region": "Northern Africa",
        "country": "Sudan", "admin1": None, "admin2": None,
        "location": "El Fasher",
        "latitude": 13.628, "longitude": 25.349, "geo_precision": 1, "source": "The Courier",
        "fatalities": 12,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "agent", "target", "expected"),
    [
        ("ATTACK", "SDN", "CIV", ("Violence against civilians", "Attack")),
        ("ATTACK", "SDN", "RSF", ("Battles", "Armed clash")),
        ("CAPTURE", "SDN", "RSF", ("Battles", "Government regains territory")),
        ("CAPTURE", "RSF", "SDN", ("Battles", "Non-state actor overtakes territory")),
        ("AID", "SDN", "CIV", None),
    ],
)
def test_who_acts_on_whom_decides_the_code(
    kind: str, agent: str, target: str, expected: tuple[str, str] | None
) -> None:
    parties = {
        "agents": (Party(text="a", start=0, end=1, side=agent),),
        "targets": (Party(text="b", start=0, end=1, side=target),),
    }
    row = as_acled(event(claim(event=kind, **parties)))
    assert (row and (row["event_type"], row["sub_event_type"])) == expected


def test_what_has_no_side_is_no_actor() -> None:
    plant = Party(text="a power plant", start=0, end=1)
    row, deaths = as_acled(event(claim(targets=(plant,)))), as_ged(event(claim(targets=(plant,))))
    assert row is not None and deaths is not None
    assert (row["actor2"], row["inter2"], row["interaction"]) == ("", "", "State forces")
    assert (deaths["side_b"], deaths["dyad_name"]) == (None, None)


def test_the_region_of_a_place_is_told() -> None:
    town = Candidate(name="El Fasher", lat=13.628, lon=25.349, geonameid=7, region="North Darfur", score=1.0)
    region = structs.replace(town, name="North Darfur", feature="ADM1", region=None)
    for candidate in (town, region):
        place = Place(
            text="El Fasher", role="at", lat=13.628, lon=25.349, geonameid=7, alternatives=(candidate,)
        )
        row, deaths = as_acled(event(claim(places=(place,)))), as_ged(event(claim(places=(place,))))
        assert row is not None and deaths is not None
        assert row["admin1"] == deaths["adm_1"] == "North Darfur"
        assert row["admin2"] is None
    district = structs.replace(town, name="Um Keddada", feature="ADM2")
    place = Place(text="Um Keddada", role="at", lat=13.6, lon=26.7, geonameid=7, alternatives=(district,))
    row = as_acled(event(claim(places=(place,))))
    assert row is not None
    assert (row["admin1"], row["admin2"]) == ("North Darfur", "Um Keddada")


def test_every_country_is_in_one_of_the_regions_of_acled() -> None:
    uninhabited = {"ANT", "ATA", "ATF", "BVT", "CCK", "CXR", "HMD", "IOT", "NFK", "PCN", "SCG", "SGS", "UMI"}
    assert set(countries()) - set(acled_regions()) == uninhabited
    told = [acled_regions()[code] for code in ("UKR", "TUR", "AFG", "MMR")]
    assert told == ["Europe", "Middle East", "Caucasus and Central Asia", "Southeast Asia"]


def test_a_type_of_event_has_one_colour_whatever_else_is_on_the_map() -> None:
    every = event_colours()
    assert len(every) == 21
    assert event_colours(["SHELL"]) == {"SHELL": every["SHELL"]}


def test_an_event_in_the_form_of_ged() -> None:
    more = Quantity(text="at least 20", start=0, end=2, kind="killed", low=20.0, high=None)
    row = as_ged(event(claim(), claim("r2", quantities=(more,), speaker=Voice(text="x", name="Major X"))))
    assert row is not None
    assert (row["low"], row["high"]) == (12, 20)
    assert row["low"] <= row["best"] <= row["high"]
    assert (row["type_of_violence"], row["side_a"], row["side_b"]) == (3, "Sudan", "Civilians")
    assert (row["where_prec"], row["date_prec"], row["priogrid_gid"]) == (1, 2, 207 * 720 + 411)
    assert row["deaths_civilians"] == row["best"]
    assert as_ged(event(claim(quantities=()))) is None


def test_what_did_not_happen_or_has_no_day_is_no_row() -> None:
    for given in ({"status": "denied"}, {"status": "intended"}, {"when": When()}):
        assert as_acled(event(claim(**given))) is None
        assert as_ged(event(claim(**given))) is None
        assert as_plover(event(claim(**given))) is None


def test_every_type_is_coded_or_left_out_on_purpose() -> None:
    for name, left_out in (("acled", {"AID", "SANCTION", "DECLARE"}), ("plover", {"DECLARE"})):
        assert set(EVENTS) - set(codes()[name]) == left_out
        assert set(codes()[name]) <= set(EVENTS)


def test_an_event_in_the_form_of_plover() -> None:
    (row,) = map(json.loads, text("plover", event(claim())).splitlines())
    assert (row["event"], row["mode"], row["date"]) == ("ASSAULT", "heavy-weapons", "2024-05-10")
    assert row["source"] == [{"code": "SDN", "name": "Sudan"}]
    assert row["magnitude"] == {"dead": 14, "injured": None}


def test_a_timemap_names_every_source_and_association_that_its_events_use() -> None:
    whole = json.loads(text("timemap", event(claim(), claim("r2"))))
    (made,) = whole["events"]
    assert set(made["sources"]) == {source["id"] for source in whole["sources"]} == {"r1", "r2"}
    named = {one["id"]: one["mode"] for one in whole["associations"]}
    assert set(made["associations"]) == set(named)
    assert named["SHELL"] == "CATEGORY"
    assert named["side: Sudan"] == "FILTER"


def test_an_annotation_selects_the_evidence() -> None:
    page = json.loads(text("annotations", claim(), claim("a b/c")))
    first, second = page["items"]
    assert page["type"] == "AnnotationPage"
    assert first["target"]["selector"] == [
        {"type": "TextPositionSelector", "start": 4, "end": 40},
        {"type": "TextQuoteSelector", "exact": "army shells killed 12 at the market"},
    ]
    assert second["target"]["source"] == "urn:fogline:document:a%20b%2Fc"


def test_the_chain_of_a_claim_as_prov() -> None:
    graph = {node["@id"]: node for node in json.loads(text("prov", claim(), claim("r2")))["@graph"]}
    made = graph[f"urn:fogline:claim:{claim().claim.id}"]
    assert made["prov:wasAttributedTo"] == {"@id": "urn:fogline:agent:Doctor%20Adam"}
    links = [
        (link["prov:agent"]["@id"], link["prov:actedOnBehalfOf"]["@id"])
        for link in made["prov:qualifiedAttribution"]
    ]
    assert links == [
        ("urn:fogline:agent:Wire", "urn:fogline:agent:Doctor%20Adam"),
        ("urn:fogline:agent:Daily", "urn:fogline:agent:Wire"),
    ]
    used = [made["prov:wasQuotedFrom"], made["prov:wasGeneratedBy"], made["prov:wasAttributedTo"]]
    assert all(one["@id"] in graph for one in used)


@pytest.mark.parametrize("name", ["acled", "ged", "hxl"])
def test_no_cell_is_a_formula(name: str) -> None:
    hostile = claim(document=HOSTILE, agents=(Party(text=HOSTILE, start=0, end=1),))
    rows = csv.reader(io.StringIO(text(name, hostile if name == "hxl" else event(hostile))))
    assert not [value for row in rows for value in row if value.startswith("=")]


@pytest.fixture
def linked(tmp_path: Path) -> Iterator[Ledger]:
    """Give a ledger whose claims are linked."""
    from stub import StubReader, report

    with connect(tmp_path / "l.duckdb", reader=StubReader(), settings=Settings()) as ledger:
        ledger.add([report("r1"), report("r2")])
        ledger.link()
        yield ledger


def test_events_come_with_all_their_claims(linked: Ledger) -> None:
    found = list(told(linked, Filters.of(event="CAPTURE")))
    assert [one.event.id for one in found] == [one.id for one in linked.events(event="CAPTURE")]
    assert all([stored.claim.id for stored in one.claims] == list(one.event.claims) for one in found)
