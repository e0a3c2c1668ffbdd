"""Open the ledger that a command names, and read the settings that it leaves open."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..ledger import Ledger


def open_ledger(path: Path | None, *, read_only: bool = True) -> Ledger:
    """Open the ledger at ``path``, or where the settings say."""
    from ..ledger import connect

    return connect(path, read_only=read_only)


def coarse(wanted: bool | None) -> bool:
    """Tell whether points are to be coarsened: as asked for, or as the settings say."""
    if wanted is not None:
        return wanted
    from ..settings import load

    return load().coarsen
