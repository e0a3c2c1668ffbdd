"""What names a ledger: a file's path, or the address of a PostgreSQL database, shown without its password."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from ..errors import LedgerError

_SCHEMES = ("postgresql://", "postgres://")
_PORTS = re.compile(r"[\d,]*")
FOLDER = Path(".fogline")


def on_server(ledger: str) -> bool:
    """Tell whether a ledger is named by the address of a database."""
    return ledger.startswith(_SCHEMES)


def parameters(address: str) -> dict[str, Any]:
    """Return the parameters of a connection to an address, as libpq reads them.

    Raises:
        LedgerError: psycopg is not installed, or this is no address; the message never holds the address,
            as there may be a password in it.
    """
    psycopg = driver()
    try:
        found: dict[str, Any] = psycopg.conninfo.conninfo_to_dict(address)
    except psycopg.Error:
        found = {"host": "@"}  # libpq's own words would tell the address
    read = f"{found.get('host', '')}{found.get('dbname', '')}"
    if "@" in read or not _PORTS.fullmatch(str(found.get("port", ""))):
        raise LedgerError(
            "The address of the ledger cannot be read. Write it as postgresql://USER@HOST:PORT/DATABASE, "
            "with signs such as @ : / in a password as %40 %3A %2F, or with the password in ~/.pgpass."
        ) from None
    return found


def driver() -> Any:
    """Return psycopg, which is loaded by nothing else.

    Raises:
        LedgerError: it is not installed.
    """
    try:
        import psycopg
        import psycopg.conninfo
    except ImportError as error:
        raise LedgerError(
            f"A ledger in PostgreSQL needs psycopg, which cannot be loaded ({error}). "
            "Install it with: pip install 'fogline[postgres]'."
        ) from error
    return psycopg


def shown(given: Mapping[str, Any]) -> str:
    """Return the address of these parameters without any password; it connects where none is asked for."""
    host, port = str(given.get("host", "")), str(given.get("port", ""))
    user = f"{quote(str(given['user']), safe='')}@" if given.get("user") else ""
    name = quote(str(given.get("dbname", "")), safe="")
    if "/" in host or "," in host:
        return f"postgresql://{user}/{name}?{urlencode({'host': host, **({'port': port} if port else {})})}"
    at = f"[{host}]" if ":" in host else host
    return f"postgresql://{user}{at}{f':{port}' if port else ''}/{name}"


def archive_of(ledger: str) -> Path:
    """Return where raw bytes are kept where no setting says so: beside a file; else in the working folder."""
    if not on_server(ledger):
        return Path(ledger).expanduser().parent / "archive"
    name = quote(str(parameters(ledger).get("dbname") or "ledger"), safe="")
    return FOLDER / name / "archive"
