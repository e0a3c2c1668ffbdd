"""Claims as a sequence that goes to data frames and shows well in a notebook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import islice
from typing import TYPE_CHECKING, Any, overload

from .export.cells import COLUMNS, cells
from .export.flat import FLAT, flat
from .export.safe import printable
from .model import Claim
from .store import Stored

if TYPE_CHECKING:
    import geopandas
    import pandas
    import polars
    import pyarrow

_SHOWN = 60  # rows of a notebook's table
STYLE = (
    "<style>.fogline{border-collapse:collapse;font-size:.9em}.fogline th,.fogline td"
    "{text-align:left;vertical-align:top;padding:.25em .6em;border-bottom:1px solid #8884}"
    ".fogline td:last-child{max-width:36em}.fogline .quiet{opacity:.6}</style>"
)


class Claims(Sequence[Claim]):
    """Claims in order, each with what its document tells of itself.

    A sequence of :class:`Claim`; a slice of it is again ``Claims``. ``to_arrow`` and what builds on it
    give one flat row a claim: its first located place is in ``place``, ``lat`` and ``lon``.
    """

    def __init__(self, stored: Iterable[Stored] = ()) -> None:
        self.stored = tuple(stored)

    def __len__(self) -> int:
        return len(self.stored)

    @overload
    def __getitem__(self, index: int) -> Claim: ...
    @overload
    def __getitem__(self, index: slice) -> Claims: ...
    def __getitem__(self, index: int | slice) -> Claim | Claims:
        if isinstance(index, slice):
            return Claims(self.stored[index])
        return self.stored[index].claim

    def __iter__(self) -> Iterator[Claim]:
        return (stored.claim for stored in self.stored)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Claims) and self.stored == other.stored

    __hash__ = None  # type: ignore[assignment]  # compared by value, and as large as a ledger

    def __repr__(self) -> str:
        voices = {claim.speaker.name or claim.speaker.text for claim in self if claim.speaker}
        claims = "claim" if len(self) == 1 else "claims"
        return f"<{len(self)} {claims} of {len(voices)} named {'voice' if len(voices) == 1 else 'voices'}>"

    def to_arrow(self) -> pyarrow.Table:
        """Return a flat Arrow table, one row a claim."""
        import pyarrow as pa

        types = {
            "text": pa.string(),
            "texts": pa.list_(pa.string()),
            "real": pa.float64(),
            "integer": pa.int64(),
            "date": pa.date32(),
        }
        rows = [flat(stored) for stored in self.stored]
        return pa.table(
            {
                name: pa.array([row[name] for row in rows], type=types[field.kind])
                for name, field in FLAT.items()
            }
        )

    def to_pandas(self) -> pandas.DataFrame:
        """Return a pandas data frame, one row a claim."""
        frame: pandas.DataFrame = self.to_arrow().to_pandas()
        return frame

    def to_polars(self) -> polars.DataFrame:
        """Return a Polars data frame, one row a claim."""
        import polars

        frame = polars.from_arrow(self.to_arrow())
        assert isinstance(frame, polars.DataFrame)
        return frame

    def to_geopandas(self) -> geopandas.GeoDataFrame:
        """Return a GeoPandas data frame in WGS 84, one row a claim; no geometry where no place was found."""
        import geopandas

        frame = self.to_pandas()
        points = geopandas.points_from_xy(frame["lon"], frame["lat"])
        geometry = geopandas.GeoSeries(points, index=frame.index, crs="EPSG:4326")
        geometry[frame["lat"].isna() | frame["lon"].isna()] = None
        return geopandas.GeoDataFrame(frame, geometry=geometry, crs="EPSG:4326")

    def _repr_html_(self) -> str:
        """Return a table for a notebook; words of reports are escaped."""
        head = "".join(f"<th>{column}</th>" for column in COLUMNS)
        body = "".join(_html_row(stored) for stored in islice(self.stored, _SHOWN))
        more = len(self) - _SHOWN
        note = f"<p class='quiet'>… and {more} more claims</p>" if more > 0 else ""
        table = f"<table class='fogline'><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        return f"{STYLE}{table}{note}"


def _html_row(stored: Stored) -> str:
    texts: dict[str, Any] = cells(stored.claim, outlet=stored.outlet, amended=stored.amended)
    told = "".join(f"<td>{escape(printable(texts[column]))}</td>" for column in COLUMNS)
    return f"<tr title='{escape(stored.claim.id)} in {escape(printable(stored.claim.document))}'>{told}</tr>"
