"""PDF files."""

from __future__ import annotations

from collections.abc import Iterator

from ..errors import ReadError
from ..ingest.item import Item, Problem
from ..model import Document


def read(item: Item) -> Iterator[Document | Problem]:
    """Yield the text of a PDF."""
    raise ReadError(f"{item.name} cannot be read yet.")
    yield
