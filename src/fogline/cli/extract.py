"""``fogline extract``: claims of sources, without a ledger."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Literal

from typer import Option

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
    out: Annotated[
        str | None,
        Option(
            metavar="FOLDER",
            help="Read shards (WARC, Parquet, JSON Lines) into Parquet with a manifest, in a folder or "
            "s3://bucket/folder; run again, it goes on where it was.",
        ),
    ] = None,
    engine: Annotated[
        Literal["local", "pool", "ray"] | None,
        Option(help="With --out: in this process, in several, or on a Ray cluster.  [default: pool]"),
    ] = None,
    workers: Annotated[
        int | None,
        Option(min=1, metavar="N", help="With --out: read N shards at once.  [default: one a core]"),
    ] = None,
    address: Annotated[
        str | None,
        Option(metavar="ADDRESS", help="Of a Ray cluster, as in auto.  [default: started on this machine]"),
    ] = None,
) -> int:
    """Write the claims of reports as JSON Lines, or those of an archive as Parquet.

    A claim has the codebook's fields, and `document`, `id`, `extractor` and `certainty`; parties and
    places tell what they were resolved to, with the reasons.

    \b
    Examples:
      fogline extract reports/ -o claims.jsonl
      fogline extract crawl/ --out claims/ --workers 8
    """
    from ..ledger import default_reader
    from ..release import coarsened, released
    from .layer import embargo_hours, run_layer
    from .open import coarse

    hours, rough = embargo_hours(embargo), coarse(coarsen)
    given = {"--engine": engine, "--workers": workers, "--address": address}
    if out is not None:
        from .shards import extract_to

        return extract_to(
            sources,
            out,
            output=output,
            published=published,
            outlet=outlet,
            hours=hours,
            rough=rough,
            extractor=extractor,
            engine=engine or "pool",
            workers=workers,
            address=address,
        )
    refuse([name for name, value in given.items() if value is not None], "goes with --out FOLDER")

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


def refuse(options: list[str], why: str) -> None:
    """Refuse options that do nothing here.

    Raises:
        QueryError: there are some.
    """
    from ..errors import QueryError

    if options:
        raise QueryError(
            f"{' and '.join(options)} {why}, and would do nothing here. Leave it out, or add that."
        )
