"""The assessed view of a theatre: who held each settlement on each day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from .chain import Belief, Chain, joined
from .evidence import evidence_of
from .field import Assessed, Field
from .parameters import Parameters
from .theatres import Theatre


@dataclass(frozen=True)
class Assessment:
    """The model of one theatre, ready to be asked.

    Args:
        theatre: observations, settlements and parties.
        first: the day that the chains begin with.
        last: the day they end with; what is told of later days is left out of account.
        model: the parameters.
        hindsight: whether what is told of later days counts for earlier ones.
    """

    theatre: Theatre
    first: date
    last: date
    model: Parameters
    hindsight: bool = False

    @cached_property
    def chain(self) -> Chain:
        """The chains of all settlements."""
        theatre = self.theatre
        told = [o for o in theatre.observations if self.first <= o.latest <= self.last]
        evidence = evidence_of(theatre.settlements, told, theatre.parties, self.first, self.model)
        days = (self.last - self.first).days + 1
        return Chain(len(theatre.settlements), len(theatre.parties) + 1, days, evidence, self.model)

    @cached_property
    def field(self) -> Field:
        """The graph of neighbours."""
        theatre = self.theatre
        return Field(theatre.settlements, theatre.parties, self.model, theatre.quiet)

    def on(self, day: date) -> Assessed:
        """Return the holders of one day."""
        return next(iter(self.between(day, day)))[1]

    def between(self, since: date, until: date) -> Iterator[tuple[date, Assessed]]:
        """Give the holders of each day of an interval; days outside the chains are those of their ends."""
        for day, belief in self._beliefs(since, until):
            yield day, self.field.assess(belief)

    def _beliefs(self, since: date, until: date) -> Iterator[tuple[date, Belief]]:
        one = timedelta(days=1)
        start, stop = (self._number(day) for day in (since, until))
        future: dict[int, Belief] = {}
        if self.hindsight and start < self.chain.days - 1:
            for number, belief in zip(
                range(self.chain.days - 1, start - 1, -1), self.chain.backward(), strict=False
            ):
                if number <= stop:
                    future[number] = belief
        day = since
        for number, belief in enumerate(self.chain.forward()):
            if number < start:
                continue
            found = joined(belief, future.get(number))
            while self._number(day) == number and day <= until:
                yield day, found
                day += one
            if day > until:
                return

    def _number(self, day: date) -> int:
        return min(max((day - self.first).days, 0), self.chain.days - 1)
