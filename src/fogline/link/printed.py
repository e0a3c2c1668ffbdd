"""Claims that are one text, printed twice: they tell of one occurrence, however either was read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..model import Copy
from ..store import Stored
from .pairs import Link
from .parameters import settings
from .tellings import same_words


def printed_twice(claims: Iterable[Stored], copies: Sequence[Copy]) -> list[Link]:
    """Return a link for each claim whose words were copied from another's, with the weight ``printed``.

    Args:
        claims: the claims; only those of documents that a copy names are looked at.
        copies: passages that documents took from each other.
    """
    documents = {name for copy in copies for name in (copy.document, copy.source)}
    told = [stored for stored in claims if stored.claim.document in documents]
    weight = settings().clusters.printed
    why = f"they are one text, printed twice ({weight:+.1f})."
    return [Link(min(pair), max(pair), weight, why) for pair in same_words(told, copies)]


def with_printed(links: Iterable[Link], printed: Iterable[Link]) -> list[Link]:
    """Return links with those of :func:`printed_twice`, which count before what was compared."""
    found = {(link.one, link.other): link for link in links}
    found.update(((link.one, link.other), link) for link in printed)
    return [found[pair] for pair in sorted(found)]
