"""The JSON file beside a report that tells its title, date and outlet."""

from __future__ import annotations

from typing import Any

import msgspec

from ..ingest.item import Item, Problem
from .fields import Told, told


def beside(item: Item) -> tuple[Told, list[Problem]]:
    """Return what the file beside an item tells, flat or under ``doc``, and what is wrong with it."""
    if item.sidecar is None:
        return Told(), []
    try:
        record: Any = msgspec.json.decode(item.sidecar.read_bytes())
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return Told(), [_doubt(item, f"cannot be read ({error})")]
    record = record.get("doc", record) if isinstance(record, dict) else None
    if not isinstance(record, dict):
        return Told(), [_doubt(item, "holds no JSON object")]
    about = told(record)
    return about, [_doubt(item, wrong) for wrong in about.wrong]


def _doubt(item: Item, what: str) -> Problem:
    return Problem(
        object=str(item.sidecar),
        message=f"{item.sidecar}, which tells about {item.name}, was not used in full: {what}. Mend it "
        "and add again.",
        severity="warning",
    )
