"""Waiting: after failures, as asked, between requests; what robots.txt says."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from fogline.errors import LedgerError
from fogline.watch import State
from fogline.watch.politeness import Hosts, back_off, retry_after
from fogline.watch.robots import Robots

HOST = "https://a.example"


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    made = State(tmp_path / "s.sqlite")
    yield made
    made.close()


def test_waits_double_up_to_a_day_with_some_chance() -> None:
    assert [back_off(n, least=60, chance=lambda: 1.0) for n in (1, 2, 3, 12, 9999)] == [
        60,
        120,
        240,
        86_400,
        86_400,
    ]
    assert back_off(1, least=60, chance=lambda: 0.0) == 45


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ("120", 120), ("Thu, 01 Jan 1970 00:20:00 GMT", 200), ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ("999999999999999", 86_400), ("-5", 0), ("soon", 0), ("", 0), (None, 0), ("١٢", 0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 86_400), ("Mon, 99 Foo 2022 99:99:99 GMT", 0),
    ],
)  # fmt: skip
def test_retry_after_is_seconds_or_a_date(told: str | None, seconds: float) -> None:
    assert retry_after(told, now=1000) == seconds


def test_a_host_is_asked_once_at_a_time_and_after_its_pause(state: State) -> None:
    hosts = Hosts(state, 0.3)
    assert hosts.wait(HOST) == 0
    hosts.begin(HOST)
    assert hosts.wait(HOST) is None
    hosts.end(HOST, pause=5)
    assert 4.5 < (hosts.wait(HOST) or 0) <= 5
    hosts.end(HOST)
    assert 0 < (hosts.wait(HOST) or 0) <= 0.3


def test_a_host_is_left_alone_after_a_restart_too_but_not_because_a_clock_jumped(
    state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    Hosts(state, 0).leave(HOST, 500)
    assert 490 < Hosts(state, 0).left_alone(HOST) <= 500
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now - 10 * 86_400)
    assert Hosts(state, 0).left_alone(HOST) == 0


def test_robots_txt_is_kept_and_heeded(state: State) -> None:
    robots = Robots(state)
    assert not robots.known(HOST)
    robots.keep(
        HOST,
        200,
        b"User-agent: *\nDisallow: /a\nCrawl-delay: 7\nUser-agent: fogline\nDisallow: /b\nCrawl-delay: 3\n",
    )
    again = Robots(state)
    assert again.known(HOST)
    assert (again.allowed(HOST, f"{HOST}/a"), again.allowed(HOST, f"{HOST}/b")) == (True, False)
    assert again.pause(HOST) == 3


@pytest.mark.parametrize(
    ("status", "allowed"), [(404, True), (403, True), (500, False), (503, False), (None, False)]
)
def test_a_robots_txt_that_is_not_there_allows_all_and_one_that_fails_nothing(
    state: State, status: int | None, allowed: bool
) -> None:
    robots = Robots(state)
    robots.keep(HOST, status)
    assert robots.allowed(HOST, f"{HOST}/a") is allowed


def test_a_robots_txt_is_asked_for_again_after_a_day_or_an_hour(
    state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    robots = Robots(state)
    robots.keep(HOST, 200)
    robots.keep("https://b.example", 500)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 2 * 3600)
    assert (robots.known(HOST), robots.known("https://b.example")) == (True, False)
    monkeypatch.setattr(time, "time", lambda: now + 25 * 3600)
    assert not robots.known(HOST)


def test_odd_robots_txt_are_read(state: State) -> None:
    for body in (
        b"\xff\xfe\x00",
        b"Disallow: /" * 1000,
        b"User-agent: *\nDisallow: /*" + b"*a" * 2000,
        b"\x00" * 600_000,
    ):
        robots = Robots(state)
        robots.keep(HOST, 200, body)
        begun = time.monotonic()
        robots.allowed(HOST, f"{HOST}/{'a' * 2000}")
        assert time.monotonic() - begun < 5


def test_a_state_that_is_held_newer_or_no_state_is_told(state: State, tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="Another `fogline watch` is at work"):
        State(state.file)
    (tmp_path / "other").write_bytes(b"no database at all, but long enough to be looked at" * 30)
    with pytest.raises(LedgerError, match="cannot be opened"):
        State(tmp_path / "other")
    newer = State(tmp_path / "newer.sqlite")
    newer.run("PRAGMA user_version = 99")
    newer.close()
    with pytest.raises(LedgerError, match="newer Fogline"):
        State(tmp_path / "newer.sqlite")


def test_a_change_is_whole_or_not_at_all(state: State) -> None:
    with pytest.raises(RuntimeError), state.change():
        state.run("INSERT INTO sources (place) VALUES ('x')")
        raise RuntimeError
    assert state.rows("SELECT * FROM sources") == []
