"""What a worker does: it loads the pipeline once, and reads shards."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import msgspec
from msgspec import Struct

from ..adding import Reader, documents_of, source_record, unread
from ..errors import DataError, SourceError
from ..ingest import Item, Problem, unpacked
from ..model import Document, Extraction
from ..read import Hints
from ..release import coarsened, released, released_document
from ..robust import in_order
from .manifest import Entry, Made, Output
from .places import shown
from .shards import Shard, fetched, sha256
from .writer import ShardWriter, deaths

TRIES = 3  # of a shard on which workers die
_PROBLEMS_KEPT = 1000


class Task(Struct, frozen=True, kw_only=True):
    """What is to be done with every shard; goes to workers, on other machines too.

    ``reader`` makes what reads the claims, ``made`` says how; ``out`` is where to, ``go`` names this go.
    """

    out: str
    made: Made
    reader: Callable[[], Reader]
    go: str = msgspec.field(default_factory=lambda: uuid.uuid4().hex)


class Worker:
    """Reads one shard after another; what takes long to load is loaded with the first."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self._output = Output(task.out)
        self._reader: Reader | None = None

    def read(self, shard: Shard) -> Entry:
        """Read a shard and write what it gives, the manifest's entry last.

        Raises:
            SourceError: the shard cannot be fetched, or workers die on it again and again.
            DataError: this worker reads in another way than is asked for.
        """
        if deaths(self._output, shard.key, self._task.go) >= TRIES:
            raise SourceError(
                f"{TRIES} workers died, one after another, while they read {shard.name}, so it was left out. "
                "Is there memory enough for so many workers? Run the same again with fewer; if they die all "
                "the same, report it with the file."
            )
        began = time.monotonic()
        with fetched(shard) as file, ShardWriter(self._output, shard.key, self._task.go) as writer:
            reader, worked = self._loaded(), time.process_time()
            reading = _Reading(self._task.made, writer)
            digest = sha256(file)
            reading.run(reader, Item(name=shard.name, path=file, retrieved=datetime.now(UTC)), digest)
            entry = Entry(
                key=shard.key,
                shard=msgspec.structs.replace(shard, where=shown(shard.where)),
                sha256=digest,
                made=self._task.made,
                parts=(),
                problems=tuple(reading.problems),
                seconds=round(time.monotonic() - began, 3),
                cores=round(time.process_time() - worked, 3),
                finished=datetime.now(UTC).isoformat(timespec="seconds"),
                **reading.count,
            )
            return writer.finish(entry)

    def _loaded(self) -> Reader:
        """Return what reads the claims.

        Raises:
            DataError: on this machine it is another than the one that is asked for.
        """
        if self._reader is None:
            reader = self._task.reader()
            if reader.identity != self._task.made.extractor:
                raise DataError(
                    f"A worker's extractor is {reader.identity}, not {self._task.made.extractor}. Install "
                    "the same Fogline, parser and gazetteer on every machine of the cluster."
                )
            self._reader = reader
        return self._reader


class _Reading:
    """One go through a shard."""

    def __init__(self, made: Made, writer: ShardWriter) -> None:
        self._made, self._writer = made, writer
        self._hints = Hints(
            published=date.fromisoformat(made.published) if made.published else None, outlet=made.outlet
        )
        self.problems: list[Problem] = []
        names = ("documents", "claims", "undated", "left_out", "held", "failed", "warned")
        self.count = dict.fromkeys(names, 0)

    def run(self, reader: Reader, item: Item, digest: str) -> None:
        """Read an item and keep what its documents tell."""
        found = in_order(reader.extract_all, self._documents(item, digest))
        for number, (document, result) in enumerate(found):
            if isinstance(result, Exception):
                self._trouble(unread(document, result))
            else:
                self._keep(number, document, result)

    def _documents(self, whole: Item, digest: str) -> Iterator[Document]:
        def keep(item: Item) -> str:
            raw = digest if item is whole else item.sha256()
            self._writer.source(source_record(item, raw))
            return raw

        for item in unpacked(whole):
            if isinstance(item, Problem):
                self._trouble(item)
                continue
            for found in documents_of(item, self._hints, keep):
                if isinstance(found, Problem):
                    self._trouble(found)
                elif released_document(found, hours=self._made.embargo_hours):
                    yield found
                else:
                    self.count["held"] += 1

    def _keep(self, number: int, document: Document, result: Extraction) -> None:
        import numpy as np

        from ..link.shingles import bands_of, words_of

        made = self._made
        claims = [
            coarsened(claim) if made.coarsen else claim
            for claim in {claim.id: claim for claim in result.claims}.values()
            if released(claim, published=document.published, hours=made.embargo_hours)
        ]
        self._writer.document(
            number,
            document,
            claims=claims,
            left_out=result.left_out if made.whole else (),
            bands=np.unique(bands_of(words_of(document.text))).tolist(),
            text=made.whole,
        )
        self.count["documents"] += 1
        self.count["claims"] += len(claims)
        self.count["undated"] += document.published is None
        self.count["left_out"] += len(result.left_out)

    def _trouble(self, problem: Problem) -> None:
        self.count["failed" if problem.severity == "error" else "warned"] += 1
        if len(self.problems) < _PROBLEMS_KEPT:
            self.problems.append(problem)
