"""``fogline serve`` as a process: where it listens, whom it lets in, and how it ends."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from fogline.cli.serve import _listen

FOGLINE = str(Path(sys.executable).parent / "fogline")


@contextmanager
def served(folder: Path, *options: str) -> Iterator[tuple[str, str]]:
    """Serve a ledger from a process of its own; give its address, and what it printed as a token."""
    command = [
        FOGLINE,
        "serve",
        "--ledger",
        str(folder / "l.duckdb"),
        "--port",
        "0",
        "--no-browser",
        *options,
    ]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=folder)
    assert child.stdout and child.stderr
    try:
        while not (found := re.search(r"http://[^ ]+:\d+/", line := child.stderr.readline())):
            assert line, "the server ended"
        token = child.stdout.readline().strip() if "--token" in options else ""
        yield found[0], token
    finally:
        child.send_signal(signal.SIGINT)
        assert child.wait(20) in (0, -signal.SIGINT, 130)


def test_a_served_ledger_is_there_and_a_token_shuts_it(tmp_path: Path) -> None:
    with served(tmp_path, "--token", "review:maria") as (address, token):
        assert address.startswith("http://127.0.0.1:")
        assert httpx.get(f"{address}api/v1/meta").status_code == 401
        told = httpx.get(f"{address}api/v1/meta", headers={"Authorization": f"Bearer {token}"}).json()
        assert (told["reviewer"], told["roles"]) == ("maria", ["read", "review"])
        assert httpx.get(address).headers["content-type"].startswith("text/html")


def test_many_behind_one_address_can_be_let_ask_more(tmp_path: Path) -> None:
    def answers(address: str) -> set[int]:
        return {httpx.get(f"{address}api/v1/meta").status_code for _ in range(14)}

    with served(tmp_path, "--rate", "1") as (address, _):
        assert answers(address) == {200, 429}
    with served(tmp_path) as (address, _):
        assert answers(address) == {200}


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.org"])
def test_other_addresses_need_a_token(
    tmp_path: Path, host: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from fogline.cli import main

    monkeypatch.chdir(tmp_path)
    assert main(["serve", "--ledger", str(tmp_path / "l.duckdb"), "--host", host, "--no-browser"]) == 2
    assert "--token" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--token", "owner"], "read, review or add"),
        (["--revoke", "nobody"], "nobody"),
        (["--host", "192.0.2.1", "--token", "read"], "192.0.2.1"),
    ],
)
def test_what_makes_no_sense_is_refused(
    tmp_path: Path,
    options: list[str],
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    from fogline.cli import main

    monkeypatch.chdir(tmp_path)
    assert main(["serve", "--ledger", str(tmp_path / "l.duckdb"), "--no-browser", *options]) == 2
    assert told in capsys.readouterr().err


def test_small_answers_leave_at_once() -> None:
    """asyncio turns Nagle's algorithm off where a socket names its protocol; else an answer waits 40 ms."""
    with _listen("127.0.0.1", 0) as bound:
        assert bound.proto == socket.IPPROTO_TCP
