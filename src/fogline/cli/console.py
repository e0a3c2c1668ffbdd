"""Tables and progress on a terminal; plain lines where output goes into a pipe or file."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

_GAP = "  "


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its share of a terminal's width, and the most it takes in plain lines."""

    name: str
    share: int = 1
    least: int = 4
    most: int = 40
    right: bool = False


def out() -> Console:
    """Return the console for standard output; words of reports are never read as markup."""
    from rich.console import Console

    return Console(markup=False, highlight=False, emoji=False)


def width() -> int:
    """Return how many characters a line of the terminal holds."""
    return out().width


def note(message: str) -> None:
    """Print a line on standard error that is no part of the output."""
    from ..export.safe import printable

    print(printable(message), file=sys.stderr)


def table(columns: Sequence[Column], rows: Sequence[Mapping[str, str]], to: IO[str]) -> None:
    """Print a table: fit to a terminal, else one plain line a row.

    Columns that are empty throughout are left out.
    """
    from ..export.safe import printable

    safe = [{column.name: printable(row[column.name]) for column in columns} for row in rows]
    used = [column for column in columns if any(row[column.name] for row in safe)]
    if not rows:
        return
    if to.isatty() and width() < sum(column.least + 2 for column in used):
        _listed(used, safe)
    elif to.isatty():
        _fitted(used, safe)
    else:
        for line in _plain(used, safe):
            print(line, file=to)


def _fitted(columns: Sequence[Column], rows: Sequence[Mapping[str, str]]) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    grid = Table(box=box.SIMPLE_HEAD, expand=True, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    for column in columns:
        longest = max(len(row[column.name]) for row in rows)
        fixed = longest <= column.least
        grid.add_column(
            column.name,
            ratio=None if fixed else column.share,
            min_width=None if fixed else column.least + 1,  # one for the padding
            no_wrap=fixed,
            overflow="fold",
            justify="right" if column.right else "left",
        )
    for row in rows:
        grid.add_row(*(Text(row[column.name]) for column in columns))
    out().print(grid)


def _listed(columns: Sequence[Column], rows: Sequence[Mapping[str, str]]) -> None:
    """Print a line for each cell, where a terminal is too narrow for all columns."""
    from rich.text import Text

    console = out()
    for row in rows:
        for column in columns:
            if row[column.name]:
                console.print(Text.assemble((f"{column.name}: ", "dim"), row[column.name]))
        console.print()


def _plain(columns: Sequence[Column], rows: Sequence[Mapping[str, str]]) -> Iterator[str]:
    """Give a head and one line a row, each cell as wide as its column needs and its limit allows."""
    from rich.cells import cell_len, set_cell_size

    def cut(text: str, most: int) -> str:
        return text if cell_len(text) <= most else f"{set_cell_size(text, most - 1).rstrip()}…"

    cells = [{column.name: cut(row[column.name], column.most) for column in columns} for row in rows]
    widths = {
        column.name: max(cell_len(column.name), *(cell_len(row[column.name]) for row in cells))
        for column in columns
    }

    def line(row: Mapping[str, str]) -> str:
        padded = []
        for column in columns:
            space = " " * (widths[column.name] - cell_len(row[column.name]))
            padded.append(space + row[column.name] if column.right else row[column.name] + space)
        return _GAP.join(padded).rstrip()

    yield line({column.name: column.name for column in columns})
    yield from map(line, cells)


@contextmanager
def output(path: Path | None) -> Iterator[IO[str]]:
    """Open where results go: standard output, or a file that takes its name only when it is whole."""
    if path is None:
        yield sys.stdout
        return
    from ..errors import SourceError

    regular = not path.exists() or path.is_file()
    part = path.with_name(f"{path.name}.part") if regular else path
    try:
        with part.open("w", encoding="utf-8", newline="") as to:
            yield to
        if regular:
            part.replace(path)
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        raise SourceError(
            f"{path} cannot be written ({error.strerror or error}). Name another file with -o."
        ) from error
    finally:
        if regular:
            part.unlink(missing_ok=True)
