"""What the layers share: sources in, JSON Lines out, no ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from ..model import Document

T = TypeVar("T")
ReadAll = Callable[[Iterable["Document"]], Iterator[T]]


def run_layer(
    sources: list[str],
    read_all: ReadAll[T],
    lines: Callable[[Document, T], Iterable[Any]],
    *,
    published: str | None,
    outlet: str | None,
    allow_private: bool,
    embargo: float | None,
    output: Path | None,
) -> int:
    """Read sources through one layer and write a line of JSON for each thing found, as it is found.

    Args:
        sources: files, folders, addresses or ``-``.
        read_all: the layer: reads documents in order, as they come, one result each.
        lines: what to write for a document and what was found in it.
        published: day of publication where a source does not tell it.
        outlet: outlet where a source does not tell it.
        allow_private: fetch from private addresses as well.
        embargo: leave out documents published less than so many hours ago.
        output: a file, or standard output where None.

    Returns:
        The exit status: 1 where nothing could be read.
    """
    from ..adding import unread
    from ..export.jsonl import line
    from ..release import released_document
    from ..robust import in_order
    from .add import plural
    from .console import note
    from .console import output as opened
    from .progress import progress
    from .run import complain
    from .sources import Sources

    reading = Sources(sources, published=published, outlet=outlet, allow_private=allow_private)
    hours = embargo_hours(embargo)
    released = partial(released_document, hours=hours)
    done = found = 0
    with opened(output) as to, progress(sources) as show:
        for document, result in in_order(read_all, reading.documents(released)):
            if isinstance(result, Exception):
                reading.failed += 1
                complain(unread(document, result).message)
                continue
            done += 1
            for one in lines(document, result):
                to.write(line(one))
                found += 1
            show(done, f"{found} found")
    if reading.held:
        note(f"Held back by the embargo of {hours:g} hours: {plural(reading.held, 'document')}.")
    if output is not None:
        note(f"Wrote {found:,} lines from {done:,} documents to {output}.")
    return 1 if reading.failed and not (done or reading.held) else 0


def embargo_hours(hours: float | None) -> float:
    """Return the embargo that is asked for, or the one of the settings."""
    if hours is not None:
        return hours
    from ..settings import load

    return load().embargo_hours


def words(document: Document, start: int, end: int) -> dict[str, Any]:
    """Return a span of a document with its text, as a layer writes it."""
    return {"start": start, "end": end, "text": document.text[start:end]}
