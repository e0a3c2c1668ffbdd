"""A cluster: the actors of Ray Data, one shard at a time each."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from ..errors import DataError, SourceError
from .base import TRIES, Failed, attempted, deadly, one_thread_each
from .manifest import Entry
from .pool import cores
from .shards import Shard
from .work import Task, Worker

_done, _failed = msgspec.json.Decoder(Entry), msgspec.json.Decoder(Failed)
_STORE_BYTES = 100_000_000  # of shared memory: only the names of shards and counts go through it


class Ray:
    """Actors of a cluster, or of one that is started on this machine for the while.

    Args:
        workers: how many actors, of one core each; as many as the cluster has cores where None.
        address: the cluster's, as in ``auto`` or ``ray://head:10001``; this machine where None.

    Raises:
        DataError: Ray is not installed.
    """

    def __init__(self, workers: int | None = None, address: str | None = None) -> None:
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
        try:
            import ray
            import ray.data
        except ImportError as error:
            raise DataError(
                f"Ray is not installed ({error}). Install it with: pip install 'fogline[cluster]'; "
                "or take --engine pool."
            ) from error
        self._ray: Any = ray
        self._address = address
        self._asked = workers

    @property
    def workers(self) -> int:
        """How many actors read at once."""
        if self._asked:
            return self._asked
        return int(self._ray.cluster_resources().get("CPU", 1)) if self._ray.is_initialized() else cores()

    def run(self, task: Task, shards: Sequence[Shard]) -> Iterator[Entry | Failed]:
        """Run the task on each shard.

        Raises:
            SourceError: the cluster does not answer.
        """
        if not shards:
            return
        ours = not self._ray.is_initialized()
        if ours:
            self._start()
        try:
            yield from self._outcomes(task, shards)
        finally:
            if ours:
                self._ray.shutdown()

    def _start(self) -> None:
        told: dict[str, Any] = {"log_to_driver": False, "logging_level": "error"}
        if self._address is None:
            local = {"num_cpus": self.workers, "include_dashboard": False}
            told |= {**local, "object_store_memory": _STORE_BYTES}
        try:
            self._ray.init(address=self._address, **told)
        except (ConnectionError, RuntimeError, ValueError) as error:
            raise SourceError(
                f"The Ray cluster {self._address or 'on this machine'} does not answer ({error}). Start "
                "one with `ray start --head`, or give its --address."
            ) from error

    def _outcomes(self, task: Task, shards: Sequence[Shard]) -> Iterator[Entry | Failed]:
        logging.getLogger("ray.data").setLevel(logging.ERROR)
        data, left = self._ray.data, {shard.key: shard for shard in shards}
        context = data.DataContext.get_current()
        context.enable_progress_bars = False
        context.max_errored_blocks = -1  # a shard on which actors die does not end the others
        workers = min(self.workers, len(shards))
        rows = [{"shard": msgspec.json.encode(shard)} for shard in shards]
        outcomes = data.from_items(rows, override_num_blocks=len(rows)).map_batches(
            _Actor,
            fn_constructor_args=(task,),
            batch_size=1,
            compute=data.ActorPoolStrategy(size=workers, max_tasks_in_flight_per_actor=1),
            num_cpus=1,
            max_restarts=-1,
            max_task_retries=TRIES - 1,
        )
        for row in outcomes.iter_rows():
            left.pop(row["key"])
            yield _done.decode(row["outcome"]) if row["done"] else _failed.decode(row["outcome"])
        yield from map(deadly, left.values())


class _Actor:
    """A worker of the cluster: it loads the pipeline with its first shard and keeps it."""

    def __init__(self, task: Task) -> None:
        one_thread_each()
        self._worker = Worker(task)

    def __call__(self, batch: dict[str, Any]) -> dict[str, list[Any]]:
        """Read a batch of one shard."""
        shard = msgspec.json.decode(batch["shard"][0], type=Shard)
        outcome = attempted(self._worker, shard)
        return {
            "key": [shard.key],
            "done": [isinstance(outcome, Entry)],
            "outcome": [msgspec.json.encode(outcome)],
        }
