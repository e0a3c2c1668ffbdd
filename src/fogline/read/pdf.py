"""PDF files."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..errors import ReadError
from ..ingest.item import Item, Problem
from ..model import Document
from .ids import document_id
from .limits import LIMITS, size
from .paragraphs import Line, join

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

_PASSWORD_ERROR = 4  # FPDF_ERR_PASSWORD
# PDFium joins a line that ends in a hyphen to the next, with U+FFFE in place of the hyphen.
_LINE = re.compile(r"[^\n\ufffe]*(?:\n|\ufffe|$)")
# Titles that programs put there by themselves.
_NO_TITLE = re.compile(
    r"untitled|microsoft (word|powerpoint) ?-.*|.*\.(docx?|pdf|indd|rtf|odt|qxd)|slide \d+", re.I
)


def read(item: Item) -> Iterator[Document | Problem]:
    """Yield the text of a PDF as one document, a paragraph a line.

    The date that a PDF carries is when the file was made, not when the report was published, so the
    document has none.

    Raises:
        ReadError: the file is too large, empty, broken, locked by a password, or has no text in it.
    """
    if item.size() > LIMITS.file:
        raise ReadError(
            f"{item.name} has {size(item.size())} bytes, more than the {size(LIMITS.file)} that "
            "Fogline reads as "
            "one PDF. Split it into its reports."
        )
    data = item.bytes()
    if not data.strip():
        raise ReadError(f"{item.name} is empty. Give it a report, or leave it out.")
    pdf = _opened(data, item.name)
    with contextlib.closing(pdf):
        pages, broken = _lines(pdf, item.name)
        text = join(pages)
        title = pdf.get_metadata_value("Title").strip()
        author = pdf.get_metadata_value("Author").strip()
    if not text.strip():
        raise ReadError(
            f"{item.name} has no text on its {len(pages)} page(s): it seems to be a scan. "
            "Run it through text recognition (for example ocrmypdf) and add the result."
        )
    if broken:
        yield Problem(
            object=item.name,
            message=f"{item.name} was read without page {', '.join(map(str, broken))}, which cannot be "
            "opened. Fetch the file anew from its source.",
            severity="warning",
        )
    yield Document(
        id=document_id(item),
        text=text,
        title=None if _NO_TITLE.fullmatch(title) else title or None,
        author=author or None,
    )


def _opened(data: bytes, name: str) -> PdfDocument:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD_ERROR:
            raise ReadError(
                f"{name} is locked by a password. Save a copy without one and add that."
            ) from error
        raise ReadError(
            f"{name} is no PDF that can be opened: it is broken or cut off. Fetch it anew from its source."
        ) from error


def _lines(pdf: PdfDocument, name: str) -> tuple[list[list[Line]], list[int]]:
    """Return the lines of each page, and the numbers of the pages that cannot be opened."""
    import pypdfium2

    pages: list[list[Line]] = []
    broken: list[int] = []
    total = 0
    for number in range(len(pdf)):
        try:
            with contextlib.closing(pdf[number]) as page:
                lines = list(_page_lines(page))
        except pypdfium2.PdfiumError:
            broken.append(number + 1)
            lines = []
        pages.append(lines)
        total += sum(len(line.text) for line in lines)
        if total > LIMITS.text:
            raise ReadError(
                f"{name} has more than the {size(LIMITS.text)} characters that Fogline reads as one report. "
                "Split it into its reports or chapters."
            )
    return pages, broken


def _page_lines(page: PdfPage) -> Iterator[Line]:
    """Yield the lines of a page in reading order, with their boxes in points from the page's bottom left."""
    from pypdfium2 import raw

    with contextlib.closing(page.get_textpage()) as layer:
        position = 0  # counted as PDFium does, in UTF-16 units
        for line in _LINE.findall(layer.get_text_range()):
            body = line.rstrip()
            if body.strip():
                first = raw.FPDFText_GetCharIndexFromTextIndex(
                    layer, position + _units(body) - _units(body.lstrip())
                )
                last = raw.FPDFText_GetCharIndexFromTextIndex(layer, position + _units(body) - 1)
                left, bottom, _, _ = layer.get_charbox(max(0, first), loose=True)
                _, _, right, _ = layer.get_charbox(max(0, last), loose=True)
                # A bullet in front or a footnote's number at the end may be of another size.
                points = float(raw.FPDFText_GetFontSize(layer, max(0, (first + last) // 2)))
                yield Line(body.strip(), left, right, bottom, points)
            position += _units(line)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
