"""``fogline extract``: claims of sources, without a ledger."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .options import AllowPrivate, Coarsen, Embargo, Extractor, Outlet, Output, Published, Sources

if TYPE_CHECKING:
    from ..model import Claim, Document, Extraction


def extract(
    sources: Sources,
    output: Output = None,
    published: Published = None,
    outlet: Outlet = None,
    allow_private: AllowPrivate = False,
    embargo: Embargo = None,
    coarsen: Coarsen = None,
    extractor: Extractor = None,
) -> int:
    """Write the claims of reports as JSON Lines.

    A claim has the codebook's fields, and `document`, `id`, `extractor` and `certainty`; parties and
    places tell what they were resolved to, with the reasons.

    \b
    Example:
      fogline extract reports/ -o claims.jsonl
    """
    from ..ledger import default_reader
    from ..release import coarsened, released
    from .layer import embargo_hours, run_layer
    from .open import coarse

    hours, rough = embargo_hours(embargo), coarse(coarsen)

    def lines(document: Document, extraction: Extraction) -> Iterator[Claim]:
        for claim in extraction.claims:
            if released(claim, published=document.published, hours=hours):
                yield coarsened(claim) if rough else claim

    return run_layer(
        sources,
        default_reader(extractor).extract_all,
        lines,
        published=published,
        outlet=outlet,
        allow_private=allow_private,
        embargo=embargo,
        output=output,
    )
