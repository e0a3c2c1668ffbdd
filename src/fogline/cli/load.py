"""``fogline load``: what an archive was read into goes into a ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from .options import LedgerPath

if TYPE_CHECKING:
    from ..engines import Loaded


def load(
    folder: Annotated[
        str, Argument(metavar="FOLDER", help="What `fogline extract --out` wrote: a folder, or s3://…")
    ],
    ledger: LedgerPath = None,
    link: Annotated[bool, Option("--link/--no-link", help="Link the claims into events at the end.")] = True,
) -> int:
    """Bring what `fogline extract --out` found into the ledger, as `fogline add` would have.

    Every file is checked against the manifest first. Loading the same thing again adds nothing; loading
    after an interruption goes on where it was. The raw bytes stay where the shards are.

    \b
    Example:
      fogline load claims/
    """
    from .console import note
    from .link import link_added
    from .open import open_ledger
    from .progress import progress
    from .run import complain

    with open_ledger(ledger, read_only=False) as book:
        with progress([], noun="shards") as show:
            loaded = book.load(
                folder,
                progress=lambda so_far, of: show(
                    so_far.shards + so_far.known, f"of {of}, {so_far.added.claims} claims"
                ),
            )
        for problem in loaded.added.problems:
            complain(problem.message)
        note(told(loaded, book.path))
        if link:
            link_added(book)
    return 0


def told(loaded: Loaded, where: str) -> str:
    """Say in one line what was loaded."""
    from .add import plural
    from .add import told as told_added

    before = f"{plural(loaded.known, 'shard')} loaded before. " if loaded.known else ""
    return before + told_added(loaded.added, where)
