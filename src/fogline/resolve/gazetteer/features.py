"""What GeoNames' feature codes, and a team's own words for them, are taken for."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

from .records import load_yaml

SETTLED = frozenset({"PPL", "PPLC", "PPLX", "PPLL"})  # PPLL: known only by its community


@dataclass(frozen=True, slots=True)
class Features:
    """The rows of ``features.yml``: codes and words to our codes, and the radius of each in km."""

    codes: dict[str, str]
    words: dict[str, str]
    radius: dict[str, float]

    def radius_of(self, feature: str, population: int) -> float:
        """Return the radius in km within which a place of that kind lies: a town's grows with its people."""
        if feature in {"PPL", "PPLC"}:
            return settlement_radius(population)
        return self.radius[feature]


@cache
def features() -> Features:
    """Read ``features.yml`` once."""
    data = load_yaml("features.yml")
    return Features(
        codes={code: feature for feature, row in data.items() for code in row["codes"]},
        words={word: feature for feature, row in data.items() for word in row["words"]},
        radius={feature: float(row["radius"]) for feature, row in data.items()},
    )


def settlement_radius(population: int) -> float:
    """Return the radius of a settlement in km: 1 for a hamlet, 13 for two million people, at most 25."""
    return round(min(25.0, 1.0 + math.sqrt(population) / 120), 1)
