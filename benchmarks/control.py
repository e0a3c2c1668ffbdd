"""How long it takes to work out who held what: two oblasts, 250 days, and a day's update.

    python benchmarks/control.py

Times are those of the processor, all cores together. The observations are made up by a seeded script: a
front that moves over the gazetteer's settlements.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import date, timedelta

from fogline.control import Control
from fogline.control.settlements import Settlements, settlements_in
from fogline.model import Observation

BOX = (34.0, 47.3, 41.2, 50.9)  # two oblasts and what surrounds them
FIRST, DAYS, OBSERVATIONS = date(2022, 2, 24), 250, 2000


def made_up(settlements: Settlements, days: int, count: int) -> list[Observation]:
    """Return sightings on either side of a front that goes from east to west and back."""
    random.seed(1)
    found = []
    for number in range(count):
        place, day = random.choice(settlements.items), random.randrange(days)
        front = 38.5 - 2.0 * (1 - abs(2 * day / days - 1))
        found.append(
            Observation(
                id=f"o{number}",
                kind="sighting",
                holder="RUS" if place.lon > front else "UKR",
                weight=1.0,
                lat=place.lat,
                lon=place.lon,
                radius_km=3.0,
                earliest=FIRST + timedelta(days=day),
                latest=FIRST + timedelta(days=day),
            )
        )
    return found


def whole(observations: list[Observation], days: int) -> int:
    """Work out every settlement on every day; return how many settlements there are."""
    control = Control(observations)
    (theatre,) = control.theatres()
    last = FIRST + timedelta(days=days - 1)
    for _ in control.assessment(theatre, FIRST, last).between(FIRST, last):
        pass
    return len(theatre.settlements)


def seconds(work: Callable[[], object]) -> float:
    """Return how long a piece of work takes a processor, whatever else the machine does."""
    began = time.process_time()
    work()
    return time.process_time() - began


def main() -> None:
    """Print the times of the whole, of half the days and half the places, and of one day."""
    settlements = settlements_in(*BOX)
    observations = made_up(settlements, DAYS, OBSERVATIONS)
    places = whole(observations, 2)
    took = seconds(lambda: whole(observations, DAYS))
    held = "reached" if took < 20 else "NOT REACHED"
    print(f"{places:,} places × {DAYS} days, {OBSERVATIONS:,} observations: {took:.1f} s (< 20 s: {held})")
    half = [o for o in observations if (o.latest - FIRST).days < DAYS // 2]
    print(f"half the days: {seconds(lambda: whole(half, DAYS // 2)):.1f} s")
    west = [o for o in observations if o.lon < 36.6]
    print(f"{whole(west, 2):,} places: {seconds(lambda: whole(west, DAYS)):.1f} s")
    last = FIRST + timedelta(days=DAYS - 1)
    update = seconds(lambda: Control(observations, known_by=last).holders(last, why=False))
    held = "reached" if update < 1 else "NOT REACHED"
    print(f"a day anew, with all observations: {update:.2f} s (< 1 s: {held})")


if __name__ == "__main__":
    main()
