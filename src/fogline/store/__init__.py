"""Where a ledger lives: one protocol, thin stores, tables as data.

Each store is imported from its own file, so that nothing else has to load DuckDB or psycopg.
"""

from .address import archive_of, on_server
from .base import Batch, DocumentRow, Row, Store, digest, now, write
from .dialect import DUCKDB, POSTGRES, Dialect
from .filters import FilterOptions, Filters
from .migrations import VERSION, migrate
from .opening import open_store
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
    "POSTGRES",
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
    "archive_of",
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
    "on_server",
    "open_store",
    "read_by_both",
    "sources_of",
    "stored_claims",
    "summaries",
    "two_extractors",
    "voices_of",
    "write",
]
