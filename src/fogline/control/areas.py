"""How much land each party held by day, and what it gained and lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from ..model import Area, Gain
from .cells import Cells
from .parties import CONTESTED
from .settlements import Floats
from .theatres import Theatre
from .war import Box, Control

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

SURE = 0.75  # land that a party holds with this probability counts at the least, with 1 - SURE at the most


@dataclass(frozen=True)
class Land:
    """The land of one theatre that is fought over: that of states where another party held something."""

    control: Control
    theatre: Theatre
    box: Box | None = None

    @cached_property
    def cells(self) -> Cells:
        """The cells of all its settlements."""
        return Cells(self.theatre.settlements)

    @property
    def names(self) -> tuple[str, ...]:
        """The holders, *contested* last."""
        return (*self.theatre.parties, CONTESTED)

    def days(self, since: date, until: date) -> list[tuple[date, Floats, NDArray[np.bool_]]]:
        """Return by day the probabilities (settlement, holder), and which settlements are known of."""
        assessment = self.control.assessment(self.theatre, since, until)
        return [
            (day, found.states, self.control.informed(self.theatre, found))
            for day, found in assessment.between(since, until)
        ]

    def fought_over(self, days: Sequence[tuple[date, Floats, NDArray[np.bool_]]]) -> NDArray[np.bool_]:
        """Tell which settlements lie in a state where another party held something on one of the days."""
        items = self.theatre.settlements.items
        number = {name: i for i, name in enumerate(self.names)}
        owner = np.array([number.get(s.owner or "", -1) for s in items])
        country = np.array([s.country for s in items])
        lost: set[str] = set()
        for _, states, known in days:
            top = states.argmax(axis=1)
            lost |= set(country[known & (top != owner) & (top < len(self.names) - 1)].tolist())
        inside = np.zeros(len(items), dtype=bool)
        inside[self.control.shown(self.theatre, self.box)] = True
        return np.asarray(np.isin(country, sorted(lost)) & inside)


def areas(control: Control, since: date, until: date, *, box: Box | None = None) -> Iterator[Area]:
    """Give by day how much land each party held.

    Counted is the land of states in which another party than the state held something in that time.
    """
    held_by: dict[tuple[date, str], list[float]] = {}
    for theatre in control.theatres(box, until):
        land = Land(control, theatre, box)
        days = land.days(since, until)
        counted = land.fought_over(days)
        km2 = land.cells.km2
        for day, states, known in days:
            here = counted & known
            top = states.argmax(axis=1)
            for number, name in enumerate(land.names):
                p = states[:, number]
                held = float(km2[here & (top == number)].sum())
                low, high = float(km2[here & (p >= SURE)].sum()), float(km2[here & (p >= 1 - SURE)].sum())
                if high > 0:
                    sums = held_by.setdefault((day, name), [0.0, 0.0, 0.0])
                    for which, more in enumerate((held, min(low, held), max(high, held))):
                        sums[which] += more
    for (day, name), (held, low, high) in sorted(held_by.items()):
        yield Area(on=day, holder=name, km2=round(held, 1), low=round(low, 1), high=round(high, 1))


def gains(control: Control, since: date, until: date, *, box: Box | None = None) -> list[Gain]:
    """Return what each party gained and lost between two days.

    The interval of the balance is that of the maps that could be drawn: with the line where a party's
    probability is anything from 0.25 to 0.75.
    """
    found = []
    for theatre in control.theatres(box, until):
        land = Land(control, theatre, box)
        days = land.days(since, until)
        counted = land.fought_over(days)
        (_, first, known), (_, last, known_after) = days[0], days[-1]
        here = counted & known & known_after
        km2 = land.cells.km2
        for number, name in enumerate(land.names[:-1]):
            found.append(_gain(since, until, name, km2[here], first[here], last[here], number))
    return [one for one in found if one.gained or one.lost or one.high or one.low]


def _gain(since: date, until: date, name: str, km2: Floats, first: Floats, last: Floats, number: int) -> Gain:
    before, after = first.argmax(axis=1) == number, last.argmax(axis=1) == number
    p, q = first[:, number], last[:, number]
    gained, lost = float(km2[after & ~before].sum()), float(km2[before & ~after].sum())
    drawn = [float(km2[q >= at].sum() - km2[p >= at].sum()) for at in np.linspace(1 - SURE, SURE, 11)]
    net = gained - lost
    return Gain(
        since=since,
        until=until,
        holder=name,
        gained=round(gained, 1),
        lost=round(lost, 1),
        net=round(net, 1),
        low=round(min(net, *drawn), 1),
        high=round(max(net, *drawn), 1),
    )


@dataclass(frozen=True, slots=True)
class Shapes:
    """The land of each holder, and the line between each two holders, in degrees (longitude first)."""

    land: tuple[tuple[str, BaseGeometry], ...]
    lines: tuple[tuple[str, str, BaseGeometry], ...]


def shapes_on(control: Control, on: date, *, view: str = "assessed", box: Box | None = None) -> Shapes:
    """Return the land of each holder on a day in a view, and the lines between holders.

    Raises:
        QueryError: nobody of this party ever spoke.
    """
    polygons: list[tuple[str, BaseGeometry]] = []
    lines: list[tuple[str, str, BaseGeometry]] = []
    shown = {h.geonameid: h.holder for h in control.holders(on, view=view, box=box, why=False) if h.holder}
    for theatre in control.theatres(box, on):
        held: dict[str, list[int]] = {}
        for geonameid, index in theatre.settlements.by_id.items():
            if geonameid in shown:
                held.setdefault(str(shown[geonameid]), []).append(index)
        cells = Cells(theatre.settlements)
        polygons += cells.polygons(held).items()
        lines += [(one, other, line) for (one, other), line in cells.lines(held).items()]
    return Shapes(tuple(polygons), tuple(lines))
