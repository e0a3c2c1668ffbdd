"""What Fogline is made of: the packages of the two locks, and which of them are shipped."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from pathlib import Path
from typing import Any, Literal

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "out"
PROGRAM = "fogline"


@dataclass(frozen=True, slots=True, order=True)
class Package:
    """One locked package; ``shipped`` where a user of Fogline gets it, with or without an extra."""

    kind: Literal["pypi", "npm"]
    name: str
    version: str
    shipped: bool
    licence: str | None = None  # as a lock tells it

    @property
    def purl(self) -> str:
        """The package's URL (purl), by which SBOMs name it."""
        return f"pkg:{self.kind}/{self.name.replace('@', '%40')}@{self.version}"


def packages() -> list[Package]:
    """Return every package of both locks, sorted."""
    return sorted({*of_python(ROOT / "uv.lock"), *of_page(ROOT / "web" / "package-lock.json")})


def of_python(lock: Path) -> Iterator[Package]:
    """Give the packages of ``uv.lock``; markers are passed over, so that every platform's are there."""
    locked: list[dict[str, Any]] = tomllib.loads(lock.read_text(encoding="utf-8"))["package"]
    (program,) = (one for one in locked if one["name"] == PROGRAM)
    shipped = _reached(locked, [program["dependencies"], *program.get("optional-dependencies", {}).values()])
    for one in locked:
        if one["name"] != PROGRAM:
            yield Package("pypi", one["name"], one["version"], one["name"] in shipped)


def _reached(locked: list[dict[str, Any]], begin: Iterable[list[dict[str, Any]]]) -> set[str]:
    """Return the names of all that is needed by what is needed."""
    needs: dict[str, list[dict[str, Any]]] = {}
    extras: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for one in locked:
        needs.setdefault(one["name"], []).extend(one.get("dependencies", ()))
        for extra, more in one.get("optional-dependencies", {}).items():
            extras.setdefault((one["name"], extra), []).extend(more)
    waiting = [need for some in begin for need in some]
    seen: set[tuple[str, str]] = set()
    while waiting:
        need = waiting.pop()
        for extra in ("", *need.get("extra", ())):
            key = (need["name"], extra)
            if key not in seen:
                seen.add(key)
                waiting.extend(extras.get(key, ()) if extra else needs.get(need["name"], ()))
    return {name for name, _ in seen}


def of_page(lock: Path) -> Iterator[Package]:
    """Give the packages of the page's ``package-lock.json``; what is only built with is not shipped."""
    locked = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    for path, one in locked.items():
        if path:
            name = path.rpartition("node_modules/")[2]
            yield Package("npm", name, one["version"], not one.get("dev"), one.get("license"))


def told(package: Package) -> PackageMetadata | None:
    """Return what an installed package of Python tells of itself, None where it is not installed here."""
    try:
        return metadata(package.name)
    except PackageNotFoundError:
        return None
