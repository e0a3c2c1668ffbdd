"""Counts and lists as one prints them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from ..model import Origin
from ..resolve.parties.data import read
from ..store import Stored

_WORDS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip


class Articles(Struct, frozen=True, forbid_unknown_fields=True):
    """Words of names that take the article: at the beginning, or anywhere."""

    first: frozenset[str]
    anywhere: frozenset[str]


@lru_cache(maxsize=1)
def _articles() -> Articles:
    return read(__package__, "articles.yml", Articles)


def in_words(number: int) -> str:
    """Return a count in words up to twelve, in digits beyond."""
    return _WORDS[number] if 0 <= number < len(_WORDS) else str(number)


def with_article(name: str) -> str:
    """Return a body's name as it stands in a sentence: "the Russian Ministry of Defence", "Reuters"."""
    words = name.casefold().split()
    if not words or words[0] == "the":
        return name
    takes = _articles().first.intersection(words[:1]) or _articles().anywhere.intersection(words)
    return f"the {name}" if takes else name


def listed(names: Sequence[str], *, at_most: int = 4) -> str:
    """Return names as a list in a sentence: "A, B and C"; of many, the first and how many more."""
    shown = list(names)
    if len(shown) > at_most:
        shown = [*shown[: at_most - 1], f"{in_words(len(names) - at_most + 1)} more"]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}" if shown else ""


def counted(
    origins: Sequence[Origin], claims: Sequence[Stored], editions: Mapping[str, str] | None = None
) -> str:
    """Say how many reports, outlets, origins and independent origins tell of an event, and why.

    Args:
        origins: those of the event, as :func:`fogline.link.origins.origins_of` returns them.
        claims: those of the event.
        editions: the first edition of documents that are editions of one article, which are one report.

    Returns:
        A sentence for the counts and one for every origin, e.g. "Three reports by three outlets, one origin.
        Three outlets carry the same agency dispatch (Example Agency), which quotes the Ministry: one origin."
    """
    firsts = editions or {}
    reports = {firsts.get(s.claim.document, s.claim.document) for s in claims}
    outlets = {outlet for origin in origins for outlet in origin.outlets}
    independent = sum(origin.independent for origin in origins)
    by = f" by {_many(len(outlets), 'outlet')}" if outlets else ""
    head = f"{_many(len(reports), 'report')}{by}, {_many(len(origins), 'origin')}"
    if len(origins) > 1:
        every = "both" if len(origins) == 2 else "all"
        head += (
            f", {every if independent == len(origins) else f'{in_words(independent)} of them'} independent"
        )
    return " ".join([f"{head[0].upper()}{head[1:]}.", *(origin.reason for origin in origins)])


def _many(number: int, noun: str) -> str:
    return f"{in_words(number)} {noun}{'' if number == 1 else 's'}"
