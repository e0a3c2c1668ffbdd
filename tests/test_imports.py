"""Imports point one way."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "fogline"

# What each part may import of ours besides itself. Parts that are not named may import all but cli.
BASE = {"__version__", "errors", "model", "settings"}
ALLOWED = {
    "errors": set[str](),
    "model": set[str](),
    "settings": {"errors"},
    "ingest": BASE,
    "read": BASE | {"ingest"},
    "extract": BASE,
    "resolve": BASE | {"extract"},
    "assembly": BASE | {"extract", "resolve"},
    "causes": set[str](),
    "pipeline": BASE | {"assembly", "causes", "extract", "resolve"},
    "store": BASE,
    "editions": BASE | {"extract", "store"},
    "link": BASE | {"editions", "resolve", "store"},
    "control": BASE | {"resolve", "store", "link"},
}
LAST = {"cli", "serve"}


def part(path: Path) -> str:
    """Return the package or module directly under ``fogline`` that a file belongs to."""
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imported(source: str, path: Path) -> set[str]:
    """Return the parts of ``fogline`` that a module's text imports, lazily or not."""
    package = ("fogline", *path.relative_to(SOURCE).parent.parts)
    found = set()
    for node in ast.walk(ast.parse(source)):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            stem = ".".join((*base, *([node.module] if node.module else [])))
            names = [f"{stem}.{alias.name}" if stem == "fogline" else stem for alias in node.names]
        found |= {name.split(".")[1] for name in names if name.startswith("fogline.")}
    return found


MODULES = sorted(SOURCE.rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_imports_point_one_way(path: Path) -> None:
    mine = part(path)
    theirs = imported(path.read_text(encoding="utf-8"), path) - {mine}
    if mine in ALLOWED:
        assert theirs <= ALLOWED[mine]
    elif mine not in {*LAST, "__main__"}:
        assert not theirs & LAST


def test_the_reader_of_imports_sees_every_form() -> None:
    here = SOURCE / "extract" / "voices" / "cues.py"
    source = (
        "import fogline.store.duckdb\n"
        "from fogline import errors\n"
        "from ...model import Span\n"
        "from ... import settings\n"
        "from ..parse import Parse\n"
        "from .other import thing\n"
        "def late():\n    from fogline.cli import main\n"
        "import json\n"
    )
    assert imported(source, here) == {"store", "errors", "model", "settings", "extract", "cli"}


def test_every_named_part_is_there() -> None:
    assert set(ALLOWED) <= {part(path) for path in MODULES}
