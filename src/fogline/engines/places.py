"""Folders on this machine, on a shared disk or in an object store, by one way to name them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

from ..errors import SourceError

if TYPE_CHECKING:
    from pyarrow.fs import FileSystem


def is_address(where: str) -> bool:
    """Tell whether a place is named by an address (``s3://bucket/folder``), not by a path."""
    return "://" in where


def opened(where: str) -> tuple[FileSystem, str]:
    """Return the file system of a place, and the place's path in it.

    Args:
        where: a path, or an address that Arrow knows: ``s3://``, ``gs://``, ``hdfs://``, ``file://``.

    Raises:
        SourceError: there is no file system for the address.
    """
    import pyarrow as pa
    from pyarrow import fs

    if not is_address(where):
        return fs.LocalFileSystem(), str(Path(where).expanduser().absolute())
    try:
        system, path = fs.FileSystem.from_uri(where)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise SourceError(
            f"{shown(where)} cannot be opened ({_first_line(error)}). Give a folder, or an address such as "
            "s3://bucket/folder; credentials are taken from the environment, as AWS_ACCESS_KEY_ID is."
        ) from error
    return system, path.rstrip("/")


def shown(where: str) -> str:
    """Return a place as it may be printed and kept: an address without credentials and settings."""
    if not is_address(where):
        return where
    parts = urlsplit(where)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


def settle(system: FileSystem, path: str) -> None:
    """Make a file, and its name in its folder, last through a power cut, where the file system is a disk."""
    from pyarrow import fs

    if not isinstance(system, fs.LocalFileSystem) or os.name != "posix":
        return
    for name in (path, str(Path(path).parent)):
        descriptor = os.open(name, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def move(system: FileSystem, path: str, to: str) -> None:
    """Move a file to its name, in place of what had that."""
    system.create_dir(to.rpartition("/")[0], recursive=True)
    system.move(path, to)
    settle(system, to)


def files_under(system: FileSystem, folder: str, *, deep: bool = True) -> list[Any]:
    """Return the files in a folder, with everything under it; none where there is no such folder."""
    from pyarrow import fs

    found = system.get_file_info(fs.FileSelector(folder, recursive=deep, allow_not_found=True))
    return [info for info in found if info.type == fs.FileType.File]


def folders_in(system: FileSystem, folder: str) -> list[str]:
    """Return the names of the folders in a folder."""
    from pyarrow import fs

    found = system.get_file_info(fs.FileSelector(folder, allow_not_found=True))
    return [info.base_name for info in found if info.type == fs.FileType.Directory]


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
