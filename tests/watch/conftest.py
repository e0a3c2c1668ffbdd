"""Let these tests use the stub extractor of the store's tests and the site beside them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "store")]

from site_made import Desk, Site  # noqa: E402


@pytest.fixture
def site() -> Iterator[Site]:
    """Give a web server on the loopback address whose pages a test sets."""
    made = Site()
    yield made
    made.close()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    """Give a function that makes a watch of a feeds file in a folder of its own; again, it goes on there."""
    made: list[Desk] = []

    def make(feeds: str, **options: object) -> Desk:
        for one in made:
            one.close()
        made.append(Desk(tmp_path, feeds, **options))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for one in made:
        one.close()
