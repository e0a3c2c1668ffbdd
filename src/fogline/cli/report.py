"""``fogline report``: a situation report of some days and a region."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from typer import Option

from . import options as o

if TYPE_CHECKING:
    from ..report import Report

Since = Annotated[str, Option("--from", metavar="DATE", help="The first day.")]
Until = Annotated[str, Option("--to", metavar="DATE", help="The last day.")]
_SUFFIXES = {".md": "md", ".markdown": "md", ".html": "html", ".htm": "html"}


def report(
    since: Since,
    until: Until,
    within: Annotated[
        str | None,
        Option(
            "--in",
            metavar="PLACE|W,S,E,N",
            help="Only in a country, a region, around a place, or in a box of degrees.",
        ),
    ] = None,
    format: Annotated[
        Literal["html", "md"] | None,
        Option("--format", "-f", help="How to write it.  [default: by the output's ending, else html]"),
    ] = None,
    output: o.Output = None,
    embargo: o.Embargo = None,
    coarsen: o.Coarsen = None,
    ledger: o.LedgerPath = None,
) -> None:
    """Write a situation report: what is claimed by whom, what is disputed, what changed hands.

    HTML is one file with map and charts in it, which fetches nothing. Beside Markdown the drawings lie as
    SVG files; on standard output it has none. Every sentence has notes that lead to its claims.

    \b
    Examples:
      fogline report --from 2022-09-06 --to 2022-09-12 -o report.html
      fogline report --from 2022-09-06 --to 2022-09-12 --in "Kharkiv Oblast" -o report.md
    """
    from ..report import html, markdown, situation
    from .add import plural
    from .console import note
    from .console import output as opened
    from .open import open_ledger

    form = format or _SUFFIXES.get(output.suffix.lower() if output else "", "html")
    with open_ledger(ledger) as book:
        told = situation(book, since, until, within=within, coarsen=coarsen, embargo_hours=embargo)
    pictures = _beside(told, output) if form == "md" and output is not None else None
    with opened(output) as to:
        to.write(markdown(told, pictures=pictures) if form == "md" else html(told))
    note(f"The report rests on {plural(len(told.notes), 'claim')}.")


def _beside(told: Report, output: Path) -> dict[str, str]:
    """Write the drawings beside a report and return their files by name."""
    from urllib.parse import quote

    from ..report import alone
    from .console import output as opened

    files = {}
    for picture in told.pictures():
        file = output.with_name(f"{output.stem}-{picture.name}.svg")
        with opened(file) as to:
            to.write(alone(picture.svg))
        files[picture.name] = quote(file.name)
    return files
