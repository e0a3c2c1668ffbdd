"""Copy a whole ledger: its tables, and the raw bytes that its documents were read from."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from msgspec import Struct

from .errors import LedgerError
from .ingest import Archive
from .ledger import Ledger
from .store.copying import CopiedTable, copy_tables


class Copied(Struct, frozen=True, kw_only=True):
    """What a copy came to: the tables, and how many raw copies came over, were there, or are missing."""

    tables: tuple[CopiedTable, ...]
    raw: int = 0
    raw_there: int = 0
    raw_unsound: tuple[str, ...] = ()


def copy_ledger(
    source: Ledger, target: Ledger, *, progress: Callable[[str, int], None] | None = None
) -> Copied:
    """Copy all that a ledger holds into an empty one, of whatever database.

    Documents, claims, events, judgements and imports come over as they are, ids included. Run again after an
    interruption it goes on; on the same two ledgers it changes nothing.

    Args:
        source: the ledger to copy.
        target: an empty ledger, or one that an earlier copy of the same left behind.
        progress: called with a table's name, or ``raw copies``, and how many are done.

    Raises:
        LedgerError: both are one, the target holds something else, or a table came out differently.
    """
    if source.path == target.path:
        raise LedgerError(f"{source.path} cannot be copied onto itself. Name another ledger.")
    tables = tuple(copy_tables(source.store, target.store, progress))
    if source.archive.folder.resolve() == target.archive.folder.resolve():
        return Copied(tables=tables)
    return _with_archive(tables, source.archive, target.archive, progress)


def _with_archive(
    tables: tuple[CopiedTable, ...],
    source: Archive,
    target: Archive,
    progress: Callable[[str, int], None] | None,
) -> Copied:
    came, there, unsound = 0, 0, []
    for digest in source.digests():
        if _sound(target, digest):
            there += 1
        else:
            source.copy(digest, target)
            came += 1
            if not _sound(target, digest):
                unsound.append(digest)
        if progress is not None:
            progress("raw copies", came + there)
    return Copied(tables=tables, raw=came, raw_there=there, raw_unsound=tuple(unsound))


def _sound(archive: Archive, digest: str) -> bool:
    """Tell whether an archive holds bytes that are what their name says."""
    path = archive.path(digest)
    if not path.exists():
        return False
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest() == digest
