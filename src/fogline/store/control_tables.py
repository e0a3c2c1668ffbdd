"""The tables of control: sightings and baselines that were imported. Holders are worked out, never stored."""

from __future__ import annotations

from .tables import Table, columns

SIGHTINGS = Table(  # a geolocated sighting of a side's forces, from an imported file
    "sightings",
    columns(
        id="text",
        source="text",  # the voice: the file's source, as told on import
        holder="text",
        on_day="date",
        lat="real",
        lon="real",
        text="text?",
        raw="text",  # SHA-256 of the imported file, kept in the archive
        added="time",
    ),
    key=("id",),
    indexes=("on_day",),
)

BASELINES = Table(  # a polygon that a side held on a day, from an imported file
    "baselines",
    columns(
        id="text", source="text", holder="text", on_day="date", geometry="text", raw="text", added="time"
    ),
    key=("id",),
)

CONTROL_TABLES: tuple[Table, ...] = (SIGHTINGS, BASELINES)
