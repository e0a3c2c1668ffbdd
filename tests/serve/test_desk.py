"""The ledger that is served: what a judgement changes is there at once, and is what reading it anew gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from fogline.ledger import Ledger
from fogline.serve.desk import Desk
from fogline.serve.index import Index


@pytest.fixture
def desk(make_ledger: Callable[..., Ledger], monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """Give a desk that works nothing out in the background."""
    desk = Desk(make_ledger(linked=True))
    monkeypatch.setattr(desk, "changed", lambda **_: None)
    yield desk
    desk.close()


def grouped(index: Index) -> dict[str, str | None]:
    """Return the event of each claim."""
    return {id: index.event_id(row) for id, row in index.row_of.items()}


def test_a_judgement_and_taking_it_back_show_at_once(desk: Desk) -> None:
    before = desk.view
    one, other = (event.claims[0] for event in before.index.events[:2])
    made = desk.judge("same", one, other=other, reviewer="maria", reason="one town")
    now = grouped(desk.view.index)
    assert now[one] == now[other] is not None
    assert now == grouped(Index(desk.ledger.stream(), desk.ledger.events()))
    assert len(desk.view.index.events) == len(before.index.events) - 1
    assert desk.view.revision != before.revision

    desk.judge("undo", made.id, reviewer="maria", reason="two towns after all")
    now = grouped(desk.view.index)
    assert now[one] != now[other]
    assert now == grouped(Index(desk.ledger.stream(), desk.ledger.events()))


def test_a_claim_that_is_none_leaves_its_event(desk: Desk) -> None:
    claim = desk.view.index.events[0].claims[0]
    desk.judge("wrong", claim, field="claim", reviewer="maria", reason="a film")
    now = grouped(desk.view.index)
    assert now[claim] is None
    assert now == grouped(Index(desk.ledger.stream(), desk.ledger.events()))


def test_what_was_worked_out_of_claims_alone_is_kept(desk: Desk) -> None:
    documents = desk.documents_named(desk.view)
    desk.judge("reliability", "Colonel Orr", value="B", reviewer="maria", reason="was right")
    assert desk.documents_named(desk.view) is documents
