"""Kill work at random moments, again and again on one ledger, and see what is lost or there twice.

    python faults/kill.py [--times 200] [--only add,link,watch,migrate] [--seed 1]

Each verb is run once undisturbed, to know what has to come out and how long it takes. Then it is begun
again and again and killed (SIGKILL) at a moment drawn from that time; after each kill the ledger is opened
and looked through; at last the work is run to its end and compared.
"""

from __future__ import annotations

import argparse
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from work import LEDGER, prepare

from fogline.errors import LedgerError, LedgerVersionError
from fogline.store import migrate
from fogline.store.duckdb import DuckDBStore

VERBS = ("add", "link", "watch", "migrate")
State = tuple[tuple[tuple[str, int], ...], tuple[tuple[str, str], ...], tuple[tuple[str, ...], ...]]


def begin(verb: str, folder: Path) -> subprocess.Popen[str]:
    """Begin a work and wait until it says that it goes."""
    program = [sys.executable, str(Path(__file__).with_name("work.py")), verb, str(folder)]
    child = subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert child.stdout is not None
    line = child.stdout.readline()
    if line != "go\n":
        raise RuntimeError(f"{verb} did not begin: {child.communicate()[1][-2000:]}")
    return child


def finish(verb: str, folder: Path) -> float:
    """Run a work to its end and return the seconds from "go" on."""
    child = begin(verb, folder)
    began = time.perf_counter()
    told, wrong = child.communicate()
    if child.returncode or told != "done\n":
        raise RuntimeError(f"{verb} failed: {wrong[-2000:]}")
    return time.perf_counter() - began


def state(folder: Path) -> State:
    """Return what a ledger holds: documents with how many claims, claims, events as sets of claims."""
    store = DuckDBStore(folder / LEDGER, read_only=True)
    try:
        migrate(store)  # only says whether it is whole
        documents = tuple(sorted(store.rows("SELECT document, sum(claims)::INT FROM runs GROUP BY document")))
        claims = tuple(sorted(store.rows("SELECT id, document FROM claims")))
        events: dict[str, list[str]] = {}
        for event, claim in store.rows("SELECT event, claim FROM event_claims"):
            events.setdefault(event, []).append(claim)
    finally:
        store.close()
    return documents, claims, tuple(sorted(tuple(sorted(its)) for its in events.values()))


def whole(folder: Path, expected: State) -> str | None:
    """Return what is wrong with a ledger in the middle of its work, None where nothing is."""
    if not (folder / LEDGER).exists():
        return None
    try:
        documents, claims, events = state(folder)
    except LedgerVersionError:
        return None  # its tables were being made
    except LedgerError as error:
        return str(error)
    if len(set(claims)) != len(claims) or len(set(documents)) != len(documents):
        return "something is there twice"
    if not set(documents) <= set(expected[0]):
        return "a document has lost claims"
    if Counter(document for _, document in claims) != Counter(dict(documents)):
        return "claims without their document, or the other way round"
    linked = [claim for event in events for claim in event]
    return "a claim is in two events" if len(linked) != len(set(linked)) else None


def disturb(verb: str, times: int, draw: random.Random, scratch: Path) -> tuple[int, int, list[str]]:
    """Kill a work so many times; return the kills that met it at work, the ledgers it took, the faults."""
    source, calm = scratch / "source", scratch / "calm"
    prepare(verb, source)
    shutil.copytree(source, calm)
    _move(calm, source)
    took = finish(verb, calm)
    expected = state(calm)
    met, rounds, faults = 0, 0, []
    while met < times:
        rounds += 1
        folder = scratch / f"{rounds}"
        shutil.copytree(source, folder)
        _move(folder, source)
        while met < times:
            child, began = begin(verb, folder), time.perf_counter()
            time.sleep(draw.uniform(0, took))
            child.send_signal(signal.SIGKILL)
            told, _ = child.communicate()
            if told == "done\n":  # it was quicker than the kill: on to a fresh ledger, and a little sooner
                took = min(took, max(0.05, 0.9 * (time.perf_counter() - began)))
                break
            met += 1
            fault = whole(folder, expected)
            if fault is not None:
                faults.append(f"{verb}, kill {met}: {fault}")
        finish(verb, folder)
        if state(folder) != expected:
            faults.append(
                f"{verb}, ledger {rounds}: what came out in the end is not what comes out undisturbed"
            )
        shutil.rmtree(folder)
    return met, rounds, faults


def _move(folder: Path, source: Path) -> None:
    """Let a copied feeds file name the folder that it lies in."""
    feeds = folder / "feeds.yml"
    if feeds.exists():
        feeds.write_text(
            feeds.read_text(encoding="utf-8").replace(str(source), str(folder)), encoding="utf-8"
        )


def main() -> int:
    """Print a line for each verb; exit with 1 where there was a fault."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--times", type=int, default=200, help="kills in all")
    parser.add_argument("--only", default=",".join(VERBS), help="verbs, separated by commas")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    verbs = options.only.split(",")
    draw = random.Random(options.seed)
    failed = False
    for verb in verbs:
        with tempfile.TemporaryDirectory() as scratch:
            met, rounds, faults = disturb(verb, -(-options.times // len(verbs)), draw, Path(scratch))
        print(f"{verb:8} killed {met} times on {rounds} ledgers: {len(faults)} faults", flush=True)
        for fault in faults:
            print(f"    {fault}")
        failed = failed or bool(faults)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
