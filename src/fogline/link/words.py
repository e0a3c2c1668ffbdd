"""Words that tell what a text is about, cut to their stems."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import snowballstemmer

from ..resolve.parties.data import bodies, countries
from .data import data

_WORD = re.compile(r"[^\W\d_]{3,}|\d[\d,.]*\d|\d")
_STEM = 6  # letters; what is left out behind them is mostly ending that the stemmer keeps: "withdraw-al"
_ENGLISH = snowballstemmer.stemmer("english")  # Porter, "Snowball: A language for stemming algorithms" (2001)


def stems(text: str) -> set[str]:
    """Return the stems of a text's content words and its numbers, without accents."""
    return {stem for word in _WORD.findall(text) if (stem := _stem(word))}


def rare(words: Iterable[str]) -> set[str]:
    """Return the stems that few claims have: those that tell one occurrence from another."""
    return set(words) - _common()


@lru_cache(maxsize=1)
def sides() -> frozenset[str]:
    """Return the stems of names of states, their people, armed groups and bodies, which whole wars share."""
    states = (name for row in countries().values() for name in (*row.names, *row.demonyms, *row.nouns))
    groups = (name for body in bodies() for name in (body.name, *body.aliases, *body.also))
    return frozenset(stem for name in (*states, *groups) if " " not in name for stem in stems(name))


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    return frozenset(data("words.yml")["common"].split())


@lru_cache(maxsize=1)
def _empty() -> frozenset[str]:
    return frozenset(data("words.yml")["empty"].split())


@lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))
    return "" if plain in _empty() else _ENGLISH.stemWord(plain)[:_STEM]
