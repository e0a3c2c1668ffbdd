"""Measure how long linking takes, from nothing and for one report more, and what memory it needs.

    python benchmarks/linking.py [--sizes 10000,30000,100000]

Seconds by the clock are what is held to; seconds of processors say the same on a machine that does other
things as well. The claims are made up by a seeded generator: sixty a day, in busy towns and quiet ones,
each occurrence told by one to eight reports in their own words, days and figures, a few denying it.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from fogline.link import link
from fogline.model import (
    Claim,
    Document,
    Extraction,
    Party,
    Place,
    Quantity,
    Voice,
    When,
    Words,
)
from fogline.store import migrate
from fogline.store.base import Batch, DocumentRow, write
from fogline.store.duckdb import DuckDBStore

SEED = 20220906
CLAIMS_A_REPORT = 25
CLAIMS_A_DAY = 60  # a ledger that holds more covers more days
HELD_SECONDS, HELD_MIB, HELD_ONE = 180.0, 4096.0, 2.0
KINDS = {  # type -> how it is put
    "SHELL": ("shells hit a {thing} in {town}", "artillery struck {town}, damaging a {thing}"),
    "AIRSTRIKE": ("a missile hit a {thing} in {town}", "drones struck the {thing} of {town} overnight"),
    "CAPTURE": ("{side} troops took {town}", "{town} fell to {side} forces"),
    "WITHDRAW": ("{other} units left {town}", "{other} forces pulled out of {town} towards the {thing}"),
    "CLASH": ("fighting went on near the {thing} of {town}", "{side} and {other} troops fought over {town}"),
    "CASUALTIES": ("{count} people died at a {thing} in {town}", "{count} residents of {town} were killed"),
    "DISPLACE": ("{count} families fled {town}", "buses took {count} people from the {thing} of {town}"),
}
THINGS = [
    "school",
    "hospital",
    "bridge",
    "market",
    "depot",
    "station",
    "mill",
    "church",
    "quarry",
    "dam",
    "clinic",
    "bakery",
    "kiln",
    "airfield",
]
SIDES = ("Northland", "Southland")
VOICES = ("the mayor", "a ministry", "residents", "the general staff", "a monitor", None)


def occurrences(count: int, draw: random.Random) -> Iterator[tuple[str, int, date, str, int]]:
    """Give made-up occurrences: type, town, day, the thing it was about, how many it concerned."""
    towns, days = 400, max(30, count // CLAIMS_A_DAY)
    for _ in range(count):
        town = min(int(draw.paretovariate(0.6)) - 1, towns - 1)
        day = date(2014, 1, 1) + timedelta(days=draw.randrange(days))
        yield draw.choice(list(KINDS)), town, day, draw.choice(THINGS), draw.randrange(2, 60)


def claims(count: int, seed: int = SEED) -> Iterator[Claim]:
    """Give made-up claims without a document, told by one to eight voices each occurrence."""
    draw = random.Random(seed)
    made = 0
    for kind, town, day, thing, number in occurrences(count, draw):
        for _ in range(min(8, int(draw.paretovariate(1.2)))):
            if made == count:
                return
            made += 1
            yield _claim(draw, kind, town, day, thing, number)


def _claim(draw: random.Random, kind: str, town: int, day: date, thing: str, number: int) -> Claim:
    side, other = draw.sample(SIDES, 2) if draw.random() < 0.1 else SIDES
    told = draw.choice(KINDS[kind])
    number = number if draw.random() < 0.8 else number + draw.randrange(1, 5)
    text = told.format(thing=thing, town=f"Town{town}", side=side, other=other, count=number)
    voice = draw.choice(VOICES)
    slack = timedelta(days=draw.choice((0, 0, 0, 1)))
    counted = kind in ("CASUALTIES", "DISPLACE")
    return Claim(
        document="",
        evidence=Words(0, len(text), text),
        event=kind,  # type: ignore[arg-type]  # drawn from names of types
        status="denied" if draw.random() < 0.04 else "happened",
        agents=() if counted else (Party(text=f"{side} troops", start=0, end=0, side=side[:3].upper()),),
        targets=(Party(text="people", start=0, end=0, side="CIV"),) if counted else (),
        places=(
            Place(
                text=f"Town{town}", role="at", name=f"Town{town}", geonameid=1_000_000 + town, country="NOR",
                lat=45 + (town * 37 % 700) / 100, lon=25 + (town * 61 % 1500) / 100, precision="settlement",
                radius_km=3.0,
            ),
        ),
        when=When(text="that day", earliest=day - slack, latest=day, precision="day"),
        quantities=(
            Quantity(text=str(number), start=0, end=0, kind="killed", low=number, high=number),
        ) if kind == "CASUALTIES" else (),
        speaker=Voice(text=voice, name=voice, side=side[:3].upper()) if voice else None,
        mode="indirect" if voice else "narrated",
        extractor="made up",
    )  # fmt: skip


def reports(count: int, *, seed: int = SEED, prefix: str = "r") -> Iterator[tuple[DocumentRow, Extraction]]:
    """Give made-up reports of some claims each; a report's claims are of days near each other."""
    ordered = sorted(
        claims(count, seed), key=lambda claim: (claim.when.latest or date.min, claim.evidence.text)
    )
    draw = random.Random(seed + 1)
    outlets = [f"Paper {nth}" for nth in range(40)]
    for at in range(0, len(ordered), CLAIMS_A_REPORT * 8):
        day = ordered[at : at + CLAIMS_A_REPORT * 8]
        draw.shuffle(day)
        for nth, first in enumerate(range(0, len(day), CLAIMS_A_REPORT)):
            name = f"{prefix}{at + nth:07d}"
            yield _report(name, draw.choice(outlets), day[first : first + CLAIMS_A_REPORT])


def _report(name: str, outlet: str, its: list[Claim]) -> tuple[DocumentRow, Extraction]:
    text, found = "", []
    draw = random.Random(name)
    for claim in its:
        text += f"{' '.join(_word(draw) for _ in range(14)).capitalize()}. "
        words = Words(len(text), len(text) + len(claim.evidence.text), claim.evidence.text)
        text += f"{claim.evidence.text}. "
        told = {name: getattr(claim, name) for name in claim.__struct_fields__}
        found.append(Claim(**{**told, "document": name, "evidence": words}).identified())
    published = max(claim.when.latest or date.min for claim in its) + timedelta(days=1)
    document = Document(id=name, text=text, title=f"Report {name}", published=published, outlet=outlet)
    return DocumentRow(document=document, given=name), Extraction(document=name, claims=tuple(found))


def _word(draw: random.Random) -> str:
    """Return a made-up word, so that reports have text of their own besides what they tell."""
    return "".join(draw.choice("bdfgklmnprstvz") + draw.choice("aeiou") for _ in range(draw.randrange(1, 4)))


def fill(store: DuckDBStore, made: Iterator[tuple[DocumentRow, Extraction]]) -> None:
    """Write made-up reports into a ledger."""
    batch = Batch(extractor="made up")
    for entry in made:
        batch.read.append(entry)
        if batch.size() > 5000:
            write(store, batch)
            batch = Batch(extractor="made up")
    write(store, batch)


def timed(store: DuckDBStore) -> tuple[int, float, float]:
    """Link, and return how many events there are, the seconds it took, and those of processors."""
    began, worked = time.perf_counter(), time.process_time()
    events = link(store).events
    return events, time.perf_counter() - began, time.process_time() - worked


def measure(size: int, folder: Path) -> str:
    """Link a ledger of so many claims, then one report more; return a line that says what both took."""
    store = DuckDBStore(folder / f"{size}.duckdb", memory_mb=512)
    migrate(store)
    fill(store, reports(size))
    events, whole, worked = timed(store)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    fill(store, reports(CLAIMS_A_REPORT, seed=SEED + 9, prefix="more"))
    _, one, one_worked = timed(store)
    store.close()
    held = whole <= HELD_SECONDS and peak <= HELD_MIB and one <= HELD_ONE
    told = "reached" if held else "NOT REACHED"
    return (
        f"{size:8,} {whole:8.1f} {worked:8.1f} {1000 * worked / size:10.2f} {peak:6.0f} {events:7,} "
        f"{one:10.2f} {one_worked:8.2f}  {told}"
    )


def main() -> int:
    """Print a line for each size, and whether what is held to is reached."""
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("--sizes", default="10000,30000,100000")
    sizes = [int(size) for size in parser.parse_args().sizes.split(",")]
    print(f"held to {HELD_SECONDS:.0f} s, {HELD_MIB:.0f} MiB, and {HELD_ONE:.0f} s for one report")
    heads = ("claims", "s", "CPU s", "CPU ms each", "MiB", "events", "one more", "CPU s")
    print("{:>8} {:>8} {:>8} {:>10} {:>6} {:>7} {:>10} {:>8}".format(*heads))
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            print(measure(size, Path(folder)), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
