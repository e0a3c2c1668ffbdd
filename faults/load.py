"""Add ten thousand reports while twenty readers ask; then go on for a while and watch the memory.

    python faults/load.py [--minutes 20] [--documents 10000] [--readers 20]

A real server on the loopback, made-up reports (their claims are looked up, not read: what is loaded is
keeping, linking, answering). The readers look at claims, events, the map and what they search for, with
pauses as people make them. Afterwards, for so many minutes, they go on asking while single reports come in.
Printed: answers by kind with their times, answers that were wrong, and the server's memory.
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
from work import CLAIMS, prepare

ASKED = (
    "/api/v1/claims?limit=50&text={word}",
    "/api/v1/events?limit=50",
    "/api/v1/search?q={word}",
    "/api/v1/tiles/claims/{z}/{x}/{y}.json",
    "/api/v1/documents?limit=50",
    "/api/v1/voices?limit=50",
)
WORDS = ("school", "bridge", "Town12", "mayor", "residents", "artillery", "Northland", "monitor")
A_PART = 500  # reports in one addition
EVERY = 20.0  # seconds between small additions


class Readers:
    """Readers that ask until they are told to stop."""

    def __init__(self, address: str, count: int) -> None:
        self.times: dict[str, list[float]] = defaultdict(list)
        self.answers: Counter[tuple[str, int]] = Counter()
        self._address, self._over = address, threading.Event()
        self._threads = [threading.Thread(target=self._ask, args=(n,), daemon=True) for n in range(count)]

    def __enter__(self) -> Readers:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join(timeout=60)

    def _ask(self, number: int) -> None:
        draw = random.Random(number)
        with httpx.Client(base_url=self._address, timeout=60) as client:
            while not self._over.wait(draw.uniform(0.2, 0.8)):
                path = draw.choice(ASKED)
                z = draw.randrange(3, 9)
                tile = {"z": z, "x": draw.randrange(2**z), "y": draw.randrange(2**z)}
                began = time.perf_counter()
                try:
                    status = client.get(path.format(word=draw.choice(WORDS), **tile)).status_code
                except httpx.HTTPError:
                    status = 0
                kind = path.partition("?")[0].split("/")[3]
                self.times[kind].append(time.perf_counter() - began)
                self.answers[kind, status] += 1


def resident(pid: int) -> float:
    """Return the resident memory of a process in MiB."""
    told = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(re.search(r"VmRSS:\s+(\d+)", told)[1]) / 1024  # type: ignore[index]  # it is always there


def parts(folder: Path) -> Iterator[bytes]:
    """Yield the made reports in additions of some hundred."""
    held: list[bytes] = []
    for path in sorted((folder / "reports").glob("*.jsonl")):
        held += path.read_bytes().splitlines(keepends=True)
        while len(held) >= A_PART:
            yield b"".join(held[:A_PART])
            held = held[A_PART:]
    if held:
        yield b"".join(held)


class Desk:
    """Somebody who adds."""

    def __init__(self, address: str) -> None:
        self._client = httpx.Client(base_url=address, timeout=600)
        self._csrf = self._meta()["csrf"]

    def add(self, name: str, lines: bytes) -> None:
        """Add reports and wait until they are kept and linked."""
        files = {"files": (name, lines, "application/x-ndjson")}
        told = self._client.post("/api/v1/add", files=files, headers={"X-CSRF-Token": self._csrf})
        told.raise_for_status()
        with self._client.stream("GET", f"/api/v1/jobs/{told.json()['job']}/events") as stream:
            for line in stream.iter_lines():
                if line == "event: problem":
                    raise RuntimeError(f"{name} had a problem")

    def count(self) -> int:
        """Return how many documents the ledger holds."""
        return int(self._meta()["ledger"]["documents"])

    def _meta(self) -> dict[str, Any]:
        """Ask what the server is, waiting until it listens."""
        for _ in range(240):
            try:
                return dict(self._client.get("/api/v1/meta").json())
            except httpx.ConnectError:
                time.sleep(0.25)
        raise RuntimeError("the server does not listen")


def main() -> int:
    """Print the table; exit with 1 where an answer was wrong or a document is missing."""
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("--minutes", type=float, default=20, help="after the additions")
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--readers", type=int, default=20)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        return load(Path(scratch) / "work", options.minutes * 60, options.documents, options.readers)


def load(folder: Path, seconds: float, documents: int, readers: int) -> int:
    """Run the load and print what it came to."""
    CLAIMS["serve"] = (documents + A_PART) * 6  # the last part comes one by one
    prepare("serve", folder, a_report=6)
    program = [sys.executable, str(Path(__file__).with_name("work.py")), "serve", str(folder)]
    server = subprocess.Popen(program, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    address = server.stdout.readline().split()[1]
    began, memory, sent = time.monotonic(), [resident(server.pid)], 0
    try:
        desk = Desk(address)
        with Readers(address, readers) as asking:
            *most, last = parts(folder)
            for number, lines in enumerate(most):
                desk.add(f"part{number}.jsonl", lines)
                sent += lines.count(b"\n")
                memory.append(resident(server.pid))
            added = time.monotonic() - began
            rest, resting = last.splitlines(keepends=True), []
            while not resting or time.monotonic() - began - added < seconds:
                if rest:
                    desk.add(f"late{len(rest)}.jsonl", rest.pop())
                    sent += 1
                resting.append(resident(server.pid))
                time.sleep(EVERY)
            held = desk.count()
    finally:
        server.terminate()
        server.wait(timeout=60)
    wrong = sum(count for (_, status), count in asking.answers.items() if status not in (200, 204, 304))
    print(f"{sent} documents sent, {held} held; the additions took {added:.0f} s")
    for kind, times in sorted(asking.times.items()):
        p95 = statistics.quantiles(times, n=20)[-1]
        print(f"{kind:10} {len(times):6} answers, median {statistics.median(times):.2f} s, p95 {p95:.2f} s")
    print(f"{wrong} wrong answers: {dict(Counter(s for _, s in asking.answers.elements()))}")
    print("memory while adding, MiB: " + " ".join(f"{m:.0f}" for m in memory[:: max(1, len(memory) // 12)]))
    third = max(1, len(resting) // 3)
    first, end = statistics.median(resting[:third]), statistics.median(resting[-third:])
    print(f"memory afterwards, MiB: {first:.0f} in the first third of {len(resting)} looks, then {end:.0f}")
    return int(wrong > 0 or held != sent)


if __name__ == "__main__":
    sys.exit(main())
