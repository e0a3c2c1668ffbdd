"""Plain text and Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from ..errors import ReadError
from ..ingest.item import Item, Problem
from ..model import Document
from .encoding import charset, decode
from .fields import told
from .ids import document_id
from .limits import LIMITS, size
from .matter import front_matter

_MOST_BYTES_A_CHARACTER = 4


def read(item: Item) -> Iterator[Document | Problem]:
    """Yield the file's text as one document.

    The text is the decoded file, letter by letter, but for the byte order mark and line ends, which
    become ``\\n``; of Markdown the front matter is taken off.

    Raises:
        ReadError: the file is empty, too long, or no text.
    """
    if item.size() > LIMITS.text * _MOST_BYTES_A_CHARACTER:
        raise ReadError(
            f"{item.name} has {size(item.size())} bytes, far more than the {size(LIMITS.text)} "
            "characters that Fogline "
            "reads as one report. Split it into its reports; many reports go into one .jsonl file."
        )
    decoded = decode(item.bytes(), item.name, charset(item))
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    if not text.strip():
        raise ReadError(f"{item.name} is empty. Give it a report, or leave it out.")
    if decoded.doubt:
        yield Problem(object=item.name, message=decoded.doubt, severity="warning")
    matter, body = front_matter(text)
    if item.file.suffix.lower() == ".md" and body.strip():
        text = body
    about = told(matter)
    if about.wrong:
        yield Problem(
            object=item.name,
            message=f"In the front matter of {item.name} {' and '.join(about.wrong)}; "
            "it was taken as unknown. Mend it and add the file again.",
            severity="warning",
        )
    yield about.onto(Document(id=document_id(item), text=text))
