"""Where a ledger lives: one protocol, thin stores, tables as data.

The DuckDB store is imported from its own file, so that nothing else has to load DuckDB.
"""

from .base import Batch, DocumentRow, Row, Store, digest, now, write
from .dialect import DUCKDB, Dialect
from .filters import FilterOptions, Filters
from .migrations import VERSION, migrate
from .records import (
    DocumentSummary,
    Known,
    Missed,
    SourceRecord,
    Stored,
    claims_of_ids,
    claims_with_prefix,
    document_named,
    documents_given,
    id_taken,
    keep_sources,
    left_out,
    sources_of,
    stored_claims,
    summaries,
)
from .runs import read_by_both, two_extractors
from .voices import VoiceSummary, voices_of

__all__ = [
    "DUCKDB",
    "VERSION",
    "Batch",
    "Dialect",
    "DocumentRow",
    "DocumentSummary",
    "FilterOptions",
    "Filters",
    "Known",
    "Missed",
    "Row",
    "SourceRecord",
    "Store",
    "Stored",
    "VoiceSummary",
    "claims_of_ids",
    "claims_with_prefix",
    "digest",
    "document_named",
    "documents_given",
    "id_taken",
    "keep_sources",
    "left_out",
    "migrate",
    "now",
    "read_by_both",
    "sources_of",
    "stored_claims",
    "summaries",
    "two_extractors",
    "voices_of",
    "write",
]
