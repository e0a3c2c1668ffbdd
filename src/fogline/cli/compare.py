"""``fogline compare``: two readings of the same reports side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument

from .options import LedgerPath, Limit, Output, TableFormat

if TYPE_CHECKING:
    from ..comparison import Alone

_One = Annotated[str | None, Argument(metavar="[ONE]", help="An extractor, by a part of its identity.")]
_Other = Annotated[str | None, Argument(metavar="[OTHER]", help="The other one.")]


def compare(
    one: _One = None,
    other: _Other = None,
    limit: Limit = None,
    format: TableFormat = "table",
    output: Output = None,
    ledger: LedgerPath = None,
) -> None:
    """Compare what two extractors made of the same reports.

    The claims that one alone found, how many both found, and in how many of those each field is the same.
    Without names, the two extractors that read last.

    \b
    Examples:
      fogline add reports/ && fogline add reports/ --extractor rules
      fogline compare --limit 20
      fogline compare reader/ rules/ --format csv -o apart.csv
    """
    from .add import plural
    from .console import Column, note
    from .console import output as opened
    from .open import open_ledger
    from .rows import print_rows

    with open_ledger(ledger) as book:
        found = book.compare(one, other)
    columns = (
        Column("only by", least=7, most=7),
        Column("document", share=2, least=8, most=40),
        Column("event", least=8, most=10),
        Column("confidence", least=10, right=True),
        Column("words", share=6, least=20, most=120),
    )
    with opened(output) as to:
        print_rows(found.alone[:limit], format, to, columns=columns, row=_row)
    if format != "table":
        return
    note(f"1 is {found.one}; 2 is {found.other}.")
    told = (plural(found.both, "claim"), plural(found.documents, "document"), len(found.alone))
    note("{} of {} found by both, {:,} by one alone.".format(*told))
    note(
        "Of those found by both the same: " + ", ".join(f"{k} {v:.0%}" for k, v in found.agree.items()) + "."
    )


def _row(alone: Alone) -> dict[str, str]:
    claim = alone.claim
    return {
        "only by": str(alone.by),
        "document": claim.document,
        "event": claim.event,
        "confidence": "" if claim.confidence is None else f"{claim.confidence:.2f}",
        "words": " ".join(claim.evidence.text.split()),
    }
