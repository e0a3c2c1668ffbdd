"""A cluster: the actors of Ray Data, one shard at a time each."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from ..errors import DataError, SourceError
from .base import Failed, attempted, one_thread_each
from .manifest import Entry
from .pool import cores
from .shards import Shard
from .work import Task, Worker

_done, _failed = msgspec.json.Decoder(Entry), msgspec.json.Decoder(Failed)
# Ray reports to nobody, and its workers rank no lower than others: they would starve on a busy machine.
_SETTINGS = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_worker_niceness": "0"}
_STARTS = 3  # that are tried
_STORE_BYTES = 100_000_000  # of shared memory: only the names of shards and counts go through it


class Ray:
    """Actors of a cluster that runs already, or of one that is started for the while.

    Args:
        workers: how many actors, of one core each; as many as the cluster has cores where None.
        address: the cluster's, as in ``auto`` or ``head:6379``; one is started on this machine where None.

    Raises:
        DataError: Ray is not installed.
    """

    def __init__(self, workers: int | None = None, address: str | None = None) -> None:
        for name, value in _SETTINGS.items():
            os.environ.setdefault(name, value)
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

    def run(self, task: Task, shards: Sequence[Shard]) -> Iterator[Entry | Failed]:
        """Run the task on each shard.

        Raises:
            SourceError: the cluster does not answer, or breaks off.
        """
        if not shards:
            return
        ours = not self._ray.is_initialized()
        if ours:
            self.start()
        try:
            yield from self._outcomes(task, shards)
        except self._ray.exceptions.RayError as error:
            raise SourceError(
                f"The Ray cluster broke off ({str(error).splitlines()[0]}). What is done stays; run the same "
                "again to go on."
            ) from error
        finally:
            if ours:
                self._ray.shutdown()

    def start(self) -> None:
        """Join the cluster, or start one on this machine; :meth:`run` does that by itself, for the while.

        Raises:
            SourceError: the cluster does not answer.
        """
        told: dict[str, Any] = {"log_to_driver": False, "logging_level": "error"}
        if self._address is None:
            told |= {"num_cpus": self._asked or cores(), "include_dashboard": False}
            told["object_store_memory"] = _STORE_BYTES
        for left in reversed(range(_STARTS)):
            try:
                self._ray.init(address=self._address or "local", **told)
                return
            except Exception as error:  # Ray raises it bare where a busy machine is too slow to start
                self._ray.shutdown()
                if not left:
                    raise SourceError(
                        f"The Ray cluster {self._address or 'on this machine'} does not answer ({error}). "
                        "Start one with `ray start --head` and give its --address, or take --engine pool."
                    ) from error

    def _outcomes(self, task: Task, shards: Sequence[Shard]) -> Iterator[Entry | Failed]:
        logging.getLogger("ray.data").setLevel(logging.ERROR)
        data = self._ray.data
        data.DataContext.get_current().enable_progress_bars = False
        cluster = int(self._ray.cluster_resources().get("CPU", 1))
        workers = min(self._asked or cluster, len(shards))
        rows = [{"shard": msgspec.json.encode(shard)} for shard in shards]
        outcomes = data.from_items(rows, override_num_blocks=len(rows)).map_batches(
            _Actor,
            fn_constructor_args=(task,),
            batch_size=1,
            compute=data.ActorPoolStrategy(size=workers, max_tasks_in_flight_per_actor=1),
            num_cpus=1,
        )
        for row in outcomes.iter_rows():
            yield _done.decode(row["outcome"]) if row["done"] else _failed.decode(row["outcome"])


class _Actor:
    """A worker of the cluster: it loads the pipeline with its first shard and keeps it."""

    def __init__(self, task: Task) -> None:
        one_thread_each()
        self._worker = Worker(task)

    def __call__(self, batch: dict[str, Any]) -> dict[str, list[Any]]:
        """Read a batch of one shard."""
        shard = msgspec.json.decode(batch["shard"][0], type=Shard)
        outcome = attempted(self._worker, shard)
        return {"done": [isinstance(outcome, Entry)], "outcome": [msgspec.json.encode(outcome)]}
