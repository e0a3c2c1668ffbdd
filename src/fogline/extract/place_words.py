"""The words of ``places.yml``, ready for look-ups."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """Word lists for recognising place names; keys are lower case but for names."""

    demonyms: dict[str, str]
    peoples: frozenset[str]
    ambiguous: frozenset[str]
    institutions: frozenset[str]
    features: dict[str, str]
    governing: frozenset[str]
    addressed: frozenset[str]
    reproached: frozenset[str]
    unplacing: frozenset[str]
    locative: frozenset[str]
    placing: frozenset[str]
    occasions: frozenset[str]
    seats: frozenset[str]
    titles: frozenset[str]
    given: frozenset[str]
    connectors: frozenset[str]
    directions: frozenset[str]
    within: frozenset[str]
    operations: frozenset[str]
    vessels: frozenset[str]


@cache
def place_words() -> PlaceWords:
    """Read ``places.yml`` once."""
    with (files(__package__) / "places.yml").open("rb") as file:
        data = yaml.load(file, Loader=yaml.CSafeLoader)
    return PlaceWords(
        demonyms=_with_plurals(data["demonyms"]),
        peoples=frozenset(_with_plurals({p: p for p in data["peoples"]})),
        ambiguous=frozenset(data["ambiguous"]),
        institutions=frozenset(data["institutions"]),
        features={word: kind for kind, words in data["features"].items() for word in words},
        governing=frozenset(data["governing"]),
        addressed=frozenset(data["addressed"]),
        reproached=frozenset(data["reproached"]),
        unplacing=frozenset(data["unplacing"]),
        locative=frozenset(data["locative"]),
        placing=frozenset(data["placing"]),
        occasions=frozenset(data["occasions"]),
        seats=frozenset(data["seats"]),
        titles=frozenset(data["titles"]),
        given=frozenset(data["given"]),
        connectors=frozenset(data["connectors"]),
        directions=frozenset(data["directions"]),
        within=frozenset(data["within"]),
        operations=frozenset(data["operations"]),
        vessels=frozenset(data["vessels"]),
    )


def _with_plurals(table: dict[str, str]) -> dict[str, str]:
    plurals = {
        f"{word}s": place for word, place in table.items() if not word.endswith(("s", "sh", "ch", "se"))
    }
    return plurals | table


def demonyms_of(people: dict[str, str]) -> dict[str, str]:
    """Return the demonyms of ``places.yml`` and those given, with their plurals."""
    return _with_plurals(people) | place_words().demonyms
