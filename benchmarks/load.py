"""Users of the server: many at once, each asking one thing after the other over a connection of its own.

They are wrk's where it is there (``apt-get install wrk``), else written in Python, which takes time of the
machine that the server then lacks.
"""

from __future__ import annotations

import asyncio
import json
import math
import random
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

FIRST = date(2022, 2, 24)
TYPES = ("CAPTURE", "WITHDRAW", "SHELL", "CLASH", "AID")
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
SIDES = ("UKR", "RUS", "SYR", "SDN", "CIV", "GBR", "USA", "TUR")
_LISTED = 20_000  # addresses that wrk goes through; more than it gets to

_LUA = """
local addresses, at = {}, 0
for line in io.lines("%s") do addresses[#addresses + 1] = line end
request = function()
  at = at %% #addresses + 1
  return wrk.format("GET", addresses[at])
end
done = function(summary, latency)
  local wrong = summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout
  io.write(string.format('\\n{"asked": %%d, "half": %%f, "p95": %%f, "wrong": %%d}\\n',
    summary.requests, latency:percentile(50) / 1000, latency:percentile(95) / 1000, wrong))
end
"""


class Times(NamedTuple):
    """How many answers came, and in how many milliseconds half of them and 95 of 100."""

    asked: int
    half: float
    p95: float


def generator() -> str:
    """Return who asks, in words for the table."""
    return "wrk" if shutil.which("wrk") else "Python, for want of wrk (apt-get install wrk)"


def measure(port: int, kind: str, users: int, seconds: float) -> Times:
    """Return how long answers take where some users ask at once."""
    measured = _wrk if shutil.which("wrk") else _python
    return measured(port, kind, users, seconds)


def _wrk(port: int, kind: str, users: int, seconds: float) -> Times:
    with tempfile.TemporaryDirectory() as folder:
        listed, script = Path(folder, "addresses"), Path(folder, "ask.lua")
        listed.write_text("\n".join(islice(asked(kind, 100 * users), _LISTED)), encoding="utf-8")
        script.write_text(_LUA % listed, encoding="utf-8")
        command = ["wrk", "-t1", f"-c{users}", f"-d{seconds:.0f}s", "--timeout", "10s", "-s", str(script)]
        told = subprocess.run(
            [*command, f"http://127.0.0.1:{port}"], capture_output=True, text=True, check=True
        )
    found = json.loads(told.stdout.strip().splitlines()[-1])
    assert not found["wrong"], told.stdout
    return Times(found["asked"], found["half"], found["p95"])


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


def _python(port: int, kind: str, users: int, seconds: float) -> Times:
    times: list[float] = []

    async def all_of_them() -> None:
        until = time.perf_counter() + seconds
        await asyncio.gather(
            *(user(port, asked(kind, 100 * users + one), until, times) for one in range(users))
        )

    asyncio.run(all_of_them())
    times.sort()
    return Times(len(times), 1000 * times[len(times) // 2], 1000 * times[int(0.95 * len(times))])
