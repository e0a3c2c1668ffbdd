"""How precise a place is, in the codes of ACLED and UCDP, and where it lies as GeoJSON."""

from __future__ import annotations

from itertools import pairwise

import msgspec
import pytest

from fogline.model import PlaceMention, PlacePrecision, Relative
from fogline.resolve.gazetteer import kilometres
from fogline.resolve.place_codes import acled_geo_precision, geometry, ucdp_where_prec

AT = PlaceMention(text="X", start=0, end=1, lat=49.0, lon=37.0)


@pytest.mark.parametrize(
    ("precision", "radius", "acled", "ucdp"),
    [
        ("point", 1.0, 1, 1),
        ("settlement", 3.0, 1, 1),
        ("near", 18.0, 2, 2),
        ("near", 70.0, 3, 5),
        ("district", 20.0, 2, 3),
        ("region", 90.0, 3, 4),
        ("area", 20.0, 2, 5),
        ("area", 150.0, 3, 5),
        ("area", 900.0, None, 5),
        ("country", 400.0, None, 6),
        ("unknown", None, None, None),
    ],
)
def test_codes_follow_precision_and_radius(
    precision: PlacePrecision, radius: float | None, acled: int | None, ucdp: int | None
) -> None:
    place = msgspec.structs.replace(AT, precision=precision, radius_km=radius)
    assert (acled_geo_precision(place), ucdp_where_prec(place)) == (acled, ucdp)


def test_a_place_at_sea_has_a_code_of_its_own() -> None:
    place = msgspec.structs.replace(AT, precision="area", radius_km=200.0, feature="SEA")
    assert ucdp_where_prec(place) == 7


def test_a_place_without_coordinates_has_no_codes_and_no_geometry() -> None:
    place = PlaceMention(text="X", start=0, end=1, precision="settlement")
    assert (acled_geo_precision(place), ucdp_where_prec(place), geometry(place)) == (None, None, None)


def test_geometry_is_the_point_or_what_the_text_tells_by_it() -> None:
    assert geometry(AT) == {"type": "Point", "coordinates": [37.0, 49.0]}
    line = Relative(lat=49.0, lon=37.5, radius_km=40.0, shape="line", points=((49.0, 37.0), (49.0, 38.0)))
    assert geometry(msgspec.structs.replace(AT, relative=line)) == {
        "type": "LineString",
        "coordinates": [[37.0, 49.0], [38.0, 49.0]],
    }
    ring = ((49.0, 37.0), (49.2, 37.2), (48.8, 37.2), (49.0, 37.0))
    sector = Relative(lat=49.0, lon=37.1, radius_km=30.0, shape="sector", points=ring)
    assert geometry(msgspec.structs.replace(AT, relative=sector)) == {
        "type": "Polygon",
        "coordinates": [[[37.0, 49.0], [37.2, 49.2], [37.2, 48.8], [37.0, 49.0]]],
    }
    circle = Relative(lat=48.6, lon=37.0, radius_km=20.0)
    shape = geometry(msgspec.structs.replace(AT, relative=circle))
    assert shape is not None and shape["type"] == "Polygon"
    (ring,) = shape["coordinates"]
    assert ring[0] == ring[-1] and len(ring) == 33
    assert all(19.5 < kilometres(48.6, 37.0, lat, lon) < 20.5 for lon, lat in ring)
    area = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))
    assert area > 0  # counterclockwise, as RFC 7946 asks
