"""The command line: a thin shell over the Python interface, one verb a file."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run ``fogline`` and return its exit status: 0 done, 1 failed, 2 not understood.

    Args:
        arguments: what follows the command's name; those of the process where None.
    """
    from .run import run

    status = run(list(sys.argv[1:] if arguments is None else arguments))
    if arguments is None:
        sys.exit(status)
    return status
