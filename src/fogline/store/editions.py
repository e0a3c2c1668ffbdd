"""Which documents of a ledger stood under one address, in the order that they stood there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit

from ..model import Edition
from .tables import Table, columns

if TYPE_CHECKING:
    from .base import Row, Store

EDITIONS = Table(  # where a document stood, and when its source says that it was last changed
    "editions",
    columns(document="text", address="text?", updated="date?"),
    key=("document",),
    indexes=("address",),
)

_ASKED = 500  # ids asked of a store at a time
_LONGEST = 2000  # characters of an address
_TRACKING = ("utm_", "at_", "mc_", "pk_")  # beginnings of parameters that say whence a reader came
_ALSO_TRACKING = frozenset(("fbclid", "gclid", "ref", "cmp", "cmpid", "ocid", "smid", "src", "taid"))
_SHARED = "SELECT address FROM editions WHERE address IS NOT NULL GROUP BY address HAVING count(*) > 1"


def address_of(url: str | None) -> str | None:
    """Return what stays of an address however one came to it; None for a front page and for none at all.

    Scheme, ``www.``, the port that goes without saying, fragment, tracking parameters and a slash or
    ``/amp`` at the end do not count.
    """
    if not url or len(url) > _LONGEST:
        return None
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
        told = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError:  # a port that is no number, brackets that hold no address
        return None
    kept = [(k, v) for k, v in told if not k.startswith(_TRACKING) and k not in _ALSO_TRACKING]
    path = parts.path.rstrip("/").removesuffix("/amp").rstrip("/")
    if parts.scheme not in ("http", "https") or not host or not (path or kept):
        return None
    where = host if port in (None, 80, 443) else f"{host}:{port}"
    query = f"?{urlencode(sorted(kept), errors='surrogatepass')}" if kept else ""
    return f"{where}{path}{query}"


def edition_row(document: str, url: str | None, updated: date | None) -> Row:
    """Return a document's row of :data:`EDITIONS`."""
    return document, address_of(url), updated


def place_old(store: Store) -> None:
    """Write down where the documents stood that a ledger held before it knew of editions."""
    rows = [edition_row(id, url, None) for id, url in store.rows("SELECT id, url FROM documents")]
    store.insert(EDITIONS, rows)


def sharing(store: Store) -> frozenset[str]:
    """Return the ids of the documents whose address another document has too."""
    query = f"SELECT document FROM editions WHERE address IN ({_SHARED})"
    return frozenset(id for (id,) in store.rows(query))


def shared_addresses(
    store: Store, documents: Iterable[str] | None = None
) -> dict[str, list[tuple[Edition, str]]]:
    """Return by address the documents that share it, each with its text, in the order they stood there.

    Later is what its source says it changed later, where all of them tell a day, else what was retrieved
    later. A document that a later source told more fully is passed over.

    Args:
        store: the ledger.
        documents: ids; only the addresses of these. All where None.
    """
    if documents is None:
        found = list(_rows(store, "", ()))
    else:
        asked = sorted(set(documents))
        found = []
        for start in range(0, len(asked), _ASKED):
            some = asked[start : start + _ASKED]
            marks = ", ".join("?" * len(some))
            only = f"AND e.address IN (SELECT address FROM editions WHERE document IN ({marks}))"
            found.extend(_rows(store, only, some))
    shared: dict[str, dict[str, tuple[Edition, str, datetime]]] = {}
    for edition, text, added in found:
        shared.setdefault(edition.address, {})[edition.document] = edition, text, added
    return {
        address: [(edition, text) for edition, text, _ in _in_order(list(stood.values()))]
        for address, stood in sorted(shared.items())
        if len(stood) > 1
    }


def _rows(store: Store, only: str, values: Sequence[str]) -> Iterator[tuple[Edition, str, datetime]]:
    query = (
        "SELECT d.id, e.address, d.title, d.outlet, d.published, e.updated, coalesce(s.first, d.added), "
        "d.text, d.added FROM editions e JOIN documents d ON d.id = e.document "
        "LEFT JOIN (SELECT raw, min(fetched) AS first FROM sources GROUP BY raw) s ON s.raw = d.raw "
        f"WHERE e.address IN ({_SHARED}) AND d.id NOT IN (SELECT document FROM replacements) {only}"
    )
    names = Edition.__struct_fields__
    for *told, text, added in store.rows(query, list(values)):
        yield Edition(**dict(zip(names, told, strict=True))), text, added


def _in_order(
    stood: list[tuple[Edition, str, datetime]],
) -> list[tuple[Edition, str, datetime]]:
    dated = all(edition.updated or edition.published for edition, _, _ in stood)

    def when(one: tuple[Edition, str, datetime]) -> tuple[date, datetime, datetime, str]:
        edition, _, added = one
        told = edition.updated or edition.published or date.min
        return told if dated else date.min, edition.retrieved, added, edition.document

    return sorted(stood, key=when)
