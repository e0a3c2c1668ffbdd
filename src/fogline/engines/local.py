"""One shard after another, in this process."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .base import Failed, attempted
from .manifest import Entry
from .shards import Shard
from .work import Task, Worker


class Local:
    """Reads shards in this process: for a first look, and where nothing else may be started."""

    def run(self, task: Task, shards: Sequence[Shard]) -> Iterator[Entry | Failed]:
        """Run the task on each shard."""
        worker = Worker(task)
        for shard in shards:
            yield attempted(worker, shard)
