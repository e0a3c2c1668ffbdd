"""Read shards into an output, by any engine, and go on where an earlier go ended."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from ..adding import Reader
from ..errors import QueryError, SourceError
from ..ingest import Problem
from ..link.shingles import EDITION
from .base import Engine, Failed
from .local import Local
from .manifest import Entry, Made, Output
from .pool import Pool
from .ray import Ray
from .shards import shards_in
from .work import Task
from .writer import tidy

if TYPE_CHECKING:
    from ..pipeline import Finder

ENGINES = ("local", "pool", "ray")


class Extracted(Struct, frozen=True, kw_only=True):
    """What reading shards into an output came to.

    ``shards`` were read now and ``known`` before; ``unfinished`` were not read, and are tried again when the
    same is run again. The other counts are those of the shards that were read now.
    """

    shards: int = 0
    known: int = 0
    unfinished: int = 0
    documents: int = 0
    claims: int = 0
    undated: int = 0
    left_out: int = 0
    held: int = 0
    failed: int = 0
    warned: int = 0
    seconds: float = 0.0


def engine_named(name: str, *, workers: int | None = None, address: str | None = None) -> Engine:
    """Return an engine.

    Args:
        name: ``local``, ``pool`` or ``ray``.
        workers: how many shards at once; as many as there are cores where None.
        address: of a Ray cluster; one is started on this machine where None.

    Raises:
        QueryError: there is no such engine, or it does not take what is given.
        DataError: Ray is asked for and not installed.
    """
    if workers is not None and workers < 1:
        raise QueryError(f"{workers} workers cannot read anything. Give --workers 1 or more.")
    if address is not None and name != "ray":
        raise QueryError(
            f"An --address is that of a Ray cluster, not of the engine {name}. Add --engine ray."
        )
    if name == "local":
        return Local()
    if name == "pool":
        return Pool(workers)
    if name == "ray":
        return Ray(workers, address)
    raise QueryError(f"There is no engine {name!r}. There are {', '.join(ENGINES)}.")


def extract_shards(
    sources: Iterable[str],
    out: str,
    *,
    engine: Engine | None = None,
    reader: Callable[[], Reader] | None = None,
    published: date | None = None,
    outlet: str | None = None,
    embargo_hours: float = 0.0,
    coarsen: bool = False,
    progress: Callable[[Extracted, int], None] | None = None,
    problem: Callable[[Problem], None] | None = None,
) -> Extracted:
    """Read every shard of the sources that is not done yet, and write what it gives.

    Args:
        sources: files, folders and addresses of an object store.
        out: the folder, or place in an object store, for what is found.
        engine: by what; a pool of as many processes as there are cores where None.
        reader: makes what reads the claims, in every worker; the default extractor where None.
        published: the day of publication where a source does not tell it.
        outlet: the outlet where a source does not tell it.
        embargo_hours: leave out what was published, or happened, less than so many hours ago.
        coarsen: round points to town level.
        progress: called with the counts so far and the number of shards, after each.
        problem: called with each problem as a shard is done.

    Raises:
        QueryError: the output was made in another way.
        FoglineError: no worker can work, or the output cannot be written. What is done stays.
    """
    began = time.monotonic()
    reader = reader or default_worker_reader()
    output = Output(out)
    made = Made(
        extractor=reader().identity,
        signatures=EDITION,
        embargo_hours=embargo_hours,
        coarsen=coarsen,
        published=published.isoformat() if published else None,
        outlet=outlet,
    )
    done = output.done(made)
    shards, problems = shards_in(sources)
    tell = problem or (lambda _: None)
    for one in problems:
        tell(one)
    left = [shard for shard in shards if shard.key not in done or not done[shard.key].covers(shard)]
    count = Extracted(known=len(shards) - len(left), unfinished=len(problems))
    task = Task(out=out, made=made, reader=reader)
    for outcome in (engine or Pool()).run(task, left):
        if isinstance(outcome, Failed):
            if outcome.fatal:
                raise SourceError(outcome.problem.message)
            tell(outcome.problem)
            count = msgspec.structs.replace(count, unfinished=count.unfinished + 1)
        else:
            for one in outcome.problems:
                tell(one)
            count = _counted(count, outcome)
        count = msgspec.structs.replace(count, seconds=time.monotonic() - began)
        if progress:
            progress(count, len(shards))
    tidy(output)
    return msgspec.structs.replace(count, seconds=time.monotonic() - began)


def default_worker_reader(finder: Finder | None = None) -> Callable[[], Reader]:
    """Return what makes the default extractor in a worker, by the settings of this process.

    Args:
        finder: ``trained`` or ``rules``; what the settings say where None.
    """
    from ..settings import load

    settings = load(extractor=finder)
    return partial(_reader, settings.pipeline, settings.extractor)


def _reader(parser: str, finder: Finder) -> Reader:
    from ..pipeline import Extractor

    return Extractor(parser=parser, finder=finder, threads=1)


def _counted(count: Extracted, entry: Entry) -> Extracted:
    names = ("documents", "claims", "undated", "left_out", "held", "failed", "warned")
    more = {name: getattr(count, name) + getattr(entry, name) for name in names}
    return msgspec.structs.replace(count, shards=count.shards + 1, **more)
