"""All formats at a glance: what each is made of, and what writes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from ..store import Filters, Stored
from . import (
    acled,
    claim_layer,
    csv,
    ged,
    geojson,
    hxl,
    jsonl,
    parquet,
    plover,
    prov,
    timemap,
    web_annotations,
)
from .coded import Told

if TYPE_CHECKING:
    from ..ledger import Ledger

_TOGETHER = 200  # events whose claims are read together


@dataclass(frozen=True, slots=True)
class Format:
    """One format: the end of its files' names, its media type, and what writes it.

    ``lines`` and ``file`` write claims, as text to a stream or to a file of its own; ``events`` writes
    events with their claims to a stream. One of the three is there.
    """

    suffix: str
    media: str
    lines: Callable[[Iterable[Stored], IO[str]], int] | None = None
    file: Callable[[Iterable[Stored], Path], int] | None = None
    events: Callable[[Iterable[Told], IO[str]], int] | None = None


_CSV = "text/csv; charset=utf-8"
_LINES = "application/x-ndjson"
_LD = "application/ld+json"

FORMATS: dict[str, Format] = {
    "jsonl": Format(".jsonl", _LINES, lines=jsonl.write),
    "csv": Format(".csv", _CSV, lines=csv.write),
    "hxl": Format(".csv", _CSV, lines=hxl.write),
    "geojson": Format(".geojson", "application/geo+json", lines=geojson.write),
    "parquet": Format(".parquet", "application/vnd.apache.parquet", file=parquet.write),
    "geoparquet": Format(".parquet", "application/vnd.apache.parquet", file=parquet.write_geo),
    "gpkg": Format(".gpkg", "application/geopackage+sqlite3", file=claim_layer.write),
    "acled": Format(".csv", _CSV, events=acled.write),
    "ged": Format(".csv", _CSV, events=ged.write),
    "plover": Format(".jsonl", _LINES, events=plover.write),
    "timemap": Format(".json", "application/json", events=timemap.write),
    "annotations": Format(".jsonld", _LD, lines=web_annotations.write),
    "prov": Format(".jsonld", _LD, lines=prov.write),
}


def told(ledger: Ledger, filters: Filters, *, coarsen: bool | None = None) -> Iterator[Told]:
    """Give a ledger's events of which a claim meets the filters, each with all its claims.

    Args:
        ledger: the ledger, with its claims linked.
        filters: which claims.
        coarsen: round points to town level; what the ledger does where None.
    """
    events: Any = ledger.events(filters, coarsen=coarsen)
    for start in range(0, len(events), _TOGETHER):
        some = list(events[start : start + _TOGETHER])
        ids = [claim for event in some for claim in event.claims]
        claims = {stored.claim.id: stored for stored in ledger.claims_of_ids(ids, coarsen=coarsen)}
        for event in some:
            yield Told(event=event, claims=tuple(claims[id] for id in event.claims if id in claims))
