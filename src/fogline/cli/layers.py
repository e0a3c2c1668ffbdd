"""``fogline layers``: a team's map, for QGIS."""

from __future__ import annotations

from typing import Annotated

from typer import Option

from . import options as o


def layers(
    on: Annotated[
        list[str] | None,
        Option("--on", metavar="DATE", help="Draw who held what on this day; may be given again."),
    ] = None,
    view: Annotated[
        str,
        Option("--view", metavar="VIEW", help="assessed, disputed, or a party as in RUS: what it says."),
    ] = "assessed",
    embargo: o.Embargo = None,
    coarsen: o.Coarsen = None,
    ledger: o.LedgerPath = None,
) -> None:
    """Make the layers of a ledger in PostgreSQL, which QGIS adds to a map already styled.

    Claims, events, sightings and imported maps are views of the schema fogline_map: what is added to the
    ledger is in them at once. Holders are worked out, so days are drawn one by one with --on; draw them again
    when more was added. Embargo and coarsening are built into the views; run this again to change them. It is
    run by whoever made the ledger.

    \b
    Examples:
      fogline layers
      fogline layers --on 2022-09-05 --on 2022-09-12
      fogline layers --embargo 72 --coarsen
    """
    from ..export.postgis import draw_day, make_layers
    from ..export.postgis import layers as found
    from ..settings import load
    from ..store.filters import Filters
    from .console import note
    from .open import open_ledger

    settings = load()
    hours = settings.embargo_hours if embargo is None else embargo
    rough = settings.coarsen if coarsen is None else coarsen
    with open_ledger(ledger, read_only=False) as book:
        make_layers(book.store, embargo_hours=hours, coarsen=rough)
        for told in on or ():
            day = Filters.of(day=told).since
            assert day is not None  # a day was given
            holders = book.control(day, view=view, embargo_hours=hours, coarsen=rough)
            draw_day(book.store, day, view, holders, book.control_shapes(day, view=view, embargo_hours=hours))
        made = found(book.store)
        for layer in made:
            print(f"{layer.name:<12} {layer.features:>9,}")
        note(f"QGIS finds them in the schema fogline_map of {book.path}.")
        if not all(layer.styled for layer in made):
            note(
                "They come without styles, as this role may not make the table layer_styles in the schema "
                "public. Have the database's owner run: GRANT CREATE ON SCHEMA public TO this role."
            )
