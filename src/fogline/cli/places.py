"""``fogline places``: place names and where they lie, without a ledger."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from .options import AllowPrivate, Coarsen, Embargo, Outlet, Output, Published, Sources

if TYPE_CHECKING:
    from ..model import Document, PlaceMention

FIELDS = ("start", "end", "text", "kind", "geonameid", "lat", "lon", "precision", "radius_km", "score")


def places(
    sources: Sources,
    output: Output = None,
    published: Published = None,
    outlet: Outlet = None,
    allow_private: AllowPrivate = False,
    embargo: Embargo = None,
    coarsen: Coarsen = None,
) -> int:
    """Write place names and where they lie as JSON Lines.

    `lat` and `lon` are null where nothing was sure enough; `alternatives` are the other places that the
    name may mean, with scores. `relative` tells where the place lies that is told by a name ("50 km south of
    Kharkiv"); `geo_precision` and `where_prec` are how precise the place is in the codes of ACLED and UCDP.

    \b
    Example:
      fogline places reports/ -o places.jsonl
    """
    from ..ledger import default_reader
    from ..release import coarsened_place
    from ..resolve.place_codes import acled_geo_precision, ucdp_where_prec
    from .layer import run_layer
    from .open import coarse

    rough = coarse(coarsen)

    def lines(document: Document, found: tuple[Document, list[PlaceMention]]) -> Iterator[dict[str, Any]]:
        for mention in found[1]:
            one = coarsened_place(mention) if rough else mention
            codes = {"geo_precision": acled_geo_precision(one), "where_prec": ucdp_where_prec(one)}
            told = {name: getattr(one, name) for name in FIELDS}
            further = {"relative": one.relative, "alternatives": one.alternatives}
            yield {"document": document.id} | told | codes | further

    return run_layer(
        sources,
        default_reader().places_all,
        lines,
        published=published,
        outlet=outlet,
        allow_private=allow_private,
        embargo=embargo,
        output=output,
    )
