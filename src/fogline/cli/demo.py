"""``fogline demo``: the main job on the examples."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from typer import Option

SHOWN = 6  # events


def demo(
    examples: Annotated[Path, Option(metavar="FOLDER", help="The reports to read.")] = Path("examples"),
    ledger: Annotated[
        str, Option("--ledger", metavar="PATH", help="The demonstration's ledger.")
    ] = ".fogline/demo/ledger.duckdb",
) -> int:
    """Read the example reports and print their ledger, and the events that several of them tell.

    \b
    Example:
      fogline demo
    """
    from ..errors import SourceError
    from .add import plural
    from .claim_table import claim_table
    from .events import event_table
    from .link import link_added
    from .open import open_ledger
    from .progress import progress
    from .run import complain

    if not examples.is_dir():
        raise SourceError(
            f"There is no folder {examples} here. Run this in a checkout of Fogline, "
            "or name a folder of reports with --examples."
        )
    sources = [str(examples)]
    with open_ledger(ledger, read_only=False) as book:
        with progress(sources) as show:
            added = book.add(
                sources,
                progress=lambda so_far: show(so_far.documents + so_far.known, f"{so_far.claims} claims"),
                problem=lambda problem: complain(problem.message),
            )
        link_added(book)
        claims, voices, events = list(book.stream()), book.voices(), book.events()
        where = book.path
    claim_table(claims, to=sys.stdout)
    named = sum(voice.name is not None for voice in voices)
    documents = len({stored.claim.document for stored in claims})
    took = f"in {added.seconds:.1f} s" if added.documents else "read on an earlier run"
    print(
        f"\n{plural(len(claims), 'claim')} of {plural(named, 'named voice')} "
        f"and {plural(len(voices) - named, 'outlet')} "
        f"in {plural(documents, 'report')}, {took}."
    )
    several = sorted(
        (e for e in events if len(e.origins) > 1), key=lambda e: (-e.independent, -len(e.documents))
    )[:SHOWN]
    if several:
        print(f"They tell of {plural(len(events), 'event')}; those that most origins tell:\n")
        event_table(several, to=sys.stdout)
        print()
    print(f"The ledger is {where}. Go on with:")
    print(f"  export FOGLINE_LEDGER={where}")
    if claims:
        print(f"  fogline show {claims[0].claim.id[:8]}")
    if several:
        print(f"  fogline show {several[0].id[:8]}")
    print("  fogline serve")
    return 0
