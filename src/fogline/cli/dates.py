"""``fogline dates``: days that reports name, without a ledger."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from .options import AllowPrivate, Embargo, Outlet, Output, Published, Sources

if TYPE_CHECKING:
    from ..model import Document, When

FIELDS = ("start", "end", "text", "earliest", "latest")


def dates(
    sources: Sources,
    output: Output = None,
    published: Published = None,
    outlet: Outlet = None,
    allow_private: AllowPrivate = False,
    embargo: Embargo = None,
) -> int:
    """Write time expressions as days, as JSON Lines.

    Each is an interval. Both ends are worked out from the day of publication; null where that is not told.

    \b
    Example:
      fogline dates reports/ --published 2022-09-11 -o dates.jsonl
    """
    from ..ledger import default_reader
    from .layer import run_layer

    def lines(document: Document, found: tuple[Document, list[When]]) -> Iterator[dict[str, Any]]:
        for when in found[1]:
            yield {"document": document.id} | {name: getattr(when, name) for name in FIELDS}

    return run_layer(
        sources,
        default_reader().dates_all,
        lines,
        published=published,
        outlet=outlet,
        allow_private=allow_private,
        embargo=embargo,
        output=output,
    )
