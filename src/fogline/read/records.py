"""Records with a text as documents: what JSON Lines and JSON have in common."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from ..ingest.item import Problem
from ..model import Document
from .fields import told


class Record(Struct, frozen=True):
    """The fields that Fogline knows; others are passed over."""

    id: Any = None
    title: Any = None
    published: Any = None
    date: Any = None
    updated: Any = None
    modified: Any = None
    outlet: Any = None
    author: Any = None
    url: Any = None
    language: Any = None
    text: Any = None


def documents(record: Record, *, where: str, name: str) -> Iterator[Document | Problem]:
    """Yield the document of a record, and a warning where fields of it make no sense.

    Args:
        record: the decoded record.
        where: how to name the record to the user, e.g. ``line 7 of reports.jsonl``.
        name: the id of a record that has none.
    """
    if not isinstance(record.text, str) or not record.text.strip():
        what = (
            "has no text field" if record.text is None
            else "holds an empty text" if isinstance(record.text, str)
            else f"has a text of type {type(record.text).__name__}"
        )  # fmt: skip
        yield Problem(
            object=where,
            message=f"The record at {where} {what} and was left out. Give it the report as a string in "
            "'text'.",
        )
        return
    about = told(
        {
            field: getattr(record, field)
            for field in Record.__struct_fields__
            if getattr(record, field) is not None
        }
    )
    if about.wrong:
        yield Problem(
            object=where,
            message=f"The record at {where} was read, but {' and '.join(about.wrong)}; it was taken as "
            "unknown. "
            "Mend the field and add the source again.",
            severity="warning",
        )
    yield Document(
        id=about.id or name,
        # U+FFFD for NUL, which no database keeps, leaves every offset where it is.
        text=record.text.replace("\0", "\ufffd"),
        title=about.title,
        published=about.published,
        updated=about.updated,
        outlet=about.outlet,
        author=about.author,
        url=about.url,
        language=about.language,
    )
