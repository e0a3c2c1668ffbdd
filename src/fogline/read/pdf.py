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
        pages = len(pdf)
        text = join(_lines(pdf, item.name))
        title = pdf.get_metadata_value("Title").strip()
        author = pdf.get_metadata_value("Author").strip()
    if not text.strip():
        raise ReadError(
            f"{item.name} has no text on its {pages} pages: it seems to be a scan. "
            "Run it through text recognition (for example ocrmypdf) and add the result."
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


def _lines(pdf: PdfDocument, name: str) -> list[list[Line]]:
    import pypdfium2

    pages, total = [], 0
    for number in range(len(pdf)):
        try:
            page = pdf[number]
        except pypdfium2.PdfiumError as error:
            raise ReadError(
                f"Page {number + 1} of {name} is broken. Fetch the file anew from its source."
            ) from error
        lines = list(_page_lines(page))
        page.close()
        pages.append(lines)
        total += sum(len(line.text) for line in lines)
        if total > LIMITS.text:
            raise ReadError(
                f"{name} has more than the {size(LIMITS.text)} characters that Fogline reads as one report. "
                "Split it into its reports or chapters."
            )
    return pages


def _page_lines(page: PdfPage) -> Iterator[Line]:
    """Yield the lines of a page in reading order, with their boxes in points from the page's bottom left."""
    from pypdfium2 import raw

    layer = page.get_textpage()
    position = 0  # counted as PDFium does, in UTF-16 units
    for line in layer.get_text_range().split("\r\n"):
        length = len(line.encode("utf-16-le", "surrogatepass")) // 2
        if line.strip():
            first = position + len(line) - len(line.lstrip())
            last = position + length - 1 - (len(line) - len(line.rstrip()))
            left, bottom, _, _ = layer.get_charbox(first, loose=True)
            _, _, right, _ = layer.get_charbox(last, loose=True)
            yield Line(line.strip(), left, right, bottom, float(raw.FPDFText_GetFontSize(layer, first)))
        position += length + 2
    layer.close()
