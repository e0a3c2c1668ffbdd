"""Give every target each of its seed files once, and tell what broke, how long it took and what it needed."""

from __future__ import annotations

import json
import resource
import signal
import sys
import time
import traceback
from typing import Any

from .seeds import seeds
from .targets import TARGETS

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


def once(names: list[str], seed: int) -> dict[str, Any]:
    """Run every seed file of these targets once."""
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
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        told[name] = {"cases": cases, "slowest_s": round(slowest, 2), "peak_mib": peak, "findings": found}
        print(name, told[name]["cases"], f"{slowest:.2f} s", f"{peak} MiB", file=sys.stderr, flush=True)
    return told


if __name__ == "__main__":
    print(json.dumps(once(sys.argv[2:] or list(TARGETS), int(sys.argv[1])), indent=1))
