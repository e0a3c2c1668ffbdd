"""Processes of this machine, one shard each; one that is killed costs its shard another run."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess

from ..errors import DataError
from .base import Failed, attempted, one_thread_each
from .manifest import Entry
from .shards import Shard
from .work import TRIES, Task, Worker

_NO_WORKER = (
    "The processes that are to read die as they start. Is there memory enough? Try --engine local, which "
    "starts none, or fewer --workers."
)
_END = 5.0  # seconds that a process has to end by itself


class Pool:
    """A process for each worker, watched by this one.

    Args:
        workers: how many; as many as there are cores to run on where None.
    """

    def __init__(self, workers: int | None = None) -> None:
        self._workers = workers or cores()

    def run(self, task: Task, shards: Sequence[Shard]) -> Iterator[Entry | Failed]:
        """Run the task on each shard."""
        waiting, died = deque(shards), 0  # in a row, with nothing done between
        hands: dict[Connection, _Hand] = {}
        try:
            while waiting or hands:
                while waiting and len(hands) < self._workers:
                    hand = _Hand(task)
                    hand.give(waiting.popleft())
                    hands[hand.line] = hand
                for line in wait(list(hands)):
                    hand = hands[line]  # type: ignore[index]  # what was waited for are these connections
                    outcome = hand.outcome()
                    if outcome is not None:
                        died = 0
                        yield outcome
                        if waiting:
                            hand.give(waiting.popleft())
                            continue
                    else:
                        waiting.appendleft(hand.shard)
                        died += 1
                        if died > TRIES * self._workers:  # none came as far as to try a shard
                            raise DataError(_NO_WORKER)
                    hand.end()
                    del hands[hand.line]
        finally:
            for hand in hands.values():
                hand.kill()


class _Hand:
    """A process that reads shards, and the line to it."""

    shard: Shard

    def __init__(self, task: Task) -> None:
        context = multiprocessing.get_context("spawn")
        self.line, theirs = context.Pipe()
        self._process: SpawnProcess = context.Process(target=_serve, args=(theirs, task), daemon=True)
        self._process.start()
        theirs.close()  # so that the line breaks when the process dies

    def give(self, shard: Shard) -> None:
        """Give a shard to read."""
        self.shard = shard
        try:
            self.line.send(shard)
        except OSError:  # it died meanwhile: seen when its answer is asked for
            return

    def outcome(self) -> Entry | Failed | None:
        """Return what came of the shard, None where the process died on it."""
        try:
            outcome: Entry | Failed = self.line.recv()
            return outcome
        except (EOFError, OSError):
            return None

    def end(self) -> None:
        """Let the process end."""
        self.line.close()
        self._process.join(_END)
        self.kill()

    def kill(self) -> None:
        """End the process now."""
        self.line.close()
        self._process.kill()
        self._process.join()
        self._process.close()


def cores() -> int:
    """Return how many cores this process may run on."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _serve(line: Connection, task: Task) -> None:
    """Read shards as they are given, until the line is closed; what the new process runs."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started us ends us
    one_thread_each()
    threading.Thread(target=_follow, daemon=True).start()
    worker = Worker(task)
    try:
        while True:
            line.send(attempted(worker, line.recv()))
    except (EOFError, OSError):
        return


def _follow() -> None:
    """End this process when the one that started it is gone."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
