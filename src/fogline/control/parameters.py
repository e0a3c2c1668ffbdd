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
    how long a place stays contested. Within ``change_km`` of places that a party is told to take, and for
    ``change_days`` after, that party comes to hold by up to ``change_rate`` a day more; little where one
    place is told to be taken, nearly so much where more than ``change_many`` are. Evidence fades as holders
    change, and no place has more than ``evidence_cap`` (in nats) from one day, but for maps. An observation
    counts for the settlements around it by a Gaussian of ``observation_km`` beyond its own radius.

    In space, ``stiffness`` (km²) is what bending the surface of probabilities costs, looser by ``river``
    across a river and by ``border`` across a state's border. Of evidence of the weight ``local``, half counts
    for the settlement alone. ``own_state`` is the weight, for 100 km² of land, of a settlement's own state
    where nothing is told; it is ``quiet_state`` in a state that nothing was taken of. ``sharpness`` is the
    power that calibrates probabilities; ``claims`` and ``sightings`` multiply the weights of either kind.
    What is older than ``memory_days`` does not count. Farther than ``reach_km`` from every observation, or
    where less than ``informed`` of a holder rests on observations, there is no information.
    """

    persistence_days: float
    contested_days: float
    change_rate: float
    change_many: float
    change_days: int
    change_km: float
    evidence_cap: float
    observation_km: float
    stiffness: float
    local: float
    river: float
    border: float
    own_state: float
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
