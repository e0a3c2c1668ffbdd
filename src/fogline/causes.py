"""What decides a claim beside a document's words: the data files that reading and resolving go by."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
PARTS = ("extract", "model", "resolve")
_KINDS = frozenset({".json", ".yml"})
_APART = "weights"  # what lies there is in the reader's own name, and the gazetteer's tables in its edition


@lru_cache(maxsize=1)
def data_files() -> tuple[Path, ...]:
    """Return the data files below the parts that read and resolve, by path."""
    found = (path for part in PARTS for path in (PACKAGE / part).rglob("*") if path.suffix in _KINDS)
    return tuple(sorted(path for path in found if path.parent.name != _APART))


@lru_cache(maxsize=1)
def data_identity() -> str:
    """Return the SHA-256 of these files, so that claims read by other data have another extractor."""
    return digest(data_files(), PACKAGE)


def digest(files: Iterable[Path], base: Path) -> str:
    """Return the SHA-256 of files: of their paths below ``base`` and of all their bytes."""
    found = hashlib.sha256()
    for path in sorted(files):
        content = path.read_bytes()
        found.update(f"{path.relative_to(base).as_posix()}\n{len(content)}\n".encode())
        found.update(content)
    return found.hexdigest()
