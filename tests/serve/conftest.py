"""A served ledger of hand-made claims, with the stub extractor of the store's tests."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from fogline.ledger import Ledger, connect
from fogline.serve import Tokens
from fogline.settings import Settings

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "store")]


@pytest.fixture
def make_ledger(tmp_path: Path) -> Iterator[Callable[..., Ledger]]:
    """Give a function that opens a ledger with the reports in it."""
    from serving_help import reports
    from stub import StubReader

    opened: list[Ledger] = []

    def make(*, linked: bool = False, **settings: object) -> Ledger:
        ledger = connect(
            tmp_path / "ledger.duckdb",
            reader=StubReader(),
            settings=Settings(**settings),  # type: ignore[arg-type]
        )
        opened.append(ledger)
        ledger.add(reports())
        if linked:
            ledger.link()
        return ledger

    yield make
    for ledger in opened:
        ledger.close()


@pytest.fixture
def ledger(make_ledger: Callable[..., Ledger]) -> Ledger:
    """Give the ledger without events."""
    return make_ledger()


@pytest.fixture
def tokens(tmp_path: Path) -> Tokens:
    """Give the tokens of the ledger: none."""
    return Tokens(tmp_path / "tokens.json")


@pytest.fixture
def client(ledger: Ledger, tokens: Tokens, tmp_path: Path) -> Iterator[TestClient]:
    """Give a client of the server."""
    from serving_help import serve

    with serve(ledger, tokens, page=tmp_path / "page") as found:
        yield found
