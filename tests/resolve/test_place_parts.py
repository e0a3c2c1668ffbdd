"""Parts of regions and countries as areas."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fogline.extract.parse import parse
from fogline.model import Document, PlaceMention
from fogline.resolve.gazetteer import Entry, open_gazetteer
from fogline.resolve.gazetteer.extents import hull, part_of
from fogline.resolve.place_codes import geometry, ucdp_where_prec
from fogline.resolve.place_parts import part_told
from fogline.resolve.places import places


def resolved(text: str) -> dict[str, PlaceMention]:
    return {m.text: m for m in places(parse(Document(id="d", text=text)))}


@pytest.mark.parametrize(
    ("text", "mention", "name", "south", "north"),
    [
        ("A strike hit southern Iraq on Monday.", "Iraq", "Iraq", 29.5, 32.5),
        ("Militants fled to southern Somalia.", "Somalia", "Somalia", -1.5, 3.5),
        ("Rebels took towns in the south of Idlib province.", "Idlib province", "Idlib", 35.3, 35.7),
        ("Rockets struck the northern part of Jordan.", "Jordan", "Jordan", 31.9, 33.0),
    ],
)
def test_a_part_of_a_region_lies_on_its_side(
    text: str, mention: str, name: str, south: float, north: float
) -> None:
    found = resolved(text)[mention]
    assert found.relative is not None and found.relative.shape == "part"
    assert "settlements there" in found.reason
    assert ucdp_where_prec(found) == 5
    assert found.name == name and found.geonameid is not None
    assert south < found.relative.lat < north
    shape = geometry(found)
    assert shape is not None and shape["type"] == "Polygon"
    assert shape["coordinates"][0][0] == shape["coordinates"][0][-1]


def test_a_part_with_a_name_of_its_own_is_that_place() -> None:
    found = resolved("Shelling in eastern Ghouta killed 12 people near Damascus.")["Ghouta"]
    assert (found.name, found.relative) == ("Eastern Ghouta", None)
    found = resolved("Rockets hit southern Lebanon.")["Lebanon"]
    assert found.relative is not None
    assert (found.relative.lat, found.relative.lon, found.relative.radius_km) == (33.3, 35.4, 30.0)
    assert found.reason.endswith("The text says 'southern': Southern Lebanon.")


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("Rebels moved to the north of Kharkiv region.", "Kharkiv region"),
        ("Troops left northern and central towns of Ukraine.", "Ukraine"),
        ("Police raided homes in North Korea.", "North Korea"),
        ("Shells hit western Mosul in Iraq.", "Mosul"),
    ],
)
def test_what_lies_beside_a_region_or_in_a_town_is_no_part_of_a_region(text: str, mention: str) -> None:
    relative = resolved(text)[mention].relative
    assert relative is None or relative.shape != "part"


def test_two_directions_and_the_centre_are_told() -> None:
    part = part_told("in north-eastern Syria", 17)
    assert part is not None and (part.bearing, part.adjective) == (45.0, "northeastern")
    part = part_told("in central Mali", 11)
    assert part is not None and (part.bearing, part.adjective) == (None, "central")
    assert part_told("the army of Mali", 12) is None


def test_a_district_without_known_settlements_is_halved_by_its_radius() -> None:
    district = Entry(-1, 0, "X", 10.0, 20.0, 0, 40.0, -1, "", "ADM2")
    part = part_of(open_gazetteer(), district, 180.0)
    assert (round(part.lat, 2), part.lon, part.radius_km, part.outline) == (9.82, 20.0, 20.0, ())


@given(st.lists(st.tuples(st.floats(-60, 60), st.floats(-170, 170)), max_size=40))
def test_a_hull_holds_its_points(points: list[tuple[float, float]]) -> None:
    ring = hull(points)
    known = {(round(a, 4), round(b, 4)) for a, b in points}
    assert set(ring) <= known
    if ring:
        assert ring[0] == ring[-1]
        turns = [
            (b[1] - a[1]) * (p[0] - a[0]) - (b[0] - a[0]) * (p[1] - a[1])
            for a, b in pairwise(ring)
            for p in known
        ]
        assert min(turns) > -1e-6


@given(st.text(alphabet="northsuew encal-'\n", max_size=80))
def test_any_words_tell_a_part_or_none(text: str) -> None:
    part = part_told(text, len(text))
    assert part is None or part.words
