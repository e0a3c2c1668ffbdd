"""What a bundle holds, for people: a page and a short text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from .. import __version__
from ..export.event_rows import summary
from ..ingest import Provenance
from ..model import Event
from ..report.content import Block, Bullets, Heading, Line, Paragraph, Report, Run, Table, plain
from ..report.html import html
from ..shown import Shown
from ..store.custody import Kept

README = """\
This is a bundle of claims with what they rest on, written by Fogline {version} as a bag (BagIt 1.0).

index.html       the claims and where they came from, for reading; it fetches nothing and runs nothing
claims.jsonl     each claim as the ledger keeps it, one JSON object a line
events.jsonl     the events that they tell of, if such were asked for
documents.jsonl  each document: what it tells of itself, the SHA-256 of its text{text}
chain.jsonld     from each claim back to the bytes that were captured, as PROV-O
{raw}
To check that nothing changed since it was written, in the folder that holds bagit.txt:

    sha256sum --check manifest-sha256.txt        (with what every Linux has; shasum -a 256 on a Mac)
    bagit.py --validate FOLDER                   (with any tool that knows BagIt)
    fogline verify FOLDER                        (also compares every quotation with its text, and reads the
                                                 raw bytes again)

The raw bytes were published by others: open them with care, their pages may carry programs.
"""


def readme(*, sources: bool) -> str:
    """Return the text that says what the files of a bundle are."""
    raw = "raw/             the raw bytes by their SHA-256, beside each when and whence it came (.whence)\n"
    return README.format(
        version=__version__, text=", and the text" if sources else "", raw=raw if sources else ""
    )


def page(
    events: Sequence[Event],
    claims: Sequence[Shown],
    documents: Mapping[str, Kept],
    notes: Mapping[str, Sequence[Provenance]],
    *,
    about: str,
) -> str:
    """Return the page of a bundle: its events, its claims, and where each document came from."""
    blocks: list[Block] = [block for event in events for block in _event(event)]
    blocks += [block for shown in claims for block in _claim(shown)]
    blocks += [Heading(2, "Where the documents came from")]
    blocks += [block for kept in documents.values() for block in _document(kept, notes)]
    return html(Report("Claims and what they rest on", about, tuple(blocks), ()))


def _event(event: Event) -> Iterator[Block]:
    yield Heading(2, f"Event {event.id}: {event.title}")
    if event.summary:
        yield Paragraph(plain(summary(event)))
    yield Paragraph(plain(f"Told by {event.counted}."))
    if event.grade:
        yield Paragraph(plain(f"Grade {event.grade.code}. {' '.join(event.grade.reasons)}"))
    yield Bullets(tuple(plain(f"{v.text} ({v.status}): {', '.join(v.claims)}") for v in event.versions))


def _claim(shown: Shown) -> Iterator[Block]:
    before, evidence, behind = shown.sentence()
    yield Heading(2, f"Claim {shown.claim.id}")
    yield Paragraph(
        (
            Run(before, foreign=True),
            Run(evidence, foreign=True, strong=True),
            Run(behind, foreign=True),
        )
    )
    yield _table(("field", "value", "why"), shown.fields())
    yield _table(("", "traced by"), shown.provenance())


def _document(kept: Kept, notes: Mapping[str, Sequence[Provenance]]) -> Iterator[Block]:
    document = kept.document
    yield Heading(3, document.title or document.id)
    told = [("document", document.id), ("SHA-256 of the text", kept.digest)]
    if document.raw is None:
        yield _table(("", ""), [*told, ("raw bytes", "none: it was given as text")])
        return
    told.append(("SHA-256 of the raw bytes", document.raw))
    for note in notes.get(document.raw, ()):
        told.append(("retrieved", f"{note.retrieved:%Y-%m-%d %H:%M:%S} UTC from {note.url or note.name}"))
        if note.status is not None:
            told.append(("HTTP status", str(note.status)))
        told.extend((f"header {name}", value) for name, value in sorted(note.headers.items()))
        if note.capture is not None:
            c = note.capture
            where = "/".join(filter(None, (c.file, c.member)))
            told.append(("web archive", f"{where}, SHA-256 {c.sha256}"))
            at = f", at byte {c.offset:,}" if c.offset is not None else ""
            told.append(("record", f"{c.record or 'without an id'}{at}"))
            if c.digest:
                told.append(("its digest, which agreed", c.digest))
            if c.repeats:
                told.append(("whose bytes stand in the record", c.repeats))
    yield _table(("", ""), told)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Table:
    def cells(row: tuple[str, ...]) -> tuple[Line, ...]:
        return tuple(plain(cell) for cell in row)

    return Table(head, tuple(cells(row) for row in rows))
