"""A PostgreSQL server for the tests that need one; where there is none, the summary says what was not run."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parent))

from cluster import MISSING, Cluster, binaries

# How long one example takes tells of the machine, not of the code.
settings.register_profile("fogline", deadline=None)
settings.load_profile("fogline")

LONGEST = ("test_examples_on_a_server", "test_programme", "test_found", "test_engine_contract", "test_supply")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest, so that no worker waits for another at the end."""
    items.sort(key=lambda item: item.path.stem not in LONGEST)


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """Give a server that is thrown away at the end."""
    if binaries() is None:
        pytest.skip(MISSING)
    made = Cluster()
    yield made
    made.remove()


@pytest.fixture(scope="session")
def _one_database(cluster: Cluster) -> str:
    return cluster.database()


@pytest.fixture
def emptied(cluster: Cluster, _one_database: str) -> str:
    """Give the address of a database that holds no ledger; the next test gets the same one, emptied."""
    cluster.query("DROP SCHEMA IF EXISTS fogline, fogline_map CASCADE", _one_database)
    return cluster.address(_one_database)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say plainly what a machine without PostgreSQL, or an environment without Ray, did not run."""
    if binaries() is None:
        terminalreporter.write_line(MISSING, yellow=True)
    if importlib.util.find_spec("ray") is None:
        terminalreporter.write_line(
            "Not run: the contract of the engine ray, as Ray is not installed (the extra `cluster`).",
            yellow=True,
        )
