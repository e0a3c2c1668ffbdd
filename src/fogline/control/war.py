"""Who held what, when: the one object that answers from observations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from ..errors import QueryError
from ..model import Holder, Observation
from .assess import Assessment
from .bearings import Bearings
from .claimed import Word, claimed, parted
from .crowds import thinned
from .field import Assessed
from .parameters import Parameters, parameters
from .parties import CONTESTED
from .reasons import MOST, claims_of, reasons
from .theatres import Theatre, grouped, theatre_of

Box = tuple[float, float, float, float]  # west, south, east, north in degrees
_LEAST = 0.005  # a probability below which a party is left out of what is shown


@dataclass
class Control:
    """Who held what, when, by all observations given.

    Args:
        observations: what claims, sightings and baselines say.
        model: the parameters; those estimated where None.
        known_by: the last day that may be known of; observations of later days are left out.
        hindsight: whether what is told of later days counts for earlier ones. It smooths a history, and
            blurs the day of a change that was hardly told of before.
    """

    observations: Sequence[Observation]
    model: Parameters = field(default_factory=parameters)
    known_by: date | None = None
    hindsight: bool = False

    def __post_init__(self) -> None:
        until = self.known_by
        told = [o for o in self.observations if until is None or o.latest <= until]
        self._groups = grouped(thinned(told))
        self._theatres: dict[int, Theatre | None] = {}
        self._words: dict[int, Bearings] = {}

    def holders(
        self, on: date, *, view: str = "assessed", box: Box | None = None, why: bool = True
    ) -> list[Holder]:
        """Return who held each settlement on a day.

        Args:
            on: the day.
            view: ``assessed``; ``disputed`` for those that parties part on; or a party, for what it says.
            box: only settlements inside.
            why: whether reasons are worked out.

        Raises:
            QueryError: nobody of this party ever spoke.
        """
        found: list[Holder] = []
        for theatre in self.theatres(box, on):
            assessed = self.assessment(theatre, on, on).on(on)
            shown = self.shown(theatre, box)
            found += self._views(theatre, assessed, on, shown, view, why=why)
        if view not in ("assessed", "disputed"):
            self._check_party(view)
        return sorted(found, key=lambda h: (h.name, h.geonameid))

    def theatres(self, box: Box | None = None, on: date | None = None) -> Iterator[Theatre]:
        """Give the theatres that reach into a box and have been told of up to a day."""
        for number, group in enumerate(self._groups):
            if on is not None and min(o.earliest for o in group) > on:
                continue
            if box is not None and not _touches(group, box, self.model.reach_km):
                continue
            if number not in self._theatres:
                self._theatres[number] = theatre_of(group, self.model)
            theatre = self._theatres[number]
            if theatre is not None:
                yield theatre

    def assessment(self, theatre: Theatre, since: date, until: date) -> Assessment:
        """Return the model of a theatre for an interval of days.

        Its chains reach back and ahead so far as what is told there still counts.
        """
        reach = timedelta(days=self.model.memory_days)
        days = [o.latest for o in theatre.observations] + [o.earliest for o in theatre.observations]
        first = max(min(days), since - reach)
        last = min(max(days), until + reach)
        return Assessment(theatre, min(first, since), max(last, first), self.model, self.hindsight)

    def words(self, theatre: Theatre) -> Bearings:
        """Return the observations of a theatre by settlement."""
        if id(theatre) not in self._words:
            self._words[id(theatre)] = Bearings(theatre.settlements, theatre.observations, self.model)
        return self._words[id(theatre)]

    def informed(self, theatre: Theatre, assessed: Assessed) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Tell for each settlement whether enough is known to say anything."""
        near = theatre.away_km <= self.model.reach_km
        return np.asarray(near & (assessed.informed >= self.model.informed))

    def holder(
        self, theatre: Theatre, assessed: Assessed, index: int, on: date, *, why: bool = True
    ) -> tuple[Holder, dict[str, Word]]:
        """Return who held one settlement on a day, and each party's last word on it."""
        place = theatre.settlements.items[index]
        names = (*theatre.parties, CONTESTED)
        row = assessed.states[index]
        best = int(row.argmax())
        known = bool(self.informed(theatre, assessed)[index])
        who = names[best] if known else None
        bearings = self.words(theatre)
        said = claimed(bearings.outright(index), theatre.parties, on)
        weighed, count = bearings.weighed(index, on, most=2 * MOST, later=self.hindsight) if why else ([], 0)
        told = reasons(
            weighed,
            count,
            holder=who,
            confidence=float(row[best]),
            informed=float(assessed.informed[index]),
            away_km=float(theatre.away_km[index]),
            on=on,
        )
        return (
            Holder(
                geonameid=place.geonameid,
                name=place.name,
                lat=place.lat,
                lon=place.lon,
                on=on,
                holder=who,
                confidence=round(float(row[best]), 4) if known else 0.0,
                probabilities={n: round(float(p), 4) for n, p in zip(names, row, strict=True) if p >= _LEAST},
                claimed={party: word.holder for party, word in sorted(said.items())},
                disputed=parted(said, who, on),
                reasons=told if why else (),
                claims=claims_of(weighed),
            ),
            said,
        )

    def shown(self, theatre: Theatre, box: Box | None) -> list[int]:
        """Return the settlements of a theatre that lie in a box; without one, those near an observation."""
        points = theatre.settlements.points
        if box is None:
            return [int(i) for i in np.flatnonzero(theatre.away_km <= self.model.reach_km)]
        west, south, east, north = box
        lat, lon = points.T
        inside = (lat >= south) & (lat <= north)
        inside &= (lon >= west) & (lon <= east) if west <= east else (lon >= west) | (lon <= east)
        return [int(i) for i in np.flatnonzero(inside)]

    def _views(
        self,
        theatre: Theatre,
        assessed: Assessed,
        on: date,
        shown: Sequence[int],
        view: str,
        *,
        why: bool,
    ) -> Iterator[Holder]:
        from msgspec.structs import replace

        for index in shown:
            found, _ = self.holder(theatre, assessed, index, on, why=why)
            if view == "assessed" or (view == "disputed" and found.disputed):
                yield found
            elif view != "disputed" and view in theatre.parties:
                says = found.claimed.get(view)
                likely = found.probabilities.get(says, 0.0) if says else 0.0
                yield replace(found, holder=says, confidence=likely)

    def _check_party(self, view: str) -> None:
        parties = sorted({p for theatre in self.theatres() for p in theatre.parties})
        if view not in parties:
            known = ", ".join(parties) or "none"
            raise QueryError(
                f"There is no view {view!r}. Give assessed, disputed, or a party that fights there: {known}."
            )


def _touches(group: Sequence[Observation], box: Box, km: float) -> bool:
    west, south, east, north = box
    margin = km / 111.0
    lats = [o.lat for o in group]
    if max(lats) < south - margin or min(lats) > north + margin:
        return False
    wide = margin / max(0.05, np.cos(np.radians(min(89.0, max(abs(south), abs(north)) + margin))))
    if west > east:
        return True
    return any(west - wide <= o.lon <= east + wide for o in group)
