"""Files and folders, with everything in them that must not hang or break."""

from __future__ import annotations

import io
import os
import socket
import sys
from pathlib import Path

import pytest

from fogline.ingest import Item, Problem, gather


def names(folder: Path, found: list[Item | Problem]) -> list[str]:
    return [str(Path(one.name).relative_to(folder)) for one in found if isinstance(one, Item)]


def test_a_folder_gives_its_reports_in_order_of_name(tmp_path: Path) -> None:
    for name in (
        "b.txt",
        "a.md",
        "c/d.HTML",
        "c/e.jsonl",
        "c/f.json",
        "g.pdf",
        "photo.jpg",
        ".hidden.txt",
        ".git/x.txt",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b'{"text": "x"}')
    found = list(gather([str(tmp_path)]))
    assert names(tmp_path, found) == ["a.md", "b.txt", "c/d.HTML", "c/e.jsonl", "c/f.json", "g.pdf"]
    assert len(found) == 6


def test_a_file_named_outright_is_taken_whatever_its_suffix(tmp_path: Path) -> None:
    path = tmp_path / "REPORT"
    path.write_text("Shells fell.")
    (item,) = gather([str(path)])
    assert isinstance(item, Item)
    assert (item.name, item.path, item.bytes(), item.size()) == (str(path), path, b"Shells fell.", 12)
    assert item.sha256() == "016661ea3bf4ad579b7987349add8f638ea6259d2d5391711a51b49bc059fda3"


def test_what_is_missing_is_told(tmp_path: Path) -> None:
    (problem,) = gather([str(tmp_path / "gone.txt")])
    assert isinstance(problem, Problem)
    assert problem.message == f"{tmp_path / 'gone.txt'} is not there. Check the path."
    assert problem.object == str(tmp_path / "gone.txt")


def test_a_folder_without_reports_is_told(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"x")
    (problem,) = gather([str(tmp_path)])
    assert isinstance(problem, Problem)
    assert "holds no reports" in problem.message


def test_a_name_that_no_system_knows_is_told() -> None:
    (problem,) = gather(["a\0b.txt"])
    assert isinstance(problem, Problem)
    assert "cannot be read" in problem.message


def test_unreadable_entries_are_told_and_the_rest_is_taken(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("Shells fell.")
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "nowhere.txt")
    (tmp_path / "round.txt").symlink_to(tmp_path / "round.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as server:
        here = Path.cwd()
        os.chdir(tmp_path)  # the path of a socket may not be long
        try:
            server.bind("socket.txt")
        finally:
            os.chdir(here)
        found = list(gather([str(tmp_path)]))
    assert names(tmp_path, found) == ["good.txt"]
    problems = {Path(one.object).name: one.message for one in found if isinstance(one, Problem)}
    assert "is a link to something that is not there" in problems["dangling.txt"]
    assert "cannot be read" in problems["round.txt"]
    assert "is a named pipe, which may never end" in problems["pipe.txt"]
    assert "is a socket" in problems["socket.txt"]
    assert len(problems) == 4


def test_a_device_is_not_opened() -> None:
    (problem,) = gather(["/dev/zero"])
    assert isinstance(problem, Problem)
    assert "/dev/zero is a device" in problem.message


def test_a_folder_that_contains_itself_is_entered_once(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "a.txt").write_text("Shells fell.")
    (tmp_path / "inner" / "loop").symlink_to(tmp_path)
    (tmp_path / "inner" / "self").symlink_to(tmp_path / "inner")
    assert names(tmp_path, list(gather([str(tmp_path)]))) == ["inner/a.txt"]


def test_a_json_file_beside_a_report_tells_about_it_and_is_no_report(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Shells fell.")
    (tmp_path / "a.json").write_text('{"doc": {"title": "A"}}')
    (tmp_path / "b.txt").write_text("Shells fell.")
    (tmp_path / "b.json").write_text('{"text": "Troops left."}')
    found = [one for one in gather([str(tmp_path)]) if isinstance(one, Item)]
    assert [(one.file.name, one.sidecar) for one in found] == [
        ("a.txt", tmp_path / "a.json"),
        ("b.json", None),
        ("b.txt", None),
    ]
    assert list(gather([str(tmp_path / "a.json")])) == []


def test_standard_input_is_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Shells fell.")))
    (item,) = gather(["-"])
    assert isinstance(item, Item)
    assert (item.name, item.bytes()) == ("-", b"Shells fell.")


def test_much_standard_input_goes_to_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    data = b"Shells fell.\n" * 1_000_000
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    (item,) = gather(["-"])
    assert isinstance(item, Item)
    assert item.data is None
    assert item.bytes() == data


@pytest.mark.parametrize("content", [b'{"text": "\xe9"}', b"[" * 9999, b"", b'[{"text": "x"}]'])
def test_a_json_file_beside_a_report_that_does_not_tell_about_it_is_taken_by_itself(
    tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "a.txt").write_text("Shells fell.")
    (tmp_path / "a.json").write_bytes(content)
    found = [one for one in gather([str(tmp_path)]) if isinstance(one, Item)]
    assert [(one.file.name, one.sidecar) for one in found] == [("a.json", None), ("a.txt", None)]
