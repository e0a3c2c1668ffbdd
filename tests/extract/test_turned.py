"""Events that a clause's own verb contradicts."""

from __future__ import annotations

import pytest

from fogline.extract.parse import parse
from fogline.extract.reader import Reading
from fogline.extract.turned import turned
from fogline.model import Document, EventType, Span


@pytest.mark.parametrize(
    ("text", "event", "expected"),
    [
        ("before any Kenyan troops arrived", "WITHDRAW", "ADVANCE"),
        ("Rwandan troops entered Goma", "WITHDRAW", "ADVANCE"),
        ("they had left when the rebels arrived", "WITHDRAW", "WITHDRAW"),
        ("the garrison withdrew", "WITHDRAW", "WITHDRAW"),
        ("any Kenyan troops arrived", "DEPLOY", "DEPLOY"),
    ],
)
def test_who_arrives_does_not_withdraw(text: str, event: EventType, expected: EventType) -> None:
    reading = Reading(Span(0, len(text)), 0, event, 0.9, {}, 0.1, ())
    (mended,) = turned(parse(Document(id="t", text=text)), [reading])
    assert mended.event == expected
