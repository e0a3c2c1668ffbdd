"""Words of many texts, to be found as they are typed: an inverted index in arrays."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

_TOKEN = re.compile(r"\w+")
_LAST = "\U0010ffff"

Mask = NDArray[np.bool_]
Thing = TypeVar("Thing")


def folded(text: str) -> str:
    """Return a text without case and diacritics, so that words meet however they are spelt."""
    return text.lower() if text.isascii() else " ".join(map(_folded, text.split(" ")))


@lru_cache(maxsize=1 << 16)
def _folded(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def tokens(text: str) -> list[str]:
    """Return the folded words of a text, in order."""
    return _TOKEN.findall(folded(text))


class Words:
    """Which of many texts have a word, a word's beginning, or a part of one.

    Args:
        texts: the texts, by position.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        numbers: dict[str, int] = {}
        found: list[int] = []
        counts: list[int] = []
        for text in texts:
            mine = {numbers.setdefault(token, len(numbers)) for token in tokens(text)}
            found.extend(mine)
            counts.append(len(mine))
        self.size = len(counts)
        self._vocabulary = sorted(numbers)
        rank = np.empty(len(numbers), np.int32)
        rank[[numbers[token] for token in self._vocabulary]] = np.arange(len(numbers), dtype=np.int32)
        of_token = rank[np.array(found, np.int32)] if found else np.empty(0, np.int32)
        of_text = np.repeat(np.arange(self.size, dtype=np.int32), np.array(counts, np.int32))
        order = np.argsort(of_token, kind="stable")
        self._texts = of_text[order]
        self._starts = np.concatenate(([0], np.cumsum(np.bincount(of_token, minlength=len(numbers)))))
        self._joined = "\n".join(self._vocabulary)
        lengths = np.fromiter((len(token) + 1 for token in self._vocabulary), np.int64, len(numbers))
        self._offsets = np.concatenate(([0], np.cumsum(lengths)))

    def beginning(self, prefix: str) -> Mask:
        """Return which texts have a word that begins so; ``prefix`` is folded."""
        first = bisect_left(self._vocabulary, prefix)
        last = bisect_left(self._vocabulary, prefix + _LAST)
        met = np.zeros(self.size, bool)
        met[self._texts[self._starts[first] : self._starts[last]]] = True
        return met

    def containing(self, part: str) -> Mask:
        """Return which texts have a word with this in it; ``part`` is folded."""
        met = np.zeros(self.size, bool)
        at = self._joined.find(part)
        while at >= 0:
            token = int(np.searchsorted(self._offsets, at, side="right")) - 1
            met[self._texts[self._starts[token] : self._starts[token + 1]]] = True
            at = self._joined.find(part, int(self._offsets[token + 1]))
        return met


class Named(Generic[Thing]):
    """Things that are found by their names.

    Args:
        things: the things, the first to be found first.
        names: their names.
    """

    def __init__(self, things: Sequence[Thing], names: Iterable[str]) -> None:
        self._things = things
        self._words = Words(names)

    def beginning(self, words: str | None, most: int | None = None) -> list[Thing]:
        """Return the first things in whose names each of the words begins one."""
        met = np.ones(len(self._things), bool)
        for token in tokens(words or ""):
            met &= self._words.beginning(token)
        return [self._things[row] for row in np.flatnonzero(met)[:most].tolist()]


def holding(words: Words, texts: Sequence[str], sought: str) -> Mask:
    """Return which texts hold these very words, in any case, be it within others.

    Args:
        words: the index of the texts.
        texts: the texts in lower case, with single spaces for line ends.
        sought: what to find.
    """
    exact = " ".join(sought.split()).lower()
    met = np.ones(words.size, bool)
    for token in tokens(exact):
        met &= words.containing(token)
    kept = [row for row in np.flatnonzero(met).tolist() if exact in texts[row]]
    met = np.zeros(words.size, bool)
    met[kept] = True
    return met
