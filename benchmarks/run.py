"""Measure speed and memory, and print them against what they are held to.

    python benchmarks/run.py [--only start,gazetteer,copies,memory,engines,server,places,throughput,latency]
                             [--quick]

Throughput is a ratio: documents a second of the whole extraction against bare spaCy, the same pipeline by
``nlp.pipe`` on the same texts in the same process, run in turns so that a busy machine slows both alike.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

SHARED = Path(os.environ.get("EVALS_SHARED", Path(__file__).resolve().parents[2] / "shared"))
FOGLINE = str(Path(sys.executable).parent / "fogline")
TURNS = 3
MEBIBYTE = 2**20


def conflict_reports() -> list[dict[str, Any]]:
    """Return the reports of ``gold/dev`` and ``polnear/dev``: every one has something to read."""
    folders = SHARED / "gold" / "dev", SHARED / "corpora" / "polnear" / "dev" / "text"
    paths = [path for folder in folders for path in sorted(folder.glob("*.txt"))]
    return [{"id": p.stem, "text": p.read_bytes().decode("utf-8"), "language": "en"} for p in paths]


def mixed_news(count: int) -> Iterator[dict[str, Any]]:
    """Give the first articles of Reuters-21578: newswire, most of it not about conflict."""
    with (SHARED / "corpora" / "reuters-21578" / "articles.jsonl").open(encoding="utf-8") as file:
        for article in map(json.loads, islice(file, count)):
            yield {"id": str(article["id"]), "text": article["text"], "language": "en"}


def row(name: str, value: str, held: str = "", reached: bool | None = None) -> None:
    """Print one line of the table."""
    mark = "" if reached is None else ("reached" if reached else "NOT REACHED")
    print(f"{name:58} {value:>22}  {held:18} {mark}", flush=True)


def seconds(work: Callable[[], object]) -> float:
    """Return how long a piece of work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def throughput(quick: bool) -> None:
    """Compare extraction with bare spaCy on conflict reports and on mixed news."""
    from fogline.extract.parse import pipeline
    from fogline.model import Document
    from fogline.pipeline import Extractor

    nlp, extractor = pipeline(), Extractor()

    def drain(items: Iterable[object]) -> None:
        for _ in items:
            pass

    for name, records, least in (
        ("gold/dev + polnear/dev", conflict_reports(), 0.45),
        ("reuters-21578", mixed_news(400 if quick else 2000), 2.0),
    ):
        documents = [Document(**record) for record in records]
        texts = [document.text for document in documents]
        drain(extractor.extract_all(documents[:8]))
        drain(nlp.pipe(texts[:8], batch_size=16))
        turns = [
            (
                seconds(lambda t=texts: drain(nlp.pipe(t, batch_size=16))),
                seconds(lambda d=documents: drain(extractor.extract_all(d))),
            )
            for _ in range(1 if quick else TURNS)
        ]
        bare, ours = (len(texts) / statistics.median(turn[i] for turn in turns) for i in (0, 1))
        row(f"{name}: {len(texts)} documents, bare spaCy", f"{bare:.1f} a second")
        row(f"{name}: Fogline", f"{ours:.1f} a second")
        row(f"{name}: ratio", f"{ours / bare:.2f}", f">= {least}", ours / bare >= least)


def latency(quick: bool) -> None:
    """Print the time that one document takes by itself."""
    from fogline.model import Document
    from fogline.pipeline import Extractor

    extractor = Extractor()
    for name, records in (
        ("gold/dev + polnear/dev", conflict_reports()),
        ("reuters-21578", list(mixed_news(500))),
    ):
        documents = [Document(**record) for record in (records[:40] if quick else records)]
        extractor.extract(documents[0])
        times = sorted(seconds(lambda d=document: extractor.extract(d)) for document in documents)
        p50, p95 = (1000 * times[min(len(times) - 1, int(share * len(times)))] for share in (0.5, 0.95))
        row(f"{name}: one document, p50 / p95", f"{p50:.0f} / {p95:.0f} ms")


def child(command: list[str], **environment: str) -> tuple[float, float]:
    """Run a command; return its seconds and its peak resident memory in MiB.

    Raises:
        RuntimeError: the command failed.
    """
    began = time.perf_counter()
    actions = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_RDWR, 0) for stream in (0, 1)]
    identity = os.posix_spawn(command[0], command, os.environ | environment, file_actions=actions)
    _, status, usage = os.wait4(identity, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        raise RuntimeError(f"{' '.join(command)} failed.")
    return time.perf_counter() - began, usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / MEBIBYTE


def start(quick: bool) -> None:
    """Print how long ``fogline --help`` takes."""
    runs = [child([FOGLINE, "--help"])[0] for _ in range(3 if quick else 9)]
    row("fogline --help", f"{statistics.median(runs):.2f} s", "< 0.3 s", statistics.median(runs) < 0.3)


GAZETTEER = """
import resource, sys, time
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
began = time.perf_counter()
from fogline.resolve.gazetteer import open_gazetteer
found = open_gazetteer().look_up("Izium")
spent = time.perf_counter() - began
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
assert found
unit = 1 if sys.platform == "darwin" else 1024
print(spent, (after - before) * unit / 2**20)
"""


def gazetteer(quick: bool) -> None:
    """Print what loading the gazetteer and looking up one name costs, in a process of its own."""
    import subprocess

    # with its modules compiled, as they are where it is installed
    settings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-c", GAZETTEER]
    subprocess.run(command, check=True, capture_output=True, env=settings)  # builds its index once
    runs = []
    for _ in range(2 if quick else 5):
        done = subprocess.run(command, check=True, capture_output=True, text=True, env=settings)
        runs.append(tuple(map(float, done.stdout.split())))
    spent, memory = (statistics.median(run[i] for run in runs) for i in (0, 1))
    row("gazetteer: load and look up one name", f"{spent:.2f} s", "< 0.5 s", spent < 0.5)
    row("gazetteer: memory", f"{memory:.0f} MiB", "< 150 MB", memory * MEBIBYTE < 150e6)


def places(quick: bool) -> None:
    """Print what places cost: an index's size, opening it, look-ups, and the layer beside the bare parse."""
    from fogline.extract.parse import parse_all
    from fogline.model import Document
    from fogline.resolve.gazetteer import Gazetteer, open_gazetteer
    from fogline.resolve.places import places as find_places

    folder = open_gazetteer().folder
    size = sum(file.stat().st_size for file in folder.iterdir()) / 1e6
    row("places: the index on disk", f"{size:.0f} MB", "< 200 MB", size < 200)
    opened = statistics.median(seconds(lambda: Gazetteer(folder)) for _ in range(5))
    row("places: opening the index", f"{opened:.3f} s", "< 0.3 s", opened < 0.3)
    names = [f"{name}{end}" for name in LOOKED_UP for end in ("", "a", "ovo")] * (300 if quick else 3000)
    gazetteer = Gazetteer(folder)
    rate = len(names) / seconds(lambda: [gazetteer.entries(name) for name in names])
    row("places: look-ups", f"{rate:,.0f} a second", ">= 10,000", rate >= 10_000)
    documents = [Document(**record) for record in conflict_reports()[: 20 if quick else 104]]
    list(parse_all(documents[:4]))
    parsed: list[Any] = []
    bare = seconds(lambda: parsed.extend(parse_all(documents)))
    for one in parsed[:4]:
        find_places(one)
    ours = seconds(lambda: [find_places(one) for one in parsed])
    row("places: over the parse", f"{ours / bare:.1%}", "<= 15 %", ours <= 0.15 * bare)


LOOKED_UP = ("Izium", "Kharkiv", "Aleppo", "Goma", "Mosul", "Sanaa", "Kabul", "Bama", "Derna", "Дейр эз-Зор")


def memory(quick: bool) -> None:
    """Print the peak memory of ``fogline add`` on few and on many documents."""
    few, many = (100, 500) if quick else (1000, 10000)
    peaks = []
    with tempfile.TemporaryDirectory() as folder:
        for count in (few, many):
            source = Path(folder, f"{count}.jsonl")
            with source.open("w", encoding="utf-8") as file:
                file.writelines(json.dumps(article) + "\n" for article in mixed_news(count))
            ledger = Path(folder, f"{count}.duckdb")
            spent, peak = child([FOGLINE, "add", str(source)], FOGLINE_LEDGER=str(ledger))
            peaks.append(peak)
            row(f"fogline add: {count} documents, peak memory", f"{peak:.0f} MiB in {spent:.0f} s")
    row(
        f"fogline add: {many} against {few} documents",
        f"{peaks[1] / peaks[0]:.2f}",
        "<= 1.25",
        peaks[1] <= 1.25 * peaks[0],
    )


def copies(quick: bool) -> None:
    """Compare reports with each other and with a ledger, in a process of its own."""
    import subprocess

    script, count = str(Path(__file__).with_name("copies.py")), "2000" if quick else "12000"
    subprocess.run([sys.executable, script, "--documents", count, "--ledger", count], check=True)


def server(quick: bool) -> None:
    """Print how long the server takes for map tiles and searches over made-up claims."""
    from serving import serving

    serving(quick, row)


def control(_quick: bool) -> None:
    """Time who held what, over two oblasts and 250 days, in a process of its own."""
    import subprocess

    subprocess.run([sys.executable, str(Path(__file__).with_name("control.py"))], check=True)


def engines(quick: bool) -> None:
    """Read an archive by one worker, two and a Ray cluster, in a process of its own."""
    import subprocess

    script, count = str(Path(__file__).with_name("engines.py")), "1000"
    fewer = ["--turns", "1", "--documents", count, "--pages", count, "--shared-out", count] if quick else []
    subprocess.run([sys.executable, script, *fewer], check=True)


# In this order: a child's peak memory counts its parent's, so children run before this process grows.
_ALL = (start, gazetteer, copies, control, memory, engines, server, places, throughput, latency)
PARTS = {p.__name__: p for p in _ALL}
NEED_SHARED = {"throughput", "latency", "memory", "copies", "places"}


def main() -> int:
    """Run the parts that were asked for."""
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("--only", default=",".join(PARTS), help="parts, separated by commas")
    parser.add_argument("--quick", action="store_true", help="fewer documents and turns, for a first look")
    options = parser.parse_args()
    names = options.only.split(",")
    if unknown := sorted(set(names) - set(PARTS)):
        parser.error(f"no part is called {', '.join(unknown)}; there are {', '.join(PARTS)}")
    for name in sorted(names, key=list(PARTS).index):
        if name in NEED_SHARED and not SHARED.is_dir():
            print(f"{name}: not run, its texts are not at {SHARED}; EVALS_SHARED can name their folder.")
        else:
            PARTS[name](options.quick)
    return 0


if __name__ == "__main__":
    sys.exit(main())
