"""Read documents before the ledger is opened, so that it is held only while it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ..adding import Reader
from ..model import Document, Extraction
from ..robust import in_order


class Ahead:
    """A reader that has read most of what it is asked for already.

    Args:
        reader: what reads.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._read: dict[str, tuple[Document, Extraction]] = {}

    @property
    def identity(self) -> str:
        """That of the reader itself: what is found is the same."""
        return self._reader.identity

    def prepare(self, documents: Iterable[Document], *, stop: Callable[[], bool]) -> None:
        """Read documents, one at a time, until there are no more or it is time to stop.

        What breaks the reader is left to be told of when it is added.
        """
        for document in documents:
            if stop():
                return
            for _, found in in_order(self._reader.extract_all, [document]):
                if isinstance(found, Extraction):
                    self._read[document.id] = document, found

    def forget(self) -> None:
        """Forget what was read."""
        self._read.clear()

    def has(self, document: Document) -> bool:
        """Tell whether a document was read."""
        return document.id in self._read

    def extract(self, document: Document) -> Extraction:
        """Return what is found in a document."""
        known = self._read.get(document.id)
        return known[1] if known is not None and known[0] == document else self._reader.extract(document)

    def extract_all(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        """Return what is found in documents, in order."""
        return map(self.extract, documents)
