"""Cut a document into the windows of word pieces that the trained reader sees.

A window holds consecutive sentences up to ``LIMIT`` word pieces. The sentence before the first one
comes along as context where it is short enough: it is read but no claim is looked for in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...model import Span

if TYPE_CHECKING:
    from tokenizers import Tokenizer

LIMIT = 192  # word pieces of the sentences a window reads for claims
CONTEXT = 48  # word pieces of the sentence before them, at most


@dataclass(frozen=True, slots=True)
class Window:
    """Word pieces of some sentences of one document.

    ``ids`` begin and end with the encoder's special tokens; ``starts`` and ``ends`` are character
    offsets into the document (both -1 at the special tokens); ``sentence`` is the index of each
    piece's sentence in the document; ``first`` is the index of the first sentence read for claims.
    """

    ids: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    sentence: tuple[int, ...]
    first: int

    def __len__(self) -> int:
        return len(self.ids)

    def characters(self, begin: int, end: int) -> Span:
        """Return the character span of the pieces ``begin`` to ``end`` (end exclusive)."""
        return Span(self.starts[begin], self.ends[end - 1])


@dataclass(frozen=True, slots=True)
class _Pieces:
    ids: list[int]
    starts: list[int]
    ends: list[int]
    index: int


def windows(
    text: str,
    sentences: Sequence[Span],
    tokenizer: Tokenizer,
    *,
    wanted: Sequence[bool] | None = None,
    limit: int = LIMIT,
    offset: int = 0,
) -> list[Window]:
    """Pack the sentences of a document into windows, in order.

    Args:
        text: the document's text.
        sentences: its sentences, as character spans.
        tokenizer: the encoder's tokenizer.
        wanted: for each sentence, whether it is read for claims; None reads all of them. A sentence
            that is not wanted still serves as context of the one behind it.
        limit: word pieces a window may hold, without its context and the special tokens.
        offset: word pieces after which the first window ends early, to move all later borders.

    Returns:
        The windows. A sentence longer than ``limit`` is cut off there.
    """
    chosen = [i for i in range(len(sentences)) if wanted is None or wanted[i]]
    needed = sorted({j for i in chosen for j in (i - 1, i) if j >= 0})
    encodings = tokenizer.encode_batch([sentences[i].of(text) for i in needed], add_special_tokens=False)
    pieces = {}
    for i, encoding in zip(needed, encodings, strict=True):
        begin = sentences[i].start
        spans = encoding.offsets[:limit]
        pieces[i] = _Pieces(
            list(encoding.ids[:limit]), [begin + a for a, _ in spans], [begin + b for _, b in spans], i
        )
    packed: list[list[int]] = []
    room = limit - offset if offset else limit
    for i in chosen:
        size = len(pieces[i].ids)
        follows = packed and packed[-1][-1] == i - 1
        if not follows or size > room:
            packed.append([])
            room = limit
        packed[-1].append(i)
        room -= size
    cls, sep = _special(tokenizer, "<s>", "[CLS]"), _special(tokenizer, "</s>", "[SEP]")
    return [_window([pieces[i] for i in group], pieces.get(group[0] - 1), cls, sep) for group in packed]


def _special(tokenizer: Tokenizer, *names: str) -> int:
    found = next(i for name in names if (i := tokenizer.token_to_id(name)) is not None)
    return int(found)


def _window(group: list[_Pieces], before: _Pieces | None, cls: int, sep: int) -> Window:
    parts = [before, *group] if before is not None and len(before.ids) <= CONTEXT else group
    first = group[0].index
    return Window(
        ids=(cls, *(i for p in parts for i in p.ids), sep),
        starts=(-1, *(i for p in parts for i in p.starts), -1),
        ends=(-1, *(i for p in parts for i in p.ends), -1),
        sentence=(parts[0].index, *(p.index for p in parts for _ in p.ids), parts[-1].index),
        first=first,
    )
