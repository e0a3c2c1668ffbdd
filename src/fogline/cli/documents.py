"""``fogline documents``: what the ledger was made from."""

from __future__ import annotations

from .options import Embargo, LedgerPath, Output, TableFormat


def documents(
    format: TableFormat = "table",
    output: Output = None,
    embargo: Embargo = None,
    ledger: LedgerPath = None,
) -> None:
    """Print the documents that the ledger was made from.

    Each with how many claims were found in it, and how many mentions could not be handled.

    \b
    Examples:
      fogline documents
      fogline documents --format csv -o documents.csv
    """
    from ..store import DocumentSummary
    from .add import plural
    from .console import Column, note
    from .console import output as opened
    from .open import open_ledger
    from .rows import print_rows

    columns = (
        Column("document", share=3, least=8, most=48),
        Column("published", least=10, most=10),
        Column("outlet", share=2, least=8, most=32),
        Column("title", share=5, least=12, most=80),
        Column("claims", least=6, right=True),
        Column("left out", least=8, right=True),
    )

    def row(document: DocumentSummary) -> dict[str, str]:
        return {
            "document": document.id,
            "published": str(document.published or ""),
            "outlet": document.outlet or "",
            "title": document.title or "",
            "claims": str(document.claims),
            "left out": str(document.left_out),
        }

    with open_ledger(ledger) as book:
        listed = book.documents(embargo_hours=embargo)
    with opened(output) as to:
        print_rows(listed, format, to, columns=columns, row=row)
    if format == "table":
        note(f"{plural(len(listed), 'document')}, {plural(sum(one.claims for one in listed), 'claim')}.")
