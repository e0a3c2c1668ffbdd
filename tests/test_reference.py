"""The reference of the claim record tells of every field and value, and of no other."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from fogline.model import (
    Candidate,
    Certainty,
    Claim,
    EventType,
    Mode,
    Party,
    Place,
    PlacePrecision,
    PlaceRole,
    Precision,
    Quantity,
    QuantityKind,
    Status,
    Voice,
    When,
)

RECORD = (Path(__file__).parents[1] / "docs" / "reference" / "claim-record.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", RECORD, re.MULTILINE | re.DOTALL))


def first_cells(section: str) -> list[str]:
    """Return the names in code type in the first column of a section's table."""
    rows = re.findall(r"^\| (`[^|]+) \|", SECTIONS[section], re.MULTILINE)
    return [name for row in rows for name in re.findall(r"`(\w+)`", row)]


def test_the_table_of_fields_is_the_claim() -> None:
    assert sorted(first_cells("Claim")) == sorted(Claim.__struct_fields__)


def test_the_table_of_event_types_is_theirs() -> None:
    assert first_cells("Event types") == list(get_args(EventType))


def test_the_table_of_a_place_is_the_place() -> None:
    assert sorted(first_cells("Place")) == sorted(Place.__struct_fields__)


@pytest.mark.parametrize(
    ("section", "names"),
    [
        ("Claim", get_args(Status) + get_args(Mode)),
        ("Party", Party.__struct_fields__),
        ("Voice", Voice.__struct_fields__),
        ("Place", get_args(PlaceRole) + get_args(PlacePrecision) + Candidate.__struct_fields__),
        ("When", (*When.__struct_fields__, *get_args(Precision))),
        ("Quantity", Quantity.__struct_fields__ + get_args(QuantityKind)),
        ("Certainty", Certainty.__struct_fields__),
    ],
)
def test_a_section_names_every_field_and_value(section: str, names: tuple[str, ...]) -> None:
    assert [name for name in names if f"`{name}`" not in SECTIONS[section]] == []
