"""Open the ledger that a command names, and read the settings that it leaves open."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..ledger import Ledger


def open_ledger(path: str | None, *, read_only: bool = True, extractor: str | None = None) -> Ledger:
    """Open the ledger at ``path``, or where the settings say, to be read into by ``extractor``."""
    from ..ledger import connect, default_reader

    return connect(path, read_only=read_only, reader=default_reader(extractor) if extractor else None)


def coarse(wanted: bool | None) -> bool:
    """Tell whether points are to be coarsened: as asked for, or as the settings say."""
    if wanted is not None:
        return wanted
    from ..settings import load

    return load().coarsen
