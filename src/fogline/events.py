"""Events as a sequence that goes to data frames and shows well in a notebook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import islice
from typing import TYPE_CHECKING, overload

from .claims import STYLE
from .export.event_rows import EVENT_COLUMNS, EVENT_FLAT, event_cells, event_flat
from .export.safe import printable
from .model import Event

if TYPE_CHECKING:
    import pandas
    import pyarrow

_SHOWN = 60  # rows of a notebook's table


class Events(Sequence[Event]):
    """Events in order: a sequence of :class:`Event`; a slice of it is again ``Events``."""

    def __init__(self, events: Iterable[Event] = ()) -> None:
        self._events = tuple(events)

    def __len__(self) -> int:
        return len(self._events)

    @overload
    def __getitem__(self, index: int) -> Event: ...
    @overload
    def __getitem__(self, index: slice) -> Events: ...
    def __getitem__(self, index: int | slice) -> Event | Events:
        return Events(self._events[index]) if isinstance(index, slice) else self._events[index]

    def __iter__(self) -> Iterator[Event]:
        return iter(self._events)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Events) and self._events == other._events

    __hash__ = None  # type: ignore[assignment]  # compared by value, and as large as a ledger

    def __repr__(self) -> str:
        disputed = sum(bool(event.disputes) for event in self)
        return f"<{len(self)} {'event' if len(self) == 1 else 'events'}, {disputed} of them disputed>"

    def to_arrow(self) -> pyarrow.Table:
        """Return a flat Arrow table, one row an event."""
        import pyarrow as pa

        types = {"text": pa.string(), "texts": pa.list_(pa.string()), "real": pa.float64(),
                 "integer": pa.int64(), "date": pa.date32(), "truth": pa.bool_()}  # fmt: skip
        rows = [event_flat(event) for event in self]
        return pa.table(
            {
                name: pa.array([row[name] for row in rows], type=types[kind])
                for name, kind in EVENT_FLAT.items()
            }
        )

    def to_pandas(self) -> pandas.DataFrame:
        """Return a pandas data frame, one row an event."""
        frame: pandas.DataFrame = self.to_arrow().to_pandas()
        return frame

    def _repr_html_(self) -> str:
        """Return a table for a notebook; words of reports are escaped."""
        head = "".join(f"<th>{column}</th>" for column in EVENT_COLUMNS)
        body = "".join(
            "<tr>"
            + "".join(f"<td>{escape(printable(text))}</td>" for text in event_cells(event).values())
            + "</tr>"
            for event in islice(self, _SHOWN)
        )
        more = len(self) - _SHOWN
        note = f"<p class='quiet'>… and {more} more events</p>" if more > 0 else ""
        table = f"<table class='fogline'><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        return f"{STYLE}{table}{note}"
