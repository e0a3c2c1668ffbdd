"""``fogline add``: reports go in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Option

from .options import AllowPrivate, Extractor, LedgerPath, Outlet, Published, Sources

if TYPE_CHECKING:
    from ..adding import Added


def add(
    sources: Sources,
    ledger: LedgerPath = None,
    published: Published = None,
    outlet: Outlet = None,
    allow_private: AllowPrivate = False,
    extractor: Extractor = None,
    link: Annotated[bool, Option("--link/--no-link", help="Link the claims into events at the end.")] = True,
) -> int:
    """Read reports and keep their claims in the ledger.

    The raw bytes are kept beside the ledger, with when and whence they came. Adding the same thing again
    adds nothing; adding after an interruption goes on where it was.

    \b
    Examples:
      fogline add reports/ dispatch.html
      fogline add https://example.org/2022/09/report --outlet "The Courier"
      fogline add - --published 2022-09-11 < report.txt
    """
    from ..ingest import GatherOptions
    from ..store.address import on_server
    from .console import note
    from .link import link_added
    from .open import open_ledger
    from .progress import progress
    from .run import complain

    with open_ledger(ledger, read_only=False, extractor=extractor) as book:
        with progress(sources) as show:
            added = book.add(
                sources,
                published=published,
                outlet=outlet,
                options=GatherOptions(allow_private=allow_private),
                progress=lambda so_far: show(
                    so_far.documents + so_far.known + so_far.failed, f"{so_far.claims} claims"
                ),
                problem=lambda problem: complain(problem.message),
            )
        note(told(added, book.path))
        if on_server(book.path):
            folder = book.archive.folder.resolve()
            note(f"The raw bytes are in {folder}; FOGLINE_ARCHIVE names another folder.")
        if link:
            link_added(book)
    return 1 if added.failed and not (added.documents or added.known) else 0


def told(added: Added, where: str) -> str:
    """Say in one line what was added."""
    parts = [f"{plural(added.claims, 'claim')} from {plural(added.documents, 'new document')}"]
    if added.known:
        parts.append(f"{plural(added.known, 'document')} known already")
    if added.undated:
        parts.append(f"{added.undated:,} without a date (--published gives one)")
    if added.left_out:
        parts.append(f"{plural(added.left_out, 'mention')} left out")
    if added.failed:
        parts.append(f"{added.failed:,} could not be read")
    return f"Added {', '.join(parts)}, in {added.seconds:.1f} s. The ledger is {where}."


def plural(count: int, noun: str) -> str:
    """Return a count with its noun."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
