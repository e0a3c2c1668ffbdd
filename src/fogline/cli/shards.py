"""Read shards into an output, as ``fogline extract --out`` asks for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..engines import Extracted
    from ..pipeline import Finder


def extract_to(
    sources: list[str],
    out: str,
    *,
    output: Path | None,
    published: str | None,
    outlet: str | None,
    hours: float,
    rough: bool,
    extractor: Finder | None,
    engine: str,
    workers: int | None,
    address: str | None,
) -> int:
    """Read the shards of sources into an output, and say what it came to.

    Returns:
        The exit status: 1 where a shard is not done, or nothing could be read.

    Raises:
        QueryError: the options do not go together.
    """
    from ..engines import engine_named, extract_shards
    from ..engines.run import default_worker_reader
    from ..errors import QueryError
    from ..ledger import day
    from .console import note
    from .progress import progress
    from .run import complain

    if output is not None:
        raise QueryError("--output takes JSON Lines and --out takes Parquet. Give one of the two.")
    with progress([], noun="shards") as show:
        found = extract_shards(
            sources,
            out,
            engine=engine_named(engine, workers=workers, address=address),
            reader=default_worker_reader(extractor),
            published=day(published),
            outlet=outlet,
            embargo_hours=hours,
            coarsen=rough,
            progress=lambda so_far, of: show(
                so_far.shards + so_far.known, f"of {of}, {so_far.claims} claims"
            ),
            problem=lambda problem: complain(problem.message),
        )
    note(told(found, out, hours))
    return 1 if found.unfinished or (found.failed and not (found.documents or found.held)) else 0


def told(found: Extracted, out: str, hours: float) -> str:
    """Say in one line what reading came to."""
    from ..engines.places import shown
    from .add import plural

    parts = [
        f"{plural(found.claims, 'claim')} from {plural(found.documents, 'document')} of "
        f"{plural(found.shards, 'shard')}"
    ]
    if found.known:
        parts.append(f"{plural(found.known, 'shard')} done before")
    if found.held:
        parts.append(f"{plural(found.held, 'document')} held back by the embargo of {hours:g} hours")
    if found.undated:
        parts.append(f"{found.undated:,} without a date (--published gives one)")
    if found.left_out:
        parts.append(f"{plural(found.left_out, 'mention')} left out")
    if found.failed:
        parts.append(f"{found.failed:,} could not be read")
    if found.unfinished:
        parts.append(f"{plural(found.unfinished, 'source')} not done: run the same again")
    return f"Wrote {', '.join(parts)}, to {shown(out)} in {found.seconds:.1f} s."
