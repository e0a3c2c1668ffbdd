"""What claims say about holders, as data: ``statements.yml`` read once and checked."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Literal

import msgspec
import yaml
from msgspec import Struct

from ..errors import DataError
from ..model import EventType, PlacePrecision, PlaceRole, Status, VoiceKind

_FILE = Path(__file__).with_name("statements.yml")
When = Literal["before", "after", "during"]


class Statement(Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that claims of a type and status say about a party at a place."""

    who: Literal["agent", "target"]
    weight: float
    when: When
    at: tuple[PlaceRole, ...]
    contested: float = 0.0
    change: bool = False
    regions: bool = False


class Voices(Struct, frozen=True, forbid_unknown_fields=True):
    """By how much a weight is multiplied for who speaks of whom."""

    admission: float
    boast: float
    independent: float
    narrator: float


class Sighting(Struct, frozen=True, forbid_unknown_fields=True):
    """What a geolocated sighting of a side says: its weight and how far it reaches."""

    weight: float
    radius_km: float
    crowd_km: float
    crowd_days: float
    crowd_power: float


class Baseline(Struct, frozen=True, forbid_unknown_fields=True):
    """What a polygon of a day says about the settlements inside it, and about the others."""

    inside: float
    outside: float


class Statements(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    events: dict[EventType, dict[Status, tuple[Statement, ...]]]
    explicit: tuple[EventType, ...]
    partly_weight: float
    partly_contested: float
    wholly_weight: float
    voices: Voices
    kinds: dict[VoiceKind, float]
    hedged: float
    doubtful: float
    reach_km: dict[PlacePrecision, float]
    reach_share: dict[PlacePrecision, float]
    precision: dict[PlacePrecision, float]
    most_days: int
    sighting: Sighting
    baseline: Baseline
    held_before: dict[int, str]
    holds_for: dict[str, str]
    holds_nothing: tuple[str, ...]


@lru_cache(maxsize=1)
def statements() -> Statements:
    """Return the table of what claims say about holders.

    Raises:
        DataError: the file is missing, or a row does not fit.
    """
    try:
        return msgspec.convert(yaml.load(_FILE.read_bytes(), yaml.CSafeLoader), Statements)
    except (OSError, yaml.YAMLError, msgspec.ValidationError) as error:
        raise DataError(f"The data file {_FILE.name} is missing or wrong: {error}. Mend that row.") from error
