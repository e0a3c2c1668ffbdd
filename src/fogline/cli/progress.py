"""A bar on standard error for what takes longer than a second."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_AFTER_SECONDS = 1.0
_LINES_COUNTED_BYTES = 1 << 30
_MANY = frozenset(  # reports in a file
    (".jsonl.gz", ".ndjson.gz", ".parquet", ".warc", ".warc.gz", ".warc.zst", ".wacz")
)


@contextmanager
def progress(sources: Sequence[str], noun: str = "documents") -> Iterator[Callable[[int, str], None]]:
    """Show a bar while the body runs longer than a second on a terminal.

    Yields:
        A function to call with how many are done, and a word on what was found.
    """
    if not sys.stderr.isatty():
        yield lambda done, told: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    bar = Progress(
        SpinnerColumn(),
        TextColumn(f"{{task.completed:.0f}} {noun}"),
        BarColumn(bar_width=30),
        TextColumn("{task.fields[told]}"),
        TimeElapsedColumn(),
        console=Console(stderr=True, markup=False, highlight=False),
        transient=True,
    )
    task = bar.add_task("", total=expected(sources), told="loading")
    late = threading.Timer(_AFTER_SECONDS, bar.start)
    late.daemon = True
    late.start()
    try:
        yield lambda done, told: bar.update(task, completed=done, told=told)
    finally:
        late.cancel()
        bar.stop()


def expected(sources: Sequence[str]) -> int | None:
    """Return how many documents the sources will give, None where that cannot be told beforehand."""
    from ..ingest.item import suffix_of

    count = 0
    for source in sources:
        if source == "-":
            return None
        if source.lower().startswith(("http://", "https://")):
            count += 1
            continue
        path = Path(source)
        try:
            files = [found for found in path.rglob("*") if found.is_file()] if path.is_dir() else [path]
            if any(suffix_of(file) in _MANY for file in files):
                return None
            count += sum(_lines(file) if file.suffix in (".jsonl", ".ndjson") else 1 for file in files)
        except OSError:
            return None
    return count or None


def _lines(file: Path) -> int:
    if file.stat().st_size > _LINES_COUNTED_BYTES:
        raise OSError(f"{file} is too large to count its lines")
    with file.open("rb") as stream:
        return sum(piece.count(b"\n") for piece in iter(lambda: stream.read(1 << 20), b""))
