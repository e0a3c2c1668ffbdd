"""``fogline area``: how much land each party held, by day."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from typer import Option

from . import options as o
from .console import Column

if TYPE_CHECKING:
    from ..model import Area, Check, Gain

Since = Annotated[str, Option("--from", metavar="DATE", help="The first day.")]
Until = Annotated[str, Option("--to", metavar="DATE", help="The last day.")]
_COLUMNS = (
    Column("on", least=10, most=10),
    Column("holder", share=2, least=8, most=32),
    Column("km2", least=8, most=12, right=True),
    Column("low", least=8, most=12, right=True),
    Column("high", least=8, most=12, right=True),
)


def area(
    since: Since,
    until: Until,
    within: Annotated[
        str | None,
        Option(
            "--in",
            metavar="PLACE|W,S,E,N",
            help="Only in a region, around a place, or in a box of degrees (west, south, east, north).",
        ),
    ] = None,
    known_by: Annotated[
        str | None, Option("--known-by", metavar="DATE", help="Leave out what is told of later days.")
    ] = None,
    plot: Annotated[Path | None, Option("--plot", metavar="FILE", help="Draw it as well, as SVG.")] = None,
    claimed: Annotated[
        bool, Option("--claimed", help="Compare with the areas that voices said were taken, instead.")
    ] = False,
    format: Annotated[
        Literal["table", "jsonl", "csv"] | None,
        Option("--format", "-f", help="How to print it.  [default: by the output's ending, else table]"),
    ] = None,
    output: o.Output = None,
    embargo: o.Embargo = None,
    ledger: o.LedgerPath = None,
) -> None:
    """Tell how much land each party held on each day, in km², with an interval.

    The land of a settlement is what lies nearer to it than to any other, up to 20 km. Counted is the land of
    states of which another party held something in that time. The interval is that of the lines that could
    be drawn: where a party's probability is anything from 0.25 to 0.75.

    \b
    Examples:
      fogline area --from 2022-08-01 --to 2022-10-01 -o areas.csv --plot areas.svg
      fogline area --from 2022-09-05 --to 2022-09-13 --in "Kharkiv Oblast"
      fogline area --from 2022-09-01 --to 2022-09-30 --claimed
    """
    from ..export.area_plot import svg
    from .console import note
    from .console import output as opened
    from .open import open_ledger

    suffix = output.suffix.lower() if output else ""
    form = format or {".csv": "csv", ".jsonl": "jsonl"}.get(suffix, "table")
    with open_ledger(ledger) as book:
        if claimed:
            _checks(book.area_checks(since, until, known_by=known_by, embargo_hours=embargo), form, output)
            return
        found = book.areas(since, until, within=within, known_by=known_by, embargo_hours=embargo)
        gained = book.gains(since, until, within=within, known_by=known_by, embargo_hours=embargo)
    _areas(found, form, output)
    if plot is not None:
        with opened(plot) as to:
            to.write(svg(found))
    for one in gained:
        note(_told(one))


def _areas(areas: list[Area], form: str, output: Path | None) -> None:
    from ..export.control_rows import write_csv, write_jsonl
    from .console import output as opened
    from .console import table

    with opened(output) as to:
        if form == "csv":
            write_csv(areas, to)
        elif form == "jsonl":
            write_jsonl(areas, to)
        else:
            rows = [
                {"on": str(a.on), "holder": a.holder}
                | {name: f"{getattr(a, name):,.0f}" for name in ("km2", "low", "high")}
                for a in areas
            ]
            table(_COLUMNS, rows, to)


def _checks(checks: list[Check], form: str, output: Path | None) -> None:
    from ..export.control_rows import write_csv, write_jsonl
    from .console import note
    from .console import output as opened

    with opened(output) as to:
        if form == "csv":
            write_csv(checks, to)
        elif form == "jsonl":
            write_jsonl(checks, to)
        else:
            to.writelines(f"{check.weight}: {check.sentence}\n" for check in checks)
    if not checks:
        note("No claim tells of an area that was taken in these days.")


def _told(gain: Gain) -> str:
    return (
        f"{gain.holder}: {gain.gained:,.0f} km² gained and {gain.lost:,.0f} lost from {gain.since} to "
        f"{gain.until}: {gain.net:+,.0f} ({gain.low:+,.0f} to {gain.high:+,.0f})."
    )
