"""``fogline documents``: what the ledger was made from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Option

from .options import Embargo, LedgerPath, Output, TableFormat

if TYPE_CHECKING:
    from ..shown_document import EditionRow
    from ..store import DocumentSummary, Missed


def documents(
    left_out: Annotated[
        bool,
        Option("--left-out", help="Print what could not be handled instead, with the reasons."),
    ] = False,
    editions: Annotated[
        bool,
        Option("--editions", help="Print the editions of articles that changed under their address instead."),
    ] = False,
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
      fogline documents --left-out
      fogline documents --editions
    """
    from ..shown_document import rows
    from .add import plural
    from .console import Column, note
    from .console import output as opened
    from .open import open_ledger
    from .rows import print_rows

    of_editions = (
        Column("address", share=4, least=12, most=60),
        Column("edition", least=7, right=True),
        Column("published", least=10, most=10),
        Column("updated", least=10, most=10),
        Column("retrieved", least=16, most=16),
        Column("sentences", least=9, most=16),
        Column("document", share=3, least=8, most=64),
    )
    with open_ledger(ledger) as book:
        if editions:
            articles = book.articles(embargo_hours=embargo)
            with opened(output) as to:
                listed_editions = [row for article in articles for row in rows(article)]
                print_rows(listed_editions, format, to, columns=of_editions, row=_edition)
            if format == "table":
                note(f"{plural(len(listed_editions), 'edition')} of {plural(len(articles), 'article')}.")
            return
        listed = book.documents(embargo_hours=embargo)
        names = {one.id for one in listed}
        missed = [one for one in book.left_out() if one.document in names] if left_out else []
    with opened(output) as to:
        if left_out:
            columns: tuple[Column, ...] = (
                Column("document", share=2, least=8, most=48),
                Column("step", least=8, most=12),
                Column("characters", share=1, least=10, most=20),
                Column("words", share=2, least=8, most=60),
                Column("why", share=4, least=12, most=100),
            )
            print_rows(missed, format, to, columns=columns, row=_missed)
        else:
            columns = (
                Column("document", share=3, least=8, most=48),
                Column("published", least=10, most=10),
                Column("outlet", share=2, least=8, most=32),
                Column("title", share=5, least=12, most=80),
                Column("claims", least=6, right=True),
                Column("left out", least=8, right=True),
            )
            print_rows(listed, format, to, columns=columns, row=_document)
    if format == "table":
        found = plural(sum(one.claims for one in listed), "claim")
        out = plural(sum(one.left_out for one in listed), "mention")
        note(f"{plural(len(listed), 'document')}, {found}, {out} left out.")


def _edition(row: EditionRow) -> dict[str, str]:
    edition = row.edition
    changed = f"-{row.out} +{row.put_in} ~{row.reworded}" if row.number > 1 else ""
    return {
        "address": edition.address,
        "edition": str(row.number),
        "published": str(edition.published or ""),
        "updated": str(edition.updated or ""),
        "retrieved": f"{edition.retrieved:%Y-%m-%d %H:%M}",
        "sentences": changed,
        "document": edition.document,
    }


def _document(document: DocumentSummary) -> dict[str, str]:
    return {
        "document": document.id,
        "published": str(document.published or ""),
        "outlet": document.outlet or "",
        "title": document.title or "",
        "claims": str(document.claims),
        "left out": str(document.left_out),
    }


def _missed(missed: Missed) -> dict[str, str]:
    return {
        "document": missed.document,
        "step": missed.step,
        "characters": "" if missed.start is None else f"{missed.start} to {missed.end}",
        "words": missed.text or "",
        "why": missed.why,
    }
