"""Python, Fogline, the libraries that it needs, the extras, and the page."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from packaging.requirements import Requirement

from .. import __version__
from ..settings import Settings
from .finding import Finding

_PACKAGE = "fogline"
_ROOT = Path(__file__).resolve().parents[1]
_PAGE = _ROOT / "serve" / "page"
_BORDERS = ("countries.json", "borders.json", "disputed.json", "coast.json")
_FORMS = {"frames": "claims as data frames", "postgres": "a team's ledger", "cluster": "extracting with Ray"}


def look(settings: Settings, ledger: str | None) -> Iterator[Finding]:
    """Look at the program."""
    yield Finding(
        name="Python", found=f"{platform.python_version()} at {sys.executable}, {platform.platform()}"
    )
    yield Finding(name="Fogline", found=f"{__version__} at {_ROOT}")
    yield from _libraries()
    yield from _page()


def _libraries() -> Iterator[Finding]:
    needed: dict[str, str] = {}
    wrong: list[str] = []
    extras: dict[str, dict[str, str | None]] = {}
    for line in requires(_PACKAGE) or ():
        requirement = Requirement(line)
        extra = _extra(requirement)
        if requirement.marker and not requirement.marker.evaluate({"extra": extra or ""}):
            continue
        found = _version(requirement.name)
        good = found is not None and requirement.specifier.contains(found, prereleases=True)
        if extra:
            extras.setdefault(extra, {})[requirement.name] = found if good else None
        elif good:
            needed[requirement.name] = str(found)
        else:
            wrong.append(
                f"{requirement.name} ({found or 'not there'}, needed {requirement.specifier or 'any'})"
            )
    told = ", ".join(f"{name} {number}" for name, number in sorted(needed.items()))
    yield Finding(name="libraries", found=told, details=dict(needed))
    if wrong:
        yield Finding(
            name="libraries",
            found=f"not as needed: {', '.join(wrong)}",
            state="missing",
            mend="pip install --upgrade --force-reinstall fogline",
        )
    for extra, parts in sorted(extras.items()):
        absent = [name for name, found in parts.items() if found is None]
        there = ", ".join(f"{name} {found}" for name, found in parts.items() if found is not None)
        for_what = _FORMS.get(extra, "more")
        yield Finding(
            name=f"extra {extra}",
            found=f"not there, for {for_what}: {', '.join(absent)}" if absent else f"{there} ({for_what})",
            state="note" if absent else "ok",
            mend=f"pip install 'fogline[{extra}]'" if absent else "",
            details=dict(parts),
        )


def _extra(requirement: Requirement) -> str | None:
    """Return the extra that a requirement belongs to, None where it is needed always."""
    marker = str(requirement.marker or "")
    _, found, rest = marker.partition("extra == ")
    return rest.split('"')[1] if found and '"' in rest else None


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _page() -> Iterator[Finding]:
    """Look at the built page, with its fonts and borders."""
    mend = "make page" if (_ROOT.parents[1] / "web").is_dir() else "pip install --force-reinstall fogline"
    if not (_PAGE / "index.html").is_file():
        told = "not built: `fogline serve` answers programs alone, and maps in reports have no borders"
        yield Finding(name="page", found=told, state="note", mend=mend)
        return
    fonts = sorted(path.name for path in (_PAGE / "assets").glob("*.woff2"))
    absent = [name for name in _BORDERS if not (_PAGE / "base" / name).is_file()]
    yield Finding(name="page", found=f"built, {len(fonts)} fonts", details={"fonts": fonts})
    yield Finding(
        name="borders",
        found=f"not there: {', '.join(absent)}" if absent else "made from Natural Earth through world-atlas",
        state="note" if absent else "ok",
        mend=mend if absent else "",
    )
