"""Editions in a ledger: found by address, marked in what comes out, and held back by an embargo."""

from __future__ import annotations

import io
from datetime import date, datetime
from pathlib import Path

import msgspec
import pytest
from stub import StubReader, report

from fogline.errors import LedgerError
from fogline.export import EXPORTERS
from fogline.ingest import Archive
from fogline.ledger import Ledger
from fogline.model import Document
from fogline.store.duckdb import DuckDBStore
from fogline.store.editions import address_of

FIRST = (
    "The garrison captured Novaya Niva, Colonel Orr said. It was a quiet day in the valley of the mill. "
    "Some 300 troops left Stara Niva by the mill bridge."
)
SECOND = (
    "It was a quiet day in the valley of the mill. Some 300 troops left Stara Niva by the mill bridge. "
    "Nobody else was seen on the road."
)


def edition(id: str, text: str, **fields: object) -> Document:
    told = {"url": "https://www.courier.example/niva?utm_source=feed", "published": date(2022, 9, 10)}
    return msgspec.structs.replace(report(id, text=text), **{**told, **fields})


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    made = Ledger(DuckDBStore(), Archive(tmp_path / "archive"), reader=StubReader())
    made.add([edition("one", FIRST), edition("two", SECOND, updated=date(2022, 9, 12))])
    return made


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://www.courier.example/a/", "courier.example/a"),
        ("http://courier.example:80/a?utm_medium=rss&id=3#top", "courier.example/a?id=3"),
        ("https://courier.example/a/amp?fbclid=1", "courier.example/a"),
        ("https://courier.example:8443/a?b=1&a=2", "courier.example:8443/a?a=2&b=1"),
        ("https://courier.example/", None),
        ("https://courier.example:x/a", None),
        ("https://[::1/a", None),
        ("https://courier.example/?q=\ud800", "courier.example?q=%ED%A0%80"),
        ("ftp://courier.example/a", None),
        (f"https://courier.example/{'a' * 2000}", None),
        (None, None),
    ],
)
def test_an_address_is_one_however_one_came_to_it(url: str | None, address: str | None) -> None:
    assert address_of(url) == address


def test_editions_are_found_by_address_and_put_in_order(ledger: Ledger) -> None:
    (article,) = ledger.articles()
    assert article.address == "courier.example/niva"
    assert [(e.document, e.published, e.updated) for e in article.editions] == [
        ("one", date(2022, 9, 10), None),
        ("two", date(2022, 9, 10), date(2022, 9, 12)),
    ]
    assert ledger.document("two").updated == date(2022, 9, 12)


def test_another_article_at_the_address_is_no_edition(ledger: Ledger) -> None:
    ledger.add(
        [edition("live", "Markets fell in Asia. The minister left Stara Niva for talks in the capital.")]
    )
    (article,) = ledger.articles()
    assert [e.document for e in article.editions] == ["one", "two"]


def test_withdrawn_claims_are_marked_wherever_claims_come_out(ledger: Ledger) -> None:
    taken, left, left_again = ledger.claims().stored
    assert (left.amended, left_again.amended) == (None, None)
    assert taken.amended is not None
    assert (taken.amended.kind, taken.amended.edition, taken.amended.day) == (
        "withdrawn", "two", date(2022, 9, 12),
    )  # fmt: skip
    assert "Withdrawn in the edition of 2022-09-12 (two), which no longer tells it." in str(
        ledger.show(taken.claim.id)
    )
    (again,) = ledger.claims_of_ids([taken.claim.id])
    assert again == taken
    to = io.StringIO()
    EXPORTERS["jsonl"](ledger.stream(), to)
    lines = [msgspec.json.decode(line) for line in to.getvalue().splitlines()]
    assert [line.get("amended", {}).get("kind") for line in lines] == ["withdrawn", None, None]


def test_a_document_is_shown_with_its_editions_and_what_changed(ledger: Ledger) -> None:
    shown = str(ledger.show_document("two"))
    assert "editions    2 under courier.example/niva" in shown
    assert "\n  - The garrison captured Novaya Niva, Colonel Orr said.\n" in shown
    assert "\n  + Nobody else was seen on the road.\n" in shown
    assert "[Withdrawn in the edition of 2022-09-12 (two), which no longer tells it]" in shown
    ledger.add([report("alone")])
    assert "this is the only one that the ledger has" in str(ledger.show_document("alone"))
    with pytest.raises(LedgerError, match="has no document 'none'"):
        ledger.show_document("none")


def test_an_edition_under_embargo_has_no_say(tmp_path: Path) -> None:
    made = Ledger(DuckDBStore(), Archive(tmp_path), reader=StubReader())
    today = datetime.now().date()
    made.add([edition("one", FIRST), edition("two", SECOND, updated=today)])
    assert len(made.articles()) == 1
    assert made.articles(embargo_hours=48) == []
    assert all(stored.amended is None for stored in made.claims(embargo_hours=48).stored)
    assert any(stored.amended is not None for stored in made.claims().stored)


def test_documents_of_an_older_ledger_find_their_editions(tmp_path: Path) -> None:
    made = Ledger(DuckDBStore(), Archive(tmp_path), reader=StubReader())
    made.add([edition("one", FIRST), edition("two", SECOND)])
    store = made._store
    store.run("DROP TABLE editions")
    store.run("UPDATE meta SET value = '3' WHERE name = 'version'")
    assert len(Ledger(store, Archive(tmp_path), reader=StubReader()).articles()) == 1
