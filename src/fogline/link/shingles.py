"""Words with their offsets, shingles of three, and a MinHash signature a sentence.

Sentences are what copies keep whole when they are shortened, reordered or put under another headline, so
they are what is signed: two sentences that agree in a band of their signatures are worth comparing word by
word. A. Broder, "On the resemblance and containment of documents" (1997); the bands are those of Leskovec,
Rajaraman and Ullman, "Mining of Massive Datasets", chapter 3.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
Numbers = NDArray[np.int64]

EDITION = "sentences-3x12-1"  # names words, shingles and signatures: another value, and all are signed again

SHINGLE = 3  # words
BANDS, ROWS = 12, 3  # half of the shingles in common: found in 4 of 5 sentences; a tenth: in 1 of 80
SHORTEST, LONGEST = 8, 48  # words of a signed sentence; shorter ones go with the next, longer ones are cut

_WORD = re.compile(r"[぀-ヿ㐀-鿿가-힣]|[^\W_぀-ヿ㐀-鿿가-힣]+")
_BREAK = re.compile(r"[.!?…。！？][\"'”’»)\]]*\s|\n\s*\n")
_OPENING, _CLOSING, _SINGLE = frozenset("“„«"), frozenset("”»"), frozenset("'‘’")
_HALF = np.uint64(32)
_ODD = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True)
class Words:
    """The words of a text, in order.

    ``hashes`` tell them apart without case, accents and punctuation; ``starts`` and ``ends`` are their
    offsets; ``quoted`` says which stand between quotation marks, ``figures`` which are written with digits;
    ``sentences`` are the numbers of the
    first words of the signed sentences; ``shingles`` holds the hash of the shingle that begins at each
    word but the last two.
    """

    hashes: Hashes
    starts: Numbers
    ends: Numbers
    quoted: NDArray[np.bool_]
    figures: NDArray[np.bool_]
    sentences: Numbers
    shingles: Hashes

    @cached_property
    def ranked(self) -> tuple[Hashes, Numbers, Numbers]:
        """The distinct shingles in order, how often each stands, and all words by shingle.

        The words of the nth shingle come after those of the shingles before it.
        """
        order = np.argsort(self.shingles, kind="stable")
        distinct, counts = np.unique(self.shingles[order], return_counts=True)
        return distinct, counts, order


@lru_cache(maxsize=1 << 17)
def _hash(word: str) -> int:
    if not word.isascii():
        plain = unicodedata.normalize("NFKD", word)
        word = "".join(c for c in plain if not unicodedata.combining(c))
    return int.from_bytes(blake2b(word.casefold().encode("utf-8", "surrogatepass"), digest_size=8).digest())


def words_of(text: str) -> Words:
    """Return the words of a text, in time linear in its length."""
    hashes: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    quoted: list[bool] = []
    figures: list[bool] = []
    sentences: list[int] = []
    begun, before, inside = 0, 0, ""
    for match in _WORD.finditer(text):
        start, end = match.span()
        if start - before > 1 or start == 0 or not before:
            gap = text[before:start]
            inside = _quotation(gap, inside)
            long = len(starts) - begun
            if long >= LONGEST or (long >= SHORTEST and _BREAK.search(gap)):
                sentences.append(begun)
                begun = len(starts)
        elif len(starts) - begun >= LONGEST:
            sentences.append(begun)
            begun = len(starts)
        word = match.group()
        hashes.append(_hash(word))
        figures.append(word[0].isdigit())
        starts.append(start)
        ends.append(end)
        quoted.append(bool(inside))
        before = end
    if len(starts) - begun >= SHINGLE and (len(starts) - begun >= SHORTEST or not sentences):
        sentences.append(begun)
    numbers = np.array(hashes, dtype=np.uint64)
    return Words(
        hashes=numbers,
        starts=np.array(starts, dtype=np.int64),
        ends=np.array(ends, dtype=np.int64),
        quoted=np.array(quoted, dtype=np.bool_),
        figures=np.array(figures, dtype=np.bool_),
        sentences=np.array(sentences, dtype=np.int64),
        shingles=_shingles(numbers),
    )


def _quotation(gap: str, inside: str) -> str:
    """Return the kind of quotation marks that words after ``gap`` stand in, "" for none.

    A new line closes what was left open; a single mark opens after a blank and closes before one.
    """
    for at, sign in enumerate(gap):
        if sign == "\n":
            inside = ""
        elif sign in _OPENING or (sign == '"' and inside != '"'):
            inside = '"'
        elif sign == '"' or sign in _CLOSING:
            inside = ""
        elif sign in _SINGLE and inside != '"':
            opens = at == len(gap) - 1 and sign != "’" and (at == 0 or gap[at - 1].isspace())
            inside = "'" if opens else ""
    return inside


def _shingles(hashes: Hashes) -> Hashes:
    if len(hashes) < SHINGLE:
        return np.empty(0, dtype=np.uint64)
    mixed = hashes[: len(hashes) - SHINGLE + 1].copy()
    for further in range(1, SHINGLE):
        mixed *= _ODD
        mixed ^= mixed >> np.uint64(29)
        mixed += hashes[further : len(hashes) - SHINGLE + 1 + further]
    mixed *= _ODD
    mixed ^= mixed >> np.uint64(32)
    return mixed


@lru_cache(maxsize=1)
def _permutations() -> tuple[Hashes, Hashes]:
    """Return the factors (odd) and addends of the signature's hash functions, the same on every machine."""
    drawn = np.random.RandomState(1).randint(0, 1 << 64, (2, BANDS * ROWS), dtype=np.uint64)
    return drawn[0] | np.uint64(1), drawn[1]


def signatures(words: Words) -> Hashes:
    """Return the MinHash signatures of the sentences: one row a sentence, one column a hash function.

    The share of columns in which two rows agree estimates the Jaccard index of the sentences' shingles.
    """
    if not len(words.sentences):
        return np.empty((0, BANDS * ROWS), dtype=np.uint64)
    # A sentence's last two shingles reach into the next one: left out, so that the neighbour does not matter.
    ends = np.append(words.sentences[1:], len(words.hashes)) - SHINGLE + 1
    cuts = np.column_stack([words.sentences, ends]).ravel()
    padded = np.append(words.shingles, words.shingles[-1:])
    signed = np.empty((len(words.sentences), BANDS * ROWS), dtype=np.uint64)
    for column, (factor, addend) in enumerate(zip(*_permutations(), strict=True)):
        signed[:, column] = np.minimum.reduceat((padded * factor + addend) >> _HALF, cuts)[::2]
    return signed


def bands_of(words: Words) -> Numbers:
    """Return the bands of the sentences' signatures: one row a sentence, one column a band.

    Sentences of two texts that agree in a number are worth comparing word by word.
    """
    rows = signatures(words).reshape(-1, BANDS, ROWS)
    mixed = np.broadcast_to(np.arange(1, BANDS + 1, dtype=np.uint64), rows.shape[:2]).copy()
    for row in range(ROWS):
        mixed *= _ODD
        mixed ^= mixed >> np.uint64(31)
        mixed += rows[:, :, row]
    mixed *= _ODD
    return mixed.view(np.int64)
