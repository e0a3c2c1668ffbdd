"""``fogline control``: who held what, when."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from typer import Argument, Option

from ..errors import QueryError
from . import options as o
from .console import output as opened
from .control_tables import print_changes, print_holders, print_periods

if TYPE_CHECKING:
    from ..ledger import Ledger

Format = Literal["table", "jsonl", "csv", "geojson", "gpkg", "parquet"]
Layer = Literal["settlements", "areas", "lines"]
_SUFFIXES = {".gpkg": "gpkg", ".parquet": "parquet", ".geojson": "geojson", ".csv": "csv", ".jsonl": "jsonl"}

control = typer.Typer(
    name="control",
    invoke_without_command=True,
    rich_markup_mode=None,
    help="Tell who held what, when: on a day, through the history of a place, or between two days.",
)

On = Annotated[str | None, Option("--on", metavar="DATE", help="Who held each settlement on this day.")]
Within = Annotated[
    str | None,
    Option(
        "--in",
        metavar="PLACE|W,S,E,N",
        help="Only in a region, around a place, or in a box of degrees (west, south, east, north).",
    ),
]
KnownBy = Annotated[
    str | None, Option("--known-by", metavar="DATE", help="Leave out what is told of later days than this.")
]
View = Annotated[
    str,
    Option("--view", metavar="VIEW", help="assessed, disputed, or a party as in RUS: what that party says."),
]
One = Annotated[str | None, Option("--place", metavar="NAME|LAT,LON", help="The history of one settlement.")]


@control.callback()
def who_held(
    context: typer.Context,
    on: On = None,
    within: Within = None,
    view: View = "assessed",
    place: One = None,
    since: o.Since = None,
    until: o.Until = None,
    known_by: KnownBy = None,
    layer: Annotated[
        Layer, Option("--layer", help="What GeoJSON and GeoParquet hold; a GeoPackage holds all three.")
    ] = "settlements",
    format: Annotated[
        Format | None,
        Option("--format", "-f", help="How to print it.  [default: by the output's ending, else table]"),
    ] = None,
    output: o.Output = None,
    embargo: o.Embargo = None,
    coarsen: o.Coarsen = None,
    ledger: o.LedgerPath = None,
) -> None:
    """Tell who held what, when: on a day, through the history of a place, or between two days.

    Worked out from the claims of the ledger and from imported sightings and maps. The assessed view, what
    each party claims, and what is disputed are kept apart; every holder has its reasons (in JSON Lines,
    CSV and GeoJSON, and in the history of a place). Where nothing was observed near, there is no holder.

    \b
    Examples:
      fogline control --on 2022-09-12 --in "Kharkiv Oblast"
      fogline control --on 2022-09-12 --view RUS -o russia-says.geojson
      fogline control --on 2022-09-12 -o control.gpkg
      fogline control --place Izium
      fogline control --from 2022-09-05 --to 2022-09-13
      fogline control import sightings.csv --source "A geolocation team"
    """
    if context.invoked_subcommand is not None:
        return
    from .open import open_ledger

    form = _format(format, output)
    asked = (on is not None, place is not None, place is None and since is not None and until is not None)
    if sum(asked) != 1:
        raise QueryError(
            "Ask for a day (--on DATE), for one place's history (--place NAME), or for what changed hands "
            "(--from DATE --to DATE)."
        )
    with open_ledger(ledger) as book:
        if on is not None:
            _on(
                book, on, view=view, within=within, layer=layer, form=form, output=output, coarsen=coarsen,
                known_by=known_by, embargo=embargo,
            )  # fmt: skip
        elif place is not None:
            periods = book.control_history(
                place, since=since, until=until, known_by=known_by, embargo_hours=embargo
            )
            print_periods(periods, form, output)
        elif since is not None and until is not None:
            found = book.changes(
                since, until, within=within, known_by=known_by, coarsen=coarsen, embargo_hours=embargo
            )
            print_changes(found, form, output)


@control.command("import")
def import_(
    file: Annotated[
        Path,
        Argument(
            metavar="FILE",
            help="Sightings as .csv, .jsonl or .geojson (points); maps of a day as .geojson (polygons).",
        ),
    ],
    source: Annotated[
        str | None, Option(metavar="NAME", help="Whose it is; it is the voice of what the file tells.")
    ] = None,
    on: Annotated[
        str | None, Option("--on", metavar="DATE", help="The day of rows and polygons that tell none.")
    ] = None,
    holder: Annotated[
        str | None, Option("--holder", metavar="PARTY", help="The party of those that tell none.")
    ] = None,
    ledger: o.LedgerPath = None,
) -> int:
    """Take in geolocated sightings, and maps that show what a party held on a day.

    A sighting is a row with a day, a side and a point. Columns may be called date, side, lat, lon, text and
    source, or by other usual names. Importing a file again adds nothing.

    \b
    Examples:
      fogline control import sightings.csv --source "A geolocation team"
      fogline control import map.geojson --on 2022-09-05 --holder RUS --source "A mapping team"
    """
    from .add import plural
    from .console import note
    from .open import open_ledger
    from .run import complain

    with open_ledger(ledger, read_only=False) as book:
        done = book.import_control(
            file, source=source, day=on, holder=holder, problem=lambda problem: complain(problem.message)
        )
        parts = [plural(done.new, "observation") + f" of {done.source} added"]
        if done.known:
            parts.append(f"{done.known:,} known already")
        if done.unread:
            parts.append(f"{plural(done.unread, 'row')} left out")
        note(f"{', '.join(parts)}. The ledger is {book.path}.")
    return 1 if done.unread and not (done.new or done.known) else 0


def _format(format: Format | None, output: Path | None) -> str:
    form = format or _SUFFIXES.get(output.suffix.lower() if output else "", "table")
    if form in ("gpkg", "parquet") and output is None:
        raise QueryError(f"A {form} file cannot be printed. Name a file with -o, as in -o control.{form}.")
    return form


def _on(
    book: Ledger,
    on: str,
    *,
    view: str,
    within: str | None,
    layer: Layer,
    form: str,
    output: Path | None,
    coarsen: bool | None,
    known_by: str | None,
    embargo: float | None,
) -> None:
    """Print the holders of a day, or write them as a map."""
    from ..export.control_layers import write_geopackage, write_geoparquet, write_style
    from ..export.control_rows import shape_features, write_geojson

    shapes, holders = None, []
    drawn = form in ("geojson", "parquet") and layer != "settlements"
    if form == "gpkg" or drawn:
        shapes = book.control_shapes(on, view=view, within=within, known_by=known_by, embargo_hours=embargo)
    if not drawn:
        holders = book.control(
            on, view=view, within=within, known_by=known_by, why=form != "table",
            coarsen=coarsen, embargo_hours=embargo,
        )  # fmt: skip
    if form == "gpkg" and output is not None and shapes is not None:
        write_geopackage(output, holders, shapes)
    elif form == "parquet" and output is not None:
        write_geoparquet(output, holders, shapes, layer)
    elif shapes is not None:
        with opened(output) as to:
            write_geojson(shape_features(shapes, layer), to)
    else:
        print_holders(holders, form, output)
    if output is not None and form in ("geojson", "parquet"):
        write_style(output, holders, shapes, layer)
