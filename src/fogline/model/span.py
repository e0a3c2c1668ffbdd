"""Character ranges of a document's text."""

from __future__ import annotations

from typing import Self

from msgspec import Struct


class Span(Struct, frozen=True, order=True):
    """A range of characters: ``document.text[start:end]``."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the slice of ``text`` that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Tell whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def union(self, other: Span) -> Self:
        """Return the smallest span that covers both."""
        return type(self)(min(self.start, other.start), max(self.end, other.end))


class Words(Struct, frozen=True, order=True):
    """A verbatim slice of a document with its offsets: ``text == document.text[start:end]``."""

    start: int
    end: int
    text: str

    @classmethod
    def at(cls, text: str, start: int, end: int) -> Words:
        """Return the words of ``text`` from ``start`` to ``end``."""
        return cls(start, end, text[start:end])

    @property
    def span(self) -> Span:
        """The offsets alone."""
        return Span(self.start, self.end)
