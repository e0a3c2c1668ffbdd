"""What a report is made of, before it is written in any form: headings, sentences, tables, drawings, notes.

Every text in here is as it stands in the ledger, so it may be anybody's; whoever writes it out escapes it.
"""

from __future__ import annotations

from msgspec import Struct


class Run(Struct, frozen=True):
    """A stretch of a sentence, with the numbers of the notes that it rests on.

    ``foreign`` tells that the words are a report's own, ``link`` the web address that they lead to.
    """

    text: str
    notes: tuple[int, ...] = ()
    strong: bool = False
    foreign: bool = False
    link: str | None = None


Line = tuple[Run, ...]


class Heading(Struct, frozen=True, tag=True):
    """A heading of the second level or below."""

    level: int
    text: str


class Paragraph(Struct, frozen=True, tag=True):
    """One or more sentences; ``lead`` marks the title line of what follows."""

    line: Line
    lead: bool = False


class Bullets(Struct, frozen=True, tag=True):
    """A list of sentences."""

    lines: tuple[Line, ...]


class Table(Struct, frozen=True, tag=True):
    """A table; ``right`` are the columns that hold numbers."""

    head: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]
    right: tuple[int, ...] = ()


class Picture(Struct, frozen=True, tag=True):
    """A drawing: its name, the SVG element, what it shows in words, and the line under it."""

    name: str
    svg: str
    shows: str
    caption: Line = ()


Block = Heading | Paragraph | Bullets | Table | Picture


class Note(Struct, frozen=True):
    """A numbered note: the claim that a sentence rests on, and where it was made, in which words."""

    number: int
    claim: str
    line: Line


class Report(Struct, frozen=True):
    """A situation report: its title, the line under it, what it tells, and its notes by number."""

    title: str
    subtitle: str
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...]

    def pictures(self) -> tuple[Picture, ...]:
        """Return the drawings."""
        return tuple(block for block in self.blocks if isinstance(block, Picture))


def plain(text: str, *, strong: bool = False) -> Line:
    """Return a sentence that rests on no claim."""
    return (Run(text, strong=strong),)
