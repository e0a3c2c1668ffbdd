"""Which reader reads what, and what every document gets."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fogline.ingest import Item, Problem, gather
from fogline.model import Document
from fogline.read import read
from fogline.read.dispatch import READERS, kind
from fogline.read.language import detect

NOON = datetime(2022, 9, 11, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "media", "data", "reader"),
    [
        ("a.txt", None, b"", "plain"),
        ("a.MD", None, b"", "plain"),
        ("a.htm", None, b"", "html"),
        ("a.pdf", None, b"", "pdf"),
        ("a.json", None, b"", "json"),
        ("a.jsonl", None, b"", "jsonl"),
        ("https://a.example/x.pdf", "text/html", b"", "html"),
        ("https://a.example/x", "application/pdf", b"", "pdf"),
        ("https://a.example/x.jsonl", "text/plain", b"", "jsonl"),
        ("https://a.example/x.pdf", "application/octet-stream", b"", "pdf"),
        ("-", None, b"%PDF-1.7", "pdf"),
        ("-", None, b"\n <!DOCTYPE html><p>", "html"),
        ("-", None, b'{"text": "a"}\n{"text": "b"}', "jsonl"),
        ("-", None, b'{"text": "a"}', "jsonl"),
        ("-", None, b'{\n "text": "a"\n}', "json"),
        ("-", None, b'[{"text": "a"}]', "json"),
        ("-", None, b"Shells fell.", "plain"),
        ("-", None, b"", "plain"),
        ("REPORT", None, b"Shells fell.", "plain"),
    ],
)
def test_the_reader_is_chosen_by_type_suffix_and_first_bytes(
    name: str, media: str | None, data: bytes, reader: str
) -> None:
    url = name if name.startswith("https") else None
    assert kind(Item(name=name, data=data, media=media, url=url, retrieved=NOON)) == reader
    assert reader in READERS


def test_an_image_from_the_web_is_told() -> None:
    item = Item(
        name="https://a.example/x.png", url="https://a.example/x.png", media="image/png",
        data=b"\x89PNG\r\n\x1a\n" + bytes(300), retrieved=NOON,
    )  # fmt: skip
    (problem,) = read(item)
    assert isinstance(problem, Problem)
    assert problem.message.startswith("https://a.example/x.png is no text: it looks like a binary file")


def test_a_file_that_went_away_is_told(tmp_path: Path) -> None:
    (problem,) = read(Item(name="a.txt", path=tmp_path / "a.txt", retrieved=NOON))
    assert isinstance(problem, Problem)
    assert problem.message.startswith("a.txt could not be read (No such file or directory)")


def test_every_document_carries_the_hash_of_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "One."}\n{"text": "Two."}\n')
    (item,) = gather([str(path)])
    assert isinstance(item, Item)
    assert [one.raw for one in read(item) if isinstance(one, Document)] == [item.sha256()] * 2
    assert [one.raw for one in read(item, raw="given") if isinstance(one, Document)] == ["given"] * 2


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Shells fell on the harbour, the mayor said, and three of the dead were children.", "en"),
        ("Les obus sont tombés sur le port, a déclaré le maire, et trois enfants sont morts.", "fr"),
        ("Снаряды упали на порт, сообщил мэр, погибли трое детей.", "ru"),
        ("Die Granaten fielen auf den Hafen, sagte der Bürgermeister, und drei Kinder starben.", "de"),
        ("قال رئيس البلدية إن القذائف سقطت على الميناء.", "ar"),
        ("Izium", None),
        ("", None),
    ],
)
def test_the_language_is_told_by_the_text(text: str, language: str | None) -> None:
    assert detect(text) == language


@settings(deadline=None)
@given(
    suffix=st.sampled_from(["txt", "md", "html", "pdf", "json", "jsonl"]),
    head=st.sampled_from([b"", b"---\n", b"<html><p>", b"%PDF-1.4\n", b'{"text": ', b"[", b"\xff\xfe"]),
    data=st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")),
)
def test_any_bytes_give_documents_and_problems(suffix: str, head: bytes, data: bytes) -> None:
    for one in read(Item(name=f"any.{suffix}", data=head + data, retrieved=NOON)):
        if isinstance(one, Document):
            assert one.text.encode().strip()
        else:
            assert f"any.{suffix}" in one.message


def test_english_needs_no_model_and_heavy_libraries_wait_until_they_are_needed() -> None:
    script = (
        "import sys\n"
        "from datetime import datetime, UTC\n"
        "from fogline.ingest import Item\n"
        "from fogline.read import read\n"
        "text = b'Shells fell on the harbour, the mayor said, and three of the dead were children.'\n"
        "(d,) = read(Item(name='a.txt', data=text, retrieved=datetime.now(UTC)))\n"
        "assert d.language == 'en'\n"
        "heavy = {'py3langid', 'trafilatura', 'httpx', 'pypdfium2', 'charset_normalizer', 'numpy', 'yaml'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
