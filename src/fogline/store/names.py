"""Which voices of a ledger a name means, in whatever spelling or script either is written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from anyascii import anyascii
from msgspec.structs import replace
from rapidfuzz.distance import OSA

from .base import Store
from .filters import NARRATOR, Filters

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = re.compile(r"['’‘ʼʹ`´ʿʾ]")
# Letters and groups of letters that romanisations exchange, in the order they are replaced.
_SOUNDS = (
    ("kh", "h"), ("zh", "j"), ("dj", "j"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("w", "v"),
    ("yi", "i"), ("iy", "i"), ("ij", "i"), ("yy", "i"), ("y", "i"), ("ii", "i"), ("ph", "f"), ("q", "k"),
)  # fmt: skip
_SHORTEST = 6  # letters of a word of which one may differ


def voices_meant(store: Store, filters: Filters) -> Filters:
    """Return filters by voice with the names under which the ledger knows the voice asked for.

    Any other filters, and those for the narrator, come back as they are.
    """
    asked = filters.voice
    if asked is None or asked.casefold() == NARRATOR:
        return filters
    known = (name for (name,) in store.rows("SELECT DISTINCT voice FROM claims WHERE voice IS NOT NULL", []))
    return replace(filters, voices=names_meant((asked, *(filters.voices or ())), known))


def names_meant(asked: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    """Return which of the ``known`` names one of the names ``asked`` for means, sorted.

    A name is meant where the words asked for stand in it one behind the other, each whole. Case, accents
    and script do not count, nor do the letters that romanisations exchange ("Zelensky", "Zelenskiy",
    "Зеленський"); of a long word one letter may differ.
    """
    sought = [words for name in asked if (words := _words(name))]
    return tuple(sorted({name for name in known if any(_holds(_words(name), words) for words in sought)}))


def _holds(name: tuple[str, ...], asked: tuple[str, ...]) -> bool:
    last = len(name) - len(asked)
    return any(
        all(_alike(a, b) for a, b in zip(name[i : i + len(asked)], asked, strict=True))
        for i in range(last + 1)
    )


def _alike(a: str, b: str) -> bool:
    """Tell whether two words are one in two spellings; what only has an ending more is another word."""
    if a == b:
        return True
    if min(len(a), len(b)) < _SHORTEST or a[0] != b[0] or a.startswith(b) or b.startswith(a):
        return False
    return OSA.distance(a, b, score_cutoff=1) <= 1


@lru_cache(maxsize=1 << 16)
def _words(name: str) -> tuple[str, ...]:
    """Return the words of a name in Latin letters and one romanisation."""
    plain = _APOSTROPHES.sub("", anyascii(_APOSTROPHES.sub("", name))).casefold()
    return tuple(_sound(word) for word in _WORD.findall(plain))


def _sound(word: str) -> str:
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    return re.sub(r"(.)\1+", r"\1", word) if not word.isdigit() else word
