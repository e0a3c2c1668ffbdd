"""What linking is set to: settings, families of types, comparisons and their weights."""

from __future__ import annotations

import json
from functools import lru_cache

import msgspec
from msgspec import Struct

from ..errors import DataError
from .data import PACKAGE, data


class BlockSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which claims are compared at all; see settings.yml."""

    most: int
    degrees: float
    days: int
    long_days: int
    places: int
    words: int


class ClusterSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How linked claims become events; see settings.yml."""

    threshold: float
    missing: float
    least: float
    weighed: int
    printed: float
    same: float


class EventSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is done with events; see settings.yml."""

    regrade: int


class LinkSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All settings of linking."""

    blocks: BlockSettings
    clusters: ClusterSettings
    events: EventSettings


class Level(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One answer of a comparison: the condition (SQL), its sentence, and its weight in bits."""

    name: str
    when: str
    says: str
    missing: bool = False
    weight: float = 0.0


class Comparison(Struct, frozen=True, kw_only=True):
    """What two claims are compared by: its levels, best first."""

    name: str
    levels: tuple[Level, ...]


class Families(Struct, frozen=True, kw_only=True):
    """Event types that are compared (``blocks``), and those that may tell of one occurrence."""

    blocks: dict[str, tuple[str, ...]]
    sides: dict[str, tuple[str, ...]]
    parts: dict[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def settings() -> LinkSettings:
    """Return settings.yml."""
    return msgspec.convert(data("settings.yml"), LinkSettings)


@lru_cache(maxsize=1)
def families() -> Families:
    """Return families.yml, turned so that each type tells what goes with it."""
    given = data("families.yml")
    blocks: dict[str, list[str]] = {}
    for family, types in given["blocks"].items():
        for type in types:
            blocks.setdefault(type, []).append(family)
    return Families(
        blocks={type: tuple(names) for type, names in blocks.items()},
        sides=_both_ways(given["sides"]),
        parts=_both_ways(given["parts"]),
    )


@lru_cache(maxsize=1)
def weights() -> tuple[float, dict[str, dict[str, float]]]:
    """Return what any pair of a block weighs before it is compared, and the weight of each level, in bits."""
    given = json.loads((PACKAGE / "weights.json").read_bytes())
    return float(given["prior"]), given["weights"]


@lru_cache(maxsize=1)
def comparisons() -> tuple[Comparison, ...]:
    """Return comparisons.yml with the weights of weights.json.

    Raises:
        DataError: a level has no weight, or a weight no level.
    """
    _, weighed = weights()
    found = []
    for name, levels in data("comparisons.yml").items():
        mine = weighed.get(name, {})
        if set(mine) != {level for level, told in levels.items() if not told.get("missing")}:
            raise DataError(
                f"weights.json and comparisons.yml do not agree on {name!r}. "
                "Estimate the weights again with: python training/linking.py."
            )
        found.append(
            Comparison(
                name=name,
                levels=tuple(
                    Level(name=level, weight=mine.get(level, 0.0), **told) for level, told in levels.items()
                ),
            )
        )
    return tuple(found)


def _both_ways(pairs: list[list[str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for one, other in pairs:
        found.setdefault(one, []).append(other)
        found.setdefault(other, []).append(one)
    return {type: tuple(others) for type, others in found.items()}
