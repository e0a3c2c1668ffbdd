"""``fogline export``: claims and events in the forms that other tools read."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Literal

from typer import Argument, Option

from . import options as o

if TYPE_CHECKING:
    from pathlib import Path

    from ..store import FilterOptions

Format = Literal[
    "jsonl", "csv", "hxl", "geojson", "parquet", "geoparquet", "gpkg", "acled", "ged", "plover", "timemap",
    "annotations", "prov", "site",
]  # fmt: skip


def export(
    ids: Annotated[
        list[str] | None,
        Argument(metavar="[CLAIM|EVENT]…", help="What goes into a bundle.", show_default=False),
    ] = None,
    format: Annotated[Format | None, Option("--format", "-f", help="The form of the file.")] = None,
    bundle: Annotated[
        bool, Option("--bundle", help="Claims or events with all they rest on, as a bag to hand on.")
    ] = False,
    sources: Annotated[
        bool, Option("--sources/--no-sources", help="Whether raw bytes and texts go into a bundle.")
    ] = True,
    output: o.Output = None,
    place: o.Place = None,
    radius: o.Radius = None,
    day: o.Day = None,
    since: o.Since = None,
    until: o.Until = None,
    event: o.Event = None,
    side: o.Side = None,
    voice: o.Voice = None,
    voice_side: o.VoiceSide = None,
    status: o.Status = None,
    text: o.Words = None,
    document: o.DocumentId = None,
    min_confidence: o.MinConfidence = None,
    limit: o.Limit = None,
    embargo: o.Embargo = None,
    coarsen: o.Coarsen = None,
    ledger: o.LedgerPath = None,
) -> None:
    """Write the claims that meet every filter, or their events, as a file for other tools.

    Claims: jsonl, csv, hxl (CSV with HXL hashtags), geojson, parquet, geoparquet, gpkg (GeoPackage with a
    style), annotations (W3C Web Annotation), prov (PROV-O, the chain of voices and relays).

    Events, which `fogline link` makes: acled (columns and codes of ACLED), ged (of UCDP GED, with best, low
    and high), plover, timemap. They have what happened on a known day, and what the data set codes.

    The whole ledger: site, a folder with the page of `fogline serve`, read-only, for any web server.

    With --bundle: the claims and events named, their documents, raw bytes with provenance, and hashes, as a
    bag (BagIt) in a folder or .zip file, which `fogline verify` checks.

    \b
    Examples:
      fogline export --format gpkg -o claims.gpkg
      fogline export --format ged --from 2022-09-01 --to 2022-09-30 -o ged.csv
      fogline export --format prov --place Izium > chains.jsonld
      fogline export --bundle c1f3a9 e77b02 -o handed-over.zip
    """
    from ..errors import QueryError
    from ..export.formats import FORMATS, told
    from ..store import Filters
    from .add import plural
    from .console import note
    from .console import output as opened
    from .open import open_ledger

    if bundle or ids:
        _bundle(ids or [], output, ledger, bundle=bundle, sources=sources, coarsen=coarsen, embargo=embargo)
        return
    if format is None:
        raise QueryError("Name the form with --format, as in --format csv, or ask for a --bundle.")
    chosen = FORMATS.get(format)
    if chosen is not None and chosen.file is not None and output is None:
        raise QueryError(f"{format} is no text. Name a file with -o, as in -o claims{chosen.suffix}.")
    asked: FilterOptions = {
        "place": place,
        "radius_km": radius,
        "day": day,
        "since": since,
        "until": until,
        "event": event,
        "status": status,
        "side": side,
        "voice": voice,
        "voice_side": voice_side,
        "text": text,
        "document": document,
        "min_confidence": min_confidence,
        "limit": limit,
        "embargo_hours": embargo,
    }
    if chosen is None:
        if coarsen is not None or any(value for value in asked.values()):
            raise QueryError(
                "A site shows the whole ledger. Leave the filters out; embargo and coarsen hold as set "
                "in fogline.toml or the environment."
            )
        _site(output, ledger)
        return
    filters = Filters.of(**asked)
    with open_ledger(ledger) as book:
        if chosen.file is not None:
            assert output is not None
            part = output.with_name(f"{output.name}.part")
            try:
                count = chosen.file(book.stream(filters, coarsen=coarsen), part)
                part.replace(output)
            finally:
                part.unlink(missing_ok=True)
        else:
            with opened(output) as to:
                if chosen.events is not None:
                    count = chosen.events(told(book, filters, coarsen=coarsen), to)
                else:
                    assert chosen.lines is not None
                    count = chosen.lines(book.stream(filters, coarsen=coarsen), to)
    if output is not None or not sys.stdout.isatty():
        note(f"Wrote {plural(count, 'event' if chosen.events else 'claim')}.")


def _site(output: Path | None, ledger: str | None) -> None:
    from ..errors import QueryError
    from ..serve.site import write_site
    from ..settings import load
    from .add import plural
    from .console import note
    from .open import open_ledger

    if output is None:
        raise QueryError("A site is a folder. Name it with -o, as in -o site.")
    settings = load()
    with open_ledger(ledger, read_only=False) as book:
        count = write_site(book, output, embargo_hours=settings.embargo_hours, coarsen=settings.coarsen)
    note(f"Wrote the page over {plural(count, 'claim')} to {output}. Put the folder on any web server.")


def _bundle(
    ids: list[str],
    output: Path | None,
    ledger: str | None,
    *,
    bundle: bool,
    sources: bool,
    coarsen: bool | None,
    embargo: float | None,
) -> None:
    from ..errors import QueryError
    from .add import plural
    from .console import note
    from .open import open_ledger

    if not bundle:
        raise QueryError("Only a bundle is of named claims and events: add --bundle, or use filters.")
    if output is None:
        raise QueryError("A bundle is a folder or a .zip file. Name it with -o, as in -o bundle.zip.")
    with open_ledger(ledger) as book:
        done = book.bundle(ids, output, sources=sources, coarsen=coarsen, embargo_hours=embargo)
    what = f"{plural(done.claims, 'claim')} of {plural(done.documents, 'document')}"
    rest = f"{plural(done.raw, 'raw content')}" if sources else "no raw bytes and texts"
    note(f"Wrote {what} with {rest} to {done.path}. `fogline verify {done.path}` checks it.")
