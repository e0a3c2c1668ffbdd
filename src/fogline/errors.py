"""What can go wrong, as one tree.

    FoglineError
    ├── SourceError            a file, folder entry or address that cannot be taken in
    │   ├── FetchError         an address that does not answer as hoped
    │   └── ReadError          bytes that hold no readable report
    ├── LedgerError            a ledger that cannot be opened or does not hold what was asked for
    │   ├── LedgerBusyError    held by another process
    │   └── LedgerVersionError made by a newer Fogline
    ├── QueryError             a filter or argument that makes no sense
    └── DataError              a data file of ours, or a model, that is missing or wrong

Each message names the object and the next step; the command line prints it as one paragraph.
"""

from __future__ import annotations


class FoglineError(Exception):
    """Root of every error that Fogline raises on purpose."""


class SourceError(FoglineError):
    """A source that cannot be taken in."""


class FetchError(SourceError):
    """An address that does not answer as hoped.

    Args:
        message: what happened and the next step.
        status: the status that the server answered with, None where it did not answer.
        retry_after: what the server's ``Retry-After`` says, as it stands there.
    """

    def __init__(self, message: str, *, status: int | None = None, retry_after: str | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.retry_after = retry_after


class ReadError(SourceError):
    """Bytes that hold no readable report."""


class LedgerError(FoglineError):
    """A ledger that cannot be opened or does not hold what was asked for."""


class LedgerBusyError(LedgerError):
    """A ledger that another process holds."""


class LedgerVersionError(LedgerError):
    """A ledger that a newer Fogline made."""


class QueryError(FoglineError):
    """A filter or argument that makes no sense."""


class DataError(FoglineError):
    """A data file or model that is missing or wrong."""
