"""What a user means by a place: one settlement, or a box of degrees."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from ..errors import QueryError
from ..resolve.gazetteer import open_gazetteer
from .settlements import Settlement, on_sphere
from .theatres import Theatre
from .war import Box, Control

_NUMBERS = re.compile(r"\s*(-?\d+(?:\.\d+)?)" + r"(?:\s*[,;]\s*|\s+)(-?\d+(?:\.\d+)?)" * 3 + r"\s*")
_AROUND_KM = 25.0  # what "in" a settlement takes in around it
_DEGREE_KM = 111.195
_FAR_KM = 25.0


@dataclass(frozen=True)
class Found:
    """A settlement in its theatre."""

    theatre: Theatre
    index: int

    @property
    def settlement(self) -> Settlement:
        """The settlement itself."""
        return self.theatre.settlements.items[self.index]


def box_of(text: str) -> Box:
    """Return the box that a user means: four numbers (west, south, east, north), or around a named place.

    Raises:
        QueryError: no place has this name, or the numbers are no box.
    """
    numbers = _NUMBERS.fullmatch(text)
    if numbers is not None:
        west, south, east, north = (float(n) for n in numbers.groups())
        if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
            raise QueryError(
                f"{text!r} is no box of degrees. Give west,south,east,north, as in 36.1,48.5,38.6,50.2."
            )
        return west, south, east, north
    found = open_gazetteer().entries(text)
    if not found:
        raise QueryError(
            f"No place named {text!r} is in the gazetteer. Give a box instead: west,south,east,north."
        )
    place = next((e for e in found if e.feature.startswith(("ADM", "PCL", "RGN"))), found[0])
    km = max(place.radius_km, _AROUND_KM)
    high = km / _DEGREE_KM
    wide = min(180.0, high / max(0.05, float(np.cos(np.radians(place.lat)))))
    return place.lon - wide, max(-90.0, place.lat - high), place.lon + wide, min(90.0, place.lat + high)


def settlement_named(control: Control, name: str, *, point: tuple[float, float] | None) -> Found:
    """Return the settlement that a user means, where something was told around it.

    Args:
        control: the model.
        name: its name in any spelling, or a point as the user wrote it.
        point: the point that the name is, if it is one.

    Raises:
        QueryError: there is none of this name, or nothing was told of its surroundings.
    """
    wanted = None if point else {e.geonameid for e in open_gazetteer().entries(name) if e.geonameid}
    best: tuple[float, Found] | None = None
    for theatre in control.theatres():
        if point is not None:
            km, index = theatre.settlements.tree.query(on_sphere(np.array([point])))
            if km[0] <= _FAR_KM and (best is None or km[0] < best[0]):
                best = float(km[0]), Found(theatre, int(index[0]))
            continue
        for index, place in enumerate(theatre.settlements.items):
            if place.geonameid in (wanted or ()):
                far = float(theatre.away_km[index])
                if best is None or (far, -place.population) < (best[0], -best[1].settlement.population):
                    best = far, Found(theatre, index)
    if best is None:
        known = "is in the gazetteer" if wanted == set() else "has been told of, or anything near it"
        raise QueryError(
            f"No settlement {name!r} {known}. Give a point, as in --place 49.21,37.28, or add reports."
        )
    return best[1]
