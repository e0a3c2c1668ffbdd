"""Nothing too young, no point finer than a town."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from fogline.model import Candidate, Claim, Document, Place, PlaceMention, When, Words
from fogline.release import coarsened, coarsened_place, released, released_document

AT = datetime(2022, 9, 20, 12, tzinfo=UTC)


def claim(earliest: date | None = None, latest: date | None = None, *places: Place) -> Claim:
    when = When(earliest=earliest, latest=latest)
    return Claim(document="d", evidence=Words(0, 1, "x"), event="SHELL", when=when, places=places)


@pytest.mark.parametrize(
    ("published", "earliest", "latest", "out"),
    [
        (date(2022, 9, 17), None, None, True),
        (date(2022, 9, 18), None, None, False),
        (None, date(2020, 1, 1), date(2020, 1, 1), False),
        (date(2022, 9, 17), date(2022, 9, 16), date(2022, 9, 17), True),
        (date(2022, 9, 17), date(2022, 9, 16), date(2022, 9, 25), False),
        (date(2022, 9, 17), date(2022, 9, 18), None, False),
        (date(2022, 9, 17), date(2022, 9, 17), None, True),
    ],
)
def test_a_claim_is_let_out_when_report_and_event_are_old(
    published: date | None, earliest: date | None, latest: date | None, out: bool
) -> None:
    assert released(claim(earliest, latest), published=published, hours=48, at=AT) is out
    assert released(claim(earliest, latest), published=published, hours=0, at=AT)


def test_a_document_is_let_out_when_it_is_dated_and_old() -> None:
    old, young, undated = (
        Document(id="d", text="", published=day) for day in (date(2022, 9, 17), date(2022, 9, 18), None)
    )
    assert [released_document(one, hours=48, at=AT) for one in (old, young, undated)] == [True, False, False]
    assert released_document(undated, hours=0)


def test_a_point_is_rounded_and_loses_what_would_give_it_away() -> None:
    bridge = Place(
        text="the bridge",
        role="at",
        lat=49.2137,
        lon=-37.2689,
        geonameid=5,
        precision="point",
        radius_km=0.5,
        reason="named in full.",
        alternatives=(
            Candidate(name="Bridge", lat=49.2137, lon=-37.2689, geonameid=5, feature="BDG"),
            Candidate(name="Bridge Town", lat=13.1132, lon=-59.5988, geonameid=6, feature="PPLC"),
        ),
    )
    rough = coarsened(claim(None, None, bridge)).places[0]
    assert (rough.lat, rough.lon, rough.geonameid, rough.radius_km) == (49.2, -37.3, None, 8.0)
    assert rough.precision == "near"
    assert rough.reason == "named in full. Rounded to town level for publication."
    assert [(c.lat, c.lon, c.geonameid) for c in rough.alternatives] == [
        (49.2, -37.3, None),
        (13.1132, -59.5988, 6),
    ]


@pytest.mark.parametrize("precision", ["settlement", "district", "region", "country", "area", "unknown"])
def test_a_town_stays_where_it_is(precision: str) -> None:
    town = PlaceMention(text="x", start=0, end=1, lat=49.2137, lon=37.2689, geonameid=5, precision=precision)  # type: ignore[arg-type]
    assert coarsened_place(town) == town


def test_a_place_without_coordinates_stays_without() -> None:
    place = Place(text="x", role="at", precision="point")
    assert coarsened_place(place) == place
