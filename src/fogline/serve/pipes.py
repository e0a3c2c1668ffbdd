"""What writes to a stream as something to iterate over: a thread writes, the reader takes piece by piece."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Iterator
from queue import Empty, Full, Queue
from typing import IO

_PIECE = 1 << 16  # characters
_PIECES = 8  # written ahead of the reader
_PATIENCE = 0.5  # seconds between two looks whether the other side is still there


class _Gone(Exception):
    """The reader has gone."""


class _Pipe(io.TextIOBase):
    """A stream that hands what is written to it to a queue."""

    def __init__(self, queue: Queue[str | BaseException | None], gone: threading.Event) -> None:
        self._queue, self._gone = queue, gone
        self._held: list[str] = []
        self._size = 0

    def writable(self) -> bool:
        """Tell that this may be written to."""
        return True

    def write(self, text: str) -> int:
        """Take a text."""
        self._held.append(text)
        self._size += len(text)
        if self._size >= _PIECE:
            self.flush()
        return len(text)

    def flush(self) -> None:
        """Hand on what was taken."""
        if self._held:
            self.put("".join(self._held))
            self._held, self._size = [], 0

    def put(self, what: str | BaseException | None) -> None:
        """Hand something to the reader, waiting until there is room."""
        while not self._gone.is_set():
            try:
                self._queue.put(what, timeout=_PATIENCE)
                return
            except Full:
                continue
        raise _Gone


def pieces(write: Callable[[IO[str]], object]) -> Iterator[bytes]:
    """Give what ``write`` writes, as UTF-8, while it is written; memory holds a few pieces.

    Raises:
        Exception: whatever ``write`` raises, after what it wrote before.
    """
    queue: Queue[str | BaseException | None] = Queue(_PIECES)
    gone = threading.Event()
    pipe = _Pipe(queue, gone)

    def run() -> None:
        try:
            try:
                write(pipe)  # type: ignore[arg-type]  # what exporters need of IO[str]
                pipe.flush()
                pipe.put(None)
            except _Gone:
                raise
            except BaseException as error:
                pipe.put(error)
        except _Gone:
            return

    threading.Thread(target=run, name="fogline-export", daemon=True).start()
    try:
        while True:
            try:
                piece = queue.get(timeout=_PATIENCE)
            except Empty:
                continue
            if piece is None:
                return
            if isinstance(piece, BaseException):
                raise piece
            yield piece.encode("utf-8", "surrogatepass")
    finally:
        gone.set()
