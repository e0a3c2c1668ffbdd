"""Records, filters and shapes of any structure: refused or left out with a sentence, never a traceback.

``FUZZ_EXAMPLES`` sets how many of each are tried; ``make fuzz`` tries thousands.
"""

from __future__ import annotations

import json
import os
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fogline.control import ImportOptions, read_rows
from fogline.editions import differences
from fogline.errors import FoglineError
from fogline.ingest import Item, Problem
from fogline.model import Document
from fogline.query import meant
from fogline.read import read
from fogline.store import DUCKDB, FilterOptions, Filters
from fogline.store.editions import address_of
from fogline.store.filters import conditions

NOON = datetime(2022, 9, 11, 12, tzinfo=UTC)
many = settings(
    max_examples=int(os.environ.get("FUZZ_EXAMPLES", "60")),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40) | st.dates().map(str),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=4),
    max_leaves=12,
)
FIELDS = ("id", "title", "published", "date", "updated", "outlet", "author", "url", "language", "text")
records = st.dictionaries(st.sampled_from(FIELDS) | st.text(max_size=9), values, max_size=9)
PROPERTIES = ("date", "side", "lat", "lon", "text", "source")
features = st.fixed_dictionaries(
    {"type": st.just("Feature")},
    optional={
        "properties": st.dictionaries(st.sampled_from(PROPERTIES), values, max_size=6) | values,
        "geometry": values
        | st.fixed_dictionaries(
            {"type": st.sampled_from(["Point", "Polygon", "MultiPolygon"]), "coordinates": values}
        ),
    },
)


@many
@given(st.lists(records | values, max_size=4))
def test_json_of_any_structure_is_read_or_told(made: list[Any]) -> None:
    data = json.dumps(made).encode()
    lines = b"\n".join(json.dumps(one).encode() for one in made)
    for name, told in (("a.json", data), ("a.jsonl", lines)):
        for one in read(Item(name=name, data=told, retrieved=NOON)):
            assert isinstance(one, Problem) or (isinstance(one, Document) and one.text.strip())


@many
@given(st.lists(features | values, max_size=4) | values)
def test_shapes_of_any_structure_are_read_or_told(made: Any) -> None:
    data = json.dumps({"type": "FeatureCollection", "features": made}).encode()
    options = ImportOptions(day=date(2022, 9, 1), holder="UKR")
    try:
        rows = list(read_rows(data, "a.geojson", options))
    except FoglineError:
        return
    assert len(rows) == (len(made) if isinstance(made, list) else 0)


@many
@given(
    st.fixed_dictionaries(
        {},
        optional={
            name: st.text(max_size=30)
            if name not in ("radius_km", "min_confidence", "embargo_hours", "limit")
            else st.integers()
            if name == "limit"
            else st.floats()
            for name in FilterOptions.__annotations__
        },
    )
)
def test_filters_of_any_words_make_sense_or_say_why_not(made: dict[str, Any]) -> None:
    try:
        sql, given_values = conditions(meant(Filters.of(**made)), DUCKDB)
    except FoglineError:
        return
    assert " ".join(sql).count("?") == len(given_values)


@many
@given(st.text(max_size=400), st.text(max_size=400))
def test_editions_of_any_text_are_compared(before: str, after: str) -> None:
    for change in differences(before, after):
        assert change.told(before, after)[0] in "-+~"
    address = address_of(before)
    assert address is None or address_of(f"https://{address}") in (address, None)
