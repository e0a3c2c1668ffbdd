"""Files and folders as items; what is no regular, readable file becomes a problem and is never opened."""

from __future__ import annotations

import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

import msgspec

from .item import Item, Problem, suffix_of
from .unpack import SUFFIXES as ARCHIVES

SUFFIXES = frozenset(
    (
        ".txt", ".md", ".html", ".htm", ".pdf", ".eml", ".jsonl", ".json", ".jsonl.gz", ".ndjson",
        ".ndjson.gz", ".parquet", *ARCHIVES,
    )
)  # fmt: skip
_SIDECAR_OWNERS = (".txt", ".md", ".html", ".htm", ".pdf")
_SPOOL = 8_000_000  # bytes of standard input that are kept in memory
_KINDS = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def files(source: str) -> Iterator[Item | Problem]:
    """Yield the items of a file, or of a folder with everything under it.

    A file named outright is taken whatever its suffix; in folders only those of ``SUFFIXES`` are, and
    hidden entries are passed over. Links are followed, a folder is entered once.

    Args:
        source: a path as the user wrote it.
    """
    path = Path(source).expanduser()
    try:
        status = path.stat()
    except (OSError, ValueError) as error:
        yield _unreadable(path, error)
        return
    if stat.S_ISDIR(status.st_mode):
        found = False
        for entry in _walk(path, {(status.st_dev, status.st_ino)}):
            found = True
            yield entry
        if not found:
            yield Problem(
                object=source,
                message=f"{source} holds no reports: Fogline reads {' '.join(sorted(SUFFIXES))}. "
                "Name another folder, or the file itself.",
            )
    else:
        yield from _file(path, status)


def standard_input() -> Item | Problem:
    """Take standard input to its end; much of it goes to a temporary file, which goes when Python ends."""
    if sys.stdin is None or sys.stdin.isatty():
        return Problem(
            object="standard input",
            message="Nothing is piped into standard input. Pipe a report in (cat report.txt | fogline add -) "
            "or name a file.",
        )
    now = datetime.now(UTC)
    head = sys.stdin.buffer.read(_SPOOL)
    if len(head) < _SPOOL:
        return Item(name="-", data=head, retrieved=now)
    descriptor, name = tempfile.mkstemp(dir=_spool_folder())
    with os.fdopen(descriptor, "wb") as spool:
        spool.write(head)
        del head
        shutil.copyfileobj(sys.stdin.buffer, spool, 1 << 20)
    return Item(name="-", path=Path(name), retrieved=now)


@lru_cache(maxsize=1)
def _spool() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="fogline-")


def _spool_folder() -> str:
    return _spool().name


def _walk(folder: Path, seen: set[tuple[int, int]]) -> Iterator[Item | Problem]:
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries if not entry.name.startswith("."))
    except OSError as error:
        yield _unreadable(folder, error)
        return
    for name in names:
        path = folder / name
        try:
            status = path.stat()
        except OSError as error:
            if suffix_of(path) in SUFFIXES or path.is_symlink():
                yield _unreadable(path, error)
            continue
        if stat.S_ISDIR(status.st_mode):
            key = (status.st_dev, status.st_ino)
            if key not in seen:
                seen.add(key)
                yield from _walk(path, seen)
        elif suffix_of(path) in SUFFIXES:
            yield from _file(path, status)


def _file(path: Path, status: os.stat_result) -> Iterator[Item | Problem]:
    if not stat.S_ISREG(status.st_mode):
        kind = next((name for test, name in _KINDS if test(status.st_mode)), "no regular file")
        yield Problem(
            object=str(path),
            message=f"{path} is {kind}, which may never end, and was not opened. "
            "Save its content to a file, or pipe it in with '-'.",
        )
        return
    if not os.access(path, os.R_OK):
        yield _unreadable(path, PermissionError())
        return
    if path.suffix.lower() == ".json" and _owned(path):
        return
    yield Item(name=str(path), path=path, retrieved=datetime.now(UTC), sidecar=_sidecar(path))


def _sidecar(path: Path) -> Path | None:
    """Return the JSON file beside a report that tells about it, None where there is none."""
    if path.suffix.lower() not in _SIDECAR_OWNERS:
        return None
    beside = path.with_suffix(".json")
    return beside if beside.is_file() and not _has_text(beside) else None


def _owned(path: Path) -> bool:
    """Tell whether a JSON file only tells about the report beside it."""
    return any(path.with_suffix(s).is_file() for s in _SIDECAR_OWNERS) and not _has_text(path)


class _Text(msgspec.Struct):
    text: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET


def _has_text(path: Path) -> bool:
    """Tell whether the file is anything but one JSON object without a ``text``."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=_Text).text is not msgspec.UNSET
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, OSError):
        return True


def _unreadable(path: Path, error: Exception) -> Problem:
    if isinstance(error, FileNotFoundError) and path.is_symlink():
        message = f"{path} is a link to something that is not there. Mend or remove the link."
    elif isinstance(error, FileNotFoundError):
        message = f"{path} is not there. Check the path."
    elif isinstance(error, PermissionError):
        message = f"{path} may not be read by you. Change its permissions, or leave it out."
    else:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        message = f"{path} cannot be read ({why}). Check the path and the disk."
    return Problem(object=str(path), message=message)
