"""What a PostgreSQL server could not do, in Fogline's words."""

from __future__ import annotations

from ..errors import LedgerBusyError, LedgerError
from .address import driver

_NOT_ALLOWED = "42501"
_READ_ONLY = "25006"
_NO_TABLE = "42P01"
_FULL = ("53100", "53200")
_TOO_MANY = ("53300",)
_CROSSED = ("40P01", "40001", "55P03")


def is_lost(error: BaseException) -> bool:
    """Tell whether an error means that the connection is gone."""
    psycopg = driver()
    return isinstance(error, psycopg.OperationalError | psycopg.InterfaceError)


def explain(where: str, error: Exception, *, opening: bool = False) -> LedgerError:
    """Say in Fogline's words what the server could not do, by the address without its password.

    Args:
        where: the ledger.
        error: psycopg's.
        opening: whether a connection was about to be made.
    """
    code = str(getattr(error, "sqlstate", None) or "")
    told = str(error).strip().splitlines()
    first = told[0] if told else type(error).__name__
    if code == _NOT_ALLOWED:
        return LedgerError(
            f"The role that the ledger {where} was opened with may not do this ({first}). Ask whoever "
            "owns it for one of the roles that `fogline roles` prints."
        )
    if code == _READ_ONLY:
        return LedgerError(
            f"The ledger {where} can only be read: it was opened so, or its server is a copy that follows "
            "another. Connect to the server that takes writes."
        )
    if code in _FULL:
        return LedgerError(
            f"The server of the ledger {where} has no room left ({first}). What was written before is kept; "
            "make room and run the same command again."
        )
    if code in _TOO_MANY:
        return LedgerBusyError(
            f"The server of the ledger {where} takes no more connections ({first}). Try again later, or ask "
            "for a higher max_connections."
        )
    if code in _CROSSED:
        return LedgerBusyError(
            f"The ledger {where} was busy with other people's work ({first}). Nothing was changed; try again."
        )
    if is_lost(error) and not opening:
        return LedgerError(
            f"The connection to the ledger {where} was lost ({first}). What was written before is kept; run "
            "the same command again when the server is back."
        )
    if is_lost(error):
        return LedgerError(
            f"The ledger {where} cannot be reached ({_plain(told) or first}). Check the address, that "
            "the server runs, and the password in ~/.pgpass or PGPASSWORD."
        )
    if code == _NO_TABLE:
        return LedgerError(
            f"The ledger {where} could not do what was asked: {first}. Check that it was made by "
            "`fogline add`, and that your role may read it (`fogline roles`)."
        )
    return LedgerError(
        f"The ledger {where} could not do what was asked: {first}. "
        "Check that the server has space, and `fogline roles` for what your role may do."
    )


def _plain(told: list[str]) -> str:
    """Return why no connection came about, without where it was tried, which is said already."""
    last = told[-1] if told else ""
    for line in told:
        if "FATAL:" in line or "failed:" in line:
            return line.rsplit("FATAL:", 1)[-1].rsplit("failed:", 1)[-1].strip()
    return last.strip()
