"""The whole programme: ``python -m fuzz.run --minutes 20``. Prints a table, writes ``out/fuzz/fuzz.json``.

In order: every seed file once; every regular expression with pumped strings up to 1 MB; mixed-language
texts through the whole extractor; then each target guided by coverage for its share of the time, begun
again where it broke. Exits with 1 where anything was found.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from .seeds import seeds
from .targets import TARGETS

OUT = Path(__file__).parents[1] / "out" / "fuzz"
_SMALL = 20_000  # bytes of a seed file that coverage-guided fuzzing begins with
_CHANGED = 0.25  # of the minutes go to changed files, the rest is guided by coverage
_EXECUTED = re.compile(r"stat::number_of_executed_units:\s*(\d+)")
_PEAK = re.compile(r"stat::peak_rss_mb:\s*(\d+)")
_WRONG = re.compile(r"=== Uncaught Python exception: ===\s*\n(.{1,300})|ERROR: libFuzzer: ([\w -]{1,80})")


def guided(name: str, seconds: float, seed: int) -> dict[str, Any]:
    """Fuzz a target for some seconds, beginning again behind each finding."""
    folder = OUT / name
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(seeds(name, seed)):
        if len(data) <= _SMALL:
            (corpus / f"seed-{number}").write_bytes(data)
    told: dict[str, Any] = {"cases": 0, "peak_mib": 0, "findings": {}}
    ends = time.monotonic() + seconds
    while (left := int(ends - time.monotonic())) >= 2:
        command = [sys.executable, "-m", "fuzz.guided", name, str(left), str(seed), str(folder)]
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
        said = done.stderr + done.stdout
        told["cases"] += sum(map(int, _EXECUTED.findall(said)))
        told["peak_mib"] = max([told["peak_mib"], *map(int, _PEAK.findall(said))])
        if done.returncode == 0:
            break
        wrong = _WRONG.search(said)
        what = (wrong[1] or wrong[2]).strip() if wrong else f"ended with {done.returncode}: {said[-300:]}"
        told["findings"][what] = told["findings"].get(what, 0) + 1
        seed += 1
        print(f"{name}: {what}", file=sys.stderr, flush=True)
    return told


def part(module: str, *arguments: str) -> Any:
    """Run another part in a process of its own, so that its memory is its own."""
    command = [sys.executable, "-m", f"fuzz.{module}", *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    return (
        json.loads(done.stdout) if done.returncode == 0 else {"findings": [f"ended with {done.returncode}"]}
    )


def main() -> int:
    """Run all parts and tell what was found."""
    parser = argparse.ArgumentParser(description="Fuzz every reader and parser.")
    parser.add_argument(
        "--minutes", type=float, default=20.0, help="of changed and of guided cases, all targets together"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--texts", type=int, default=1000, help="mixed-language texts through the whole extractor"
    )
    parser.add_argument(
        "--size", type=int, default=1_000_000, help="characters of the longest pumped strings"
    )
    parser.add_argument(
        "--only", nargs="*", choices=sorted(TARGETS), help="fuzz these targets, and nothing else"
    )
    asked = parser.parse_args()
    OUT.mkdir(parents=True, exist_ok=True)
    names = asked.only or list(TARGETS)
    each = 60 * asked.minutes / len(names)  # seconds for a target
    told: dict[str, Any] = {}
    if not asked.only:
        each, changed = each * (1 - _CHANGED), each * _CHANGED
        told["once"] = part("once", str(asked.seed), str(changed))
        told["expressions"] = part("expressions", str(asked.size))
        told["texts"] = part("texts", str(asked.texts), str(asked.seed))
    told["guided"] = {}
    for name in names:
        one = told["guided"][name] = guided(name, each, asked.seed)
        print(
            f"{name:<18}{one['cases']:>10,} cases {one['peak_mib']:>6} MiB {len(one['findings'])} findings",
            flush=True,
        )
        (OUT / "fuzz.json").write_text(json.dumps(told, indent=1), encoding="utf-8")
    found = sum(len(one["findings"]) for one in told["guided"].values())
    if not asked.only:
        found += sum(len(one["findings"]) for one in told["once"].values())
        found += len(told["expressions"]["findings"]) + len(told["texts"]["findings"])
        print(f"{told['expressions'].get('expressions')} expressions, {told['texts'].get('texts')} texts")
    print(f"{sum(one['cases'] for one in told['guided'].values()):,} guided cases, {found} findings")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
