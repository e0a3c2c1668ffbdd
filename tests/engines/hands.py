"""What workers of the tests read with, and shards for them."""

from __future__ import annotations

import gzip
import json
import multiprocessing
import os
import signal
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from stub import StubReader

from fogline.model import Document, Extraction

FATAL = "The guard of Lower Mill left."
DEADLY = "The guard of Upper Mill left."


@dataclass(frozen=True)
class Make:
    """Makes the stub reader in a worker; it notes what it reads, and dies as the words tell it to.

    Where a text has :data:`FATAL`, the first worker that reads it is killed; where it has :data:`DEADLY`,
    every one is.
    """

    folder: str

    def __call__(self) -> Noting:
        return Noting(Path(self.folder))


@dataclass(frozen=True)
class Stillborn(Make):
    """Makes the stub reader in the process that asks for it, and kills every worker as it loads."""

    def __call__(self) -> Noting:
        if multiprocessing.parent_process() is not None:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().__call__()


class Noting(StubReader):
    """The stub reader, with a note of every document that it begins to read."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        note(folder, "loaded", str(os.getpid()))

    def extract_all(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        """Read documents one by one."""
        for document in documents:
            note(self._folder, "read", document.id)
            fatal = FATAL in document.text and document.id not in noted(self._folder, "killed")
            if fatal or DEADLY in document.text:
                note(self._folder, "killed", document.id)
                os.kill(os.getpid(), signal.SIGKILL)
            yield self.extract(document)


def note(folder: Path, name: str, line: str) -> None:
    """Append a line, which a kill right after it does not lose."""
    descriptor = os.open(folder / name, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(descriptor, f"{line}\n".encode())
    os.close(descriptor)


def noted(folder: Path, name: str) -> list[str]:
    """Return the lines of a note."""
    path = folder / name
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def shard(path: Path, count: int, *, last: str = "They left.") -> Path:
    """Write a shard of reports, the last of which ends with ``last``; packed where its name says so."""
    lines = [
        json.dumps(
            {
                "id": f"{path.name.split('.')[0]}-{number}",
                "text": f"The garrison captured Novaya Niva on day {number}, Colonel Orr said. "
                f"{last if number == count - 1 else 'They left.'}",
                "published": "2022-09-11",
                "outlet": "The Courier",
            }
        )
        for number in range(count)
    ]
    data = "".join(f"{line}\n" for line in lines).encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path
