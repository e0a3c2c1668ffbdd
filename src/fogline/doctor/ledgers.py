"""The ledger, its archive, and the disk that they lie on."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

from ..errors import LedgerBusyError, LedgerError, LedgerVersionError
from ..ingest import Archive
from ..settings import Settings
from ..store.address import archive_of, on_server
from ..store.counts import counts
from ..store.geometry import postgis
from ..store.migrations import VERSION, version
from ..store.opening import open_store
from .configured import safe
from .finding import Finding

_MOST_COUNTED = 200_000  # contents of the archive whose sizes are added up
_LEAST_FREE = 1_000_000_000


def look(settings: Settings, ledger: str | None) -> Iterator[Finding]:
    """Look at the ledger."""
    name = ledger or settings.ledger
    yield _ledger(settings, name)
    try:
        folder = (settings.archive or archive_of(name)).expanduser()
    except LedgerError as error:
        yield Finding(
            name="archive", found=str(error), state="missing", mend="pip install 'fogline[postgres]'"
        )
        return
    yield _archive(folder)
    yield _disk(folder)


def _ledger(settings: Settings, name: str) -> Finding:
    if not on_server(name) and not Path(name).expanduser().exists():
        return Finding(
            name="ledger",
            found=f"there is none yet at {name}",
            state="note",
            mend="fogline add SOURCE… (which makes it), or name another with --ledger",
        )
    try:
        with closing(open_store(name, read_only=True, memory_mb=settings.memory_mb)) as store:
            made = version(store)
            held = counts(store)
            told = ", ".join(f"{count:,} {what}" for what, count in held.items()) or "nothing yet"
            told = f"{store.where}, version {made} of its tables, {told}"
            details: dict[str, Any] = {"where": store.where, "version": made, **held}
            if on_server(name):
                where = postgis(store)
                told += f"; PostGIS {'in schema ' + where if where else 'is not in the database'}"
                details["postgis"] = where
    except LedgerBusyError as error:
        return Finding(name="ledger", found=str(error), state="note", mend="wait until it is done")
    except LedgerVersionError as error:
        return Finding(name="ledger", found=str(error), state="missing", mend="pip install --upgrade fogline")
    except LedgerError as error:
        mend = "mend what is told, or name another with --ledger"
        return Finding(
            name="ledger", found=str(error), state="missing", mend=mend, details={"ledger": safe(name)}
        )
    if made > VERSION:
        told += f", made by a newer Fogline (this one knows {VERSION})"
        return Finding(
            name="ledger", found=told, state="missing", mend="pip install --upgrade fogline", details=details
        )
    if made < VERSION:
        told += f", made by an older Fogline (this one makes {VERSION})"
        return Finding(
            name="ledger",
            found=told,
            state="note",
            mend="fogline link (brings it up to date)",
            details=details,
        )
    if details.get("postgis", "") is None:
        mend = "CREATE EXTENSION postgis in the database, then `fogline layers`"
        return Finding(name="ledger", found=told, state="note", mend=mend, details=details)
    return Finding(name="ledger", found=told, details=details)


def _archive(folder: Path) -> Finding:
    if not folder.exists():
        if _writable(folder):
            return Finding(name="archive", found=f"{folder}, made when something is added")
        return Finding(
            name="archive",
            found=f"{folder} cannot be made: its folder may not be written by you",
            state="missing",
            mend="name another with FOGLINE_ARCHIVE=FOLDER",
        )
    archive = Archive(folder)
    digests = list(islice(archive.digests(), _MOST_COUNTED + 1))
    size = sum(archive.path(digest).stat().st_size for digest in digests)
    more = "more than " if len(digests) > _MOST_COUNTED else ""
    told = f"{folder}, {more}{min(len(digests), _MOST_COUNTED):,} contents, {more}{size / 1e6:,.1f} MB"
    writable = _writable(folder)
    return Finding(
        name="archive",
        found=told if writable else f"{told}, may not be written by you: nothing can be added",
        state="ok" if writable else "note",
        mend="" if writable else f"chmod u+w {folder}",
        details={"folder": str(folder), "contents": len(digests), "bytes": size, "writable": writable},
    )


def _disk(folder: Path) -> Finding:
    there = _nearest(folder)
    free = shutil.disk_usage(there).free
    short = free < _LEAST_FREE
    return Finding(
        name="disk",
        found=f"{free / 1e9:,.1f} GB free at {there}",
        state="note" if short else "ok",
        mend="make room, or name another place with FOGLINE_LEDGER and FOGLINE_ARCHIVE" if short else "",
        details={"free_bytes": free},
    )


def _nearest(folder: Path) -> Path:
    """Return the folder, or the nearest one above it that is there."""
    folder = folder.resolve()
    return next(path for path in (folder, *folder.parents) if path.exists())


def _writable(folder: Path) -> bool:
    return os.access(_nearest(folder), os.W_OK)
