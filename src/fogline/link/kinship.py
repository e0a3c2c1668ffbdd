"""Which reports and outlets are kin, so that what two of them tell in their own words is one telling.

Editions of one article are one report. Outlets are sisters where they belong to one house, by a data file, or
where a large share of what a ledger has of the one was printed by the other, without an agency's credit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from functools import lru_cache
from weakref import WeakKeyDictionary

import msgspec
from msgspec import Struct

from ..editions import firsts_of
from ..model import Copy
from ..resolve.parties.data import read
from ..store import Store
from .counting import with_article
from .outlets import Outlet, outlet_of

_FEWEST = 5  # reports in common, and
_OFTEN = 0.3  # the share of the smaller outlet's reports that they are, of sisters
_WHOLE = 0.5  # of a report's text was printed by the other

_decoder = msgspec.json.Decoder(Copy)
_seen: WeakKeyDictionary[Store, tuple[tuple[int, int], dict[frozenset[str], tuple[int, int]]]] = (
    WeakKeyDictionary()
)


class Houses(Struct, frozen=True, forbid_unknown_fields=True):
    """Outlets by the house that they belong to."""

    houses: dict[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def house_of() -> Mapping[str, str]:
    """Return the house of each outlet that belongs to one, by the outlet's key."""
    told = read(__package__, "houses.yml", Houses).houses
    return {outlet_of(name).key: house for house, names in told.items() for name in names}


class Kinship(Struct, frozen=True):
    """What is known of kinship: first editions by document, and how many reports outlets have in common.

    ``shared`` maps the keys of two outlets to the number of reports in common and that of the smaller one.
    """

    firsts: Mapping[str, str] = {}
    shared: Mapping[frozenset[str], tuple[int, int]] = {}

    def article(self, document: str) -> str:
        """Return what stands for a document's article: its first edition."""
        return self.firsts.get(document, document)

    def sisters(self, one: Outlet, other: Outlet) -> str | None:
        """Say why two outlets are sisters, None where they are not, or are one outlet."""
        if one.key == other.key:
            return None
        house = house_of().get(one.key)
        if house is not None and house == house_of().get(other.key):
            return f"{with_article(one.name)} belongs to {house}, as {with_article(other.name)} does"
        common = self.shared.get(frozenset((one.key, other.key)))
        if common is None:
            return None
        return (
            f"{with_article(one.name)} and {with_article(other.name)} often print one text "
            f"({common[0]} of {common[1]} reports)"
        )


def kinship_in(store: Store, documents: Collection[str]) -> Kinship:
    """Return what a ledger tells of the kinship of these documents and of outlets."""
    return Kinship(firsts_of(store, documents), _shared(store))


def _shared(store: Store) -> dict[frozenset[str], tuple[int, int]]:
    """Return the pairs of outlets that often print one text; worked out again when reports came."""
    ((copies, documents),) = store.rows(
        "SELECT (SELECT count(*) FROM copies), (SELECT count(*) FROM documents)"
    )
    known = _seen.get(store)
    if known is None or known[0] != (copies, documents):
        known = _seen[store] = (copies, documents), _often(store)
    return known[1]


def _often(store: Store) -> dict[frozenset[str], tuple[int, int]]:
    gone = "SELECT document FROM replacements UNION SELECT document FROM credits"
    query = (
        "SELECT c.body, a.outlet, b.outlet, length(a.text) FROM copies c "
        "JOIN documents a ON a.id = c.document JOIN documents b ON b.id = c.source "
        "WHERE a.outlet IS NOT NULL AND b.outlet IS NOT NULL "
        f"AND a.outlet <> b.outlet AND a.id NOT IN ({gone}) AND b.id NOT IN ({gone})"
    )
    taken: Counter[tuple[frozenset[str], str]] = Counter()  # characters that a document has of another outlet
    length: dict[str, int] = {}
    for body, mine, theirs, characters in store.rows(query):
        one, other = outlet_of(mine), outlet_of(theirs)
        if one.key == other.key or "agency" in (one.kind, other.kind):
            continue
        copy = _decoder.decode(body)
        taken[frozenset((one.key, other.key)), copy.document] += copy.end - copy.start
        length[copy.document] = characters
    common = Counter(pair for (pair, id), size in taken.items() if size >= _WHOLE * length[id])
    if not common:
        return {}
    printed: Counter[str] = Counter()
    query = "SELECT outlet, count(*) FROM documents WHERE outlet IS NOT NULL GROUP BY outlet"
    for name, count in store.rows(query):
        printed[outlet_of(name).key] += count
    found = {}
    for pair, reports in common.items():
        smaller = min(printed[key] for key in pair)
        if reports >= _FEWEST and reports >= _OFTEN * smaller:
            found[pair] = (reports, smaller)
    return found
