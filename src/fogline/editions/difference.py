"""What changed between two editions: sentences taken out, put in, or worded otherwise."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal

from msgspec import Struct
from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from ..extract.sentences import sentences
from ..model import Span

_MOST = 25_000_000  # pairs of sentences that are compared as sequences; beyond, order does not count
_BLOCK = 2_500  # pairs of sentences that one may be the other's new wording; beyond, only in their order
_REWORDED = 55.0  # of 100: how alike two wordings of one sentence are
_COMPARED = 600  # characters of a sentence whose wordings are compared
_WORD = re.compile(r"\w+|[^\w\s]|\s+")
_MOST_WORDS = 600  # of a sentence whose words are compared; longer ones are shown whole


class Change(Struct, frozen=True, kw_only=True):
    """A sentence that one of two editions has otherwise; ``old`` and ``new`` are its spans in their texts."""

    kind: Literal["out", "in", "reworded"]
    old: Span | None
    new: Span | None

    def told(self, before: str, after: str) -> str:
        """Return it as one line: "- …", "+ …", or "~ …" with [-words out-] and {+words in+}."""
        old = _one_line(self.old.of(before)) if self.old else ""
        new = _one_line(self.new.of(after)) if self.new else ""
        if self.kind == "out":
            return f"- {old}"
        return f"+ {new}" if self.kind == "in" else f"~ {words_changed(old, new)}"


class Alignment(Struct, frozen=True, kw_only=True):
    """Two editions' sentences beside each other.

    ``pairs`` gives the later edition's sentence for each of the earlier one that it keeps or words
    otherwise, ``kept`` those it keeps word for word; all by their numbers.
    """

    old: Sequence[Span]
    new: Sequence[Span]
    pairs: dict[int, int]
    kept: frozenset[int]


def differences(before: str, after: str) -> list[Change]:
    """Return the sentences in which a later edition differs, in the order of its text."""
    return list(_changes(aligned(before, after)))


def _changes(alignment: Alignment) -> Iterator[Change]:
    back = {new: old for old, new in alignment.pairs.items()}
    out = iter([n for n in range(len(alignment.old)) if n not in alignment.pairs])
    waiting = next(out, None)
    for number, span in enumerate(alignment.new):
        old = back.get(number)
        while waiting is not None and old is not None and waiting < old:
            yield Change(kind="out", old=alignment.old[waiting], new=None)
            waiting = next(out, None)
        if old is None:
            yield Change(kind="in", old=None, new=span)
        elif old not in alignment.kept:
            yield Change(kind="reworded", old=alignment.old[old], new=span)
    while waiting is not None:
        yield Change(kind="out", old=alignment.old[waiting], new=None)
        waiting = next(out, None)


def aligned(before: str, after: str) -> Alignment:
    """Put the sentences of two editions beside each other: the same ones in order, then new wordings."""
    old, new = sentences(before), sentences(after)
    mine = [plain(span.of(before)) for span in old]
    theirs = [plain(span.of(after)) for span in new]
    pairs = _same(mine, theirs)
    kept = frozenset(pairs)
    for some, others in _between(pairs, len(mine), len(theirs)):
        pairs |= _reworded(some, others, mine, theirs)
    return Alignment(old=old, new=new, pairs=pairs, kept=kept)


def plain(words: str) -> str:
    """Return words as they are compared: without case, and with single spaces."""
    return " ".join(words.split()).casefold()


def words_changed(old: str, new: str) -> str:
    """Return a sentence in its new wording with what changed: ``[-20-]{+8+} people were killed``."""
    mine, theirs = _WORD.findall(old), _WORD.findall(new)
    if len(mine) + len(theirs) > _MOST_WORDS:
        return f"[-{old}-] {{+{new}+}}"
    told = []
    for tag, a, b, c, d in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        out, put = "".join(mine[a:b]), "".join(theirs[c:d])
        if tag == "equal":
            told.append(put)
        else:
            told.append((f"[-{out}-]" if out else "") + (f"{{+{put}+}}" if put else ""))
    return "".join(told)


def _same(mine: Sequence[str], theirs: Sequence[str]) -> dict[int, int]:
    """Return which sentences are the same, by their numbers."""
    if len(mine) * len(theirs) > _MOST:
        places: dict[str, list[int]] = {}
        for number in range(len(theirs) - 1, -1, -1):
            places.setdefault(theirs[number], []).append(number)
        return {n: places[words].pop() for n, words in enumerate(mine) if places.get(words)}
    return {
        step.src_start + n: step.dest_start + n
        for step in LCSseq.opcodes(mine, theirs)
        if step.tag == "equal"
        for n in range(step.src_end - step.src_start)
    }


def _between(pairs: dict[int, int], mine: int, theirs: int) -> Iterator[tuple[list[int], list[int]]]:
    """Give the sentences of both editions that stand between two that are the same."""
    rising = sorted(pairs.items())
    taken = Counter(pairs.values())
    last, last_other = -1, -1
    for here, there in [*rising, (mine, theirs)]:
        some = list(range(last + 1, here))
        others = [n for n in range(last_other + 1, there) if n not in taken]
        if some and others:
            yield some, others
        last, last_other = here, max(there, last_other)


def _reworded(
    some: Sequence[int], others: Sequence[int], mine: Sequence[str], theirs: Sequence[str]
) -> dict[int, int]:
    """Pair sentences that are two wordings of one, the most alike first."""
    if len(some) * len(others) > _BLOCK:
        candidates = list(zip(some, others, strict=False))
    else:
        candidates = [(a, b) for a in some for b in others]
    scored = (
        (fuzz.ratio(mine[a][:_COMPARED], theirs[b][:_COMPARED], score_cutoff=_REWORDED), a, b)
        for a, b in candidates
    )
    found: dict[int, int] = {}
    used: set[int] = set()
    for _, a, b in sorted((one for one in scored if one[0]), key=lambda one: (-one[0], one[1], one[2])):
        if a not in found and b not in used:
            found[a] = b
            used.add(b)
    return found


def _one_line(words: str) -> str:
    return " ".join(words.split())
