"""``fogline copy``: a ledger moves to another database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

if TYPE_CHECKING:
    from ..copying import Copied


def copy(
    source: Annotated[
        str, Argument(metavar="FROM", help="The ledger to copy: its file, or postgresql://… of a team.")
    ],
    target: Annotated[str, Argument(metavar="TO", help="The ledger to make: a file, or postgresql://….")],
    archive: Annotated[
        Path | None,
        Option(
            "--archive",
            metavar="FOLDER",
            help="The folder for TO's raw bytes.  [default: the settings', or beside TO]",
        ),
    ] = None,
) -> int:
    """Copy a ledger whole, from a file to a team's database or back.

    Documents, claims, events, judgements, imports and raw bytes come over as they are. Each table is read
    back and its checksum compared; it is printed. TO has to be empty, or what an interrupted copy of the same
    ledger left, which is then finished. FROM is only read.

    \b
    Examples:
      fogline copy .fogline/ledger.duckdb postgresql://maria@server/ledger
      fogline copy postgresql://maria@server/ledger taken-along.duckdb
    """
    from ..copying import copy_ledger
    from ..ledger import connect
    from .console import note
    from .progress import progress
    from .run import complain

    with (
        connect(source, read_only=True) as old,
        connect(target, archive=archive) as new,
        progress([], noun="copied") as show,
    ):
        copied = copy_ledger(old, new, progress=lambda name, done: show(done, name))
        where, folder = new.path, new.archive.folder
    for table in copied.tables:
        print(
            f"{table.name:<16} {table.rows:>11,}  {table.checksum}{'  there already' if table.there else ''}"
        )
    note(told(copied, where, folder))
    if copied.raw_unsound:
        complain(
            f"The bytes of {', '.join(copied.raw_unsound)} are not what their names say in FROM's archive "
            "already. `fogline verify` tells more."
        )
    return 1 if copied.raw_unsound else 0


def told(copied: Copied, where: str, folder: Path) -> str:
    """Say in two sentences what was copied."""
    from .add import plural

    rows = sum(table.rows for table in copied.tables)
    raw = ""
    if copied.raw or copied.raw_there:
        raw = f" {plural(copied.raw, 'raw file')} came to {folder}"
        raw += f", {copied.raw_there:,} were there already." if copied.raw_there else "."
    tables = f"{plural(rows, 'row')} in {len(copied.tables)} tables, the same in both ledgers"
    return f"Copied {tables}, to {where}.{raw}"
