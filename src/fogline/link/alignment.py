"""Which passages of two texts agree, to the character.

Shared shingles are the seeds; seeds on one diagonal make blocks, blocks that follow each other in both texts
with few words between them make a passage, and the words that a passage shares in order are counted exactly.
Linear in the length of the texts but for shingles that both repeat, which are left out beyond a few places.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
from rapidfuzz.distance import LCSseq

from .shingles import SHINGLE, Numbers, Words

LEAST_SEEDS = 6  # shingles in common, below which no passage can be long enough; most pairs end here
_REPEATED = 4  # places of one shingle in a text, beyond which it tells nothing
_GAP = 12  # words that may differ between two blocks of one passage
_OPEN = 24  # passages that a block may go on with
_LONGEST = 2000  # words of a passage, so that counting the words in common stays linear
LEAST_WORDS = 8  # in common, of a passage beside a longer one
LEAST_ALONE = 12  # in common, of a passage where no other is longer than LEAST_SHARED
LEAST_ANCHOR = 16  # words of own telling in common, in the longest passage
LEAST_SHARED = 25  # words of own telling in common between two texts, over all passages
LEAST_QUOTED = 40  # as many words in common are taken over even where they are all quotation
LEAST_SIMILARITY = 0.6
FIGURES = 2  # from so many on, passages whose figures differ are no copies ("26 of 30 drones were shot down")


@dataclass(frozen=True, slots=True)
class Passage:
    """Words ``start`` to ``end`` of one text and ``other_start`` to ``other_end`` of the other.

    ``shared`` counts the words in common, in order.
    """

    start: int
    end: int
    other_start: int
    other_end: int
    shared: int

    @property
    def similarity(self) -> float:
        """The share of the longer side's words that the other has too, in order."""
        return self.shared / max(self.end - self.start, self.other_end - self.other_start)


@dataclass(slots=True)
class _Open:
    start: int
    end: int
    other_start: int
    other_end: int


def align(one: Words, other: Words) -> list[Passage]:
    """Return the passages that two texts share, in the order of the first.

    Words that both quote from somebody do not make one text a copy of the other, nor do a title and a name:
    passages count where some 25 words outside quotation marks agree, 16 of them in one passage, or where a
    quotation of 40 is taken over whole. Passages of under 12 words count beside one of 25.
    """
    chains = _chains(_blocks(one, other))
    passages = [p for chain in chains if _long(chain) and (p := _exact(one, other, chain)) is not None]
    own = [_own_words(one, p) for p in passages]
    longest = max((p.shared for p in passages), default=0)
    if (sum(own) < LEAST_SHARED or max(own) < LEAST_ANCHOR) and longest < LEAST_QUOTED:
        return []
    return [p for p in passages if p.shared >= LEAST_ALONE or longest >= LEAST_SHARED]


def _own_words(words: Words, passage: Passage) -> float:
    """Return how many words in common stand outside quotation marks, taking them as evenly spread."""
    quoted = words.quoted[passage.start : passage.end]
    return passage.shared * (1.0 - float(quoted.mean()))


def _blocks(one: Words, other: Words) -> Numbers:
    """Return runs of equal words: their beginnings in both texts and their length, by the first text."""
    mine, my_counts, my_order = one.ranked
    theirs, their_counts, their_order = other.ranked
    at = np.searchsorted(theirs, mine)
    at[at == len(theirs)] = 0
    both = np.flatnonzero((theirs[at] == mine) & (their_counts[at] <= _REPEATED)) if len(theirs) else at[:0]
    if len(both) < LEAST_SEEDS:
        return np.empty((0, 3), dtype=np.int64)
    at = at[both]
    here, there = my_counts[both], their_counts[at]
    begins, their_begins = np.cumsum(my_counts)[both] - here, np.cumsum(their_counts)[at] - there
    pairs = here * there
    nth = np.arange(pairs.sum()) - np.repeat(np.cumsum(pairs) - pairs, pairs)
    width = np.repeat(there, pairs)
    first = my_order[np.repeat(begins, pairs) + nth // width]
    second = their_order[np.repeat(their_begins, pairs) + nth % width]
    along = np.lexsort((first, second - first))
    first, second = first[along], second[along]
    fresh = np.ones(len(first), dtype=bool)
    fresh[1:] = (np.diff(first) != 1) | (np.diff(second) != 1)
    starts = np.flatnonzero(fresh)
    lengths = np.diff(np.append(starts, len(first))) + SHINGLE - 1
    found = np.column_stack([first[starts], second[starts], lengths])
    return found[np.lexsort((found[:, 1], found[:, 0]))]


def _chains(blocks: Numbers) -> list[_Open]:
    """Join blocks that follow each other in both texts."""
    done: list[_Open] = []
    pending: list[_Open] = []
    for start, other, length in blocks.tolist():
        if any(start - p.end > _GAP or p.end - p.start >= _LONGEST for p in pending):
            still: list[_Open] = []
            for p in pending:
                (done if start - p.end > _GAP or p.end - p.start >= _LONGEST else still).append(p)
            pending = still
        best: _Open | None = None
        least = 2 * _GAP + 1
        for p in pending:
            gap, other_gap = start - p.end, other - p.other_end
            if -length < gap and -length < other_gap <= _GAP and p.other_start <= other:
                distance = abs(gap) + abs(other_gap) + 2 * abs(gap - other_gap)
                if distance < least:
                    best, least = p, distance
        if best is None:
            if len(pending) >= _OPEN:
                done.append(pending.pop(0))
            pending.append(_Open(start, start + length, other, other + length))
        else:
            best.end = max(best.end, start + length)
            best.other_end = max(best.other_end, other + length)
    return sorted([*done, *pending], key=lambda p: (p.start, p.other_start))


def _long(chain: _Open) -> bool:
    return chain.end - chain.start >= LEAST_WORDS <= chain.other_end - chain.other_start


def _exact(one: Words, other: Words, chain: _Open) -> Passage | None:
    """Return a chain as a passage with its words in common, None where these are few or loose."""
    mine = one.hashes[chain.start : chain.end].tolist()
    theirs = other.hashes[chain.other_start : chain.other_end].tolist()
    shared = LCSseq.similarity(mine, theirs)
    found = Passage(chain.start, chain.end, chain.other_start, chain.other_end, shared)
    if shared < LEAST_WORDS or found.similarity < LEAST_SIMILARITY or _formula(one, other, found):
        return None
    return found


def _formula(one: Words, other: Words, passage: Passage) -> bool:
    """Tell whether a passage is a formula filled in anew: it gives figures, and most of them differ."""
    mine, theirs = (
        Counter(words.hashes[start:end][words.figures[start:end]].tolist())
        for words, start, end in (
            (one, passage.start, passage.end),
            (other, passage.other_start, passage.other_end),
        )
    )
    fewer = min(mine.total(), theirs.total())
    return fewer >= FIGURES and (mine & theirs).total() < fewer / 2
