"""Documents of the sources that a command names."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..ingest import GatherOptions, Problem, gather
from ..ledger import day
from ..model import Document
from ..read import Hints, read
from .run import complain


class Sources:
    """The documents of sources, in order and with the ids of the input; problems are told and counted."""

    def __init__(
        self, sources: list[str], *, published: str | None, outlet: str | None, allow_private: bool
    ) -> None:
        self._sources = sources
        self._hints = Hints(published=day(published), outlet=outlet)
        self._options = GatherOptions(allow_private=allow_private)
        self.failed = self.held = 0

    def documents(self, released: Callable[[Document], bool]) -> Iterator[Document]:
        """Give the documents that are released; the others are counted."""
        for item in gather(self._sources, options=self._options):
            for found in (item,) if isinstance(item, Problem) else read(item, self._hints):
                if isinstance(found, Problem):
                    self.failed += found.severity == "error"
                    complain(found.message)
                elif released(found):
                    yield found
                else:
                    self.held += 1
