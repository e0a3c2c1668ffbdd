"""``fogline show``: one claim in full."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

from typer import Argument

from .options import Coarsen, Embargo, LedgerPath

if TYPE_CHECKING:
    from ..shown import Shown


def show(
    id: Annotated[str, Argument(metavar="ID", help="The claim's id, or as much of it as no other shares.")],
    ledger: LedgerPath = None,
    coarsen: Coarsen = None,
    embargo: Embargo = None,
) -> None:
    """Print one claim in full, with a reason for each field.

    First its sentence with the evidence marked, last where it came from: the raw bytes, the offsets, the
    extractor.

    \b
    Example:
      fogline show c1f3a9
    """
    from .open import open_ledger

    with open_ledger(ledger) as book:
        shown = book.show(id, coarsen=coarsen, embargo_hours=embargo)
    if sys.stdout.isatty():
        _fitted(shown)
    else:
        print(shown)


def _fitted(shown: Shown) -> None:
    from rich.table import Table
    from rich.text import Text

    from ..export.safe import printable
    from .console import out

    console = out()
    before, evidence, behind = map(printable, shown.sentence())
    console.print(Text.assemble(before, (evidence, "bold reverse"), behind))
    console.print()
    fields = Table.grid(padding=(0, 2), expand=False)
    fields.add_column(no_wrap=True, style="bold")
    fields.add_column(overflow="fold")
    for name, value, reason in shown.fields():
        fields.add_row(name, Text(printable(value)))
        if reason:
            fields.add_row("", Text(printable(reason), style="dim italic"))
    fields.add_row("", "")
    for name, value in shown.provenance():
        fields.add_row(name, Text(printable(value)))
    console.print(fields)
