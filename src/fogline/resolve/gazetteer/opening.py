"""Open the gazetteer of a project: the embedded one or one of GeoNames' files, and its own places."""

from __future__ import annotations

import os
import shutil
import time
from functools import lru_cache
from pathlib import Path

from ...errors import DataError
from .build import build
from .index import Gazetteer
from .own import Layered, own_places
from .records import edition, records

INDEX = "index"  # of GeoNames' own files, in a project's folder
OWN = "places.jsonl"  # the project's own places, there
_PREFIX = "gazetteer-"
_UNUSED = 24 * 3600  # seconds after which an edition that nobody has opened is in the way


@lru_cache(maxsize=4)
def open_gazetteer(folder: Path | None = None) -> Gazetteer:
    """Open the gazetteer of this project, once in a process.

    A project's folder (the setting ``gazetteer``) may hold an index made of GeoNames' files and places of
    its own. Where it holds no index the embedded gazetteer is taken, which is built first where this
    machine has none yet; that takes some twenty seconds, once for each edition, and the index lies in
    the user's cache folder (``FOGLINE_CACHE`` names another).

    Args:
        folder: an index made before, by itself; what the settings say by default.

    Raises:
        DataError: an index cannot be built or read, or the project's places cannot be read.
    """
    if folder is not None:
        return Gazetteer(folder)
    from ...settings import load

    project = load().gazetteer
    base = Gazetteer(project / INDEX) if (project / INDEX).is_dir() else embedded()
    own = own_places(project / OWN)
    return Layered(base, own) if own else base


def embedded() -> Gazetteer:
    """Open the gazetteer that comes with Fogline; build its index first where there is none."""
    name = edition()
    target = cache_folder() / f"{_PREFIX}{name}"
    if not (target / "about.json").is_file():
        try:
            build(records(), target, name)
        except OSError as error:
            raise DataError(
                f"The gazetteer cannot be written to {target} ({error}). Make the folder writable, or name "
                "another one in the environment variable FOGLINE_CACHE."
            ) from error
        prune(keep=target)
    _used(target)
    return Gazetteer(target)


def prune(*, keep: Path) -> list[Path]:
    """Take away older editions of the embedded gazetteer that nobody has opened for a day.

    Args:
        keep: the edition in use.

    Returns:
        The folders that were taken away.
    """
    gone = []
    for folder in sorted(keep.parent.glob(f"{_PREFIX}*")):
        about = folder / "about.json"
        if folder != keep and about.is_file() and time.time() - about.stat().st_mtime > _UNUSED:
            shutil.rmtree(folder, ignore_errors=True)
            gone.append(folder)
    return gone


def _used(folder: Path) -> None:
    """Note that an edition is in use, at most once an hour; where the cache cannot be written, do not."""
    about = folder / "about.json"
    try:
        if time.time() - about.stat().st_mtime > 3600:
            os.utime(about)
    except OSError:
        return


def cache_folder() -> Path:
    """Return the folder for what can be made again at any time."""
    from platformdirs import user_cache_path

    named = os.environ.get("FOGLINE_CACHE")
    return Path(named) if named else user_cache_path("fogline")
