"""A report as Markdown (CommonMark with tables and footnotes as GitHub and Pandoc read them)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ..export.safe import printable
from .content import Block, Bullets, Heading, Line, Note, Paragraph, Picture, Report, Run, Table

# What could begin markup, HTML, an entity, a formula, a footnote or a link that nobody wrote.
_MARKUP = re.compile(r"[\\`*_\[\]<>&|~$#^@{}]")
_ADDRESS = re.compile(r"(:)(?=//)|(?<=\bwww)(\.)", re.IGNORECASE)
_OPENING = re.compile(r"^(?:[-+=:]|\d+(?=[.)]))")


def markdown(report: Report, *, pictures: Mapping[str, str] | None = None) -> str:
    """Return a report as Markdown.

    Args:
        report: the report.
        pictures: the files of its drawings by name, to be linked to; none are shown where None.
    """
    parts = [f"# {text(report.title)}", f"*{text(report.subtitle)}*"]
    parts += filter(None, (_block(block, pictures or {}) for block in report.blocks))
    if report.notes:
        parts.append("## Notes")
        parts += [_note(note) for note in report.notes]
    return "\n\n".join(parts) + "\n"


def text(words: str) -> str:
    """Return words as Markdown that shows them and does nothing else."""
    return _ADDRESS.sub(r"\\\1\2", _MARKUP.sub(r"\\\g<0>", printable(words)))


def _block(block: Block, pictures: Mapping[str, str]) -> str:
    match block:
        case Heading(level=level, text=head):
            return f"{'#' * level} {text(head)}"
        case Paragraph(line=line):
            return _opened(_line(line))
        case Bullets(lines=lines):
            return "\n".join(f"- {_opened(_line(line))}" for line in lines)
        case Table():
            return "\n".join(_table(block))
        case Picture(name=name, shows=shows, caption=caption):
            image = f"![{text(shows)}]({pictures[name]})\n\n" if name in pictures else ""
            return f"{image}*{_line(caption)}*" if image else ""


def _table(table: Table) -> Iterator[str]:
    yield f"| {' | '.join(text(name) for name in table.head)} |"
    yield f"|{'|'.join('---:' if nth in table.right else '---' for nth in range(len(table.head)))}|"
    for row in table.rows:
        yield f"| {' | '.join(_line(line) for line in row)} |"


def _line(line: Line) -> str:
    return "".join(_run(run) for run in line).strip()


def _run(run: Run) -> str:
    words = f"<{run.link}>" if run.link else text(run.text)
    if run.strong and words.strip():
        bare = words.strip()
        before, behind = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
        words = f"{before}**{bare}**{behind}"
    marks = " ".join(f"[^{number}]" for number in run.notes)
    if not marks:
        return words
    kept = words.rstrip()
    return f"{kept}{marks}{words[len(kept) :]}"


def _opened(line: str) -> str:
    """Return a line that begins no list, rule or heading by its first sign."""
    found = _OPENING.match(line)
    if found is None:
        return line
    if found.group().isdigit():
        return f"{found.group()}\\{line[found.end() :]}"
    return f"\\{line}"


def _note(note: Note) -> str:
    return f"[^{note.number}]: {_opened(_line(note.line))}"
