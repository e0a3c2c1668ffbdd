"""Build the sdist and the wheel twice, in two places and two climates, and keep them where both are the same.

They go to ``dist/`` with their SHA-256. Dates in them are that of the last commit (``SOURCE_DATE_EPOCH``).
Source: reproducible-builds.org.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from packages import ROOT

DIST = ROOT / "dist"
# What must not matter: the folder's name, the time zone, the language, the permissions of new files.
_CLIMATES = (
    ("one", {"TZ": "UTC", "LC_ALL": "C.UTF-8"}, 0o022),
    ("another-place", {"TZ": "Pacific/Kiritimati", "LC_ALL": "C"}, 0o077),
)


def sources(to: Path) -> None:
    """Copy the files that git tracks, as they lie in the working tree."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True).stdout
    for name in listed.decode().split("\0"):
        path = ROOT / name
        if name and path.is_file():
            target = to / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
            target.chmod(0o755 if os.access(path, os.X_OK) else 0o644)


def last_commit() -> str:
    """Return the time of the last commit, in seconds since 1970."""
    told = subprocess.run(
        ["git", "log", "-1", "--format=%ct"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return told.stdout.strip()


def build(folder: Path, climate: Mapping[str, str], mask: int, *, uv: str, at: str) -> dict[str, Path]:
    """Build in a folder, and return what came out by its name."""
    sources(folder)
    environment = {**os.environ, **climate, "SOURCE_DATE_EPOCH": at}
    environment.pop("UV_PROJECT_ENVIRONMENT", None)
    out = folder.with_name(f"{folder.name}-dist")
    done = subprocess.run(
        [uv, "build", "--quiet", "--out-dir", str(out), str(folder)], env=environment, umask=mask, check=False
    )
    if done.returncode:
        raise SystemExit(f"The build in {folder} failed; what it printed says why.")
    return {path.name: path for path in sorted(out.iterdir()) if path.suffix in (".whl", ".gz")}


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def parting(one: Path, other: Path) -> list[str]:
    """Return the names of the parts in which two archives differ, or which only one has."""
    left, right = _parts(one), _parts(other)
    return sorted(name for name in left.keys() | right.keys() if left.get(name) != right.get(name))


def _parts(path: Path) -> dict[str, tuple[str, ...]]:
    """Return for each part of an archive what it holds and what is told of it."""
    if path.suffix == ".whl":
        with zipfile.ZipFile(path) as parts:
            return {
                part.filename: (
                    hashlib.sha256(parts.read(part)).hexdigest(),
                    str(part.date_time),
                    str(part.external_attr),
                )
                for part in parts.infolist()
            }
    with tarfile.open(path) as parts:
        found = {}
        for part in parts:
            held = parts.extractfile(part)
            digest = hashlib.sha256(held.read()).hexdigest() if held else ""
            found[part.name] = (digest, str(part.mtime), oct(part.mode), part.uname, part.gname)
        return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Build twice, compare, keep, and return the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--uv", default="uv", help="the uv to build with")
    uv = str(shutil.which(parser.parse_args(arguments).uv))
    at = last_commit()
    with tempfile.TemporaryDirectory(prefix="fogline-dist-") as scratch:
        one, other = (
            build(Path(scratch) / name, climate, mask, uv=uv, at=at) for name, climate, mask in _CLIMATES
        )
        wrong = [name for name in one.keys() | other.keys() if name not in one or name not in other]
        for name in one.keys() & other.keys():
            if sha256(one[name]) != sha256(other[name]):
                wrong.append(f"{name}: {', '.join(parting(one[name], other[name])) or 'its packing'}")
        if wrong or not one:
            print(
                f"Two builds of the same sources differ: {'; '.join(wrong) or 'there is none'}",
                file=sys.stderr,
            )
            return 1
        DIST.mkdir(exist_ok=True)
        sums = []
        for name, path in sorted(one.items()):
            shutil.copyfile(path, DIST / name)
            sums.append(f"{sha256(path)}  {name}\n")
        (DIST / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")
    print(f"Two builds are the same, byte for byte; they are in {DIST.relative_to(ROOT)}/:")
    print("".join(sums), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
