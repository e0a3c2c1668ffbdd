"""Estimate the parameters of the model of control, on days that are never measured.

    python evals/estimate_control.py [--steps 200] [--seed 0]

A random search from the parameters that are there: one to three are changed at a time and kept where the
loss falls. The loss is the mean Brier score over the days below of

- 321 settlements of two oblasts, by the official periods of occupation,
- half as much: settlements across the border, which were never taken, and a third: those of central Ukraine,
- and, a third for each day: settlements of northern Ukraine, all free after the withdrawal of April 2022.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from datetime import date

import numpy as np
from msgspec.structs import asdict, replace

import fogline
from control import BOX, INVADER, STATE, copy_of, ledger_of_claims, occupied, truth
from fogline.control import Control, Parameters, observations, parameters
from fogline.model import Observation
from shared import SHARED

DAYS = (
    "2022-03-10", "2022-03-31", "2022-04-20", "2022-05-10", "2022-05-31", "2022-06-20", "2022-07-10",
    "2022-07-31",
)  # fmt: skip
NORTH, FREED = (28.8, 50.1, 35.6, 52.6), ("2022-04-10", "2022-05-10")
CENTRE = (32.5, 48.2, 34.8, 49.9)
CHOICES: dict[str, tuple[float, ...]] = {
    "persistence_days": (120, 250, 500, 1000, 2000),
    "contested_days": (3, 7, 20, 40),
    "change_rate": (0.005, 0.01, 0.03, 0.05, 0.1),
    "change_km": (3, 5, 10, 20),
    "observation_km": (4, 5, 7, 10),
    "neighbour_km": (4, 6, 8, 12),
    "border": (0.03, 0.1, 0.3, 1.0),
    "coupling": (3, 10, 30, 60),
    "own_state": (0.0002, 0.0005, 0.002, 0.01),
    "remote_state": (0.02, 0.1, 0.3, 1.0),
    "remote_km": (40, 60, 80, 120),
    "quiet_state": (0.3, 1.0, 3.0),
    "sharpness": (1, 2, 3, 4, 5),
    "claims": (0.5, 0.75, 1.0, 1.5),
    "sightings": (0.15, 0.3, 0.5, 0.8),
}


def shares(
    model: Parameters, told: list[Observation], on: str, box: tuple[float, float, float, float]
) -> Iterator[tuple[int, str, float]]:
    """Give each settlement in a box with its country's side of the border and the invader's share."""
    control = Control(told, model=model, known_by=date.fromisoformat(on))
    for theatre in control.theatres(box, date.fromisoformat(on)):
        found = control.assessment(theatre, date.fromisoformat(on), date.fromisoformat(on))
        states = found.on(date.fromisoformat(on)).states
        if not {INVADER, STATE} <= set(theatre.parties):
            continue
        p, q = (states[:, theatre.parties.index(side)] for side in (INVADER, STATE))
        for index in control.shown(theatre, box):
            place = theatre.settlements.items[index]
            yield place.geonameid, place.country, float(p[index] / (p[index] + q[index]))


def loss(model: Parameters, told: list[Observation]) -> float:
    """Return the loss of a set of parameters."""
    settlements = truth()
    total = 0.0
    for on in DAYS:
        found = {place: (country, share) for place, country, share in shares(model, told, on, BOX)}
        ours = [(found[i][1] - occupied(row[2], on)) ** 2 for i, row in settlements.items() if i in found]
        over = [(1 - share) ** 2 for country, share in found.values() if country == INVADER]
        centre = [share**2 for _, country, share in shares(model, told, on, CENTRE) if country == STATE]
        total += (np.mean(ours) + 0.5 * np.mean(over) + 0.3 * np.mean(centre)) / len(DAYS)
    for on in FREED:
        total += 0.3 * np.mean([s**2 for _, country, s in shares(model, told, on, NORTH) if country == STATE])
    return float(total)


def main() -> None:
    """Search, and print each better set as it is found."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--steps", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    with fogline.connect(copy_of(ledger_of_claims(), "control-estimate")) as book:
        book.import_control(SHARED / "corpora" / "owlmaps" / "positions-2022.jsonl", source="Project Owl")
        told = observations(book._store)
    random.seed(options.seed)
    best = parameters()
    least = loss(best, told)
    print(f"{least:.4f} as they are")
    for _ in range(options.steps):
        names = random.sample(sorted(CHOICES), random.choice((1, 2, 3)))
        tried = replace(best, **{name: random.choice(CHOICES[name]) for name in names})
        now = loss(tried, told)
        if now < least - 1e-5:
            best, least = tried, now
            print(f"{least:.4f}", {name: getattr(best, name) for name in names}, flush=True)
    for name, value in asdict(best).items():
        print(f"{name}: {value}")


if __name__ == "__main__":
    main()
