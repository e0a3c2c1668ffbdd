"""``fogline show``: one claim or event in full."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

from typer import Argument

from .options import Coarsen, Embargo, LedgerPath

_COLUMN = 32  # characters that a version needs beside others
_MOST = 4  # versions beside each other

if TYPE_CHECKING:
    from ..shown import Shown
    from ..shown_event import ShownEvent


def show(
    id: Annotated[
        str,
        Argument(
            metavar="ID", help="The id of a claim (c…) or event (e…), or its start; or a document's id."
        ),
    ],
    ledger: LedgerPath = None,
    coarsen: Coarsen = None,
    embargo: Embargo = None,
) -> None:
    """Print one claim with a reason for each field, one event with its versions, or one document's editions.

    A claim: first its sentence with the evidence marked, last where it came from: the raw bytes, the offsets,
    the extractor. An event: who tells it through whom in which words, where they part, how it is graded, and
    why its claims are one event. A document: the editions of its article in order, what each took out (-),
    put in (+) and reworded (~), and which claims were withdrawn.

    \b
    Examples:
      fogline show c1f3a9
      fogline show e77b02
      fogline show courier.example-2022-09-10-bridge-1f3a9c07
    """
    from .open import open_ledger

    with open_ledger(ledger) as book:
        if book.has_document(id):
            print(book.show_document(id, coarsen=coarsen, embargo_hours=embargo))
            return
        if id.startswith("e"):
            event = book.show_event(id, coarsen=coarsen, embargo_hours=embargo)
            _event(event) if sys.stdout.isatty() else print(event)
            return
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


def _event(shown: ShownEvent) -> None:
    """Print an event with its versions beside each other, where the terminal is wide enough for that."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from ..export.safe import printable
    from ..shown_event import PARTED
    from .console import out

    console = out()
    versions = shown.event.versions
    if len(versions) < 2 or console.width < _COLUMN * min(len(versions), _MOST):
        console.print(Text(str(shown)))
        return
    lines = list(shown.lines())
    first = next(nth for nth, line in enumerate(lines) if line.startswith("Version 1 "))
    last = next((nth for nth, line in enumerate(lines) if line == PARTED), len(lines))
    console.print(Text("\n".join(map(printable, lines[:first]))))
    side_by_side = Table(box=box.SIMPLE_HEAD, expand=True)
    columns = []
    for version in versions[:_MOST]:
        head = Text(printable(f"{version.text} ({version.status})"))
        side_by_side.add_column(head, ratio=1, overflow="fold")
        cell = Text()
        for told in shown.told(version):
            chain = f" < {told.chain}" if told.chain else ""
            cell.append(printable(f"{told.voice}{chain}"), style="bold")
            cell.append(printable(f"  {told.told} {told.claim[:9]}\n"), style="dim")
            cell.append(printable(f"“{told.words}”\n\n"))
        columns.append(cell)
    side_by_side.add_row(*columns)
    console.print(side_by_side)
    if len(versions) > _MOST:
        console.print(f"… and {len(versions) - _MOST} more versions: fogline show {shown.event.id} | less")
    console.print(Text("\n".join(map(printable, lines[last:]))))
