"""What an engine does: it brings every shard before a worker, and tells what came of each."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import Protocol

from msgspec import Struct

from ..errors import FoglineError, SourceError
from ..ingest import Problem
from .manifest import Entry
from .shards import Shard
from .work import Task, Worker

_ONE_EACH = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS")


class Failed(Struct, frozen=True, kw_only=True):
    """A shard that is not done; the next go tries it again.

    ``fatal`` ends this go: the others would fail as well.
    """

    shard: Shard
    problem: Problem
    fatal: bool = False


class Engine(Protocol):
    """Runs a task on shards; where and by how many workers at once is its own affair.

    Every shard gives one outcome, in any order. A worker that dies costs its shard another run and nothing
    else: the shard is brought before another, which tells it as failed where too many have died on it.
    """

    def run(self, task: Task, shards: Sequence[Shard]) -> Iterator[Entry | Failed]:
        """Run the task on each shard."""


def one_thread_each() -> None:
    """Keep libraries that are not loaded yet from taking more than one thread: a worker has one core."""
    os.environ.update(dict.fromkeys(_ONE_EACH, "1"))


def attempted(worker: Worker, shard: Shard) -> Entry | Failed:
    """Let a worker read a shard, and tell what stood in the way where it could not."""
    try:
        return worker.read(shard)
    except SourceError as error:
        return Failed(shard=shard, problem=Problem(object=shard.name, message=str(error)))
    except FoglineError as error:
        return Failed(shard=shard, problem=Problem(object=shard.name, message=str(error)), fatal=True)
    except Exception as error:
        message = (
            f"{shard.name} could not be read, or what it gives not written ({type(error).__name__}: "
            f"{error}). Check that both places can be reached and that the disk has room, and run the same "
            "again."
        )
        return Failed(shard=shard, problem=Problem(object=shard.name, message=message))
