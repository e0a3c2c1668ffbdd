"""What ratings rest on, as a team may set it: letters for kinds of voices, weights with their sentences."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from ..errors import DataError
from ..model.event import Reliability
from .data import PACKAGE, data


class Prior(Struct, frozen=True, forbid_unknown_fields=True):
    """The letter that a voice starts with, and why."""

    letter: Reliability
    sentence: str = "set by this team"


class Feature(Struct, frozen=True, forbid_unknown_fields=True):
    """What moves a rating: by how much, and the sentence that says so."""

    weight: float
    sentence: str


class RecordRule(Struct, frozen=True, forbid_unknown_fields=True):
    """From how many judged claims a record counts, and the shares of confirmed ones that do."""

    least: int
    good: float
    poor: float
    bad: float


class Priors(Struct, frozen=True, forbid_unknown_fields=True):
    """All that ratings rest on."""

    reliability: dict[str, Prior]
    voices: dict[str, Prior]
    source: dict[str, Feature]
    record: RecordRule
    information: dict[str, Feature]


@lru_cache(maxsize=8)
def priors(path: Path | None = None) -> Priors:
    """Return what ratings rest on: Fogline's own, with what a team's file says instead.

    Args:
        path: the team's file, a YAML file of the form of ``priors.yml``.

    Raises:
        DataError: the file cannot be read, or names what ratings know nothing of.
    """
    table: dict[str, Any] = {key: dict(value) for key, value in data("priors.yml").items()}
    if path is not None:
        for key, value in _file(path).items():
            if key in table and isinstance(value, dict):
                table[key].update(value)
            else:
                table[key] = value
    try:
        return msgspec.convert(table, Priors)
    except msgspec.ValidationError as error:
        where = path or PACKAGE / "priors.yml"
        raise DataError(f"The priors in {where} will not do: {error}. Mend them as in priors.yml.") from None


def _file(path: Path) -> dict[str, Any]:
    import yaml

    try:
        content = yaml.load(path.expanduser().read_bytes(), Loader=yaml.CSafeLoader)
    except (OSError, yaml.YAMLError) as error:
        raise DataError(
            f"The priors in {path} cannot be read ({error}). Mend the file or the setting."
        ) from None
    if not isinstance(content, dict):
        raise DataError(f"The priors in {path} are no mapping. Write them as in priors.yml.")
    return content
