"""Watch feeds, sitemaps, folders and mailboxes: what is new goes into a ledger, and alerts go out."""

from __future__ import annotations

from .desk import Setting, Watch
from .feeds import Feeds
from .feeds_file import EXAMPLE, FeedsError, read_feeds
from .metrics import Metrics, serve_metrics
from .outputs import outputs_of
from .patience import patiently
from .preview import preview
from .reporting import Round
from .state import State

__all__ = [
    "EXAMPLE",
    "Feeds",
    "FeedsError",
    "Metrics",
    "Round",
    "Setting",
    "State",
    "Watch",
    "outputs_of",
    "patiently",
    "preview",
    "read_feeds",
    "serve_metrics",
]
