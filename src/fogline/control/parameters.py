"""The parameters of the model, with the days they were estimated on."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import msgspec
import yaml
from msgspec import Struct

from ..errors import DataError

_FILE = Path(__file__).with_name("parameters.yml")


class Parameters(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the model of control rests on.

    ``persistence_days`` is how long a holder stays on average where nothing is told, ``contested_days``
    how long a place stays contested. Within ``change_km`` of a told change, and for ``change_days`` after
    it, holders change by ``change_rate`` a day more. Evidence loses ``forgetting`` times as much as holders
    change, and no place has more than ``evidence_cap`` (in nats) from one day. An observation counts for
    the settlements around it by a Gaussian of ``observation_km`` beyond its own radius.

    In space, neighbours are coupled by ``coupling`` times exp(-km / ``neighbour_km``), times ``border``
    across a state border; ``own_state`` is the weight of a settlement's own state where nothing is told.
    That weight grows by ``remote_state`` over ``remote_km`` from the nearest observation, and is
    ``quiet_state`` in a state that nothing was taken of. ``sharpness`` is the power that calibrates
    probabilities; ``claims`` and ``sightings`` multiply the weights of either kind. What is older than
    ``memory_days`` does not count. Farther than ``reach_km`` from every observation, or where less than
    ``informed`` of a holder rests on observations, there is no information.
    """

    persistence_days: float
    contested_days: float
    change_rate: float
    change_days: int
    change_km: float
    forgetting: float
    evidence_cap: float
    observation_km: float
    neighbour_km: float
    border: float
    coupling: float
    own_state: float
    remote_state: float
    remote_km: float
    quiet_state: float
    sharpness: float
    claims: float
    sightings: float
    memory_days: int
    reach_km: float
    informed: float
    estimated_on: str


@lru_cache(maxsize=1)
def parameters() -> Parameters:
    """Return the estimated parameters.

    Raises:
        DataError: the file is missing, or a value does not fit.
    """
    try:
        return msgspec.convert(yaml.load(_FILE.read_bytes(), yaml.CSafeLoader), Parameters)
    except (OSError, yaml.YAMLError, msgspec.ValidationError) as error:
        raise DataError(f"The data file {_FILE.name} is missing or wrong: {error}. Mend that row.") from error
