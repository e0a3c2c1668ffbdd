"""Take in sources: files, folders, standard input and addresses become items, bytes go into the archive."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..errors import SourceError
from .archive import Archive, Provenance
from .files import files, standard_input
from .item import Capture, Item, Problem
from .options import GatherOptions
from .unpack import unpacked
from .web import Web

__all__ = ["Archive", "Capture", "GatherOptions", "Item", "Problem", "Provenance", "gather", "unpacked"]


def gather(sources: Sequence[str], *, options: GatherOptions | None = None) -> Iterator[Item | Problem]:
    """Yield every item that the sources hold, and a problem for each that cannot be had.

    Args:
        sources: paths of files and folders, ``-`` for standard input, ``http(s)`` addresses.
        options: limits and permissions; the defaults where None.

    Returns:
        Items and problems in the order of the sources, folders sorted by name, of a web archive its
        captures; lazily, so that a page is fetched only when it is its turn.
    """
    for found in _found(sources, options or GatherOptions()):
        if isinstance(found, Problem):
            yield found
        else:
            yield from unpacked(found)


def _found(sources: Sequence[str], options: GatherOptions) -> Iterator[Item | Problem]:
    web = Web(options)
    for source in sources:
        if source == "-":
            yield standard_input()
        elif source.lower().startswith(("http://", "https://")):
            try:
                yield web.fetch(source)
            except SourceError as error:
                yield Problem(object=source, message=str(error))
        else:
            yield from files(source)
