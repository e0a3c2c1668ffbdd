"""The server's part of the benchmark: a ledger of made-up claims, a real server, many users at once.

Everything is over the loopback. A user is a connection that asks one thing after the other: tiles of the map
at random places and zooms, some with filters, and searches as somebody types them. No two ask for the same
thing, so that nothing is answered from what was kept.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import math
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote
from urllib.request import urlopen

if TYPE_CHECKING:
    from fogline.ledger import Ledger
    from fogline.model import Document, Extraction
    from fogline.store import Stored

FOGLINE = str(Path(sys.executable).parent / "fogline")
CLAIMS = 100_000
EACH = 10  # claims of a document
TYPES = ("CAPTURE", "WITHDRAW", "SHELL", "CLASH", "AID")
FIRST = date(2022, 2, 24)
VERBS = [
    "captured",
    "left",
    "shelled",
    "entered",
    "attacked",
    "evacuated",
    "rebuilt",
    "held",
    "crossed",
    "mined",
]
NOUNS = [
    "the garrison",
    "a convoy",
    "two brigades",
    "the militia",
    "residents",
    "a battery",
    "volunteers",
    "engineers",
    "border guards",
    "a patrol",
    "the mayor",
    "medics",
    "a drone unit",
    "reservists",
    "pilots",
    "the staff",
]
RESTS = [
    "before dawn",
    "after heavy fighting",
    "under fire",
    "without a shot",
    "by the river",
    "near the bridge",
    "from the north",
    "in the old town",
    "with armour",
    "at the crossing",
    "around the depot",
    "on the ridge",
]
SPEAKERS = ("Colonel", "Minister", "Governor", "Spokesman", "Mayor", "General")
SIDES = ("UKR", "RUS", "SYR", "SDN", "CIV", "GBR", "USA", "TUR")


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


def asked(kind: str, seed: int) -> Iterator[str]:
    """Give addresses of tiles or searches without end, no two alike."""
    chance = random.Random(seed)
    words = [word for part in (VERBS, NOUNS, RESTS) for one in part for word in one.split() if len(word) > 3]
    while True:
        if kind == "tiles":
            z = chance.randrange(3, 11)
            lon, lat = chance.uniform(22, 48), chance.uniform(32, 55)
            x = int((lon / 360 + 0.5) * 2**z)
            y = int((0.5 - math.asinh(math.tan(math.radians(lat))) / (2 * math.pi)) * 2**z)
            begin = FIRST + timedelta(days=chance.randrange(850))
            end = begin + timedelta(days=chance.randrange(5, 50))
            more = chance.choice(("", f"&event={chance.choice(TYPES)}", f"&side={chance.choice(SIDES[:4])}"))
            layer = chance.choice(("claims", "claims", "events"))
            yield f"/api/v1/tiles/{layer}/{z}/{x}/{y}.json?from={begin}&to={end}{more}"
        else:
            first, second = chance.choice(words), chance.choice(words)
            typed = f"{first} {second[: chance.randrange(1, len(second) + 1)]}"
            begin = FIRST + timedelta(days=chance.randrange(850))
            yield f"/api/v1/search?q={quote(typed)}&from={begin}"


async def user(port: int, addresses: Iterator[str], until: float, times: list[float]) -> None:
    """Ask one thing after the other over one connection, and note how long each took, in seconds."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        while time.perf_counter() < until:
            begun = time.perf_counter()
            head = f"GET {next(addresses)} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n"
            writer.write(head.encode())
            answer = await reader.readuntil(b"\r\n\r\n")
            length = re.search(rb"content-length: (\d+)", answer.lower())
            assert answer.startswith(b"HTTP/1.1 200") and length, answer
            await reader.readexactly(int(length[1]))
            times.append(time.perf_counter() - begun)
    finally:
        writer.close()


def measure(port: int, kind: str, users: int, seconds: float) -> list[float]:
    """Return the times of all answers to some users at once, sorted, in seconds."""
    times: list[float] = []

    async def all_of_them() -> None:
        until = time.perf_counter() + seconds
        await asyncio.gather(
            *(user(port, asked(kind, 100 * users + one), until, times) for one in range(users))
        )

    asyncio.run(all_of_them())
    return sorted(times)


@contextmanager
def served(ledger: Path) -> Iterator[tuple[int, float]]:
    """Serve a ledger; give the port, and how many seconds it took until the first answer."""
    begun = time.perf_counter()
    command = [FOGLINE, "serve", "--ledger", str(ledger), "--port", "0", "--no-browser"]
    child = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=ledger.parent)
    try:
        assert child.stderr
        while not (found := re.search(r"127\.0\.0\.1:(\d+)", line := child.stderr.readline())):
            assert line, "the server ended"
        port = int(found[1])
        with urlopen(f"http://127.0.0.1:{port}/api/v1/meta") as answer:
            assert json.load(answer)["ledger"]["claims"]
        yield port, time.perf_counter() - begun
    finally:
        child.terminate()
        child.wait(20)


def serving(quick: bool, row: Callable[..., None]) -> None:
    """Print how long tiles and searches take, for one user and for twenty at once."""
    count = CLAIMS // 10 if quick else CLAIMS
    with tempfile.TemporaryDirectory() as folder:
        ledger = Path(folder, "ledger.duckdb")
        make_ledger(ledger, count)
        with served(ledger) as (port, took):
            row(f"serve: {count} claims, until the first answer", f"{took:.1f} s")
            for users, held in ((1, 60), (20, 150)):
                for kind in ("tiles", "searches"):
                    times = measure(port, kind, users, 5.0 if quick else 15.0)
                    p95 = 1000 * times[int(0.95 * len(times))]
                    told = f"{p95:.0f} ms of {len(times)}, half in {1000 * times[len(times) // 2]:.1f} ms"
                    who = "1 user" if users == 1 else f"{users} users at once"
                    row(f"serve: {kind}, {who}, p95", told, f"< {held} ms", p95 < held)
