"""Clauses that were cut short are completed, whole ones are left alone."""

from __future__ import annotations

import pytest

from fogline.extract.clauses import completed
from fogline.extract.parse import parse
from fogline.model import Document, Span


@pytest.mark.parametrize(
    ("text", "marked", "whole"),
    [
        (
            "Hospital staff put the toll at 14 dead, and the road was closed.",
            "14 dead",
            "Hospital staff put the toll at 14 dead",
        ),
        ("Two bridges over the Tisa were blown up.", "the Tisa", "Two bridges over the Tisa were blown up"),
        ("The rebels shelled the port on Monday.", "shelled the port", "shelled the port"),
        ("They spoke of the shelling of Tyre.", "the shelling of Tyre", "the shelling of Tyre"),
        (
            "Rebels entered Kisumu, a railway junction.",
            "a railway junction",
            "Rebels entered Kisumu, a railway junction",
        ),
        ("No verb here at all.", "verb", "verb"),
    ],
)  # fmt: skip
def test_completed(text: str, marked: str, whole: str) -> None:
    start = text.index(marked)
    found = completed(parse(Document(id="d", text=text)), Span(start, start + len(marked)))
    assert found.of(text) == whole
