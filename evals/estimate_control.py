"""Estimate the parameters of the model of control, on days that are never measured.

    python evals/estimate_control.py [--write] [--without PART] [--passes 3]

One parameter after the other is set to the value of its grid with the least loss, from the middle of the
grids and always in the same order, until a pass changes nothing: so it gives the same again wherever the
ledger of the articles is the same. What is better by less than half a hundredth of the loss is left alone.
``--write`` puts what it gives into ``parameters.yml``. ``--without`` leaves a part of the country out and
tells how it fares with what the others gave.

Half a year in which one side advanced does not tell how long holders stay where nothing is told (125 to
1,000 days fit alike), nor how far around a place, and how long, what is told of its changing hands unsettles
others: that is left at 500 days, 10 km and 2 days.

The loss is a weighted sum of mean Brier scores over the days of ``DAYS``, all before the first day that is
measured:

- *east*: 321 settlements of two oblasts, by the official periods of occupation,
- *onset*: the same on the first days, when most of them were taken,
- *north*, *south*, *donetsk*: towns of nine other oblasts, by the table of ``control_table.py``,
- *over*: settlements across the border, which were never taken; *centre*: those of central Ukraine,
- *freed*: settlements of northern Ukraine, all free after the withdrawal of April 2022.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import numpy as np
import yaml
from msgspec.structs import asdict, replace
from scipy.spatial import cKDTree

import fogline
from control import BOX, INVADER, STATE, copy_of, ledger_of_claims, occupied, truth
from control_table import towns
from fogline.control import Parameters, observations
from fogline.control import parameters as shipped
from fogline.control.assess import Assessment
from fogline.control.chain import Belief
from fogline.control.crowds import thinned
from fogline.control.field import Field
from fogline.control.settlements import Settlements, on_sphere
from fogline.control.theatres import Theatre, grouped, quiet, theatre_of
from fogline.model import Observation
from shared import SHARED

FIRST = date(2022, 2, 1)
DAYS: dict[str, tuple[str, ...]] = {
    "east": ("2022-03-10", "2022-03-31", "2022-04-20", "2022-05-10", "2022-05-31", "2022-06-20", "2022-07-10",
             "2022-07-31", "2022-08-15"),
    "onset": ("2022-02-26", "2022-03-01", "2022-03-05"),
    "north": ("2022-03-05", "2022-03-15", "2022-03-25", "2022-04-02", "2022-04-06", "2022-04-20"),
    "south": ("2022-06-10", "2022-07-10", "2022-07-31", "2022-08-15"),
    "donetsk": ("2022-03-25", "2022-06-10", "2022-07-10", "2022-07-31", "2022-08-15"),
    "freed": ("2022-04-20", "2022-05-10"),
}  # fmt: skip
DAYS |= {"over": DAYS["east"], "centre": DAYS["east"]}
SHARES = {
    "east": 0.4,
    "onset": 0.2,
    "north": 0.2,
    "south": 0.2,
    "donetsk": 0.2,
    "over": 0.2,
    "centre": 0.15,
    "freed": 0.2,
}
NORTH, CENTRE = (28.8, 50.1, 35.6, 52.6), (32.5, 48.2, 34.8, 49.9)
GRID: dict[str, tuple[float, ...]] = {
    "stiffness": (1000, 3000, 5000, 7000, 10000, 20000),
    "own_state": (0.005, 0.01, 0.02, 0.03, 0.05),
    "quiet_state": (0.3, 1, 3, 10, 30),
    "claims": (1, 1.5, 2),
    "sightings": (0.15, 0.3, 0.5, 0.8, 1.2),
    "observation_km": (1, 2, 3, 4, 6),
    "river": (0.03, 0.1, 0.3, 1),
    "border": (0.1, 0.2, 0.3, 0.5, 1),
    "local": (0.5, 1, 2, 4, 8),
    "contested_days": (3, 7, 20, 40),
    "change_rate": (0.12, 0.25, 0.5),
    "change_many": (1, 2, 4),
    "change_km": (5, 10, 20),
    "change_days": (1, 2, 4),
    "evidence_cap": (2, 3, 5, 8),
    "sharpness": (1, 2, 3, 4),
}
START = replace(
    shipped(),
    **{name: values[len(values) // 2] for name, values in GRID.items()},
    persistence_days=500.0,
    estimated_on="",
)
FINER = (0.7, 0.85, 1.2, 1.4)  # of what the grids gave
WORTH = 0.999  # of the loss; a value that is better by less is no better


@dataclass(frozen=True)
class Told:
    """All that is told up to the last of the days, in one theatre."""

    observations: list[Observation]

    @cached_property
    def theatre(self) -> Theatre:
        """The largest theatre."""
        last = date.fromisoformat(max(day for days in DAYS.values() for day in days))
        told = thinned([o for o in self.observations if o.latest <= last])
        found = (theatre_of(group, START) for group in grouped(told))
        return max((one for one in found if one is not None), key=lambda one: len(one.settlements))

    @cached_property
    def days(self) -> list[date]:
        """The days in order."""
        return sorted({date.fromisoformat(day) for days in DAYS.values() for day in days})

    @cached_property
    def quiet(self) -> dict[date, np.ndarray]:
        """By day, which settlements lay in a state that nothing was taken of."""
        told = self.theatre.observations
        return {
            day: quiet(self.theatre.settlements, [o for o in told if o.latest <= day]) for day in self.days
        }

    @cached_property
    def truth(self) -> dict[str, dict[date, tuple[np.ndarray, np.ndarray]]]:
        """By part and day, the settlements' indexes and whether they were occupied."""
        settlements = self.theatre.settlements
        found: dict[str, dict[date, dict[int, bool]]] = {part: {} for part in DAYS}
        for part, days in DAYS.items():
            for text in days:
                found[part][date.fromisoformat(text)] = self._of(part, text, settlements)
        near = {day: self._near(day) for day in self.days}
        told: dict[str, dict[date, tuple[np.ndarray, np.ndarray]]] = {}
        for part, by_day in found.items():
            told[part] = {}
            for day, rows in by_day.items():
                kept = {index: held for index, held in rows.items() if near[day][index]}
                told[part][day] = np.array(list(kept)), np.array(list(kept.values()), dtype=float)
        return told

    @staticmethod
    def _of(part: str, text: str, settlements: Settlements) -> dict[int, bool]:
        if part in ("east", "onset"):
            rows = {place: occupied(spans, text) for place, (_, _, spans) in truth().items()}
            return {settlements.by_id[p]: held for p, held in rows.items() if p in settlements.by_id}
        if part in ("north", "south", "donetsk"):
            known = [t for t in towns() if t.part == part and t.since <= date.fromisoformat(text)]
            ours = {t.geonameid: occupied(t.occupied, text) for t in known}
            return {settlements.by_id[p]: held for p, held in ours.items() if p in settlements.by_id}
        box, country = {"over": (BOX, INVADER), "centre": (CENTRE, STATE), "freed": (NORTH, STATE)}[part]
        west, south, east, north = box
        return {
            index: part == "over"
            for index, s in enumerate(settlements.items)
            if s.country == country and west <= s.lon <= east and south <= s.lat <= north
        }

    def _near(self, day: date) -> np.ndarray:
        told = [o for o in self.theatre.observations if o.latest <= day]
        points = on_sphere(np.array([(o.lat, o.lon) for o in told]))
        return np.asarray(cKDTree(points).query(self.theatre.settlements.tree.data)[0] <= START.reach_km)

    def beliefs(self, model: Parameters) -> dict[date, Belief]:
        """Return what the chains know on each of the days."""
        chain = Assessment(self.theatre, FIRST, self.days[-1], model).chain
        wanted = {(day - FIRST).days: day for day in self.days}
        return {wanted[number]: belief for number, belief in enumerate(chain.forward()) if number in wanted}

    def scores(self, model: Parameters) -> dict[str, float]:
        """Return the mean Brier score of each part."""
        theatre, beliefs = self.theatre, self.beliefs(model)
        sides = [theatre.parties.index(side) for side in (INVADER, STATE)]
        shares = {}
        for day in self.days:
            field = Field(theatre.settlements, theatre.parties, model, self.quiet[day])
            invader, state = field.assess(beliefs[day]).states[:, sides].T
            shares[day] = invader / (invader + state)
        return {
            part: float(np.mean([np.mean((shares[day][at] - held) ** 2) for day, (at, held) in days.items()]))
            for part, days in self.truth.items()
        }


def loss(scores: Mapping[str, float], without: str | None) -> float:
    """Return the weighted sum of the scores."""
    return sum(share * scores[part] for part, share in SHARES.items() if part != without)


def estimated(told: Told, *, without: str | None, passes: int) -> tuple[Parameters, dict[str, float]]:
    """Return the parameters with the least loss, and the scores they come to."""
    best, scores = START, told.scores(START)
    print(f"{loss(scores, without):.4f} at the start", flush=True)
    for steps in ((), FINER):
        for _ in range(passes):
            before = best
            for name, values in GRID.items():
                for value in [step * getattr(best, name) for step in steps] or values:
                    whole = isinstance(getattr(START, name), int)
                    tried = replace(best, **{name: round(value) if whole else round(value, 4)})
                    try:
                        found = told.scores(tried) if tried != best else scores
                    except RuntimeError:  # a plate that cannot be solved is no model
                        continue
                    if loss(found, without) < WORTH * loss(scores, without):
                        best, scores = tried, found
                        print(f"{loss(scores, without):.4f} {name} {value}", flush=True)
            if best == before:
                break
    return best, scores


def write(model: Parameters) -> None:
    """Put parameters into the file that is shipped, below its first comment."""
    path = Path(fogline.__file__).parent / "control" / "parameters.yml"
    head = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    told = "; ".join(f"{part} on {', '.join(days)}" for part, days in DAYS.items())
    values = asdict(replace(model, estimated_on=f"As evals/estimate_control.py names the parts: {told}."))
    body = yaml.safe_dump(values, sort_keys=False, width=110)
    path.write_text("\n".join(head) + "\n" + body, encoding="utf-8")


def main() -> None:
    """Estimate, and print what is found."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true", help="put it into parameters.yml")
    parser.add_argument("--without", choices=("east", "north", "south", "donetsk"), help="leave a part out")
    parser.add_argument("--passes", type=int, default=2)
    options = parser.parse_args()
    with fogline.connect(copy_of(ledger_of_claims(), "control-estimate")) as book:
        book.import_control(SHARED / "corpora" / "owlmaps" / "positions-2022.jsonl", source="Project Owl")
        told = Told(observations(book._store))
    best, scores = estimated(told, without=options.without, passes=options.passes)
    for name in GRID:
        print(f"{name}: {getattr(best, name)}")
    for part, score in scores.items():
        print(f"Brier score, {part}: {score:.4f}{' (left out)' if part == options.without else ''}")
    if options.write and options.without is None:
        write(best)


if __name__ == "__main__":
    main()
