"""What a rule finds before it becomes an attribution."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ...model import Span
from .lexicon import Cue, Lexicon
from .quotations import Quotation

if TYPE_CHECKING:
    from spacy.tokens import Doc


class Quotes:
    """The quotations of a document, looked up by offset."""

    def __init__(self, found: list[Quotation]) -> None:
        self.all = found
        self._starts = [q.span.start for q in found]

    def at(self, offset: int) -> Quotation | None:
        """Return the quotation that the character at ``offset`` stands in."""
        i = bisect_right(self._starts, offset) - 1
        return self.all[i] if i >= 0 and offset < self.all[i].span.end else None

    def touching(self, span: Span) -> list[Quotation]:
        """Return the quotations that overlap ``span``."""
        i = max(0, bisect_right(self._starts, span.start) - 1)
        out = []
        while i < len(self.all) and self.all[i].span.start < span.end:
            if self.all[i].span.overlaps(span):
                out.append(self.all[i])
            i += 1
        return out


@dataclass(frozen=True, slots=True)
class Page:
    """What every rule reads: the parse, its text (worked out once), the quotations and the cues."""

    id: str
    doc: Doc
    text: str
    quotes: Quotes
    words: Lexicon


@dataclass(frozen=True, slots=True)
class Finding:
    """A source, its cue and its content, in characters, with the rule that saw them.

    ``token`` is the index of the cue's head token (None where no token stands for it), ``relays`` are
    the words of those who passed the content on, innermost first.
    """

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    entry: Cue
    rule: str
    token: int | None = None
    relays: tuple[str, ...] = ()
    negated: bool = False

    def with_content(self, content: tuple[Span, ...]) -> Finding:
        """Return the same finding with other content."""
        return replace(self, content=content)
