"""Compose the parts: a document goes in, an extraction comes out.

The whole order at a glance::

    sentences → gate → reader ──────────────────┐  which clauses are claims, and the words of each part
                         └→ parse → voices ─────┤  who vouches, through whom
                                    places ─────┤  names on the map
                         dates, quantities ─────┴→ assembly → claims

Nothing is parsed where the reader finds nothing. Each step is a pure function of the document.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cached_property
from typing import Literal, TypeVar

from . import __version__
from .assembly import PLACE_ROLES, Layers, assemble
from .causes import data_identity
from .extract.clauses import complete_all
from .extract.dates import dates as find_dates
from .extract.parse import DEFAULT_PIPELINE, Parse, parse_all
from .extract.plausible import weighed
from .extract.quantities import quantities as find_quantities
from .extract.reader import THREADS, Reader, Reading
from .extract.reader import reader as shipped_reader
from .extract.sentences import sentences
from .extract.triggers import read_by_rules, triggers, wanted
from .extract.turned import turned
from .extract.voices import attributions
from .model import Attribution, Document, Extraction, LeftOut, PlaceMention, When
from .resolve.gazetteer import open_gazetteer
from .resolve.places import places as find_places
from .resolve.references import References
from .resolve.voices import named

T = TypeVar("T")
Finder = Literal["trained", "rules"]

BATCH = 16  # documents read and parsed together


class Extractor:
    """Reads claims off documents; loads its models at first use.

    Args:
        parser: the spaCy pipeline's package or name.
        finder: what finds the claims: the trained reader, or rules alone, which need no weights.
        threads: with 1, everything is done one after another, for a worker that has a core to itself;
            what is found does not depend on it.
    """

    def __init__(
        self, *, parser: str = DEFAULT_PIPELINE, finder: Finder = "trained", threads: int = THREADS
    ) -> None:
        self._parser = parser
        self._finder = finder
        self._threads = threads

    @cached_property
    def _reader(self) -> Reader:
        return shipped_reader(self._threads)

    @cached_property
    def identity(self) -> str:
        """Everything that decides what this extractor says: version, weights, data, gazetteer, parser."""
        finder = (
            f"reader/{self._reader.identity[:12]}"
            if self._finder == "trained"
            else f"rules/{triggers().identity[:12]}"
        )
        data = f"data/{data_identity()[:12]}"
        edition = open_gazetteer().edition
        return f"fogline/{__version__} {finder} {data} gazetteer/{edition} parser/{self._parser}"

    def extract(self, document: Document) -> Extraction:
        """Read one document."""
        return next(self.extract_all([document]))

    def extract_all(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        """Read many documents, in order; memory does not grow with their number.

        NUL and lone surrogates in a text are read as U+FFFD, and stand so in the evidence.
        """
        documents = map(Document.sound, documents)
        if self._threads == 1:
            for batch in _batched(documents, BATCH):
                yield from self._finish(batch, self._read(batch))
            return
        with ThreadPoolExecutor(max_workers=1) as ahead:  # the reader's next batch, beside this one's parse
            waiting: deque[tuple[list[Document], Future[list[list[Reading] | None]]]] = deque()
            for batch in _batched(documents, BATCH):
                waiting.append((batch, ahead.submit(self._read, batch)))
                if len(waiting) > 1:
                    read, found = waiting.popleft()
                    yield from self._finish(read, found.result())
            for read, found in waiting:
                yield from self._finish(read, found.result())

    def _read(self, batch: list[Document]) -> list[list[Reading] | None]:
        """Return what the reader finds in each document; None where rules are to look once it is parsed."""
        if self._finder == "rules":
            return [None if wanted(d.text) else [] for d in batch]
        return [self._reader.read(d.text, sentences(d.text)) for d in batch]

    def _finish(self, batch: list[Document], readings: list[list[Reading] | None]) -> Iterator[Extraction]:
        parses = parse_all((d for d, found in zip(batch, readings, strict=True) if found != []), self._parser)
        for document, found in zip(batch, readings, strict=True):
            yield self._assemble(next(parses), found) if found != [] else Extraction(document=document.id)

    def _assemble(self, parse: Parse, read: list[Reading] | None) -> Extraction:
        found = read_by_rules(parse) if read is None else read
        document, left_out = parse.document, list[LeftOut]()

        def layer(step: str, find: Callable[[], list[T]], otherwise: Sequence[T] = ()) -> list[T]:
            try:
                return find()
            except Exception as error:  # a part that fails must not empty the document
                left_out.append(LeftOut(step=step, span=None, why=f"{type(error).__name__}: {error}"))
                return list(otherwise)

        readings = layer("clauses", lambda: complete_all(parse, turned(parse, found)), found)
        if read is not None:
            readings = layer("confidence", lambda: weighed(parse, readings), readings)
        if not readings:
            return Extraction(document=document.id, left_out=tuple(left_out))
        hints = [span for reading in readings for span in reading.spans(*PLACE_ROLES)]
        layers = Layers(
            attributions=layer("voices", lambda: find_voices(parse)),
            places=layer("places", lambda: find_places(parse, hints=hints)),
            dates=layer("dates", lambda: find_dates(document)),
            quantities=layer("quantities", lambda: find_quantities(document)),
        )
        claims = assemble(parse, readings, layers, left_out, extractor=self.identity)
        return Extraction(
            document=document.id,
            claims=tuple(claims),
            attributions=tuple(layers.attributions),
            places=tuple(layers.places),
            left_out=tuple(left_out),
        )

    def voices_all(self, documents: Iterable[Document]) -> Iterator[tuple[Document, list[Attribution]]]:
        """Find who says what in each document, conflict or not."""
        for parse in parse_all(map(Document.sound, documents), self._parser):
            yield parse.document, find_voices(parse)

    def places_all(self, documents: Iterable[Document]) -> Iterator[tuple[Document, list[PlaceMention]]]:
        """Find and resolve the place names of each document."""
        for parse in parse_all(map(Document.sound, documents), self._parser):
            yield parse.document, find_places(parse)

    def dates_all(self, documents: Iterable[Document]) -> Iterator[tuple[Document, list[When]]]:
        """Find and work out the time expressions of each document."""
        for document in documents:
            yield document, find_dates(document)


def find_voices(parse: Parse) -> list[Attribution]:
    """Find who says what, with sources and relays given their full names."""
    return named(attributions(parse), References(parse))


def _batched(documents: Iterable[Document], size: int) -> Iterator[list[Document]]:
    batch: list[Document] = []
    for document in documents:
        batch.append(document)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
