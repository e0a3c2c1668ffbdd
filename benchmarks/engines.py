"""Measure reading an archive: two workers against one, Ray against a pool, and memory as shards grow.

    python benchmarks/engines.py [--only pages,articles,workers,ray] [--turns 3] [--documents 12000]
                                 [--pages 10000] [--shared-out 4000]

Times are of reading alone: a run over few documents is taken off one over many, so that starting processes
and loading models does not count. Beside the clock stands what the cores worked, which a busy machine changes
little. The web archive is made up: the same pages for the same seed.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from fogline.engines.manifest import Output

SHARED = Path(os.environ.get("EVALS_SHARED", Path(__file__).resolve().parents[2] / "shared"))
ARTICLES = SHARED / "corpora" / "reuters-21578" / "articles.jsonl"
FOGLINE = str(Path(sys.executable).parent / "fogline")
MEBIBYTE = 2**20
PARTS = ("pages", "articles", "workers", "ray")

TOWNS = ("Izium", "Kupiansk", "Lyman", "Goma", "Sake", "Mosul", "Tal Afar", "Bakhmut", "Aleppo", "Idlib")
VOICES = ("the governor", "a spokesman of the army", "the mayor", "two residents", "the rescue service")
WAR = (
    "Troops entered {town} in the {part}, {voice} said.",
    "At least {n} people were killed when shells hit a market in {town}, {voice} said.",
    "{voice} said that the village north of {town} had been shelled for {n} hours.",
    "The army withdrew from {town} after {n} days of fighting, according to {voice}.",
    "{voice} denied that {town} had been taken.",
)
PEACE = (
    "The council of {town} will vote on the budget for the new bridge in the {part}.",
    "A bakery in {town} has sold bread from the same oven for {n} years.",
    "The price of wheat rose by {n} percent, {voice} told the local paper.",
    "Rain is expected around {town} in the {part}, and the river will rise by {n} centimetres.",
    "The museum reopened with {n} paintings that nobody had seen before.",
    "{voice} praised the volunteers who planted {n} trees along the road to {town}.",
)
HEAD = (
    "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{id}>\r\nWARC-Date: {at}\r\n"
    "WARC-Target-URI: https://news.example/{number}\r\nContent-Type: application/http; msgtype=response\r\n"
    "Content-Length: {length}\r\n\r\n"
)
ANSWER = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"


@dataclass(frozen=True)
class Run:
    """What a command took: seconds by the clock, seconds that cores read, the most memory of a process."""

    clock: float
    cores: float
    peak: float


def page(number: int, draw: random.Random) -> str:
    """Return one made page of a news site."""
    lines = WAR if draw.random() < 0.05 else PEACE

    def sentence() -> str:
        told = draw.choice(lines).format(
            town=draw.choice(TOWNS),
            voice=draw.choice(VOICES),
            n=draw.randint(2, 90),
            part=draw.choice(("morning", "evening")),
        )
        return told[0].upper() + told[1:]

    title = sentence()
    text = "".join(f"<p>{' '.join(sentence() for _ in range(3))}</p>" for _ in range(3))
    menu = "".join(f'<li><a href="/{word}">{word}</a></li>' for word in ("home", "sport", "weather"))
    return (
        f"<html><head><title>{title}</title><meta name='date' content='2022-09-{1 + number % 28:02}'></head>"
        f"<body><nav><ul>{menu}</ul></nav><article><h1>{title}</h1>{text}</article></body></html>"
    )


def write_warc(path: Path, count: int, seed: int = 1) -> None:
    """Write a web archive of so many made pages, each packed by itself."""
    draw = random.Random(seed)
    with path.open("wb") as file:
        for number in range(count):
            body = (ANSWER + page(number, draw)).encode()
            at = f"2022-09-{1 + number % 28:02}T08:00:00Z"
            id = f"{draw.getrandbits(128):032x}"
            head = HEAD.format(id=id, at=at, number=number, length=len(body)).encode()
            file.write(gzip.compress(head + body + b"\r\n\r\n", 1))


def articles() -> Iterator[dict[str, str]]:
    """Give the articles of Reuters-21578: newswire, most of it not about conflict."""
    with ARTICLES.open(encoding="utf-8") as file:
        for record in map(json.loads, file):
            yield {"id": str(record["id"]), "text": record["text"], "language": "en"}


def write_shards(folder: Path, count: int, size: int) -> Path:
    """Write so many articles as shards of JSON Lines."""
    folder.mkdir()
    found = islice(articles(), count)
    number = 0
    while lines := [json.dumps(record) + "\n" for record in islice(found, size)]:
        (folder / f"{number:04}.jsonl").write_text("".join(lines), encoding="utf-8")
        number += 1
    return folder


def run(source: Path, out: Path, *options: str) -> Run:
    """Extract a source into a folder.

    Raises:
        RuntimeError: the command failed.
    """
    command = [FOGLINE, "extract", str(source), "--out", str(out), *options]
    actions = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_RDWR, 0) for stream in (0, 1, 2)]
    began = time.perf_counter()
    _, status, usage = os.wait4(os.posix_spawn(command[0], command, os.environ, file_actions=actions), 0)
    if os.waitstatus_to_exitcode(status) != 0:
        raise RuntimeError(f"{' '.join(command)} failed.")
    clock, unit = time.perf_counter() - began, 1 if sys.platform == "darwin" else 1024
    cores = sum(entry.cores for entry in Output(str(out)).entries())
    return Run(clock, cores, usage.ru_maxrss * unit / MEBIBYTE)


def row(name: str, value: str, held: str = "", reached: bool | None = None) -> None:
    """Print one line of the table."""
    mark = "" if reached is None else ("reached" if reached else "NOT REACHED")
    print(f"{name:62} {value:>32}  {held:10} {mark}", flush=True)


def pages(folder: Path, count: int) -> None:
    """Print the peak memory over few and many made pages of one web archive, and what a page costs."""
    sources = []
    for number in (count // 10, count):
        path = folder / f"{number}.warc.gz"
        write_warc(path, number)
        sources.append((number, path))
    grown(folder, "made pages, WARC", sources)


def articles_of_one(folder: Path, count: int) -> None:
    """Print the same over articles of Reuters-21578 in one file of JSON Lines."""
    sources = [(n, write_shards(folder / f"all-{n}", n, n)) for n in (count // 10, count)]
    grown(folder, "Reuters articles, JSON Lines", sources)


def grown(folder: Path, name: str, sources: list[tuple[int, Path]]) -> None:
    """Print the peak memory over few and many documents, and what one costs."""
    (few, one), (many, other) = (
        (count, run(source, folder / f"out-{source.name}", "--engine", "local")) for count, source in sources
    )
    for count, took in ((few, one), (many, other)):
        row(f"{count:,} {name}: peak memory", f"{took.peak:.0f} MiB in {took.clock:.0f} s")
    share = other.peak / one.peak
    row(f"{many:,} {name}: against {few:,}", f"{share:.2f}", "<= 1.25", share <= 1.25)
    row(f"{name}: a thousand", f"{1000 * (other.cores - one.cores) / (many - few):.1f} s of a core")


def beside(folder: Path, turns: int, few: Path, many: Path, *ways: tuple[str, ...]) -> list[list[Run]]:
    """Return what reading took in each way, turn by turn: many documents less few."""
    found: list[list[Run]] = [[] for _ in ways]
    for _ in range(turns):
        for number, way in enumerate(ways):
            short, long = (run(source, Path(tempfile.mkdtemp(dir=folder)), *way) for source in (few, many))
            found[number].append(Run(long.clock - short.clock, long.cores - short.cores, long.peak))
    return found


def told(ratios: list[float]) -> str:
    """Return a ratio with its spread."""
    return f"{statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"


def shards(folder: Path, count: int) -> tuple[Path, Path]:
    """Return few documents and many, as shards that two workers can share evenly."""
    few, many = folder / "few", folder / "many"
    if not few.exists():
        write_shards(few, count // 8, count // 16)
        write_shards(many, count, count // 16)
    return few, many


def workers(folder: Path, turns: int, count: int) -> None:
    """Print how much faster two workers are than one."""
    few, many = shards(folder, count)
    one, two = beside(
        folder,
        turns,
        few,
        many,
        ("--engine", "pool", "--workers", "1"),
        ("--engine", "pool", "--workers", "2"),
    )
    ratios = [a.clock / b.clock for a, b in zip(one, two, strict=True)]
    median = statistics.median(ratios)
    row("pool: two workers over one", told(ratios), ">= 1.85", median >= 1.85)
    row(
        "pool: work of the cores, one worker over two",
        told([a.cores / b.cores for a, b in zip(one, two, strict=True)]),
    )


def ray(folder: Path, turns: int, count: int) -> None:
    """Print how much longer Ray takes than the pool, with two workers each."""
    few, many = shards(folder, count)
    pool, cluster = beside(
        folder,
        turns,
        few,
        many,
        ("--engine", "pool", "--workers", "2"),
        ("--engine", "ray", "--workers", "2"),
    )
    ratios = [b.clock / a.clock for a, b in zip(pool, cluster, strict=True)]
    median = statistics.median(ratios)
    row("Ray over the pool, two workers each", told(ratios), "<= 1.15", 0 < median <= 1.15)
    work = [b.cores / a.cores for a, b in zip(pool, cluster, strict=True)]
    row("Ray: work of the cores over the pool's", told(work))


def main() -> int:
    """Measure what was asked for."""
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("--only", default=",".join(PARTS), help="parts, separated by commas")
    parser.add_argument("--turns", type=int, default=3, help="runs of each way")
    parser.add_argument("--documents", type=int, default=12000, help="articles of one shard")
    parser.add_argument("--pages", type=int, default=10000, help="made pages of one shard")
    parser.add_argument("--shared-out", type=int, default=4000, help="articles that workers share out")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in options.only.split(","):
            if part == "pages":
                pages(folder, options.pages)
            elif not ARTICLES.exists():
                print(
                    f"{part}: not run, its texts are not at {ARTICLES}; EVALS_SHARED can name their folder."
                )
            elif part == "articles":
                articles_of_one(folder, options.documents)
            elif part == "workers":
                workers(folder, options.turns, options.shared_out)
            else:
                ray(folder, options.turns, options.shared_out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
