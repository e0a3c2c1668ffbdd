"""A disk that fills up, the order of writes before a power cut, a clock that jumps.

    python faults/conditions.py [--only disk,power,clock]

disk    adds into a small file system (mounted for it, so this needs root) until it is full; the ledger
        opens, and with room again the same command goes on to the end.
power   traces the system calls of an addition: what the archive names has been synced before it is named,
        its folder after, and nothing written to the ledger is unsynced when the work says that it is done.
clock   sets the clock back and forth by days while reports are added and linked (libfaketime).

What a machine cannot try is told as not run.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from kill import State, finish, state, whole
from work import prepare

WORK = [sys.executable, str(Path(__file__).with_name("work.py"))]
SMALL_MB = 10
JUMPS = ("-3d", "+40d", "-400d", "+1h", "-1s", "+0")
FAKETIME = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"
_SYNC = re.compile(r"(?:fsync|fdatasync)\(\d+<([^>]*)>")
_WRITE = re.compile(r"(?:write|pwrite64|writev|pwritev|ftruncate)\(\d+<([^>]*)>")
_RENAME = re.compile(r'rename(?:at2?)?\((?:AT_FDCWD<[^>]*>, )?"([^"]*)", (?:AT_FDCWD<[^>]*>, )?"([^"]*)"')
_DONE = re.compile(r'write\(1<[^>]*>, "done')


class NotHereError(Exception):
    """This machine cannot try it."""


def calm(verb: str, scratch: Path) -> State:
    """Return what comes out where nothing disturbs."""
    prepare(verb, scratch / "calm")
    finish(verb, scratch / "calm")
    return state(scratch / "calm")


def disk(scratch: Path) -> str:
    """Fill a small disk up."""
    expected = calm("add", scratch)
    small = scratch / "small"
    small.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SMALL_MB}m", "tmpfs", str(small)]
    if os.name != "posix" or os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode:
        raise NotHereError("a file system can only be mounted by root")
    try:
        prepare("add", small / "work")
        left = shutil.disk_usage(small).free - 2 * 2**20
        (small / "ballast").write_bytes(b"\0" * max(0, left))
        done = subprocess.run([*WORK, "add", str(small / "work")], capture_output=True, text=True)
        if not done.returncode:
            raise RuntimeError("the disk was not full")
        told = done.stderr.strip().splitlines()[-1]
        (small / "ballast").unlink()
        fault = whole(small / "work", expected)
        if fault:
            raise RuntimeError(fault)
        held = len(state(small / "work")[0])
        shutil.copytree(small / "work", scratch / "roomy")
    finally:
        subprocess.run(["umount", str(small)], check=True)
    finish("add", scratch / "roomy")
    _same(state(scratch / "roomy"), expected)
    return (
        f"full after {held} of {len(expected[0])} reports; with room it went on, nothing lost. Told: {told}"
    )


def power(scratch: Path) -> str:
    """Trace the order of writes."""
    if shutil.which("strace") is None:
        raise NotHereError("strace is not installed")
    prepare("add", scratch / "work")
    trace = scratch / "trace"
    calls = "trace=write,pwrite64,writev,pwritev,ftruncate,fsync,fdatasync,rename,renameat,renameat2"
    program = [
        "strace",
        "-f",
        "-y",
        "-s",
        "256",
        "-e",
        calls,
        "-o",
        str(trace),
        *WORK,
        "add",
        str(scratch / "work"),
    ]
    subprocess.run([*program, *WORK, "add", str(scratch / "work")], check=True, capture_output=True)
    named = 0
    synced: set[str] = set()
    unsynced: set[str] = set()
    waiting: set[str] = set()
    for line in trace.read_text(encoding="utf-8", errors="replace").splitlines():
        if found := _SYNC.search(line):
            synced.add(found[1])
            unsynced.discard(found[1])
            waiting.discard(found[1])
        elif found := _RENAME.search(line):
            source, target = found[1], found[2]
            if "/archive/" in target:
                named += 1
                if source not in synced:
                    raise RuntimeError(f"{target} was named before its bytes were synced")
                waiting.add(str(Path(target).parent))
        elif _DONE.search(line):
            if unsynced or waiting:
                raise RuntimeError(f"done was said before {sorted(unsynced | waiting)} were synced")
            return f"{named} names in the archive, synced before, their folders after; the ledger at the end"
        elif (found := _WRITE.search(line)) and "ledger.duckdb" in found[1]:
            unsynced.add(found[1])
    raise RuntimeError("the trace has no end")


def clock(scratch: Path) -> str:
    """Let the clock jump while reports are added and linked."""
    if not Path(FAKETIME).exists():
        raise NotHereError("libfaketime is not installed")
    expected = calm("add", scratch)
    finish("link", scratch / "calm")
    prepare("add", scratch / "work")
    setting = scratch / "offset"
    setting.write_text("+0", encoding="utf-8")
    faked = {
        **os.environ, "LD_PRELOAD": FAKETIME, "FAKETIME_TIMESTAMP_FILE": str(setting),
        "FAKETIME_NO_CACHE": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }  # fmt: skip
    jumps, draw = 0, random.Random(1)
    for verb in ("add", "link"):
        child = subprocess.Popen(
            [*WORK, verb, str(scratch / "work")], env=faked, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        while child.poll() is None:
            setting.write_text(draw.choice(JUMPS), encoding="utf-8")
            jumps += 1
            time.sleep(0.1)
        if child.returncode:
            raise RuntimeError(child.communicate()[1].decode()[-500:])
    found = state(scratch / "work")
    _same(found[:2], expected[:2])
    _same(found[2], state(scratch / "calm")[2])
    return f"{jumps} jumps of up to 400 days: the same documents, claims and events"


def _same(found: object, expected: object) -> None:
    if found != expected:
        raise RuntimeError("what came out in the end is not what comes out undisturbed")


CONDITIONS: dict[str, Callable[[Path], str]] = {"disk": disk, "power": power, "clock": clock}


def main() -> int:
    """Print a line for each condition; exit with 1 where there was a fault."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", default=",".join(CONDITIONS), help="conditions, separated by commas")
    failed = False
    for name in parser.parse_args().only.split(","):
        with tempfile.TemporaryDirectory() as scratch:
            try:
                print(f"{name:6} {CONDITIONS[name](Path(scratch))}", flush=True)
            except NotHereError as why:
                print(f"{name:6} not run: {why}", flush=True)
            except RuntimeError as fault:
                failed = True
                print(f"{name:6} FAULT: {fault}", flush=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
