"""The archive of raw bytes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fogline.errors import SourceError
from fogline.ingest import Archive, Item, gather

NOON = datetime(2022, 9, 11, 12, tzinfo=UTC)


def item(data: bytes, name: str = "a.txt", url: str | None = None) -> Item:
    return Item(name=name, data=data, retrieved=NOON, url=url)


def test_bytes_lie_under_their_hash_and_come_back(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")
    digest = archive.keep(item(b"Shells fell."))
    assert digest == item(b"Shells fell.").sha256()
    assert archive.path(digest) == tmp_path / "archive" / digest[:2] / digest
    with archive.open(digest) as stream:
        assert stream.read() == b"Shells fell."
    assert list(archive.digests()) == [digest]
    assert archive.verify() == []


def test_a_file_is_kept_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "big.bin"
    path.write_bytes(os.urandom(3_000_000))
    archive = Archive(tmp_path / "archive")
    digest = archive.keep(Item(name="big.bin", path=path, retrieved=NOON))
    assert archive.path(digest).read_bytes() == path.read_bytes()


def test_keeping_the_same_again_adds_nothing_but_a_new_whence(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    first = archive.keep(item(b"Shells fell."))
    written = archive.path(first).stat().st_mtime_ns
    assert archive.keep(item(b"Shells fell.")) == first
    assert archive.keep(item(b"Shells fell.", "https://a.example/1", "https://a.example/1")) == first
    assert archive.path(first).stat().st_mtime_ns == written
    assert [(note.name, note.url, note.retrieved) for note in archive.provenance(first)] == [
        ("a.txt", None, NOON),
        ("https://a.example/1", "https://a.example/1", NOON),
    ]
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == [first, f"{first}.whence"]


def test_damage_is_found(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.keep(item(b"one"))
    digest = archive.keep(item(b"two"))
    archive.path(digest).write_bytes(b"tow")
    assert archive.verify() == [digest]


def test_half_a_line_of_provenance_harms_neither_what_is_before_nor_after(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    digest = archive.keep(item(b"one"))
    with archive.path(digest).with_suffix(".whence").open("ab") as stream:
        stream.write(b'{"name": "b.t')
    archive.keep(item(b"one", "c.txt"))
    assert [note.name for note in archive.provenance(digest)] == ["a.txt", "c.txt"]


def test_what_is_not_held_is_told(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    with pytest.raises(SourceError, match=r"does not hold 0{64}\. Add its source again"):
        archive.open("0" * 64)
    with pytest.raises(SourceError, match="is no SHA-256"):
        archive.open("../../etc/passwd")
    assert archive.provenance("0" * 64) == []


def test_a_source_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"gone\.txt could not be kept"):
        Archive(tmp_path).keep(Item(name="gone.txt", path=tmp_path / "gone.txt", retrieved=NOON))
    assert list(tmp_path.iterdir()) == []


def test_a_killed_process_leaves_no_name_with_half_a_content(tmp_path: Path) -> None:
    script = (
        "import os, sys\n"
        "from datetime import datetime, UTC\n"
        "from pathlib import Path\n"
        "from fogline.ingest import Archive, Item\n"
        "archive = Archive(Path(sys.argv[1]))\n"
        "print('ready', flush=True)\n"
        "for n in range(100000):\n"
        "    archive.keep(Item(name=str(n), data=os.urandom(300000), retrieved=datetime.now(UTC)))\n"
    )
    process = subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    archive = Archive(tmp_path)
    end = time.monotonic() + 10
    while len(list(archive.digests())) < 5 and time.monotonic() < end:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert len(list(archive.digests())) >= 5
    assert archive.verify() == []


@settings(max_examples=40, deadline=None)
@given(contents=st.lists(st.binary(max_size=50), max_size=8))
def test_every_content_is_kept_once(tmp_path_factory: pytest.TempPathFactory, contents: list[bytes]) -> None:
    archive = Archive(tmp_path_factory.mktemp("archive"))
    digests = [archive.keep(item(content)) for content in contents]
    assert [archive.path(digest).read_bytes() for digest in digests] == contents
    assert sorted(set(digests)) == list(archive.digests())


def test_an_archive_inside_a_folder_of_reports_is_no_source(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Shells fell.")
    archive = Archive(tmp_path / "archive")
    archive.keep(item(b"Shells fell."))
    assert [one.name for one in gather([str(tmp_path)]) if isinstance(one, Item)] == [str(tmp_path / "a.txt")]
