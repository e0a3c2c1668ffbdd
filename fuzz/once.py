"""Give every target each of its seed files once, and tell what broke, how long it took and what it needed."""

from __future__ import annotations

import json
import random
import resource
import signal
import sys
import time
import traceback
from typing import Any

from .seeds import broken, seeds
from .targets import TARGETS

_SMALL = 4_000  # bytes of a seed file that is changed again and again
SLOW = 10.0  # seconds of CPU for one case


class LateError(Exception):
    """A case took longer than it may."""


def limited(name: str, data: bytes) -> tuple[float, str | None]:
    """Run one case; return its seconds of CPU, and what went wrong."""

    def late(*_: object) -> None:
        raise LateError(f"longer than {SLOW:g} s")

    signal.signal(signal.SIGVTALRM, late)
    signal.setitimer(signal.ITIMER_VIRTUAL, SLOW)
    begun = time.process_time()
    try:
        TARGETS[name](data)
    except Exception as error:  # whatever it is, it is a finding
        last = traceback.extract_tb(error.__traceback__)[-1]
        ours = [f for f in traceback.extract_tb(error.__traceback__) if "/fogline/" in f.filename]
        at = (
            f" at {ours[-1].filename.rpartition('/fogline/')[2]}:{ours[-1].lineno}"
            if ours
            else f" at {last.name}"
        )
        return time.process_time() - begun, f"{type(error).__name__}: {str(error)[:200]}{at}"
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return time.process_time() - begun, None


def changed(name: str, seed: int, seconds: float) -> tuple[int, dict[str, str]]:
    """Run changed small seed files for some seconds of CPU; return how many, and what went wrong."""
    rng = random.Random(f"changed:{name}:{seed}")
    small = [data for data in seeds(name, seed) if 0 < len(data) <= _SMALL]
    ends, cases, found = time.process_time() + seconds, 0, dict[str, str]()
    while small and time.process_time() < ends:
        data = broken(rng, rng.choice(small))
        wrong = limited(name, data)[1]
        cases += 1
        if wrong and wrong not in found:
            found[wrong] = data[:80].decode("latin-1")
            print(name, wrong, len(data), data[:200], file=sys.stderr, flush=True)
    return cases, found


def once(names: list[str], seed: int, seconds: float) -> dict[str, Any]:
    """Run every seed file of these targets once, then changed ones for some seconds of CPU each."""
    told: dict[str, Any] = {}
    for name in names:
        slowest, cases = 0.0, 0
        found: dict[str, str] = {}
        for data in seeds(name, seed):
            taken, wrong = limited(name, data)
            cases += 1
            slowest = max(slowest, taken)
            if wrong:
                found.setdefault(wrong, data[:80].decode("latin-1"))
                print(name, wrong, len(data), data[:60], file=sys.stderr, flush=True)
        more, worse = changed(name, seed, seconds)
        cases, found = cases + more, {**found, **worse}
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        told[name] = {"cases": cases, "slowest_s": round(slowest, 2), "peak_mib": peak, "findings": found}
        print(name, told[name]["cases"], f"{slowest:.2f} s", f"{peak} MiB", file=sys.stderr, flush=True)
    return told


if __name__ == "__main__":
    print(json.dumps(once(sys.argv[3:] or list(TARGETS), int(sys.argv[1]), float(sys.argv[2])), indent=1))
