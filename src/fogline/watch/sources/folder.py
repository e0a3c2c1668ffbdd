"""Folders that reports are put into."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

from ...errors import SourceError
from ...ingest import Item, Problem
from ...ingest.files import files
from . import Entry

_SETTLED = 1.0  # seconds after its last change that a file is taken to be whole


def entries(folder: Path) -> Iterator[tuple[Entry, Item] | Problem]:
    """Give the reports of a folder, and a problem for each that cannot be read.

    A file that is still being written to is left for the next time.

    Raises:
        SourceError: there is no such folder.
    """
    if not (folder.is_dir() and os.access(folder, os.R_OK | os.X_OK)):
        raise SourceError(f"There is no folder at {folder} that may be read. Make it, or name another.")
    young: list[tuple[Entry, Item]] = []
    for found in files(str(folder)):
        if isinstance(found, Problem):
            if found.object != str(folder):  # it is empty, as inboxes are
                yield found
            continue
        entry = _entry(found)
        if entry is None:
            continue
        if 0 <= time.time() - (entry.at or 0) < _SETTLED:
            young.append((entry, found))
        else:
            yield entry, found
    if young:
        time.sleep(_SETTLED)
        for entry, item in young:
            if _entry(item) == entry:
                yield entry, item


def _entry(item: Item) -> Entry | None:
    """Return a file as an entry; None where it has gone since."""
    assert item.path is not None  # it was found in a folder
    try:
        status = item.path.stat()
    except OSError:
        return None
    place = str(item.path.absolute())
    return Entry(
        place=place,
        names=(f"file:{place}",),
        kind="file",
        mark=f"{status.st_size} {status.st_mtime_ns}",
        title=item.path.name,
        at=status.st_mtime,
    )
