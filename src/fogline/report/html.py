"""A report as one page of HTML: no script, nothing fetched, fit for screens, dark rooms and paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .content import Block, Bullets, Heading, Line, Note, Paragraph, Picture, Report, Run, Table
from .drawing import safe, style

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def html(report: Report) -> str:
    """Return a report as HTML that stands by itself."""
    seen: set[int] = set()
    title = safe(report.title)
    body = "\n".join(_block(block, seen) for block in report.blocks)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="robots" content="noindex">\n'
        f"<title>{title}</title>\n<style>\n{style('page.css')}{style('drawing.css')}</style>\n</head>\n<body>\n"
        f'<header><h1>{title}</h1>\n<p class="quiet">{safe(report.subtitle)}</p></header>\n'
        f"{_contents(report)}<main>\n{body}\n{_notes(report.notes, seen)}</main>\n</body>\n</html>\n"
    )


def _contents(report: Report) -> str:
    heads = [block.text for block in report.blocks if isinstance(block, Heading) and block.level == 2]
    heads += ["Notes"] if report.notes else []
    links = "".join(f'<li><a href="#{_anchor(head)}">{safe(head)}</a></li>' for head in heads)
    return f'<nav aria-label="Contents"><ul>{links}</ul></nav>\n' if links else ""


def _anchor(head: str) -> str:
    return head.lower().replace(" ", "-")


def _block(block: Block, seen: set[int]) -> str:
    match block:
        case Heading(level=2, text=text):
            return f'<h2 id="{_anchor(text)}">{safe(text)}</h2>'
        case Heading(level=level, text=text):
            return f"<h{level}>{safe(text)}</h{level}>"
        case Paragraph(line=line, lead=lead):
            look = ' class="lead"' if lead else ""
            return f"<p{look}>{_line(line, seen)}</p>"
        case Bullets(lines=lines):
            return "<ul>" + "".join(f"<li>{_line(line, seen)}</li>" for line in lines) + "</ul>"
        case Table():
            return _table(block, seen)
        case Picture(svg=svg, caption=caption):
            return f"<figure>{svg}<figcaption>{_line(caption, seen)}</figcaption></figure>"


def _table(table: Table, seen: set[int]) -> str:
    def cells(of: Sequence[str], tag: str, scope: str = "") -> Iterator[str]:
        for nth, text in enumerate(of):
            look = ' class="number"' if nth in table.right else ""
            yield f"<{tag}{scope}{look}>{text}</{tag}>"

    head = "".join(cells([safe(name) for name in table.head], "th", ' scope="col"'))
    rows = "".join(
        f"<tr>{''.join(cells([_line(line, seen) for line in row], 'td'))}</tr>" for row in table.rows
    )
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'


def _line(line: Line, seen: set[int]) -> str:
    return "".join(_run(run, seen) for run in line)


def _run(run: Run, seen: set[int]) -> str:
    text = safe(run.text)
    if run.foreign:
        text = f"<bdi>{text}</bdi>"
    if run.strong:
        text = f"<b>{text}</b>"
    if run.link:
        text = f'<a href="{safe(run.link)}" rel="noreferrer noopener nofollow">{text}</a>'
    return text + _marks(run.notes, seen)


def _marks(notes: Sequence[int], seen: set[int]) -> str:
    """Return the marks of notes, three or more in a row as from–to; a note leads back to its first mark."""
    if not notes:
        return ""
    marks = []
    for first, last in rows_of(notes):
        ends = [first] if first == last else [first, last]
        links = [_mark(number, seen) for number in ends]
        hidden = "".join(_target(number, seen) for number in range(first + 1, last))
        marks.append((("–" + hidden) if last - first > 1 else ", ").join(links))
    return f'<sup class="notes">{", ".join(marks)}</sup>'


def _mark(number: int, seen: set[int]) -> str:
    back = "" if number in seen else f' id="r{number}"'
    seen.add(number)
    return f'<a href="#n{number}"{back}>{number}</a>'


def _target(number: int, seen: set[int]) -> str:
    if number in seen:
        return ""
    seen.add(number)
    return f'<span id="r{number}"></span>'


def rows_of(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Return numbers in order as rows without a gap: the first and the last of each."""
    rows: list[tuple[int, int]] = []
    for number in numbers:
        if rows and rows[-1][1] == number - 1:
            rows[-1] = rows[-1][0], number
        else:
            rows.append((number, number))
    return rows


def _notes(notes: Sequence[Note], seen: set[int]) -> str:
    if not notes:
        return ""
    items = "\n".join(
        f'<li id="n{note.number}" value="{note.number}">{_line(note.line, seen)} '
        f'<a href="#r{note.number}" class="back" aria-label="Back to the text">↩</a></li>'
        for note in notes
    )
    return f'<h2 id="notes">Notes</h2>\n<ol class="sources">\n{items}\n</ol>\n'
