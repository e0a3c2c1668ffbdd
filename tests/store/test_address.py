"""A team's ledger is named by an address, whose password is told to nobody."""

from __future__ import annotations

import builtins
from pathlib import Path

import pytest

import fogline
from fogline.cli import main
from fogline.errors import LedgerError
from fogline.settings import Settings
from fogline.store.address import archive_of, on_server, parameters, shown


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("postgresql://maria:gr%40nit-7@server/ledger", "postgresql://maria@server/ledger"),
        ("postgres://maria@server:5433/ledger?sslmode=require", "postgresql://maria@server:5433/ledger"),
        ("postgresql:///a%20b?host=/run/pg&password=granit&port=1", "postgresql:///a%20b?host=%2Frun%2Fpg&port=1"),
        ("postgresql://u:granit@[::1]:5432/l", "postgresql://u@[::1]:5432/l"),
        ("postgresql://one,other/l?user=u&sslpassword=granit", "postgresql://u@/l?host=one%2Cother&port=%2C"),
    ],
)  # fmt: skip
def test_an_address_is_shown_without_its_password(address: str, told: str) -> None:
    assert on_server(address)
    assert shown(parameters(address)) == told
    assert shown(parameters(told)) == told


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://maria:granit@7@server/ledger",  # signs that have to be written otherwise
        "postgresql://maria:granit/7@server/ledger",
        "postgresql://maria:granit@server:port/ledger",
        "postgresql://maria:granit@server/ledger?no=such&option",
        "postgresql://maria:granit%zz@server/ledger",
    ],
)
def test_an_address_that_cannot_be_read_is_not_repeated(
    address: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with pytest.raises(LedgerError, match=r"cannot be read. Write it as postgresql://USER@HOST"):
        parameters(address)
    monkeypatch.chdir(tmp_path)
    assert main(["claims", "--ledger", address]) == 1
    monkeypatch.setenv("FOGLINE_LEDGER", address)
    assert main(["documents"]) == 1
    assert "granit" not in "".join(capsys.readouterr())


def test_a_server_that_is_not_there_is_named_without_password(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    address = f"postgresql://maria:granit@/ledger?host={tmp_path}"
    assert main(["claims", "--ledger", address]) == 1
    told = capsys.readouterr().err
    assert "The ledger postgresql://maria@/ledger?host=" in told
    assert "cannot be reached (No such file or directory)" in told
    assert "granit" not in told
    assert "granit" not in repr(Settings(ledger=address))


def test_without_psycopg_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def missing(name: str, *given: object, **named: object) -> object:
        if name.split(".")[0] == "psycopg":
            raise ImportError("No module named 'psycopg'")
        return real(name, *given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(LedgerError, match=r"pip install 'fogline\[postgres\]'"):
        fogline.connect("postgresql://maria@server/ledger")


def test_raw_bytes_lie_beside_a_file_and_else_in_the_working_folder() -> None:
    assert archive_of("somewhere/l.duckdb") == Path("somewhere/archive")
    assert archive_of("postgresql://server/war%2Fdesk") == Path(".fogline/war%2Fdesk/archive")
    assert archive_of("postgresql://server") == Path(".fogline/ledger/archive")
