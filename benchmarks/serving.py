"""The server's part of the benchmark: a ledger of made-up claims, a real server, many users at once.

Everything is over the loopback. Tiles of the map are asked for at random places and zooms, some with filters,
and searches as somebody types them. No two ask for the same thing, so that nothing is answered from what was
kept. How long an answer takes hangs on what else the machine does; processor time hardly does.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import urlopen

from load import FIRST, NOUNS, RESTS, SIDES, VERBS, generator, measure

if TYPE_CHECKING:
    from fogline.ledger import Ledger
    from fogline.model import Document, Extraction
    from fogline.store import Stored

FOGLINE = str(Path(sys.executable).parent / "fogline")
CLAIMS = 100_000
EACH = 10  # claims of a document
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SPEAKERS = ("Colonel", "Minister", "Governor", "Spokesman", "Mayor", "General")


def made(count: int) -> Iterator[tuple[Document, Extraction]]:
    """Give documents with their extractions: ``count`` claims at settlements of the gazetteer."""
    from fogline.model import Claim, Document, Extraction, Party, Place, Quantity, Voice, When, Words
    from fogline.resolve.gazetteer import open_gazetteer
    from fogline.store.filters import EVENTS, STATUSES

    chance = random.Random(7)
    towns = open_gazetteer().settlements(20.0, 30.0, 50.0, 56.0)
    chance.shuffle(towns)
    towns = towns[:4000]
    weights = [1 / (rank + 5) for rank in range(len(towns))]
    for number in range(count // EACH):
        published = FIRST + timedelta(days=chance.randrange(900))
        id, text, claims = f"report-{number:06}", "", []
        for town in chance.choices(towns, weights, k=EACH):
            speaker = f"{chance.choice(SPEAKERS)} {chance.choice(towns).name}"
            who, side = chance.choice(NOUNS), chance.choice(SIDES)
            words = f"{speaker} said {who} {chance.choice(VERBS)} {town.name} {chance.choice(RESTS)}."
            start, day = len(text), published - timedelta(days=chance.randrange(4))
            text += words + " "
            place = Place(
                text=town.name,
                role="at",
                lat=town.lat,
                lon=town.lon,
                name=town.name,
                geonameid=town.geonameid,
                country="UKR",
                precision="settlement",
                radius_km=town.radius_km,
                score=0.9,
                reason="the only one",
            )
            figure = Quantity(text="12", start=0, end=2, kind="killed", low=12.0, high=12.0)
            claims.append(
                Claim(
                    document=id,
                    evidence=Words(start, start + len(words), words),
                    event=chance.choice(EVENTS),
                    status=chance.choice(STATUSES),
                    agents=(Party(text=who, start=0, end=1, side=side),),
                    places=(place,),
                    when=When(earliest=day, latest=day, precision="day"),
                    quantities=(figure,),
                    speaker=Voice(text=speaker, name=speaker, side=chance.choice(SIDES), kind="official"),
                    mode="indirect",
                    confidence=round(chance.random(), 3),
                    extractor="made-up",
                ).identified()
            )
        title = f"{chance.choice(NOUNS)} {chance.choice(VERBS)} {chance.choice(towns).name}"
        document = Document(
            id=id, text=text, title=title, published=published, outlet=f"Courier {number % 40}"
        )
        yield document, Extraction(document=id, claims=tuple(claims))


def make_ledger(path: Path, count: int) -> None:
    """Write a ledger of made-up claims, three of them an event."""
    from fogline.ledger import connect
    from fogline.store import Batch, DocumentRow, write

    with connect(path) as ledger:
        batch = Batch(extractor="made-up")
        for document, extraction in made(count):
            batch.read.append((DocumentRow(document=document, given=document.id), extraction))
            if batch.size() >= 5000:
                write(ledger._store, batch)
                batch = Batch(extractor="made-up")
        write(ledger._store, batch)
        make_events(ledger)


def make_events(ledger: Ledger) -> None:
    """Write an event for every three claims at one place."""
    from fogline.link.assemble import event_of
    from fogline.link.writing import _members, _row
    from fogline.store.link_tables import EVENT_CLAIMS, EVENTS

    waiting: dict[str, list[Stored]] = {}
    events = []
    for stored in ledger.stream():
        same = waiting.setdefault(stored.claim.places[0].text, [])
        same.append(stored)
        if len(same) == 3:
            id = hashlib.sha256(stored.claim.id.encode()).hexdigest()[:12]
            events.append(event_of(f"e{id}", waiting.pop(stored.claim.places[0].text)))
    for start in range(0, len(events), 2000):
        some = events[start : start + 2000]
        ledger._store.insert(EVENTS, [_row(event) for event in some])
        ledger._store.insert(EVENT_CLAIMS, [member for event in some for member in _members(event)])


@contextmanager
def served(ledger: Path) -> Iterator[tuple[int, int, float]]:
    """Serve a ledger; give the port, the process and how many seconds it took until the first answer."""
    begun = time.perf_counter()
    command = [FOGLINE, "serve", "--ledger", str(ledger), "--port", "0", "--no-browser", "--rate", "1e6"]
    child = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=ledger.parent)
    try:
        assert child.stderr
        while not (found := re.search(r"127\.0\.0\.1:(\d+)", line := child.stderr.readline())):
            assert line, "the server ended"
        port = int(found[1])
        with urlopen(f"http://127.0.0.1:{port}/api/v1/meta") as answer:
            assert json.load(answer)["ledger"]["claims"]
        yield port, child.pid, time.perf_counter() - begun
    finally:
        child.terminate()
        child.wait(20)


def processor(pid: int) -> float:
    """Return the seconds of processor time that a process has taken (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def painted(port: int) -> dict[str, float] | None:
    """Return how many milliseconds a browser takes to paint the page; None where there is none."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    node, script = shutil.which("node"), Path(__file__).with_name("paint.mjs")
    driver = script.parents[1] / "web" / "node_modules" / "playwright-core"
    if browser is None or node is None or not driver.is_dir():
        return None
    told = {"PAGE": f"http://127.0.0.1:{port}/", "CHROMIUM": browser}
    done = subprocess.run(
        [node, str(script)], env={**os.environ, **told}, capture_output=True, text=True, check=True
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def serving(quick: bool, row: Callable[..., None]) -> None:
    """Print how long the page takes to paint, and tiles and searches, for one user and for twenty at once."""
    count = CLAIMS // 10 if quick else CLAIMS
    with tempfile.TemporaryDirectory() as folder:
        ledger = Path(folder, "ledger.duckdb")
        make_ledger(ledger, count)
        with served(ledger) as (port, pid, begun):
            row(f"serve: {count} claims, until the first answer", f"{begun:.1f} s")
            if times := painted(port):
                row("serve: first paint", f"{times['paint']:.0f} ms", "< 1500 ms", times["paint"] < 1500)
                row("serve: a list, a map", f"{times['list']:.0f} ms, {times['map']:.0f} ms")
            else:
                row("serve: first paint", "not measured: no Chromium or Node.js, or no web/node_modules")
            row("serve: asked by", generator())
            for users, held in ((1, 60), (20, 150)):
                for kind in ("tiles", "searches"):
                    spent = processor(pid)
                    took = measure(port, kind, users, 5.0 if quick else 15.0)
                    spent = 1000 * (processor(pid) - spent) / took.asked
                    told = f"{took.p95:.0f} ms of {took.asked}, half in {took.half:.1f} ms"
                    who = "1 user" if users == 1 else f"{users} users at once"
                    row(f"serve: {kind}, {who}, p95", told, f"< {held} ms", took.p95 < held)
                    row(f"serve: {kind}, {who}, processor", f"{spent:.1f} ms a request")
