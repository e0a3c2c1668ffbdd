"""``fogline gazetteer``: the places that names are looked up in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer import Argument, Option

from .options import Limit, Output, TableFormat

if TYPE_CHECKING:
    from ..model import Candidate

gazetteer = typer.Typer(
    name="gazetteer",
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Look places up, add a team's own, or build an index of all of GeoNames.",
)
Folder = Annotated[
    Path | None,
    Option("--folder", metavar="FOLDER", help="The project's gazetteer.  [default: the setting `gazetteer`]"),
]


@gazetteer.command()
def find(
    name: Annotated[str, Argument(metavar="NAME", help="A place name, in any script and spelling.")],
    format: TableFormat = "table",
    output: Output = None,
    limit: Limit = 10,
) -> int:
    """Look a place up by name, transliteration or misspelling.

    The score tells how near the spelling is: 1 the same, 0.9 another transliteration, below that alike.

    \b
    Examples:
      fogline gazetteer find Izyum
      fogline gazetteer find "Дейр эз-Зор" --format jsonl
    """
    from ..resolve.gazetteer import find as look_up
    from ..resolve.gazetteer import open_gazetteer
    from .console import Column, note
    from .console import output as opened
    from .rows import print_rows

    book = open_gazetteer()
    found = look_up(book, name, limit=limit or 10)
    with opened(output) as to:
        columns = (
            Column("name", share=3, least=10, most=40),
            Column("region", share=3, least=8, most=32),
            Column("country", least=7, most=7),
            Column("feature", least=7, most=7),
            Column("lat", least=9, most=10, right=True),
            Column("lon", least=9, most=10, right=True),
            Column("geonameid", least=9, most=10, right=True),
            Column("score", least=5, most=5, right=True),
        )
        print_rows(found, format, to, columns=columns, row=_row)
    if not found:
        note(f"No place has a name like {name!r} in the gazetteer ({book.places:,} places, {book.edition}).")
    return 0 if found else 1


def _row(place: Candidate) -> dict[str, str]:
    return {
        "name": place.name,
        "region": place.region or "",
        "country": place.country or "",
        "feature": place.feature or "",
        "lat": f"{place.lat:.4f}",
        "lon": f"{place.lon:.4f}",
        "geonameid": str(place.geonameid or ""),
        "score": f"{place.score:.2f}",
    }


@gazetteer.command()
def add(
    files: Annotated[list[Path], Argument(metavar="FILE", help="CSV or GeoJSON files.")],
    folder: Folder = None,
) -> int:
    """Add places of your own: a hamlet, a strongpoint, a camp.

    A CSV file has the columns name, lat, lon, and where they are known names (parted by |), feature (a
    GeoNames code or a word such as village, strongpoint, camp), country, region, population, radius_km. In
    GeoJSON they are properties. A place of the same name within 15 km that was added before is replaced.
    Claims extracted from now on tell by their gazetteer's edition that they know these places.

    \b
    Example:
      fogline gazetteer add places.csv
    """
    from ..resolve.gazetteer.adding import add_places
    from .add import plural
    from .console import note
    from .run import complain

    added, unread = add_places(files, project=_project(folder))
    for path, number, why in unread:
        complain(f"Row {number} of {path} was left out: {why}.")
    note(
        f"Added {plural(added.new, 'place')}, replaced {added.replaced:,}; "
        f"{added.all:,} of your own in {added.path}."
    )
    return 0 if added.new or added.replaced else 1


@gazetteer.command()
def build(
    files: Annotated[
        list[Path],
        Argument(
            metavar="FILE",
            help="GeoNames' files, zipped or not: allCountries.zip or a country's, alternateNamesV2.zip, "
            "admin1CodesASCII.txt, admin2Codes.txt.",
        ),
    ],
    country: Annotated[
        str | None, Option(metavar="COUNTRY", help="Take only this country's places, as in UA.")
    ] = None,
    folder: Folder = None,
) -> int:
    """Build an index of all places from GeoNames' own files.

    The files are found at https://download.geonames.org/export/dump/. Countries that are not in them stay as
    the gazetteer that comes with Fogline has them. An index that was built before is replaced.

    \b
    Examples:
      fogline gazetteer build UA.zip alternateNamesV2.zip --country UA
      fogline gazetteer build allCountries.zip admin1CodesASCII.txt admin2Codes.txt
    """
    from ..resolve.gazetteer.adding import build_index
    from .console import note

    note("Reading GeoNames' files; the whole world takes some minutes.")
    made = build_index(files, project=_project(folder), country=country)
    note(f"Built {made.folder}: {made.places:,} places, edition {made.edition}.")
    return 0


def _project(folder: Path | None) -> Path:
    if folder is not None:
        return folder
    from ..settings import load

    return load().gazetteer
